"""Service standards with the days from which they hold: promises, targets and margins. Computes no figure.

Promised limits per channel, targets per metric, and the margins within which channels count as consistent.
"""

from servq.standards.promise import Promise
from servq.standards.standards import FIRST_RESPONSE, Margin, Standards, Target, TimeLimit
from servq.standards.standards_file import read_standards

__all__ = ["FIRST_RESPONSE", "Margin", "Promise", "Standards", "Target", "TimeLimit", "read_standards"]
