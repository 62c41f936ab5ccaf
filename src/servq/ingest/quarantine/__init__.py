"""Quarantine on its way in: rows tried again, corrected files read back."""
