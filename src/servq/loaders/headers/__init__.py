"""Headers: the header row of a table, and the matching of its columns to canonical columns. Reads no cell below it."""
