"""Customers: journey, repeats, loyalty, overlap of channels, and their own words."""
