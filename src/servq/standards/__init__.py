"""The written service standards with the days from which they hold.

Promised limits per channel, targets per metric, and how far channels may lie apart.
"""

from servq.standards.promise import Pledge
from servq.standards.reading import read_standards
from servq.standards.standards import FIRST_RESPONSE, Margin, Promise, Standards, Target

__all__ = ["FIRST_RESPONSE", "Margin", "Pledge", "Promise", "Standards", "Target", "read_standards"]
