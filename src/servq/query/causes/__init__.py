"""Causes: how often each is named, what it costs, where it sits, what is new."""
