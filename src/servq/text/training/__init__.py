"""Training: a sentiment model from own scored comments, cross-validated and compared. Reads no warehouse."""
