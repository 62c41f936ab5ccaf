"""The page 客户旅程 and its tab 跨渠道客户识别. Its figures come from `query/customers`."""
