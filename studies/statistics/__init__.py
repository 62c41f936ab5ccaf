"""The study of error rates: how often each method of the dashboard is right, simulated; docs/statistics.md.

Owns that page. One module per section; each is registered in `page.SECTIONS` and can be rebuilt alone.
"""
