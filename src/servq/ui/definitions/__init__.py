"""The page 口径 and its tab 文本模型."""
