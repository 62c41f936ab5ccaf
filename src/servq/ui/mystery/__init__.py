"""The page 神秘访客. Its figures come from `query/teams`."""
