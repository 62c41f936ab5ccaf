"""The shell: the frame around every page, its filters, address, language, theme and snapshot. Knows no single page."""
