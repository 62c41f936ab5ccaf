"""Tables: facts, operations (loads, quarantine, feeds) and user input. Definitions only, no statement."""
