"""Metric definitions: each metric as a form, one subject per file. Intervals come from `statistics`; nothing is
judged."""
