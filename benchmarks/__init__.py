"""Benchmarks: speed as ratios measured in one run: `python -m benchmarks`, or `make bench`. No test depends on them."""
