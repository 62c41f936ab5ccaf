"""Grids: charts laid out as tables with clickable fields. Their texts are given to them."""
