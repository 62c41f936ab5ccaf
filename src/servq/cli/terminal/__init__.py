"""The terminal: options that commands share, and how figures, rows and loads are written to it."""
