"""The timeline: everything that happened, in order, paged by key, as far as one may see it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare import models as aid
from casework.models import Case, Disclosure
from core.models import AuditEvent
from desk.case.timeline import timeline
from desk.timeline import SOURCES
from prosecutions import models as justice
from tests import factories
from tests.factories import field
from tests.whole import WHOLE
from victims.models import Exploitation, Withdrawal

pytestmark = pytest.mark.django_db


# Told to those who watch over who knows what.
WATCHED = {"sealed", "unsealed", "emergency", "emergency-reviewed"}
SIXTH = date(2026, 8, 6)


def a_row_of_each(case):
    for model in {source.model: 0 for source in SOURCES if source.model is not Case}:
        factories.FACTORIES[model](case=case)


def of_the_watch(case, lawyer):
    factories.task(case, status="done", ended_by=lawyer, ended_at="2026-08-04T10:00Z")
    case.disclosure_set.update(ended_at="2026-08-05T10:00Z", ended_by=lawyer)
    opener = factories.user("case_manager", case.office)
    opened = {"opened_by": opener, "opened_at": "2026-08-06T10:00Z"}
    case.seal_set.update(status="opened", asked_by=lawyer, **opened)
    reviewed = {"reviewed_by": opener, "reviewed_at": "2026-08-07T10:00Z"}
    case.breakglass_set.update(status="reviewed", finding="justified", **reviewed)


@pytest.fixture
def full(case, lawyer):
    """The case with a row in every table that tells, and every day of those rows filled in."""
    a_row_of_each(case)
    day, provision = date(2026, 8, 1), factories.provision()
    justice.Charge.objects.update(
        framed_on=day, plea="not_guilty", pleaded_on=day, final_provision=provision, amended_on=day
    )
    justice.Appeal.objects.update(withdrawn_on=date(2026, 10, 9))
    justice.AssistanceRequest.objects.update(answer="given", answered_on=day)
    justice.Suspect.objects.update(died_on=day)
    bail = {"ended_on": day, "ended": "bail", "breached_on": day, "breach": "absconded"}
    justice.Custody.objects.update(in_court_on=date(2026, 3, 13), **bail)
    justice.NetworkMember.objects.update(left_on=day)
    asleep = {"disposition": "archived", "lifted_on": day, "lifted_for": "revived"}
    factories.decision(case, **asleep)
    justice.ProtectiveMeasure.objects.update(answer="granted", answered_on=day)
    justice.Accusation.objects.update(ended="dropped", ended_on=day)
    Exploitation.objects.update(status="ActualVictimOfTrafficking", decided_on=day)
    Withdrawal.objects.update(told_on=day, told_by=lawyer)
    case.documentversion_set.update(number=2)
    of_the_watch(case, lawyer)
    case.placement_set.update(until=day, ended_for="planned")
    case.siteclosing_set.update(reopened_on=day)
    case.lead_set.update(ended="unfounded", ended_on=day)
    field.done_step(case)
    decided = {"decided_by": lawyer, "decided_at": "2026-08-03T10:00Z"}
    factories.transfer(case, status="accepted", **decided)
    case.assignment_set.exclude(user=lawyer).update(ended_at="2026-09-01T00:00Z")
    aid.RehabilitationPayment.objects.update(reimbursed=100, reimbursed_on=day)
    aid.CompensationClaim.objects.filter(status="asked").update(status="refused", answered_on=day)
    gone = {"travelled_on": date(2026, 9, 2), "arrived_on": date(2026, 9, 3)}
    aid.Repatriation.objects.update(status="arrived", **gone)
    factories.FACTORIES[aid.Repatriation](
        case=case, status="cancelled", cancelled_on=day, cancelled_for="wish"
    )
    sent = {"status": "sent", "provider": factories.provider(), "sent_at": "2026-08-02T10:00Z"}
    case.referral_set.update(**sent)
    Case.objects.filter(pk=case.pk).update(status="investigation")
    Case.objects.filter(pk=case.pk).update(status="closed", closed_on=day)
    return Case.objects.get(pk=case.pk)


def walk(client, case, **query):
    """Every item of every page, by the links the interface gives."""
    path, found = f"cases/{case.pk}/timeline/", []
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    answer = client.get(f"{path}?{asked}").json()
    found += answer["results"]
    while answer["next"]:
        answer = client.get(answer["next"].partition("/api/v1/")[2]).json()
        found += answer["results"]
    return found


def test_every_source_tells_of_its_rows(full, lawyer):
    items = timeline(full, lawyer, size=500)["items"]
    seen = {item["source"] for item in items}
    assert {source.name for source in SOURCES} - seen == WATCHED
    watcher = factories.user("case_manager", full.office)
    items += timeline(full, watcher, size=500)["items"]
    assert {item["source"] for item in items} - seen == WATCHED
    assert all(item["title"] for item in items)


def test_seals_emergencies_and_disclosures_are_told_in_words(full):
    watcher = factories.user("case_manager", full.office)
    items = {item["source"]: item for item in timeline(full, watcher, size=500)["items"]}
    assert items["task-end"]["title"] == "Task: Done"
    assert items["disclosed"]["title"] == "Disclosed outside: Order of a court"
    assert items["emergency"]["title"] == "Opened in an emergency"
    assert items["emergency-reviewed"]["title"] == "Emergency opening reviewed: Justified"
    assert items["emergency"]["by"] == full.breakglass_set.get().user.name
    assert (items["sealed"]["title"], items["unsealed"]["day"]) == ("Case sealed", SIXTH)


def test_what_is_to_be_done_is_listed_ahead_without_its_words(case, lawyer):
    day = case.jurisdiction.today + timedelta(days=3)
    factories.task(case, due_on=day, assignee=lawyer, what="Canary Ivory")
    told = timeline(case, lawyer)
    (item,) = told["ahead"]
    assert (item["title"], item["day"], item["by"]) == ("Task due", day, lawyer.name)
    assert "Canary" not in str(told)


def test_who_opened_a_case_in_an_emergency_is_not_told_of_it_there(case, office):
    reader = factories.user("field_officer", office)
    factories.break_glass(case, reader)
    told = timeline(case, type(reader).objects.get(pk=reader.pk))
    assert "emergency" not in {item["source"] for item in told["items"]}


def test_titles_are_words_not_codes(full, lawyer):
    titles = {item["source"]: item["title"] for item in timeline(full, lawyer, size=500)["items"]}
    assert titles["plea"] == "Plea: Not guilty"
    assert titles["hearing"] == "Hearing, Evidence: no result recorded"
    assert titles["sentence"] == "Sentence: 7 years of imprisonment"
    assert titles["payment"].startswith("Compensation paid:")
    assert titles["protection-answer"] == "Video link: Granted"


def told_of(case, lawyer, source):
    (item,) = [i for i in timeline(case, lawyer)["items"] if i["source"] == source]
    return item


def test_a_breach_of_bail_and_the_day_in_court_are_told(case, lawyer):
    custody = factories.custody(case, in_court_on=date(2026, 3, 13))
    assert not [i for i in timeline(case, lawyer)["items"] if i["source"] == "breach"]
    custody.ended, custody.ended_on = "bail", date(2026, 5, 5)
    custody.breach, custody.breached_on = "absconded", date(2026, 6, 6)
    custody.save()
    seen, broken = (told_of(case, lawyer, source) for source in ("in-court", "breach"))
    assert (seen["title"], seen["day"]) == ("Brought before a court", date(2026, 3, 13))
    assert (broken["title"], broken["day"]) == ("Bail broken: Absconded", date(2026, 6, 6))
    assert seen["code"] == broken["code"] == custody.suspect.code


def test_a_charge_taken_up_again_is_told_and_no_other_that_was_lifted(case, lawyer):
    day, other = date(2026, 10, 2), {"lifted_on": date(2026, 10, 3), "disposition": "acquitted"}
    asleep = {"disposition": "archived", "lifted_on": day, "lifted_for": "revived"}
    revived = factories.decision(case, **asleep)
    for why in ("retrial", "error"):
        factories.decision(case, lifted_for=why, **other)
    item = told_of(case, lawyer, "revived")
    assert (item["title"], item["day"]) == ("Charge taken up again", day)
    assert (item["code"], item["kind"]) == (revived.charge.suspect.code, "court")
    assert revived.charge.provision.number in item["text"]


def test_the_end_of_a_membership_is_told(case, lawyer):
    member = factories.justice.network_member(case, role="financier", left_on=date(2026, 5, 4))
    item = told_of(case, lawyer, "member-end")
    assert item["title"] == "Found not to be a member of a network: Handles the money"
    assert (item["day"], item["code"]) == (date(2026, 5, 4), member.suspect.code)


def test_the_newest_stand_first_and_what_is_listed_apart(case, lawyer):
    today = case.jurisdiction.today
    days = [today + timedelta(days=n) for n in (-9, -2, 0, 3, 30)]
    of = factories.charge(case).prosecution
    for day in days:
        factories.hearing(prosecution=of, listed_on=day)
    told = timeline(case, lawyer, kind="court")
    heard = [item["day"] for item in told["items"] if item["source"] == "hearing"]
    assert heard == [days[2], days[1], days[0]]
    assert [item["day"] for item in told["ahead"]] == [days[4], days[3]]
    assert all(item["is_ahead"] for item in told["ahead"])
    titles = [item["title"].partition(": ")[2] for item in told["items"][:2]]
    assert titles == ["listed", "no result recorded"]


@pytest.mark.nightly
def test_pages_by_key_lose_nothing_and_repeat_nothing(full, api, lawyer):
    client = api(lawyer)
    whole = [item["id"] for item in walk(client, full, limit=200)]
    paged = [item["id"] for item in walk(client, full, limit=3 if WHOLE else 9)]
    assert paged == whole
    assert len(set(whole)) == len(whole) > 30


def test_one_can_go_back(full, api, lawyer):
    client, path = api(lawyer), f"cases/{full.pk}/timeline/?limit=4"
    first = client.get(path).json()
    second = client.get(first["next"].partition("/api/v1/")[2]).json()
    again = client.get(second["previous"].partition("/api/v1/")[2]).json()
    assert again["results"] == first["results"]
    assert (first["previous"], second["ahead"]) == (None, [])


def test_rows_written_down_in_one_moment_keep_their_order(case, api, lawyer):
    person = factories.involvement(case)
    kinds = ["shelter", "medical", "legal", "family", "training"]
    for kind in kinds:
        factories.service_record(case, involvement=person, kind=kind)
    case.servicerecord_set.update(created_at="2026-03-12T10:00Z")
    found = [item["title"] for item in walk(api(lawyer), case, kind="care", limit=1)]
    assert len(found) == len(set(found)) == len(kinds)


def test_what_is_alike_on_one_day_is_one_entry_with_all_codes(case, lawyer):
    for code in ("S-1", "S-2"):
        factories.service_record(case, involvement=factories.involvement(case, code=code))
    told = timeline(case, lawyer, kind="care")
    (entry,) = told["entries"]
    assert (entry["title"], sorted(entry["codes"])) == ("Shelter", ["S-1", "S-2"])
    assert len(told["items"]) == 2


def test_a_day_is_that_of_the_place(case, lawyer):
    """Half past eight in the evening, UTC, is the next day in Kolkata."""
    case.assignment_set.update(started_at="2026-03-11T20:30Z")
    (item,) = [i for i in timeline(case, lawyer)["items"] if i["source"] == "joined"]
    assert (item["day"], item["hour"]) == (date(2026, 3, 12), "02:00")


def test_it_is_narrowed_to_a_kind(full, api, lawyer):
    for kind in ("court", "people", "care", "file"):
        found = walk(api(lawyer), full, kind=kind)
        assert {item["kind"] for item in found} == {kind}


def test_a_link_to_an_entry_opens_the_page_there(full, browser_client, lawyer):
    page = browser_client(lawyer)
    items = timeline(full, lawyer, size=500)["items"]
    wanted = items[len(items) // 2]
    answer = page.get(wanted["item_url"])
    assert answer.context["timeline"]["items"][0]["id"] == wanted["id"]
    assert answer.context["timeline"]["previous"]


def test_programs_begin_with_an_entry_and_go_on_from_there(full, api, lawyer):
    client, whole = api(lawyer), walk(api(lawyer), full, limit=200)
    wanted = whole[7]["id"]
    answer = client.get(f"cases/{full.pk}/timeline/?item={wanted}&limit=5").json()
    assert [one["id"] for one in answer["results"]] == [one["id"] for one in whole[7:12]]
    assert answer["ahead"] == []
    further = client.get(answer["next"].partition("/api/v1/")[2]).json()
    assert [one["id"] for one in further["results"]] == [one["id"] for one in whole[12:17]]
    assert client.get(f"cases/{full.pk}/timeline/?item=hearing.x").status_code == 404
    both = client.get(f"cases/{full.pk}/timeline/?item={wanted}&cursor=x")
    assert (both.status_code, list(both.json()["errors"])) == (400, ["item"])


ODD = ["nothing", "hearing.x", "hearing.", "nobody.0", "\0", "hearing.\0", "x" * 9000]


@pytest.mark.parametrize("item", ODD)
def test_an_entry_that_is_not_there_is_not_found(case, browser_client, lawyer, item):
    answer = browser_client(lawyer).get(f"/cases/{case.pk}/timeline/", {"item": item})
    assert answer.status_code == 404


def test_an_entry_of_another_case_is_not_found(case, browser_client, lawyer):
    """Also of one that is open to the reader: the address names the case."""
    there = factories.case(case.office)
    factories.assignment(there, lawyer)
    other = factories.hearing(there)
    path = f"/cases/{case.pk}/timeline/?item=hearing.{other.pk}"
    assert browser_client(lawyer).get(path).status_code == 404


def test_a_page_with_an_odd_cursor_goes_to_the_first(case, browser_client, lawyer):
    page = browser_client(lawyer)
    answer = page.get(f"/cases/{case.pk}/timeline/?cursor=x&kind=nonsense")
    assert answer.status_code == 302
    assert page.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [("kind=x", "kind"), ("cursor=x", "cursor"), ("limit=0", "limit"), ("nonsense=1", "nonsense")],
)
def test_the_interface_refuses_by_name(case, api, lawyer, query, field):
    answer = api(lawyer).get(f"cases/{case.pk}/timeline/?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_another_office_finds_no_case(full, api, browser_client):
    stranger = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    assert api(stranger).get(f"cases/{full.pk}/timeline/").status_code == 404
    assert browser_client(stranger).get(f"/cases/{full.pk}/timeline/").status_code == 404


def test_a_sealed_case_tells_those_it_names(full, api, lawyer, office):
    Case.objects.filter(pk=full.pk).update(level=4)
    named = factories.user("legal_officer", office)
    factories.assignment(full, named, named=True)
    assert walk(api(named), full)
    assert api(lawyer).get(f"cases/{full.pk}/timeline/").status_code == 404


def test_whoever_only_sees_that_it_exists_is_told_no_content(full, api, office):
    """The team and the opening are known in the office; nothing else is."""
    colleague = factories.user("field_officer", office)
    told = {item["source"] for item in walk(api(colleague), full)}
    assert told == {"opened", "closed", "joined", "left"}


PARTS = {
    ("rescue",): {"rescue"},
    ("suspect",): {
        *("arrest", "custody", "in-court", "release", "breach", "death"),
        *("member", "member-end", "corridor"),
    },
    ("people",): {"found"},
}


@pytest.mark.parametrize("parts", PARTS, ids=",".join)
def test_a_prosecutor_is_told_of_the_parts_disclosed(full, api, office, parts):
    prosecutor = factories.user("prosecutor", office)
    Disclosure.objects.all().delete()
    factories.disclosure(full, prosecutor, parts=list(parts))
    told = walk(api(prosecutor), full)
    assert {item["source"] for item in told} == {"opened", "closed"} | PARTS[parts]
    assert not [item for item in told if item["by"]]


def test_codes_are_told_only_to_those_who_see_the_people(full, api, office):
    """Court without people: a survivor's part in court has no code."""
    prosecutor = factories.user("prosecutor", office)
    Disclosure.objects.all().delete()
    factories.disclosure(full, prosecutor, parts=["suspect", "court"])
    told = walk(api(prosecutor), full)
    assert {item["code"][:1] for item in told} == {"A", ""}


