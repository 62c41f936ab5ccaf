"""How the model of Chinese sentiment is made: reviews that anyone has, a written list of words, one command.

Owns training and nothing of scoring. It reads no labelled set that the model is judged on.
"""
