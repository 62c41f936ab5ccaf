"""Causes of complaints: their counts, costs, spread, coder agreement and emerging phrases. Never searches a text
itself."""
