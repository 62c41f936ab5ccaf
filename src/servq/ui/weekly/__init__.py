"""The page 每周得分 and its tab 驱动因素. Its verdicts come from `query/weekly`."""
