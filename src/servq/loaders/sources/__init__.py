"""Sources: which columns, aliases and keys surveys, complaint logs and visits have, and the catalog of all."""
