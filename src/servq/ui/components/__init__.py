"""Components: what two or more pages draw."""
