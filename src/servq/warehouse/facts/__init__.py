"""Facts: rows written with their content hash and conflicts, and the week cells counted from them."""
