"""Quarantined rows tried again, and corrected export files read back. Never corrects a value itself."""
