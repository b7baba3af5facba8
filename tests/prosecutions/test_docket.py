"""The docket: what is urgent stands first, and nothing open is left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from places.court_days import court_day_from
from prosecutions.docket import DocketQuery, read_docket
from prosecutions.models import Hearing
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db


def listed(case, days, **fields):
    day = case.jurisdiction.today + timedelta(days=days)
    of = fields.pop("prosecution", None) or factories.charge(case).prosecution
    return factories.hearing(prosecution=of, listed_on=day, **fields)


def ask(user, query=""):
    return read_docket(asked=DocketQuery.of(QueryDict(query)), actor=user)


def group(user, name, query=""):
    return [row for row in ask(user, query)["rows"] if row["group"] == name]


def shown(user):
    return [[str(row["reference"]) for row in g["rows"]] for g in read_docket(actor=user)["groups"]]


SAID = [(-3, "overdue", "3 days ago"), (-1, "overdue", "1 day ago"), (0, "week", "today")]
SAID += [(7, "week", "in 7 days"), (8, "later", "in 8 days")]


@pytest.mark.parametrize(("days", "name", "words"), SAID)
@pytest.mark.by_turns(5)
def test_the_day_says_where_it_stands(case, lawyer, days, name, words):
    listed(case, days)
    ((row,),) = [found["rows"] for found in read_docket(actor=lawyer)["groups"]]
    assert (row["group"], row["away"]) == (name, words)


def test_groups_by_urgency(case, lawyer):
    later, overdue, soon = listed(case, 20), listed(case, -4), listed(case, 2)
    never = factories.charge(case).prosecution
    groups = read_docket(actor=lawyer)["groups"]
    days = [[row["day"] for row in found["rows"]] for found in groups]
    assert days == [[overdue.listed_on], [None], [soon.listed_on], [later.listed_on]]
    assert groups[1]["rows"][0]["away"] == "Never listed"
    assert f"/prosecutions/{never.pk}/hearings/new/" in groups[1]["rows"][0]["do"]["url"]


def test_the_earliest_open_listing_counts(case, lawyer):
    """A result that is due is not hidden by a later date."""
    overdue = listed(case, -4)
    listed(case, 9, prosecution=overdue.prosecution)
    (found,) = read_docket(actor=lawyer)["groups"]
    (row,) = found["rows"]
    assert (row["day"], row["group"], row["more"]) == (overdue.listed_on, "overdue", 1)


def test_the_reason_for_no_next_date_is_said(case, lawyer):
    listed(case, -9, result="held", no_next_date="record_away")
    (row,) = group(lawyer, "no-date")
    assert row["away"] == "Record with another court, 9 days ago"


def test_only_what_the_reader_may_see(case, lawyer, office):
    listed(case, 2)
    listed(factories.case(office), 2)
    listed(factories.case(factories.office("manila", "PH-MNL")), 2)
    assert shown(lawyer) == [[case.reference]]
    assert shown(factories.user("legal_officer", office)) == []


# Waiting on others, and limits that run


def test_a_request_of_ours_waits_with_its_days_and_reminders(case, lawyer):
    day = case.jurisdiction.today - timedelta(days=34)
    justice.assistance_request(
        case, kind="laboratory", asked_on=day, reminders=2, reminded_on=day + timedelta(days=9)
    )
    justice.assistance_request(case, asked_on=day, answer="given", answered_on=day)
    justice.assistance_request(case, asked_on=day, direction="from")
    (row,) = group(lawyer, "waiting")
    assert (row["away"], row["awaited"]) == ("for 34 days", ["Report of a laboratory, 2 reminders"])


def test_what_a_proceeding_waits_on_stands_in_its_row(case, lawyer):
    of = listed(case, 3).prosecution
    for kind in ("laboratory", "video_link", "summons"):
        justice.assistance_request(case, kind=kind, prosecution=of)
    (row,) = group(lawyer, "week")
    assert (len(row["awaited"]), row["awaited_more"]) == (2, 1)
    assert row["ready"] == ("warn", "Answer missing")


def test_a_judgment_that_is_reserved_waits(case, lawyer):
    listed(case, -20, result="held", no_next_date="reserved")
    (row,) = group(lawyer, "waiting")
    assert row["away"] == "Judgment reserved, 20 days ago"
    assert group(lawyer, "no-date") == []


def complaint(case, days):
    made = factories.complaint(case)
    made.filed_on = case.jurisdiction.today - timedelta(days=days)
    made.save()
    return made


def test_a_complaint_without_a_report_waits_after_its_term(case, lawyer):
    late, early = complaint(case, 75), complaint(case, 20)
    reported, again = complaint(case, 75), complaint(case, 75)
    justice.police_report(complaint=reported)
    justice.police_report(complaint=again, kind="false")
    justice.police_report(complaint=again, kind="reopened", reported_on="2026-04-09")
    before_court = complaint(case, 75)
    factories.prosecution(case, complaint=before_court)
    waiting = group(lawyer, "waiting")
    assert [row["purpose"] for row in waiting] == [f"Complaint {late.number}"] * 2
    assert {row["since"] for row in waiting} == {late.filed_on, date(2026, 4, 9)}
    assert early.filed_on not in {row["since"] for row in waiting}


def test_the_last_day_for_a_charge_is_near(case, lawyer):
    today = case.jurisdiction.today
    near = factories.custody(case, charge_by=today + timedelta(days=6))
    factories.custody(case, charge_by=today + timedelta(days=40))
    charged = factories.custody(case, charge_by=today + timedelta(days=2))
    factories.charge(case, suspect=charged.suspect)
    (row,) = group(lawyer, "custody")
    assert near.suspect.code in row["purpose"]
    assert row["ready"] == ("warn", "6 days to limit")


# What a row says


def accused(case, of, standing):
    suspect = factories.charge(prosecution=of).suspect
    if standing == "held":
        factories.custody(suspect=suspect)
    if standing in ("bail", "escaped"):
        end = {"bail": "bail", "escaped": "escaped"}[standing]
        factories.custody(suspect=suspect, ended_on=case.jurisdiction.today, ended=end)
    if standing == "free":
        suspect.arrests.create(case=case, arrested_on="2026-03-10")
    return suspect


def test_the_accused_are_told_in_numbers(case, lawyer):
    of = factories.prosecution(case)
    for standing in ("held", "bail", "bail", "escaped", "never caught", "free"):
        accused(case, of, standing)
    listed(case, 2, prosecution=of)
    (row,) = group(lawyer, "week")
    assert row["accused"] == "1 in custody, 2 on bail, 2 at large, 1 not held"


def test_whom_only_the_complaint_names_is_accused_as_well(case, lawyer):
    named = factories.complaint_suspect(case)
    of = factories.prosecution(case, complaint=named.complaint)
    listed(case, 2, prosecution=of)
    (row,) = group(lawyer, "week", "only=large")
    assert row["accused"] == "1 at large"


def test_a_child_without_protection_is_not_ready(case, lawyer):
    of = listed(case, 2, purpose="witness").prosecution
    person = factories.involvement(case)  # 12 years old
    justice.participation(involvement=person, prosecution=of)
    (row,) = group(lawyer, "week")
    assert (row["child"], row["ready"]) == (True, ("warn", "Protection?"))
    asked = justice.protective_measure(involvement=person)
    assert group(lawyer, "week")[0]["ready"] == ("warn", "Protection not decided")
    asked.answer, asked.answered_on = "granted", asked.asked_on
    asked.save()
    assert group(lawyer, "week")[0]["ready"] == ("ok", "Ready")


# Filters


def with_child(case, months=150, **fields):
    of = factories.charge(case).prosecution
    person = factories.involvement(case)
    person.victim.age_min_months = person.victim.age_max_months = months
    person.victim.save()
    justice.participation(involvement=person, prosecution=of, **fields)
    return of


def found(user, query):
    return {row["prosecution"] for row in ask(user, query)["rows"] if row["prosecution"]}


def test_a_child_witness_is_one_below_18_who_takes_part(case, lawyer):
    child, teenager = with_child(case), with_child(case, 215)
    with_child(case, 216)
    declined = with_child(case, kind="declined", declined_for="trauma")
    left = with_child(case)
    part = left.participations.get()
    justice.participation(
        involvement=part.involvement, kind="declined", declined_for="other", prosecution=left
    )
    factories.charge(case)
    assert found(lawyer, "only=child") == {child.pk, teenager.pk}
    assert declined.pk in found(lawyer, "")


def test_a_child_of_the_case_counts_in_each_of_its_proceedings(case, lawyer):
    of = factories.charge(case).prosecution
    justice.participation(case)
    assert found(lawyer, "only=child") == {of.pk}


def test_filters_by_accused_court_and_stage(case, lawyer):
    held, large, other = (factories.prosecution(case) for _ in range(3))
    accused(case, held, "held")
    accused(case, large, "escaped")
    accused(case, other, "free")
    court = factories.agency(kind="court")
    other.court = court
    other.save()
    justice.stage_reached(prosecution=held, stage="framing")
    justice.stage_reached(prosecution=held, stage="evidence", reached_on="2026-06-01")
    assert found(lawyer, "only=held") == {held.pk}
    assert found(lawyer, "only=large") == {large.pk}
    assert found(lawyer, "only=held&only=large") == set()
    assert found(lawyer, f"court={court.pk}") == {other.pk}
    assert found(lawyer, "stage=trial") == {held.pk}
    assert found(lawyer, "stage=framed") == set()
    (row,) = [row for row in ask(lawyer)["rows"] if row["prosecution"] == held.pk]
    assert row["stage"] == "Evidence of the prosecution"


def test_a_filter_is_a_chip_that_takes_itself_away(case, lawyer):
    court = factories.agency(kind="court")
    of = factories.charge(case).prosecution
    of.court = court
    of.save()
    told = ask(lawyer, f"court={court.pk}&only=held&show=week")
    assert [str(chip["label"]) for chip in told["chips"]] == [court.name, "Accused in custody"]
    assert told["chips"][0]["remove_url"] == "/docket/?only=held&show=week"
    by_name = {filter_["name"]: filter_ for filter_ in told["filters"]}
    (option,) = by_name["court"]["options"]
    assert (option["count"], option["on"]) == (1, True)


HOSTILE = [
    "court=x&stage=nonsense&only=0&show=../&view=x&month=2026-13",
    "month=9999-12&view=calendar",
    "month=0001-01&view=calendar",
    "month=2026-1&view=calendar",
    "month=%00&court=%00&show=%00",
    "show=" + "x" * 5000,
    "court=" + "&court=".join("9" * 32 for _ in range(30)),
]


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.by_turns(5)
def test_an_odd_question_is_answered_as_if_it_were_none(case, page, query):
    listed(case, 2)
    answer = page.get(f"/docket/?{query}")
    courts = "9" * 32 in query  # of nobody, and yet courts
    assert (answer.status_code, answer.context["count"]) == (200, 0 if courts else 1)
    assert answer.context["asked"].month is None


def test_counts_of_filters_tell_nothing_of_what_is_out_of_scope(case, lawyer, office):
    elsewhere = factories.charge(factories.case(office)).prosecution
    elsewhere.court = factories.agency(kind="court")
    elsewhere.save()
    factories.charge(factories.case(factories.office("manila", "PH-MNL")))
    factories.charge(factories.case(level=4))
    assert ask(lawyer)["filters"] == []
    assert found(lawyer, f"court={elsewhere.court_id}") == set()


# Pages


def test_a_tile_filters_and_lets_go(case, page, said):
    listed(case, 2)
    overdue = listed(case, -2)
    row = f'href="{case.get_absolute_url()}court/#court"'
    filtered = page.get("/docket/?show=overdue").content.decode()
    assert f"/hearings/{overdue.pk}/record/?docket" in filtered
    assert filtered.count(row) == 1
    assert page.get("/docket/").content.decode().count(row) == 2
    assert "Nothing matches the filter" in said(page.get("/docket/?show=no-date"))


def test_an_empty_docket_says_what_will_stand_there(case, page, said):
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
    after = due.listed_on + timedelta(weeks=2)
    assert due.next.listed_on == court_day_from(case.jurisdiction, after)


def test_another_day_and_no_day(case, page, said):
    due, other = listed(case, -1), listed(case, -2)
    address = f"/hearings/{due.pk}/record/"
    answer = page.post(address, {"outcome": "held", "goes_on": "day"})
    assert (answer.status_code, "Enter the day." in said(answer)) == (400, True)
    day = court_day_from(case.jurisdiction, case.jurisdiction.today + timedelta(days=40))
    sent = {"outcome": "held", "next_on": day.isoformat(), "next_at": "10:30"}
    answer = page.post(address, sent)
    assert answer["Location"] == f"/cases/{case.pk}/court/#court"
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
    assert "Enter the next date, or why there is none" in said(answer)


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


@pytest.mark.parametrize("view", ["list", "calendar"])
@pytest.mark.by_turns(2)
def test_the_docket_takes_the_same_queries_however_long_it_is(
    case, page, view, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(50) as seen:
            assert page.get(f"/docket/?view={view}").status_code == 200
        return len(seen)

    def more(*days):
        for day in days:
            listed(case, day)
            factories.custody(case, charge_by=case.jurisdiction.today)
            factories.custody(case, court_by=timezone.now())
            factories.custody(case, since=date(2026, 1, 1))
            justice.assistance_request(case)
            complaint(case, 90)
            with_child(case)
            justice.protective_measure(case)
            factories.decision(case, disposition="archived")
            listed(case, -20 + day, result="held", no_next_date="reserved")

    more(-1, 2, 30)
    few = count()
    more(-4, -3, 3, 4)
    assert count() == few


def test_the_case_page_shows_hearings_and_what_to_do(case, page, said):
    overdue = listed(case, -4, purpose="witness")
    assert f"/hearings/{overdue.pk}/record/" in page.get(f"/cases/{case.pk}/").content.decode()
    text = page.get(f"/cases/{case.pk}/court/")
    assert f"/hearings/{overdue.pk}/record/" in text.content.decode()
    assert "Examination of a witness no result recorded" in said(text)
