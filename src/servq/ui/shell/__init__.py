"""The shell: the frame around every page, its filters, address, language, theme and access to the snapshot."""
