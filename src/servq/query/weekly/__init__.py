"""The week: what changed, judged as one family, and the drivers of recommending."""
