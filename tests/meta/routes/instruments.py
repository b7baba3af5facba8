"""Routes about sets of questions."""

ROUTES = """
instrument-list                 get anyone | post import_instrument
instrument-detail               get anyone
instrument-preview              post import_instrument
instruments:import              get post import_instrument
"""
