"""The page 客户旅程 and its tab 跨渠道客户识别."""
