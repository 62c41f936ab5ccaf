"""Sources: the columns, aliases and keys of surveys, complaint logs and visits, and the catalog of all. Reads no
file."""
