"""Edits: user input from the pages, checked and masked before it is stored. Decides no figure."""
