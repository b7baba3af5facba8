"""The page of a survivor, and the ledger of what is owed and paid to them."""
