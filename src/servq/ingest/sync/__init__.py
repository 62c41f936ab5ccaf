"""Sync: databases and folders pulled feed by feed, one at a time. Opens nothing without servq.toml."""
