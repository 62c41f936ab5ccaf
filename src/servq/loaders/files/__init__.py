"""Files: the kind of a file, told from its bytes, and its rows of text within limits (CSV, XLSX). Interprets no
cell."""
