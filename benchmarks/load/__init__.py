"""Many people at once: whether pages stay quick, and what happens when far too many come."""
