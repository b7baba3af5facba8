"""Routes about reports of rescues."""

ROUTES = """
rescue-report-list              post log_rescue
intake:log-rescue               get post log_rescue
"""
