"""Quotes: phrases, emerging phrases, and sentences that represent many others."""
