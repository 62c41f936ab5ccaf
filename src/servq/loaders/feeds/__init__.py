"""Feeds: databases and folders that rows are pulled from, and how far each has been pulled."""
