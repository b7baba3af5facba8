"""Keys: where they come from, and what is encrypted or vouched for with them."""
