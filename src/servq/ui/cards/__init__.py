"""The page 改进卡."""
