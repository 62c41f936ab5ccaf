"""The page 改进卡: list, new card, one card. Its figures come from `query/data`."""
