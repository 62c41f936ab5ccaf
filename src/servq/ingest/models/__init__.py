"""Models: training on stored comments, rescoring, and the version of every stored score. Knows no statistics of
models."""
