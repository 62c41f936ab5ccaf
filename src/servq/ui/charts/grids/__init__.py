"""Grids: charts laid out as tables whose fields can be clicked."""
