"""Channels: consistency, verdicts, mix and the three sources side by side."""
