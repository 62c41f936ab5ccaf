"""Loaders: files, their columns, their cells, and the rows that cannot be trusted; also rows pulled from databases.

Opens files and gives `Batch`es. Never stores, never scores, never asks the warehouse.
"""
