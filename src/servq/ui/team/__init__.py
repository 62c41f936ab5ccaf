"""The page 班组."""
