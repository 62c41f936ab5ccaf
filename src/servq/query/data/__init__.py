"""Data: the inventory of sources, loads and quarantine, the model in force, and improvement cards. Changes nothing."""
