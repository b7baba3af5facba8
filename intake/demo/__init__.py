"""The demonstration: an invented world, for trying things out. No one in it exists."""
