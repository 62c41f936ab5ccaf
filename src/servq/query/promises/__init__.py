"""Promises: the verdict of each in every channel, its evidence, and its editing."""
