"""The command line: one of the two ways in. It reads options, asks the corridors and prints; it computes nothing."""
