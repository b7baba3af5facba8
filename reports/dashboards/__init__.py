"""Dashboards: for each kind of work one page of pictures, drawn from snapshots of reports.

Nothing is counted here. A dashboard declares which reports it shows and how (`catalogue.py`); the
address says for which period and place; the newest snapshots for the reader's scope answer.
"""
