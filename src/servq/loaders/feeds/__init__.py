"""Feeds: the databases and folders that rows are pulled from, and their watermarks. Never changes what it pulls
from."""
