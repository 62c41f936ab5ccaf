"""The page 原声."""
