"""The roles, connections and transactions of the database."""
