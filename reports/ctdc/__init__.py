"""One line a survivor in the columns of CTDC, in which nobody can be picked out.

Cells are emptied until what stands in a line stands so in 11; who remains is left out. Lines
cannot be held against earlier files as tables can, so only years that are over are given, and few
files. No second person is asked: a file holds nobody by name.
"""
