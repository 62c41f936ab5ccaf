"""The way in: accounts, sessions, roles, the audit trail, and the door in front of the dashboard.

Owns who a reader is and what a role may do. Knows no page: surfaces are names here. SQL stands in warehouse/books.
"""
