"""The store: engine, connections, failures, migration and bulk writing; the only place that knows a driver."""
