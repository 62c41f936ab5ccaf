"""The figures of docs/model.md and of the tab 模型说明, measured on labelled sets, other scorers, simulated training.

Owns measuring and writing. Never trains the shipped model, and keeps no row of a set.
"""