def test_a_role_without_cases_may_not_ask(case, api, browser_client, office):
    manager = factories.user("programme_manager", office)
    assert api(manager).get(f"cases/{case.pk}/timeline/").status_code in (403, 404)
    assert browser_client(manager).get(f"/cases/{case.pk}/timeline/").status_code in (403, 404)


def test_a_look_is_on_record_with_the_people_it_told_of(case, api, lawyer):
    part = factories.justice.participation(case)
    api(lawyer).get(f"cases/{case.pk}/timeline/")
    event = AuditEvent.objects.get(action="timeline.read")
    assert event.case_id == case.pk
    assert {part.involvement_id, part.involvement.victim_id} <= set(event.subjects)


def test_the_page_says_it_in_words_and_in_order(full, browser_client, lawyer, said):
    rescue = full.rescue_set.first()
    factories.involvement(full, rescue=rescue, outcome="rescued")
    answer = browser_client(lawyer).get(f"/cases/{full.pk}/timeline/?kind=people")
    assert "Rescue operation: 1 person brought out, 0 arrests" in said(answer)
    assert 'aria-current="true">People</a>' in answer.content.decode()


@pytest.mark.nightly
def test_it_costs_the_same_however_much_happened(case, api, lawyer):
    client, path = api(lawyer), f"cases/{case.pk}/timeline/"

    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    factories.hearing(case)
    client.get(path)
    few = statements()
    a_row_of_each(case)
    assert statements() == few <= 18


def test_a_filter_that_fits_nothing_offers_everything(case, lawyer, browser_client, said):
    page = browser_client(lawyer)
    address = f"/cases/{case.pk}/timeline/"
    filtered = page.get(f"{address}?kind=court")
    assert "Nothing matches the filter" in said(filtered)
    assert f'href="{address}">Clear filter' in filtered.content.decode()
