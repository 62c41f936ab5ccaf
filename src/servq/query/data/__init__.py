"""Data: what is there and how fresh, the model in force, improvement cards."""
