"""Promises: the verdict of each in every channel, its evidence, and the preview of a change. Stores no change."""
