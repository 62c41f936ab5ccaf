"""Ingest: from a parsed file to the warehouse, masked and scored on the way. Computes no metric.

One file is one transaction: after any interruption the warehouse is as it was before, or complete.
"""

from servq.ingest.load import load_batch, load_file

__all__ = ["load_batch", "load_file"]
