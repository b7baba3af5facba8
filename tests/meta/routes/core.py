"""Routes of no app of the field: the style guide."""

ROUTES = """
styleguide                      get anyone
"""
