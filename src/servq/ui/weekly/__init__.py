"""The page 每周得分 and its tab 驱动因素."""
