"""A list is said once: rows, filters, orders, columns, pages by key."""
