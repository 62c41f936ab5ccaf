"""Files: the kind and encoding of a file, told from its bytes, its limits, and the rows of CSV. Interprets no cell."""
