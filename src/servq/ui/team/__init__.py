"""The page 班组. Its figures come from `query/teams` and `query/weekly`."""
