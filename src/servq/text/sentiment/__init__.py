"""Sentiment: the scorer, its Chinese and English models, their features, and the reasons of a score. Trains nothing."""
