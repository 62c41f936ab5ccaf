"""The training of the shipped Chinese sentiment model: public reviews, a written list of words, one command.

Owns training and nothing of scoring. Reads no labelled set that the model is evaluated on.
"""
