"""Files: what a file is, told from its bytes, and its rows of text within limits: CSV, XLSX."""
