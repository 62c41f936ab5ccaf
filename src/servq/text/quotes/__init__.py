"""Quotes: phrases, emerging phrases, and representative sentences. Never changes a text."""
