"""Names of people: what can be one, when two sound alike, and records made one."""
