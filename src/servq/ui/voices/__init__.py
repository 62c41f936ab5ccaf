"""The page 原声. Its texts come from `query/customers`."""
