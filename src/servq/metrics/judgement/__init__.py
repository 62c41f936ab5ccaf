"""Judgement: conclusions drawn from readings: comparison, change detection, equivalence, funnels and their verdicts.

Never reads the warehouse and never writes a text of a page.
"""
