"""Routes about reports and their runs."""

ROUTES = """
report-list                     get view_report
report-detail                   get view_report
report-run-list                 post run_report
report-run-detail               get view_report
report-run-behind               get view_report
report-run-cancel               post run_report
reports:dashboard               get view_report
reports:run                     get view_report | post run_report
reports:snapshot                get view_report
reports:csv                     get view_report
reports:behind                  get view_report
reports:report                  get view_report | post run_report
"""
