"""Text: language, masking of personal data, sentiment, causes and phrases of customers' texts.

Owns everything that reads free text. Never loads a file, stores a score or computes a metric.
"""
