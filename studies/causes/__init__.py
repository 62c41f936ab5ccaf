"""How well the cause tree finds what customers complain of: sentences labelled by hand, and the page about them.

Owns the labels and docs/causes.md. Of real comments it holds file, row and leaves only; the texts stay where they are.
"""
