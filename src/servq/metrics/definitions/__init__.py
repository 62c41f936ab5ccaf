"""Definitions: every metric as a form, one subject a file."""
