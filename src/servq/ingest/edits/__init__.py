"""Edits: what users write on pages, checked and masked before it is stored."""
