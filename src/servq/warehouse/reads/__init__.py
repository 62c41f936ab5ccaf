"""Reads: facts for the snapshot, for drill-downs, searches and lists. Changes nothing and computes no metric."""
