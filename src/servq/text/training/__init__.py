"""Training: a sentiment model learned from own scored comments, cross-validated and compared."""
