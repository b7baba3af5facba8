"""Shapes of the forms about studies and what stands beside them."""
