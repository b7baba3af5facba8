"""Moments that cannot be: what the clocks of a place never showed (H5)."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.days.moments import CannotBe, there

LONDON = ZoneInfo("Europe/London")


def test_an_hour_that_the_clocks_left_out_is_refused():
    with pytest.raises(CannotBe, match="This time did not exist: the clocks went forward"):
        there(datetime(2026, 3, 29, 1, 30), LONDON)
    for minute, hour in ((59, 0), (0, 2)):
        assert there(datetime(2026, 3, 29, hour, minute), LONDON).hour == hour


def test_of_an_hour_that_came_twice_it_is_the_first():
    moment = there(datetime(2026, 10, 25, 1, 30), LONDON)
    assert moment.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
