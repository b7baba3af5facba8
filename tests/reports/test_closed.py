"""Closed months, quarters and years; anything else names the period to take."""

from __future__ import annotations

from datetime import date

import pytest

from reports.closed import is_closed, require_closed
from reports.params import BadParams, Params

TODAY = date(2026, 11, 28)


def asked(first, last, as_of=TODAY):
    days = (date.fromisoformat(day) if day else None for day in (first, last))
    return Params(*days, as_of=as_of)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-10-01", "2026-10-31"),
        ("2024-02-01", "2024-02-29"),
        ("2026-07-01", "2026-09-30"),
        ("2025-01-01", "2025-12-31"),
        ("2025-04-01", "2026-03-31"),
    ],
)
def test_what_is_over_is_open_to_them(first, last):
    assert is_closed(asked(first, last), TODAY)
    assert not is_closed(asked(first, last, date(2026, 11, 27)), TODAY)


@pytest.mark.parametrize(
    ("first", "last", "field", "instead"),
    [
        ("2026-11-01", "2026-11-30", "to", "1 Oct 2026 to 31 Oct 2026"),  # not over
        ("2026-01-01", "2026-12-31", "to", "1 Oct 2026 to 31 Oct 2026"),
        ("2010-01-01", "2026-06-30", "to", "1 Jun 2026 to 30 Jun 2026"),
        ("2026-02-01", "2026-04-30", "to", "1 Apr 2026 to 30 Apr 2026"),  # no quarter
        ("2026-01-01", "2026-02-15", "to", "1 Jan 2026 to 31 Jan 2026"),
        ("2026-01-01", None, "from", "1 Oct 2026 to 31 Oct 2026"),
        (None, None, "from", "1 Oct 2026 to 31 Oct 2026"),
    ],
)
def test_a_free_window_is_refused_with_the_month_to_take(first, last, field, instead):
    with pytest.raises(BadParams) as refused:
        require_closed(asked(first, last), TODAY)
    (words,) = refused.value.errors[field]
    assert f"Ask for {instead}." in words
