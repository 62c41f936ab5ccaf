"""The page 投诉根因 and its tabs 新说法与原因树 and 反复与矛盾. Its figures come from `query/causes`."""
