"""Statistics: pure functions of numbers, each by a named method with its source. Knows no metric and no verdict."""
