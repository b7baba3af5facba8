"""Tables that are safe two by two, and tell together what none of them does."""

from __future__ import annotations

import pytest

from accounts.models import User
from reports.publishing.grid import grid_of
from reports.publishing.keys import Detail
from reports.publishing.suppression import make_safe
from reports.readers import scope_key
from reports.run import store
from tests import factories
from tests.reports import tables_to_release as made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
WHY = {"recipient": "Invented Foundation", "reason": "Invented reason", "by_programme": False}


def years(first, last, scope="0" * 64):
    """Everybody of these years: 55 until 2019, 3 in 2020, 77 after it."""
    found = set()
    for year, start, count in ((2019, 0, 55), (2020, 100, 3), (2025, 200, 77)):
        if first <= year <= last:
            found |= made.persons("IN", "csec", start, count)
    asked = {"from": f"{first}-01-01", "to": f"{last}-12-31"}
    snapshot = made.snapshot({("IN", "csec"): (found, set())}, scope)
    snapshot.params |= asked
    return snapshot


def programme(*codes):
    """Survivors of one state, of some programmes: 14, 14 and 7."""
    counts = {"bonded_labour": 14, "sex_trafficking": 14, "csec": 7}
    leaves = {("IN", one): (made.persons("IN", one, 0, counts[one]), set()) for one in codes}
    snapshot = made.snapshot(leaves)
    if len(codes) == 1:
        snapshot.rows = [row for row in snapshot.rows if row["programme"]]
        snapshot.params |= {"programme": codes[0]}
    return snapshot


EVERY = ("bonded_labour", "sex_trafficking", "csec")
OF_TIME = [lambda: years(2015, 2025), lambda: years(2015, 2019), lambda: years(2021, 2025)]
OF_PROGRAMMES = [
    lambda: programme(*EVERY),
    lambda: programme("bonded_labour"),
    lambda: programme("sex_trafficking"),
]


@pytest.mark.parametrize("three", [OF_TIME, OF_PROGRAMMES], ids=["time", "programmes"])
def test_the_third_of_three_would_tell_the_rest(three):
    *told, _last = [grid_of(one(), Detail(), str(number)) for number, one in enumerate(three)]
    third = grid_of(three[-1](), Detail())
    for one in told:
        assert not make_safe(third, [one]).open
        assert not make_safe(grid_of(three[0](), Detail()), [one]).open
    (open_,) = make_safe(third, told).open
    assert open_.tables == {"0", "1"}


@pytest.mark.parametrize("three", [OF_TIME, OF_PROGRAMMES], ids=["time", "programmes"])
def test_in_whatever_order_they_leave(three):
    for first, second, third in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        told = [grid_of(three[n](), Detail(), str(n)) for n in (first, second)]
        assert make_safe(grid_of(three[third](), Detail()), told).open


def test_years_of_eleven_and_more_leave_one_by_one():
    told = [grid_of(one(), Detail(), str(n)) for n, one in enumerate(OF_TIME[1:])]
    assert not make_safe(grid_of(years(2015, 2019), Detail()), told).open


def test_the_refusal_names_the_tables_the_group_and_the_days(api, office):
    officer, second = (factories.user(r, office) for r in ("data_officer", "programme_manager"))
    answers = []
    for first, last in ((2015, 2025), (2015, 2019), (2021, 2025)):
        snapshot = years(first, last, scope_key(User.objects.get(pk=officer.pk)))
        store(snapshot)
        body = WHY | {"snapshot": str(snapshot.pk), "level": "country"}
        answers.append(api(officer).post("release-proposals/", body))
        if answers[-1].status_code == 201:
            api(second).post(f"release-proposals/{answers[-1].json()['id']}/approve/")
    assert [answer.status_code for answer in answers] == [201, 201, 409]
    words = answers[-1].json()["detail"]
    assert "Survivors served, 1 Jan 2015 to 31 Dec 2025 (released on" in words
    assert "Survivors served, 1 Jan 2015 to 31 Dec 2019 (released on" in words
    assert "These are the days 1 Jan 2020 to 31 Dec 2020." in words
    assert "Leave this table out" in words
