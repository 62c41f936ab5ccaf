"""Reads: facts for the snapshot, for drill-downs, searches and lists."""
