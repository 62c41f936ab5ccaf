"""The room of words: which language a comment is in, how satisfied it sounds, and whom it must not name.

Owns everything that reads free text. It never loads a file, stores a score or computes a figure.
"""
