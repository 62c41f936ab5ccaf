"""Shapes: tables whose rows are not the source's rows, turned round before anything is read of them."""
