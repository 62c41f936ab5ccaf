"""Facts: rows written with their content hash, conflicts between rows, and the week cells. Trusts what ingest hands
over."""
