"""Cells: from text to checked values, row by row in chunks, with a reason code where a value cannot be trusted."""
