"""Rows on their way in: personal data masked, texts scored and coded, erased persons kept out."""
