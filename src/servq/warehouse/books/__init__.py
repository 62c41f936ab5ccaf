"""Records besides facts: load log, quarantine, sync state, improvement cards, promises, custom causes. Judges
nothing."""
