"""Maps: TOML files that fit a foreign export to a source without code, read and written. Never opens the export."""
