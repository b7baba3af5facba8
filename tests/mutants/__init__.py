"""Planted faults of authorisation, each of which a test must catch: `make mutants`."""
