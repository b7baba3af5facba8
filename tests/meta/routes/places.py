"""Routes about jurisdictions and agencies."""

ROUTES = """
jurisdiction-list               get anyone
jurisdiction-detail             get anyone
agency-list                     get anyone
agency-detail                   get anyone
"""
