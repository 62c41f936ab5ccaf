"""Headers: the header row among the first rows of a table, and which column is which canonical column."""
