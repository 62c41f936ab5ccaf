"""Causes: the cause tree, and the finder of its leaves in complaints and comments. Counts and stores nothing."""
