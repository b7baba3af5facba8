"""Putting right and striking what is recorded of police and courts."""
