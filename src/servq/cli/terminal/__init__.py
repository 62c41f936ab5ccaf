"""The terminal: options that commands share, and the printing of figures, rows and loads. Computes nothing."""
