"""Made companies whose truth is known, for measuring how often pages are right. Never loaded by servq.

Modules: `company` (what a world gives, and the snapshot that pages compute on), `stable` (worlds in which nothing
changes), `moved` (worlds in which only the mix moves), `belonging` (teams of customers who answer several times). A new
world is one function of a random generator with a line in `stable.STABLE` or `moved.MOVED`; sections of
docs/statistics.md measure all that are listed.
"""
