"""The docket: what is urgent stands first, and nothing open is left out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from prosecutions.models import Hearing
from prosecutions.services.docket import read_docket
from tests import factories

pytestmark = pytest.mark.django_db


def listed(case, days, **fields):
    day = case.jurisdiction.today + timedelta(days=days)
    of = factories.charge(case).prosecution
    return factories.hearing(prosecution=of, listed_on=day, **fields)


def shown(user):
    return [[str(row["reference"]) for row in g["rows"]] for g in read_docket(actor=user)["groups"]]


@pytest.mark.parametrize(
    ("days", "group", "words"),
    [
        (-3, "overdue", "3 days ago"),
        (-1, "overdue", "1 day ago"),
        (0, "week", "today"),
        (7, "week", "in 7 days"),
        (8, "later", "in 8 days"),
    ],
)
def test_the_day_says_where_it_stands(case, lawyer, days, group, words):
    listed(case, days)
    ((row,),) = [found["rows"] for found in read_docket(actor=lawyer)["groups"]]
    assert (row["group"], row["away"]) == (group, words)


def test_groups_by_urgency(case, lawyer):
    later, overdue, soon = listed(case, 20), listed(case, -4), listed(case, 2)
    never = factories.charge(case).prosecution
    decided = listed(case, -9).prosecution.charges.get()
    factories.decision(charge=decided)
    groups = read_docket(actor=lawyer)["groups"]
    days = [[row["day"] for row in group["rows"]] for group in groups]
    assert days == [[overdue.listed_on], [None], [soon.listed_on], [later.listed_on]]
    assert groups[1]["rows"][0]["why_none"] == "Never listed"
    assert f"/prosecutions/{never.pk}/hearings/new/" in groups[1]["rows"][0]["list_url"]


def test_the_earliest_open_listing_counts(case, lawyer):
    """A result that is due is not hidden by a later date."""
    overdue = listed(case, -4)
    factories.hearing(
        prosecution=overdue.prosecution, listed_on=case.jurisdiction.today + timedelta(days=9)
    )
    (group,) = read_docket(actor=lawyer)["groups"]
    (row,) = group["rows"]
    assert (row["day"], row["group"]) == (overdue.listed_on, "overdue")


def test_the_reason_for_no_next_date_is_said(case, lawyer):
    listed(case, -9, result="held", no_next_date="record_away")
    ((row,),) = [group["rows"] for group in read_docket(actor=lawyer)["groups"]]
    assert row["why_none"] == "Record with another court"


def test_only_what_the_reader_may_see(case, lawyer, office):
    listed(case, 2)
    listed(factories.case(office), 2)
    listed(factories.case(factories.office("manila", "PH-MNL")), 2)
    assert shown(lawyer) == [[case.reference]]
    assert shown(factories.user("legal_officer", office)) == []


def test_a_tile_filters_and_lets_go(case, page, said):
    listed(case, 2)
    overdue = listed(case, -2)
    row = f'href="{case.get_absolute_url()}#court"'
    filtered = page.get("/docket/?show=overdue").content.decode()
    assert f"/hearings/{overdue.pk}/record/?docket" in filtered
    assert filtered.count(row) == 1
    assert page.get("/docket/").content.decode().count(row) == 2
    assert "Nothing in this group" in said(page.get("/docket/?show=no-date"))


def test_an_empty_docket_says_what_will_stand_there(page, said):
    assert "No open proceeding" in said(page.get("/docket/"))


def test_an_adjournment_takes_three_taps(case, page):
    """What happened, when it goes on, save: nothing is typed."""
    due = listed(case, -1)
    address = f"/hearings/{due.pk}/record/?docket"
    form = page.get(address).context["form"]
    assert len(form.fields) <= 6
    body = {"outcome": "adjourned witness_absent", "goes_on": "2", "key": "k-1"}
    answer = page.post(address, body | {"next_purpose": form["next_purpose"].value()})
    assert (answer.status_code, answer["Location"]) == (302, "/docket/")
    due.refresh_from_db()
    assert due.adjourned_for == "witness_absent"
    assert due.next.listed_on == case.jurisdiction.today + timedelta(weeks=2)


def test_another_day_and_no_day(case, page, said):
    due, other = listed(case, -1), listed(case, -2)
    address = f"/hearings/{due.pk}/record/"
    answer = page.post(address, {"outcome": "held", "goes_on": "day"})
    assert (answer.status_code, "Say which day." in said(answer)) == (400, True)
    day = (case.jurisdiction.today + timedelta(days=40)).isoformat()
    answer = page.post(address, {"outcome": "held", "next_on": day, "next_at": "10:30"})
    assert answer["Location"] == f"/cases/{case.pk}/#court"
    assert Hearing.objects.get(follows=due).listed_at.hour == 10
    page.post(f"/hearings/{other.pk}/record/", {"outcome": "held", "goes_on": "stayed"})
    other.refresh_from_db()
    assert other.no_next_date == "stayed"


def test_a_slip_of_the_finger_is_said_at_its_field(case, page, said):
    due = listed(case, -1)
    body = {"outcome": "held", "next_on": "2062-01-11"}
    answer = page.post(f"/hearings/{due.pk}/record/", body)
    assert (answer.status_code, "three years ahead" in said(answer)) == (400, True)


def test_a_refusal_stands_on_the_form(case, page, said):
    due = listed(case, -1)
    answer = page.post(f"/hearings/{due.pk}/record/", {"outcome": "held"})
    assert answer.status_code == 409
    assert "why there is no next date" in said(answer)


def test_pages_of_listing_moving_and_correcting(case, page):
    of = factories.charge(case).prosecution
    day = case.jurisdiction.today.isoformat()
    page.post(f"/prosecutions/{of.pk}/hearings/new/", {"listed_on": day, "purpose": "bail"})
    hearing = Hearing.objects.get()
    moved = {"listed_on": day, "listed_at": "09:15", "purpose": "plea", "version": 1}
    page.post(f"/hearings/{hearing.pk}/move/", moved)
    page.post(f"/hearings/{hearing.pk}/record/", {"outcome": "held", "goes_on": "reserved"})
    page.post(f"/hearings/{hearing.pk}/correct/", {"outcome": "adjourned other", "version": 3})
    hearing.refresh_from_db()
    assert (hearing.purpose, hearing.result, hearing.version) == ("plea", "adjourned", 4)
    assert hearing.adjourned_for == "other"


def test_the_docket_takes_the_same_queries_however_long_it_is(
    case, page, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(40) as seen:
            assert page.get("/docket/").status_code == 200
        return len(seen)

    listed(case, 2)
    few = count()
    for days in range(-5, 5):
        listed(case, days)
    assert count() == few


def test_the_case_page_shows_hearings_and_what_to_do(case, page, said):
    overdue = listed(case, -4, purpose="witness")
    text = page.get(f"/cases/{case.pk}/")
    assert f"/hearings/{overdue.pk}/record/" in text.content.decode()
    assert "Examination of a witness no result recorded" in said(text)
