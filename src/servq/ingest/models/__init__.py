"""Models: training on stored comments, rescoring, and the version of every score. How models learn: `text/training`."""
