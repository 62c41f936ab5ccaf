"""Models: training on stored comments, scoring again, and which version scored what."""
