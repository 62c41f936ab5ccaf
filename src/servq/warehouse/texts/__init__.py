"""Texts: the score and the causes of each distinct text, and the trained models. Scores and searches nothing itself."""
