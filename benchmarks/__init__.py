"""Ratios that are promised in the design, measured: `make bench`."""
