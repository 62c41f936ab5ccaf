"""Books: what is written besides facts: load log, quarantine, feeds, improvement cards, promises, custom causes."""
