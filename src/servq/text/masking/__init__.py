"""Masking: personal data found in free text and replaced by a mark; customer ids as keyed hashes. Keeps no original."""
