"""How often each method of the dashboard is right: simulated, and written as docs/statistics.md.

Owns that page. One module per section; each is registered in `page.SECTIONS` and can be rebuilt alone.
"""
