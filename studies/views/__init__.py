"""Pages about studies and what stands beside them."""
