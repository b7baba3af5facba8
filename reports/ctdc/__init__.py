"""One line a survivor in the columns of CTDC, in which nobody can be picked out."""
