"""The section “Taking part in court” of the case page: how each stands, and what is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


@pytest.fixture
def person(case):
    return factories.involvement(case, code="S-1")


@pytest.fixture
def proceeding(case):
    return factories.prosecution(case)


@pytest.fixture
def page(case, browser_client):
    worker = factories.user("aftercare_worker", case.office)
    return browser_client(factories.assignment(case, worker).user)


def section(said, answer):
    """What stands under “Taking part in court”."""
    words = said(answer)
    return words[words.index("Taking part in court") : words.index("Requests")]


def test_the_case_page_says_how_each_stands(page, case, person, proceeding, said):
    silent = factories.involvement(case, code="S-2")
    empty = section(said, page.get(f"/cases/{case.pk}/court/"))
    assert "Nobody has been asked yet" in empty
    assert (
        f"/survivors/{silent.pk}/taking-part/new/"
        in page.get(f"/cases/{case.pk}/court/").content.decode()
    )
    justice.participation(involvement=person, kind="declined", declined_for="trauma")
    justice.participation(
        involvement=person,
        kind="testified",
        happened_on=DAY,
        prosecution=proceeding,
        accompanied_by="caseworker",
        travelled_from=factories.place("KH"),
    )
    words = section(said, page.get(f"/cases/{case.pk}/court/"))
    assert "S-1" in words
    assert words.index("Testified in court") < words.index("Declined: Trauma")
    assert "went along: Caseworker" in words
    assert "came from Cambodia" in words
    assert "Nobody has been asked yet" not in words


def test_the_latest_step_of_a_day_is_how_it_stands(page, case, person, said):
    for kind, reason in (("willing", ""), ("declined", "cost"), ("statement", "")):
        justice.participation(involvement=person, kind=kind, declined_for=reason)
    (shown,) = page.get(f"/cases/{case.pk}/court/").context["taking_part"]["people"]
    assert shown["state"] == "Gave a statement"


SOON, PROTECTED = "nobody is on record as going with the survivor", "no protection"


@pytest.fixture
def near(case, proceeding):
    day = case.jurisdiction.today + timedelta(days=6)
    return factories.hearing(prosecution=proceeding, listed_on=day, purpose="witness")


def lacks(page, case):
    (shown,) = page.get(f"/cases/{case.pk}/court/").context["taking_part"]["people"]
    return shown["lacks"]


def test_before_a_hearing_of_witnesses_the_page_says_what_is_missing(page, case, person, near):
    first = justice.participation(involvement=person)
    assert SOON in lacks(page, case)
    assert PROTECTED in lacks(page, case)
    measure = justice.protective_measure(involvement=person)
    assert PROTECTED not in lacks(page, case)
    first.accompanied_by = "lawyer"
    first.save()
    assert lacks(page, case) == ""
    measure.delete()
    assert PROTECTED in lacks(page, case)
    assert SOON not in lacks(page, case)


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "bail"},
        {"listed_on": date(2026, 5, 4)},
        {"listed_on": timedelta(days=60)},
        {"result": "held"},
        {"prosecution": "another"},
    ],
)
@pytest.mark.by_turns(5)
def test_nothing_is_missing_where_no_witness_is_heard_soon(
    page, case, person, proceeding, near, change
):
    justice.participation(involvement=person, prosecution=proceeding)
    assert lacks(page, case)
    change = dict(change)
    if change.get("prosecution"):
        change["prosecution"] = factories.prosecution(case)
    if isinstance(change.get("listed_on"), timedelta):
        change["listed_on"] = case.jurisdiction.today + change["listed_on"]
    for name, value in change.items():
        setattr(near, name, value)
    near.save()
    assert lacks(page, case) == ""


def test_whoever_declined_or_was_heard_is_not_asked_for(page, case, person, proceeding, near):
    declined = justice.participation(involvement=person, kind="declined", declined_for="cost")
    assert lacks(page, case) == ""
    declined.kind, declined.declined_for, declined.prosecution = "testified", "", proceeding
    declined.save()
    assert lacks(page, case) == ""


def test_who_may_not_write_is_offered_nothing(browser_client, case, person, said):
    justice.participation(involvement=person)
    justice.protective_measure(involvement=person)
    reader = browser_client(factories.user("data_officer", case.office))
    shown = reader.get(f"/cases/{case.pk}/court/")
    assert "Willing to take part" in section(said, shown)
    for link in ("/taking-part/", "/protection/", "/accusations/"):
        assert link not in shown.content.decode()
    assert reader.post(f"/survivors/{person.pk}/taking-part/new/").status_code == 403


@pytest.mark.nightly
def test_the_page_takes_the_same_queries_however_many_take_part(
    page, case, person, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(100) as seen:
            assert page.get(f"/cases/{case.pk}/court/").status_code == 200
        return len(seen)

    def one_more_takes_part():
        of = justice.participation(
            case, prosecution=factories.prosecution(case), travelled_from=factories.place("KH")
        ).involvement
        justice.protective_measure(involvement=of, prosecution=factories.prosecution(case))
        justice.accusation(involvement=of)
        justice.assistance_request(case, agency=factories.agency())

    justice.participation(involvement=person)
    one_more_takes_part()  # of a table without a row of the case less is asked
    few = count()
    for _ in range(3):
        one_more_takes_part()
    assert count() == few
