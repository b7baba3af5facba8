"""The switch that runs the suite as of another day moves a process, and leaves durations alone."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import as_of

NOW = "import datetime, json, time; n = datetime.datetime.now().astimezone();"
NOW += " print(json.dumps([n.isoformat(), time.monotonic()]))"


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York", "Pacific/Kiritimati"])
def test_a_process_lives_at_that_time(zone):
    env = as_of.environment(f"2028-02-29T00:30 {zone}")
    said = subprocess.run([sys.executable, "-c", NOW], env=env, capture_output=True, check=True)
    now, since_boot = json.loads(said.stdout)
    here = datetime.fromisoformat(now)
    assert here - datetime(2028, 2, 29, 0, 30, tzinfo=ZoneInfo(zone)) < timedelta(minutes=10)
    assert here.isoformat().startswith("2028-02-29T00:3")
    assert since_boot < 400 * 86_400, "how long something took is not moved"


def test_a_night_meets_the_days_on_which_something_begins_or_ends():
    nights = as_of.nights(date(2026, 11, 28))
    assert {night[:10] for night in nights} == {
        "2026-11-29",
        "2026-11-30",
        "2026-12-31",
        "2027-01-01",
        "2027-01-02",
        "2028-02-29",
        "2027-11-28",
        "2031-11-27",
    }
    assert {night[11:16] for night in nights} == {"00:30", "23:30"}
    assert len({night[17:] for night in nights}) == 3
