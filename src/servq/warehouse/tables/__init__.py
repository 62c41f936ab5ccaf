"""Tables: facts, operations (loads, quarantine, feeds) and what users write."""
