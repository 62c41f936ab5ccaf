"""The study of the cause finder: hand-labelled sentences, its accuracy on them, and docs/causes.md.

Owns the labels and docs/causes.md. Of real comments it holds file, row and leaves only, never the texts.
"""
