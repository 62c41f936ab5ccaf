"""How the figures of docs/model.md and of the tab 模型说明 are made: labelled sets, other scorers, simulated training.

Owns measuring and writing. It never trains what ships, and keeps no row of a set.
"""
