"""Metrics: pure formulas over measures. No database, no file, no screen."""
