"""Components: what two or more pages draw. Knows no single page."""
