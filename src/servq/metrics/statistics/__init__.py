"""Statistics: pure numbers, each by a named method with its source."""
