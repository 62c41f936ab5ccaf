"""Reading files: what they are, which column is which, what each cell says, which rows cannot be trusted.

This room opens files and gives `Batch`es. It never stores, never scores, never asks the warehouse.
"""
