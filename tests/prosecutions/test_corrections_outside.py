"""Put right outside the courtroom: networks, ways, requests, protection and accusations."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from casework.models import InvestigationStep
from core.models import AuditEvent
from core.services import Refused, Stale
from prosecutions.corrections.services.records import correct_record
from prosecutions.models import Accusation, AssistanceRequest
from prosecutions.services.corridors import Stage, record_corridor, replace_corridor
from tests import factories
from tests.case_pages import whole
from tests.factories import justice

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE = (date(2026, month, 5) for month in (3, 4, 5, 6))
FUTURE = date(2999, 1, 1)


@pytest.fixture
def refused(correct):
    """That it is refused in these words and at this field, and nothing is written."""

    def refused(row, field, words, **changes):
        with pytest.raises(Refused, match=words, check=lambda refusal: refusal.field == field):
            correct(row, **changes)
        version = row.version
        row.refresh_from_db()
        assert row.version == version

    return refused


def way(case, lawyer):
    told = [("recruitment", "KH"), ("transit", "TH"), ("exploitation", "PH")]
    legs = [Stage(kind, factories.place(code)) for kind, code in told]
    return record_corridor(case, legs=legs, actor=lawyer)


def through(corridor):
    return corridor.legs.get(kind="transit")


@pytest.fixture
def rows(case, lawyer):
    """By noun: the row, what is put right of it, its page, its address and how that is asked."""
    network = justice.network(case)
    member, leg = network.members.get(), through(way(case, lawyer))
    request, measure = justice.assistance_request(case), justice.protective_measure(case)
    accused = justice.accusation(case)
    where = "jurisdiction"
    return [
        (network, {"identified_on": MARCH}, "networks", "networks", "post"),
        (member, {"known_on": APRIL}, "network-members", "network-members", "post"),
        (leg, {where: factories.place("IN")}, "corridor-legs", "corridor-legs", "patch"),
        (request, {"asked_on": MARCH}, "requests", "assistance-requests", "patch"),
        (measure, {"asked_on": MARCH}, "protection", "protective-measures", "patch"),
        (accused, {"accused_on": MAY}, "accusations", "accusations", "patch"),
    ]


def test_every_noun_is_put_right_with_its_reason(rows, correct, lawyer):
    for row, changes, *_where in rows:
        corrected = correct(row, reason="paper", **changes)
        assert {name: getattr(corrected, name) for name in changes} == changes
        assert corrected.version == 2
        event = AuditEvent.objects.get(action="court.corrected", target_id=str(row.pk))
        assert (event.actor_id, event.detail["reason"]) == (lawyer.pk, "paper")
        assert corrected.events.filter(pgh_label="changed").exists(), "the former values are kept"


def test_the_version_is_checked_and_nothing_is_no_correction(rows, correct):
    for row, changes, *_where in rows:
        with pytest.raises(Stale):
            correct(row, version=9, **changes)
        with pytest.raises(Refused, match="You have not changed anything"):
            correct(row, **{name: getattr(row, name) for name in changes})


def test_who_may_not_is_refused(rows, correct, office, case):
    worker = factories.user("field_officer", office)
    factories.assignment(case, worker)
    for row, changes, *_where in rows:
        for actor in (worker, factories.user("legal_officer", office)):
            with pytest.raises(PermissionDenied):
                correct(row, actor=actor, **changes)


# Networks and ways


def test_days_of_networks_and_members(rows, refused, correct):
    (network, *_), (member, *_) = rows[:2]
    refused(network, "identified_on", "future", identified_on=FUTURE)
    refused(member, "known_on", "future", known_on=FUTURE)
    refused(member, "left_on", "future", left_on=FUTURE)
    refused(member, "left_on", "A member cannot leave a network before joining it", left_on=MARCH)
    left = correct(member, role="financier", left_on=MAY)
    assert (left.role, left.left_on) == ("financier", MAY)
    refused(member, "left_on", "A member cannot leave a network before joining it", known_on=JUNE)
    assert correct(member, left_on=None).left_on is None, "a member after all"


def test_of_a_network_in_another_office_nothing_is_corrected(rows, correct):
    hidden = justice.network()
    with pytest.raises(PermissionDenied):
        correct(hidden, identified_on=MARCH)


def test_a_leg_is_put_right_and_the_way_is_still_one(case, lawyer, correct, refused):
    corridor = way(case, lawyer)
    leg = through(corridor)
    refused(
        leg,
        "kind",
        "Use this order: recruited, through, exploited, identified, brought home",
        kind="repatriated",
    )
    refused(leg, "kind", "Only “through” may have several places", kind="exploitation")
    second = factories.place("IN")
    legs = [Stage("transit", factories.place("TH")), Stage("transit", second)]
    other = record_corridor(case, legs=legs, actor=lawyer)
    last = other.legs.get(position=2)
    refused(
        last,
        "jurisdiction",
        "The same place is listed twice in a row",
        jurisdiction=legs[0].jurisdiction,
    )
    correct(leg, jurisdiction=second)
    corridor.refresh_from_db()
    assert [row.jurisdiction.code for row in corridor.legs.order_by("position")] == [
        "KH",
        "IN",
        "PH",
    ]


def test_who_tells_a_way_anew_has_to_have_seen_the_correction(case, lawyer, correct):
    corridor = way(case, lawyer)
    leg, told = through(corridor), [Stage("transit", factories.place(c)) for c in ("TH", "IN")]
    correct(leg, jurisdiction=factories.place("IN"))
    with pytest.raises(Stale):
        replace_corridor(corridor, version=1, legs=told, actor=lawyer)
    replace_corridor(corridor, version=2, legs=told, actor=lawyer)
    facts = {"version": 2, "reason": "paper", "actor": lawyer}
    with pytest.raises(Refused, match="This record was deleted while you were working on it"):
        correct_record(leg, kind="identified", **facts)


# Requests


def test_a_request_its_reminders_and_its_answer(case, correct, refused):
    asked = justice.assistance_request(case)  # on 2 April, of the Philippines
    refused(asked, "asked_on", "future", asked_on=FUTURE)
    refused(asked, "answered_on", "and its date", answer="given")
    refused(asked, "answered_on", "and its date", answered_on=MAY)
    refused(asked, "answered_on", "future", answer="given", answered_on=FUTURE)
    refused(
        asked,
        "answered_on",
        "The answer cannot be earlier than the request",
        answer="given",
        answered_on=MARCH,
    )
    refused(asked, "reminded_on", "Enter the date of the last reminder", reminders=1)
    refused(asked, "reminded_on", "future", reminders=1, reminded_on=FUTURE)
    refused(asked, "reminded_on", "earlier than the request", reminders=1, reminded_on=MARCH)
    row = correct(
        asked, direction="from", answer="in_part", answered_on=MAY, reminders=2, reminded_on=MAY
    )
    assert (row.direction, row.answer, row.reminders) == ("from", "in_part", 2)
    refused(asked, "asked_on", "earlier than the request", asked_on=JUNE)
    row = correct(asked, answer="", answered_on=None, reminders=0, reminded_on=None)
    assert AssistanceRequest.objects.waiting().get() == row


def test_whom_and_where_it_asks(case, correct, refused):
    asked = justice.assistance_request(case)
    refused(asked, "agency", "another country", agency=factories.agency())
    refused(asked, "prosecution", "another case", prosecution=factories.prosecution())
    here = factories.place("IN-WB")
    row = correct(asked, jurisdiction=here, agency=factories.agency(), kind="arrest")
    assert (row.jurisdiction, row.kind) == (here, "arrest")


def test_the_step_that_was_taken_by_asking_has_the_day(case, correct):
    step = InvestigationStep.objects.create(
        case=case, code="I-1", kind="foreign", status="done", done_on=APRIL, result="pending"
    )
    asked = justice.assistance_request(case, step=step, asked_on=APRIL)
    twin = justice.assistance_request(case, step=step, asked_on=APRIL)
    days = []
    for row in (asked, twin):
        correct(row, asked_on=MARCH)
        step.refresh_from_db()
        days.append(step.done_on)
    assert days == [APRIL, MARCH], "another request of that day took it, until that is corrected"
    correct(asked, asked_on=MAY)
    step.refresh_from_db()
    assert step.done_on == MARCH


# Survivors in court


def test_what_protects_a_survivor(case, correct, refused):
    court = factories.prosecution(case)  # of 1 April
    row = justice.protective_measure(case)  # a video link, asked for on 20 April
    refused(row, "asked_on", "future", asked_on=FUTURE)
    refused(row, "prosecution", "another case", prosecution=factories.prosecution())
    refused(
        row,
        "asked_on",
        "A court cannot be asked before the prosecution was filed",
        prosecution=court,
        asked_on=MARCH,
    )
    refused(row, "answered_on", "and its date", answer="granted")
    refused(
        row,
        "answered_on",
        "The answer cannot be earlier than the request",
        answer="granted",
        answered_on=APRIL,
    )
    row = correct(row, kind="screen", prosecution=court, answer="granted", answered_on=MAY)
    assert (row.kind, row.prosecution, row.answer) == ("screen", court, "granted")
    refused(row, "asked_on", "The answer cannot be earlier than the request", asked_on=JUNE)
    justice.protective_measure(involvement=row.involvement, kind="screen", prosecution=court)
    refused(row, "kind", "already been asked for", answer="", answered_on=None)
    row = correct(row, kind="video_link", answer="", answered_on=None)
    assert (row.answer, row.answered_on) == ("", None)


def test_what_a_survivor_is_accused_of(case, correct, refused):
    row = justice.accusation(case)  # immigration, since 15 March
    refused(row, "accused_on", "future", accused_on=FUTURE)
    refused(row, "ended_on", "and its date", ended="dropped")
    refused(row, "ended_on", "before it began", ended="dropped", ended_on=MARCH)
    row = correct(row, offence="theft", ended="dropped", ended_on=APRIL)
    assert (row.offence, row.ended, row.ended_on) == ("theft", "dropped", APRIL)
    refused(row, "accused_on", "before it began", accused_on=MAY)
    justice.accusation(involvement=row.involvement, offence="theft")
    refused(row, "offence", "already recorded", ended="", ended_on=None)
    row = correct(row, offence="drugs", ended="", ended_on=None)
    assert Accusation.objects.filter(ended="", offence="drugs").get() == row


# Pages and programs


def sent(row, changes):
    """What the form of a page says, and a program may."""
    given = {
        "Network": {},
        "NetworkMember": {"role": "recruiter"},
        "CorridorLeg": {"kind": "transit"},
        "AssistanceRequest": {"direction": "to", "kind": "evidence", "jurisdiction": "PH"},
        "ProtectiveMeasure": {"kind": "video_link"},
        "Accusation": {"offence": "immigration"},
    }[type(row).__name__]
    new = {name: getattr(value, "code", str(value)) for name, value in changes.items()}
    return given | new


def test_each_page_shows_what_stands_and_puts_it_right(page, case, rows):
    shown = whole(page, case.pk)
    shown += page.get(f"/networks/{rows[0][0].pk}/").content.decode()
    for row, changes, noun, *_ in rows:
        address = f"/{noun}/{row.pk}/correct/"
        assert f'href="{address}"' in shown, address
        initial = page.get(address).context["form"].initial
        for name in set(changes) - {"jurisdiction"}:
            assert initial[name] == getattr(row, name), name
        body = sent(row, changes) | {"reason": "paper", "version": 1}
        assert page.post(address, body | {"reason": ""}).status_code == 400, address
        assert page.post(address, body | {"version": 5}).status_code == 409, address
        assert page.post(address, body).status_code == 302, address
        row.refresh_from_db()
        assert {name: getattr(row, name) for name in changes} == changes


def test_the_page_names_the_field_that_is_refused(page, rows):
    (request, *_) = rows[3]
    body = sent(request, {"asked_on": APRIL}) | {"reason": "paper", "version": 1}
    body |= {"answer": "given", "answered_on": "2026-03-05", "reminders": ""}
    answer = page.post(f"/requests/{request.pk}/correct/", body)
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["answered_on"])


def test_each_is_put_right_by_programs(api, lawyer, rows):
    caller = api(lawyer)
    for row, changes, _page, noun, method in rows:
        path = f"{noun}/{row.pk}/" + ("correct/" if method == "post" else "")
        body, send = sent(row, changes) | {"reason": "court"}, getattr(caller, method)
        without = {name: value for name, value in body.items() if name != "reason"}
        assert send(path, without, If_Match='"1"').status_code == 400, path
        assert send(path, body).status_code == 428, path
        assert send(path, body, If_Match='"9"').status_code == 412, path
        for name in set(changes) - {"jurisdiction"}:
            bad = send(path, body | {name: str(FUTURE)}, If_Match='"1"')
            assert (bad.status_code, list(bad.json()["errors"])) == (400, [name]), path
        answer = send(path, body, If_Match='"1"')
        assert (answer.status_code, answer.json()["version"]) == (200, 2), path


def test_other_offices_find_nothing(api, browser_client, rows):
    stranger = factories.user("legal_officer", factories.office("manila", "PH-MNL"))
    caller, page = api(stranger), browser_client(stranger)
    for row, changes, noun, path, method in rows:
        body = sent(row, changes) | {"reason": "court", "version": 1}
        where = f"{path}/{row.pk}/" + ("correct/" if method == "post" else "")
        assert getattr(caller, method)(where, body, If_Match='"1"').status_code == 404
        assert page.get(f"/{noun}/{row.pk}/correct/").status_code == 404
        assert page.post(f"/{noun}/{row.pk}/correct/", body).status_code == 404
