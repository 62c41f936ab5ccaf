"""Judgement: what readings allow to be said: comparison, change, equivalence, funnels, verdicts."""
