"""The page 数据健康 and its tab 载入文件."""
