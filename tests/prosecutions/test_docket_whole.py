"""The docket is whole: counted by query, read in pages, and nothing is decided out of it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils import timezone

from core.models import AuditEvent
from desk.rules.court import transferred
from prosecutions.docket import (
    DocketQuery,
    causes,
    parts,
    proceedings,
    read_docket,
    reading,
)
from prosecutions.models import Charge, ChargeDecision, Hearing
from prosecutions.services.courts import record_judgment
from prosecutions.services.deaths import record_death
from prosecutions.services.hearings import record_hearing
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db


def ask(user, query=""):
    return read_docket(asked=DocketQuery.of(QueryDict(query)), actor=user)


def group(user, name, query=""):
    return [row for row in ask(user, query)["rows"] if row["group"] == name]


def tiles(user, query=""):
    return {tile["name"]: tile["count"] for tile in ask(user, query)["tiles"]}


def listed(case, days, **fields):
    day = case.jurisdiction.today + timedelta(days=days)
    of = fields.pop("prosecution", None) or factories.charge(case).prosecution
    return factories.hearing(prosecution=of, listed_on=day, **fields)


# Decided, and a result is missing


def test_a_verdict_takes_no_result_that_is_due_off_the_docket(case, lawyer):
    due = listed(case, -4)
    charge, today = due.prosecution.charges.get(), case.jurisdiction.today
    facts = {"attribution": "own", "decisions": [(charge, "acquitted")], "actor": lawyer}
    record_judgment(due.prosecution, decided_on=today - timedelta(days=1), **facts)
    (row,) = group(lawyer, "overdue")
    assert (row["day"], row["id"], row["late"]) == (due.listed_on, due.prosecution_id, True)
    assert f"/hearings/{due.pk}/record/" in row["do"]["url"]
    assert ask(lawyer)["act_now"] == 1
    record_hearing(due, result="held", actor=lawyer)
    assert ask(lawyer)["rows"] == []


def test_what_is_still_to_come_after_the_last_verdict_is_on_it(case, lawyer):
    """As when a hearing on the sentence is listed: nobody forgets it."""
    coming = listed(case, 3, purpose="sentence")
    convicted = factories.decision(charge=coming.prosecution.charges.get())
    (row,) = group(lawyer, "week")
    assert row["day"] == coming.listed_on
    listed(case, -3, prosecution=coming.prosecution, result="held")
    Hearing.objects.filter(pk=coming.pk).update(result="vacated")
    (row,) = group(lawyer, "waiting")
    assert "Sentence awaited" in row["awaited"]
    factories.sentence(of=convicted)
    assert ask(lawyer)["rows"] == []


# Archived, stayed, transferred


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("archived", "Archived"),
        ("stayed", "Stayed"),
        ("provisional", "Provisionally dismissed"),
        ("transferred", "Transferred"),
    ],
)
@pytest.mark.by_turns(4)
def test_what_is_put_aside_is_asked_for(case, lawyer, end, words):
    ended = factories.decision(case, disposition=end, decided_on=date(2026, 9, 1))
    (row,) = ask(lawyer)["rows"]
    assert (row["group"], row["purpose"], row["since"]) == ("asleep", words, date(2026, 9, 1))
    days = (case.jurisdiction.today - date(2026, 9, 1)).days
    assert row["away"] == f"for {days} days"
    goes_on = {
        "transferred": f"/cases/{case.pk}/prosecutions/new/",
    }.get(end, f"/prosecutions/{ended.charge.prosecution_id}/charges/revive/")
    assert row["do"]["url"] == goes_on


def test_a_transferred_charge_is_asked_for_until_another_court_has_it(case, lawyer):
    ended = factories.decision(case, disposition="transferred", decided_on=date(2026, 9, 1))
    who = ended.charge.suspect
    factories.charge(prosecution=ended.charge.prosecution, filed_on=date(2026, 9, 2))
    factories.charge(case, suspect=who, filed_on=date(2026, 8, 31))  # before: another matter
    factories.charge(case, filed_on=date(2026, 9, 2))  # of somebody else
    assert len(group(lawyer, "asleep")) == 1
    facts = {"suspect": who, "filed_on": date(2026, 9, 1)}
    law, day = factories.provision("6"), date(2026, 3, 9)
    factories.charge(case, **facts, provision=law, offence_on=day)  # another offence
    assert len(group(lawyer, "asleep")) == 1
    factories.charge(case, **facts)
    assert group(lawyer, "asleep") == []


def test_a_transferred_charge_of_the_dead_asks_nobody(case, lawyer):
    sent, died = date(2026, 9, 1), date(2026, 9, 3)
    ended = factories.decision(case, disposition="transferred", decided_on=sent)
    assert len(group(lawyer, "asleep")) == transferred(died).count() == 1
    record_death(ended.charge.suspect, version=1, died_on=died, actor=lawyer)
    assert group(lawyer, "asleep") == []
    assert not transferred(died).exists(), "the task goes, too"
    pending = [Charge.objects.without_end_on(day).count() for day in (date(2026, 9, 2), died)]
    assert pending == [1, 0], "as CR2 counts it"


SAME = {
    "law": {"offence_on": date(2026, 3, 9)},
    "law it stands under now": {"offence_on": date(2026, 3, 9), "law": "5"},
    "day": {"law": "6"},
}


@pytest.mark.parametrize("same", SAME)
def test_the_same_charge_elsewhere_has_the_law_or_the_day_of_it(case, lawyer, same):
    charge = factories.charge(
        case, final_provision=factories.provision("5"), amended_on=date(2026, 5, 1)
    )
    factories.decision(charge=charge, disposition="transferred", decided_on=date(2026, 9, 1))
    fields = dict(SAME[same])
    law = factories.provision(fields.pop("law", "4"))
    days = {"filed_on": date(2026, 9, 2), **fields}
    factories.charge(case, suspect=charge.suspect, provision=law, **days)
    assert group(lawyer, "asleep") == []


def test_of_two_transferred_charges_the_one_refiled_leaves_the_other(case, lawyer):
    first = factories.decision(case, disposition="transferred", decided_on=date(2026, 9, 1))
    who, court = first.charge.suspect, first.charge.prosecution
    other = factories.charge(
        prosecution=court,
        suspect=who,
        provision=factories.provision("5"),
        offence_on=date(2026, 3, 9),
    )
    factories.decision(charge=other, judgment=first.judgment, disposition="transferred")
    factories.charge(case, suspect=who, filed_on=date(2026, 9, 2))
    (row,) = group(lawyer, "asleep")
    assert row["id"] == court.pk
    assert list(ChargeDecision.objects.handed_over().values_list("charge", flat=True)) == [other.pk]


# Held, and nobody knows until when


def test_who_is_held_without_a_limit_is_asked_for_after_two_weeks(case, lawyer, api):
    today = timezone.localdate()
    held = factories.custody(case, since=today - timedelta(days=14))
    factories.custody(case, since=today - timedelta(days=13))
    on_a_charge = factories.custody(case, since=today - timedelta(days=20), limit_reason="charged")
    charged = factories.custody(case, since=today - timedelta(days=20))
    factories.charge(case, suspect=charged.suspect, filed_on=today)
    free = factories.custody(case, since=today - timedelta(days=20))
    free.ended_on, free.ended = today, "bail"
    free.save()
    assert on_a_charge.charge_by is None
    (row,) = group(lawyer, "custody")
    assert (row["id"], row["noun"], row["since"]) == (held.pk, "custodies", held.since)
    assert row["do"]["url"] == f"/custodies/{held.pk}/correct/"
    assert row["ready"].words == "no limit known"
    assert tiles(lawyer)["custody"] == 1
    body = {"limit_reason": "other_law", "charge_by": str(today + timedelta(days=60))}
    answer = api(lawyer).patch(f"custodies/{held.pk}/", body, If_Match='"1"')
    assert answer.status_code == 200
    assert group(lawyer, "custody") == []


# Counted by query, read in pages


@pytest.fixture
def short(monkeypatch):
    """Pages of three rows."""
    for module in (parts, reading):
        monkeypatch.setattr(module, "PAGE", 3)


@pytest.fixture
def eleven(case):
    """Two of each of four groups with something beside them, and three without a date."""
    for days in (-2, -1, 2, 3, 20, 21):
        listed(case, days)
    for _ in range(3):
        factories.charge(case)
    justice.assistance_request(case)
    factories.custody(case, charge_by=case.jurisdiction.today)


def test_tiles_count_what_there_is_whatever_the_page_shows(eleven, lawyer, short):
    expected = {
        "overdue": 2,
        "no-date": 3,
        "court": 0,
        "custody": 1,
        "week": 2,
        "waiting": 1,
        "asleep": 0,
        "later": 2,
    }
    for query in ("", "page=3", "show=week", "view=calendar"):
        assert tiles(lawyer, query) == expected, query
    assert ask(lawyer)["count"] == 9


def test_the_pages_together_are_the_whole_docket_in_its_order(eleven, lawyer, short):
    told = [ask(lawyer, f"page={number}") for number in (1, 2, 3, 4)]
    assert [len(one["rows"]) for one in told] == [3, 3, 3, 2]
    assert {one["pages"] for one in told} == {4}
    rows = [row for one in told for row in one["rows"]]
    assert [str(row["group"]) for row in rows] == [
        *["overdue"] * 2,
        *["no-date"] * 3,
        "custody",
        *["week"] * 2,
        "waiting",
        *["later"] * 2,
    ]
    assert len({row["id"] for row in rows}) == 11
    assert (told[0]["previous_url"], told[0]["next_url"]) == ("", "/docket/?page=2")
    assert (told[3]["previous_url"], told[3]["next_url"]) == ("/docket/?page=3", "")


def test_a_group_has_pages_of_its_own(eleven, lawyer, short):
    assert ask(lawyer, "show=no-date")["pages"] == 1
    assert [row["group"] for row in ask(lawyer, "show=no-date")["rows"]] == ["no-date"] * 3
    assert ask(lawyer, "page=2")["tiles"][0]["url"] == "/docket/?show=overdue"


def test_a_page_says_which_it_is_and_how_many_a_group_holds(eleven, page, short, said):
    answer = page.get("/docket/?page=2")
    assert "page 2 of 4" in said(answer)
    assert "No next date 3" in said(answer)
    assert 'href="/docket/?page=3"' in answer.content.decode()
    assert page.get("/docket/?page=99").context["page"] == 4


def test_programs_turn_the_pages_and_know_each_row(eleven, case, lawyer, api, short):
    caller, found, address = api(lawyer), [], "docket/"
    while address:
        told = caller.get(address).json()
        found += told["results"]
        address = (told["next"] or "").partition("/api/v1/")[2]
    assert (told["count"], told["pages"], told["page"], len(found)) == (11, 4, 4, 11)
    assert {tile["group"]: tile["count"] for tile in told["tiles"]}["no-date"] == 3
    for row in found:
        record = caller.get(f"{row['noun']}/{row['id']}/")
        assert (record.status_code, record.json()["case"]) == (200, str(case.pk)), row["noun"]
    assert {row["noun"] for row in found} == {"prosecutions", "custodies", "assistance-requests"}
    for wrong in ("page=0", "page=x", "page=5", "page=99999999"):
        answer = caller.get(f"docket/?{wrong}")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["page"]), wrong


def test_a_month_with_too_much_says_so(eleven, case, page, said, monkeypatch):
    monkeypatch.setattr(parts, "MOST_IN_A_MONTH", 1)
    month = f"{case.jurisdiction.today:%Y-%m}"
    for days in (0, 0):
        listed(case, days)
    text = said(page.get(f"/docket/?view=calendar&month={month}"))
    assert "the month has more than are shown" in text
    assert "the month has more" not in said(page.get("/docket/?view=calendar&month=2098-11"))


def test_a_day_with_more_causes_than_a_page_has_pages(case, page, lawyer, api, monkeypatch, said):
    monkeypatch.setattr(causes, "CAUSES", 2)
    day = date(2026, 12, 1)
    for _ in range(3):
        factories.hearing(prosecution=factories.charge(case).prosecution, listed_on=day)
    text = said(page.get(f"/docket/cause-list/?day={day}"))
    assert "3 hearings" in text
    assert "page 1 of 2" in text
    first = api(lawyer).get(f"cause-list/?day={day}").json()
    second = api(lawyer).get(first["next"].partition("/api/v1/")[2]).json()
    hearings = [one["id"] for told in (first, second) for one in told["courts"][0]["hearings"]]
    assert len(set(hearings)) == first["count"] == 3
    assert second["next"] is None
    assert api(lawyer).get(f"cause-list/?day={day}&page=3").status_code == 400


def test_what_is_narrowed_counts_nothing_else(eleven, case, lawyer):
    court = factories.agency(kind="court")
    of = listed(case, -1).prosecution
    of.court = court
    of.save()
    justice.assistance_request(case, prosecution=of)
    other = factories.case(case.office)
    factories.assignment(other, lawyer)
    factories.custody(other, charge_by=case.jurisdiction.today)
    counted = tiles(lawyer, f"court={court.pk}")
    assert {name: n for name, n in counted.items() if n} == {
        "overdue": 1,
        "custody": 1,  # of its case
        "waiting": 1,
    }
    assert sum(tiles(lawyer, f"court={uuid4()}").values()) == 0


def test_the_day_of_the_court_decides_what_is_overdue(case, lawyer):
    """Where it is tomorrow already, what was listed for today is overdue."""
    of = factories.charge(case).prosecution
    for zone, far in (("Pacific/Kiritimati", 14), ("Pacific/Pago_Pago", -11)):
        of.jurisdiction.time_zone = zone
        of.jurisdiction.save()
        Hearing.objects.all().delete()
        there = (timezone.now() + timedelta(hours=far)).date()
        factories.hearing(prosecution=of, listed_on=there)
        assert [row["group"] for row in ask(lawyer)["rows"]] == ["week"], zone
        Hearing.objects.update(listed_on=there - timedelta(days=1))
        assert [row["group"] for row in ask(lawyer)["rows"]] == ["overdue"], zone


def test_only_what_a_page_shows_is_on_record_as_read(case, page, office, lawyer, short):
    for _ in range(4):
        one = factories.case(office)
        factories.assignment(one, lawyer)
        listed(one, 2)
    page.get("/docket/")
    event = AuditEvent.objects.get(action="prosecution.docket")
    assert (len(event.detail["ids"]), len(event.subjects)) == (3, 6), "and their cases"


def test_reading_it_is_on_record_with_every_case_shown(case, page, office, lawyer):
    waits = factories.case(office)
    factories.assignment(waits, lawyer)
    justice.assistance_request(waits)
    listed(case, 2)
    page.get("/docket/")
    event = AuditEvent.objects.get(action="prosecution.docket")
    assert {case.pk, waits.pk} <= set(event.subjects)


def test_of_many_it_is_not_counted_how_the_accused_stand(case, lawyer, monkeypatch):
    """Asked of all of an office, it took longer than its rows; by it one narrows all the same."""
    held, free = factories.charge(case), factories.charge(case)
    factories.custody(suspect=held.suspect)

    def offers():
        kinds = {one["name"]: one["options"] for one in ask(lawyer)["filters"]}
        return {one["value"]: one["count"] for one in kinds["only"]}

    assert offers() == {"held": 1, "large": 1}
    monkeypatch.setattr(proceedings, "MOST_ASKED", 1)
    assert offers() == {"held": None, "large": None}
    only = {row["prosecution"] for row in ask(lawyer, "only=held")["rows"] if row["prosecution"]}
    assert only == {held.prosecution_id} != {free.prosecution_id}
