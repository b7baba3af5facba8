"""The causes of a day: where, before whom, who is heard and who goes along; mine or all."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prosecutions.models import Hearing
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
PAGE = f"/docket/cause-list/?day={DAY}"


def hearing(case, hour="10:30", **fields):
    """Of a proceeding with a charge, so that there is something to hear."""
    of = fields.pop("prosecution", None) or factories.charge(case).prosecution
    values = {"listed_on": DAY, "listed_at": hour, "purpose": "witness"} | fields
    return factories.hearing(prosecution=of, **values)


def test_it_says_room_judge_and_who_appears_for_us_where_they_are_known(page, case, said):
    hearing(case, room="4", judge="Invented Judge", counsel="Invented Counsel")
    words = said(page.get(PAGE))
    for said_there in ("Room 4", "Invented Judge", "Invented Counsel"):
        assert said_there.split()[-1] in words
    Hearing.objects.update(room="", judge="", counsel="")
    words = said(page.get(PAGE))
    for head in ("Room", "Judge", "For us"):
        assert head not in words, "a column that says nothing is not there"


def test_the_court_that_begins_first_stands_first_with_its_hours(page, case):
    for name, hours in (("Invented A", ("14:00", "15:00")), ("Invented B", ("09:00",))):
        court = factories.agency(kind="court", name=name)
        for hour in hours:
            of = factories.charge(case).prosecution
            of.court = court
            of.save()
            hearing(case, hour, prosecution=of)
    hearing(case, None)
    courts = page.get(PAGE).context["courts"]
    assert [court.court for court in courts] == ["Invented B", "Invented A", ""]
    assert [[f"{hour:%H:%M}" for hour in court.hours] for court in courts] == [
        ["09:00"],
        ["14:00", "15:00"],
        [],
    ]


def test_it_says_who_is_willing_travels_and_goes_alone(page, case, said):
    of = hearing(case).prosecution
    assert "Nobody on record as willing" in said(page.get(PAGE))
    one, two, three = (factories.involvement(case) for _ in range(3))
    justice.participation(involvement=one, kind="willing", accompanied_by="lawyer")
    justice.participation(
        involvement=two, kind="willing", prosecution=of, travelled_from=factories.place("KH")
    )
    justice.participation(involvement=three, kind="willing", happened_on=date(2026, 10, 1))
    justice.participation(
        involvement=three, kind="declined", declined_for="trauma", happened_on=date(2026, 11, 1)
    )
    words = said(page.get(PAGE))
    for part in ("2 willing", "travels from Cambodia", "nobody goes along with 1", "1 declined"):
        assert part in words
    assert "Nobody on record" not in words
    justice.protective_measure(involvement=one)
    assert "Protection not decided" in said(page.get(PAGE))
    Hearing.objects.update(purpose="arguments")
    assert "willing" not in said(page.get(PAGE)), "no witness is heard"


def test_mine_are_the_cases_on_whose_team_i_am(browser_client, api, office, case):
    manager = factories.user("case_manager", office)
    other = factories.case(office)
    factories.assignment(other, manager)
    hearing(case)
    hearing(other)

    def found(address):
        courts = browser_client(manager).get(address).context["courts"]
        return {row.case_id for court in courts for row in court.rows}

    assert found(PAGE) == {case.pk, other.pk}
    assert found(f"{PAGE}&whose=mine") == {other.pk}
    told = api(manager).get(f"cause-list/?day={DAY}&whose=mine").json()
    assert (told["count"], told["whose"]) == (1, "mine")
    other.assignment_set.all().delete()
    empty = browser_client(manager).get(f"{PAGE}&whose=mine").content.decode()
    assert "Nothing of yours is listed on this day" in empty


def test_whom_only_the_court_is_open_to_reads_numbers_and_no_code(
    case, office, browser_client, said
):
    of = hearing(case).prosecution
    person = factories.involvement(case, code="S-77")
    justice.participation(involvement=person, prosecution=of, kind="willing")
    prosecutor = factories.user("prosecutor", office)
    factories.disclosure(case, prosecutor, parts=["suspect", "court"])
    words = said(browser_client(prosecutor).get(PAGE))
    assert "1 willing" in words
    assert "S-77" not in words


def test_its_statements_do_not_grow_with_the_hearings(page, case):
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page.get(PAGE)
        return len(seen)

    hearing(case)
    page.get(PAGE)
    few = statements()
    for number in range(5):
        of = hearing(case, f"1{number}:00").prosecution
        justice.participation(case, prosecution=of, kind="willing")
    assert statements() == few <= 25


def test_the_next_hearing_is_in_the_same_room_before_the_same_judge(page, case):
    before = hearing(case, listed_on=date(2026, 11, 2), room="4", judge="Invented Judge")
    address = f"/prosecutions/{before.prosecution_id}/hearings/new/"
    form = page.get(address).context["form"]
    assert [form[name].value() for name in ("room", "judge", "counsel")] == [
        "4",
        "Invented Judge",
        "",
    ]
    typed = {
        "outcome": "held",
        "goes_on": "day",
        "next_on": "2026-12-15",
        "next_purpose": "witness",
    }
    assert page.post(f"/hearings/{before.pk}/record/", typed).status_code == 302
    after = Hearing.objects.get(follows=before)
    assert (after.room, after.judge, after.counsel) == ("4", "Invented Judge", "")
    moved = {"version": 1, "listed_on": "2026-12-16", "purpose": "witness", "room": "7"}
    assert page.post(f"/hearings/{after.pk}/move/", moved).status_code == 302
    after.refresh_from_db()
    assert (after.room, after.judge) == ("7", "")
