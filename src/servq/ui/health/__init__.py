"""The page 数据健康 and its tab 载入文件. Loading itself is done by `ingest`."""
