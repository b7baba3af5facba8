"""Rows that were asked for without an order come in the opposite of the one they lie in.

PostgreSQL promises none, and gives that in which they were written until it uses the place of
rows that are gone: a test, or a page, that rests on it is right for months and then wrong once.
"""

from django.db.models import QuerySet

_fetch_all = QuerySet._fetch_all


def _fetch_in_no_order(rows):
    asked = rows._result_cache is None
    _fetch_all(rows)
    if asked and not rows.ordered:
        rows._result_cache.reverse()


def upset():
    QuerySet._fetch_all = _fetch_in_no_order


def as_they_lie(monkeypatch):
    """As the database gave them, for one test: what it shows may not depend on it."""
    monkeypatch.setattr(QuerySet, "_fetch_all", _fetch_all)
