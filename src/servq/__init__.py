"""servq: service quality and NPS for travel and passenger services."""
