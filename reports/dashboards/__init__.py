"""Dashboards: for each kind of work one page of pictures, drawn from snapshots of reports.

Nothing is counted here. A dashboard declares which reports it shows and how (`catalogue.py`); the
address says for which period and place; the newest snapshots for the reader's scope answer.

A dashboard that counts by itself drifts from the reports and passes their thresholds. Shapes of
maps are one file: tile servers learn where somebody looks, and GADM may not be used commercially.
Pictures are SVG with classes, since no style may stand in a page.
"""
