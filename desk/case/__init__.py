"""The pages of a case, part by part, as their reader may see them."""
