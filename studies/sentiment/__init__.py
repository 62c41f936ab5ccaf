"""The study of the sentiment model: labelled sets, other scorers, simulated training; the figures of docs/model.md.

Owns measuring and writing. Never trains the shipped model, and keeps no row of a set.
"""
