"""Sentiment: the scorer, its Chinese and English models, their features and why a text has its score."""
