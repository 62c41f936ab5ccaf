"""Customers: journey, repeats, loyalty, channel overlap and verbatims. No customer id leaves the warehouse."""
