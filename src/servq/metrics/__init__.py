"""Metrics: pure formulas over measures, and the judgements made from their readings. No database, no file, no
screen."""
