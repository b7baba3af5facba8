"""Survivors before police and courts: willing, heard, declined, protected, accompanied."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from core.services import Refused, Stale
from prosecutions.models import Participation, ProtectiveMeasure
from prosecutions.services.survivors import (
    answer_protection,
    ask_protection,
    correct_participation,
    record_participation,
)
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


@pytest.fixture
def person(case):
    return factories.involvement(case, code="S-1")


@pytest.fixture
def proceeding(case):
    return factories.prosecution(case)


@pytest.fixture
def worker(case):
    return factories.assignment(case, factories.user("aftercare_worker", case.office)).user


def step(person, actor, kind="willing", happened_on=DAY, **facts):
    return record_participation(person, kind=kind, happened_on=happened_on, actor=actor, **facts)


def test_steps_are_recorded_one_after_the_other(person, proceeding, worker, recorded):
    abroad = factories.place("KH")
    step(person, worker, "declined", declined_for="fear_of_detention")
    step(person, worker, "willing", DAY + timedelta(days=1))
    last = step(
        person,
        worker,
        "testified",
        DAY + timedelta(days=30),
        prosecution=proceeding,
        accompanied_by="lawyer",
        travelled_from=abroad,
    )
    assert (last.case, last.travelled_from) == (person.case, abroad)
    assert len(recorded("participation.recorded")) == 3
    assert recorded("participation.recorded")[-1] == (worker.pk, str(last.pk))


CANNOT_BE = {
    "tomorrow": ({"happened_on": date(2999, 1, 1)}, "in the future"),
    "declined for nothing": ({"kind": "declined"}, "why the person does not take part"),
    "willing for a reason": ({"declined_for": "cost"}, "only if the person declined"),
    "declined with a lawyer": (
        {"kind": "declined", "declined_for": "cost", "accompanied_by": "lawyer"},
        "leave out who went along",
    ),
    "testimony before nobody": ({"kind": "testified"}, "in which proceeding"),
    "video before nobody": ({"kind": "video"}, "in which proceeding"),
    "deposition before nobody": ({"kind": "deposition"}, "in which proceeding"),
}


@pytest.mark.parametrize(("facts", "words"), CANNOT_BE.values(), ids=CANNOT_BE)
def test_what_cannot_be_is_refused(person, worker, facts, words):
    with pytest.raises(Refused, match=words):
        step(person, worker, **facts)
    assert not Participation.objects.exists()


def test_whoever_declined_went_nowhere(person, worker):
    with pytest.raises(Refused, match="leave out who went along"):
        step(person, worker, "declined", declined_for="cost", travelled_from=factories.place("KH"))


def test_nobody_testifies_before_the_filing(person, proceeding, worker):
    early = proceeding.filed_on - timedelta(days=1)
    with pytest.raises(Refused, match="before the prosecution was filed"):
        step(person, worker, "video", early, prosecution=proceeding)
    assert step(person, worker, "statement", early, prosecution=proceeding)
    assert step(person, worker, "video", proceeding.filed_on, prosecution=proceeding)


def test_a_proceeding_of_another_case_is_refused(person, worker):
    elsewhere = factories.prosecution()
    with pytest.raises(Refused, match="another case"):
        step(person, worker, "testified", prosecution=elsewhere)
    with pytest.raises(Refused, match="another case"):
        ask_protection(person, kind="screen", asked_on=DAY, prosecution=elsewhere, actor=worker)


def test_nothing_lies_before_the_rescue(case, worker):
    rescue = factories.rescue(case)
    person = factories.involvement(case, rescue=rescue, outcome="rescued")
    with pytest.raises(Refused, match="before the rescue"):
        step(person, worker, "statement", rescue.occurred_on - timedelta(days=1))
    assert step(person, worker, "statement", rescue.occurred_on)


def test_whoever_lives_there_did_not_travel(person, case, worker):
    abroad = factories.prosecution(case, jurisdiction=factories.place("PH"))
    with pytest.raises(Refused, match="came from another one"):
        step(person, worker, travelled_from=factories.place("IN-DL"))
    with pytest.raises(Refused, match="came from another one"):
        step(person, worker, "testified", prosecution=abroad, travelled_from=factories.place("PH"))
    home = factories.place("IN")
    assert step(person, worker, "testified", prosecution=abroad, travelled_from=home)


def test_a_step_is_recorded_once_a_day(person, proceeding, worker):
    step(person, worker)
    with pytest.raises(Refused, match="already recorded"):
        step(person, worker)
    assert step(person, worker, prosecution=proceeding)


def test_a_step_is_corrected_and_the_former_stays(person, proceeding, worker, recorded):
    first = step(person, worker, "testified", prosecution=proceeding, accompanied_by="relative")
    with pytest.raises(Refused, match="leave out who went along"):
        correct_participation(
            first, version=1, kind="declined", declined_for="trauma", actor=worker
        )
    with pytest.raises(Refused, match="why the person"):
        correct_participation(first, version=1, kind="declined", actor=worker)
    with pytest.raises(Refused, match="in which proceeding"):
        correct_participation(first, version=1, prosecution=None, actor=worker)
    corrected = correct_participation(first, version=1, kind="video", actor=worker)
    assert (corrected.kind, corrected.accompanied_by, corrected.version) == ("video", "relative", 2)
    with pytest.raises(Stale):
        correct_participation(first, version=1, kind="deposition", actor=worker)
    history = apps.get_model("prosecutions.ParticipationEvent").objects.filter(pgh_obj_id=first.pk)
    kinds = history.order_by("pgh_id").values_list("kind", flat=True)
    assert list(kinds) == ["testified", "video"]
    assert recorded("participation.corrected") == [(worker.pk, str(first.pk))]


def test_a_correction_does_not_make_a_twin(person, worker):
    step(person, worker, "statement")
    other = step(person, worker, "willing")
    with pytest.raises(Refused, match="already recorded"):
        correct_participation(other, version=1, kind="statement", actor=worker)


def test_protection_is_asked_for_and_answered(person, proceeding, worker, recorded):
    measure = ask_protection(
        person, kind="screen", asked_on=DAY, prosecution=proceeding, actor=worker
    )
    with pytest.raises(Refused, match="already been asked for and is not answered"):
        ask_protection(person, kind="screen", asked_on=DAY, prosecution=proceeding, actor=worker)
    with pytest.raises(Refused, match="The answer cannot be earlier than the request"):
        answer_protection(
            measure,
            version=1,
            answer="granted",
            answered_on=DAY - timedelta(days=1),
            actor=worker,
        )
    with pytest.raises(Refused, match="in the future"):
        answer_protection(
            measure, version=1, answer="granted", answered_on=date(2999, 1, 1), actor=worker
        )
    refused = answer_protection(measure, version=1, answer="refused", answered_on=DAY, actor=worker)
    assert (refused.answer, refused.answered_on, refused.version) == ("refused", DAY, 2)
    with pytest.raises(Stale):
        answer_protection(measure, version=1, answer="granted", answered_on=DAY, actor=worker)
    again = {"kind": "screen", "asked_on": DAY, "prosecution": proceeding}
    assert ask_protection(person, actor=worker, **again), "what was refused may be asked for again"
    assert recorded("measure.answered") == [(worker.pk, str(measure.pk))]
    assert len(recorded("measure.asked")) == 2


def test_a_court_is_asked_after_the_filing(person, proceeding, worker):
    early = {"kind": "screen", "asked_on": proceeding.filed_on - timedelta(days=1)}
    with pytest.raises(Refused, match="A court cannot be asked before the prosecution was filed"):
        ask_protection(person, prosecution=proceeding, actor=worker, **early)
    assert ask_protection(person, actor=worker, **early), "of the police"
    with pytest.raises(Refused, match="in the future"):
        ask_protection(person, kind="screen", asked_on=date(2999, 1, 1), actor=worker)


def test_who_may_not_is_refused(person, office):
    stranger = factories.user("aftercare_worker", office)
    counter = factories.user("data_officer", office)
    for actor in (stranger, counter):
        with pytest.raises(PermissionDenied):
            step(person, actor)
        with pytest.raises(PermissionDenied):
            ask_protection(person, kind="screen", asked_on=DAY, actor=actor)
    assert not Participation.objects.exists()
    assert not ProtectiveMeasure.objects.exists()


# Pages.


@pytest.fixture
def page(browser_client, worker):
    return browser_client(worker)


def test_a_step_takes_five_inputs_and_two_taps(page, person, proceeding):
    address = f"/survivors/{person.pk}/taking-part/new/"
    form = page.get(address).context["form"]
    assert len(form.fields) <= 6
    assert form.get_initial_for_field(form.fields["happened_on"], "happened_on")
    assert page.post(address, {"step": "willing", "happened_on": DAY}).status_code == 302
    assert person.participations.get().kind == "willing"


def test_the_page_records_and_corrects(page, person, proceeding, said):
    address = f"/survivors/{person.pk}/taking-part/new/"
    nothing = page.post(address, {})
    assert (nothing.status_code, Participation.objects.exists()) == (400, False)
    alone = page.post(address, {"step": "testified", "happened_on": DAY})
    assert alone.status_code == 409
    assert "Say in which proceeding this was." in said(alone)
    body = {"step": "declined fear_of_suspects", "happened_on": DAY, "key": "k-1"}
    first, again = (page.post(address, body) for _ in range(2))
    assert (first.status_code, again["Location"]) == (302, first["Location"])
    row = person.participations.get()
    assert (row.kind, row.declined_for) == ("declined", "fear_of_suspects")
    assert "S-1" in said(page.get(first["Location"]))
    correct = f"/taking-part/{row.pk}/correct/"
    assert 'value="declined fear_of_suspects"' in page.get(correct).content.decode()
    facts = {"step": "statement", "happened_on": DAY, "version": "1", "accompanied_by": "nobody"}
    assert page.post(correct, facts).status_code == 302
    assert page.post(correct, facts).status_code == 409
    row.refresh_from_db()
    assert (row.kind, row.declined_for, row.accompanied_by) == ("statement", "", "nobody")


def test_the_page_asks_for_protection_and_records_the_answer(page, person, said):
    body = {"kind": "screen", "asked_on": DAY, "key": "k-1"}
    assert page.post(f"/survivors/{person.pk}/protection/new/", body).status_code == 302
    measure = person.measures.get()
    shown = said(page.get(f"/cases/{person.case_id}/court/"))
    assert "Screen in court" in shown
    assert "Waits for an answer" in shown
    answer = {"answer": "granted", "answered_on": DAY, "version": "1"}
    assert page.post(f"/protection/{measure.pk}/answer/", answer).status_code == 302
    assert "Granted" in said(page.get(f"/cases/{person.case_id}/court/"))


@pytest.mark.parametrize(
    "broken",
    [
        {"step": "flew"},
        {"step": "declined nothing"},
        {"step": "declined"},
        {"happened_on": "2999-01-01"},
        {"happened_on": "0001-01-01"},
        {"prosecution": "x\0"},
        {"accompanied_by": "a" * 10000},
        {"travelled_from": "IN-WB"},
    ],
)
def test_hostile_boxes_are_refused(page, person, broken):
    body = {"step": "willing", "happened_on": DAY} | broken
    assert page.post(f"/survivors/{person.pk}/taking-part/new/", body).status_code == 400
    assert not Participation.objects.exists()


def test_a_proceeding_of_another_case_is_not_offered(page, person, worker):
    other = factories.prosecution(factories.assignment(user=worker).case)
    body = {"step": "testified", "happened_on": DAY, "prosecution": str(other.pk)}
    assert page.post(f"/survivors/{person.pk}/taking-part/new/", body).status_code == 400


# By program.


def test_a_program_records_and_corrects(api, worker, person, proceeding):
    caller = api(worker)
    told = {"involvement": str(person.pk), "happened_on": "2026-05-04"}
    court = {"prosecution": str(proceeding.pk), "accompanied_by": "lawyer", "travelled_from": "KH"}
    made = caller.post("participations/", told | court | {"kind": "testified"})
    assert made.status_code == 201, made.content
    assert made.json()["travelled_from"] == "KH"
    one = f"participations/{made.json()['id']}/correct/"
    declined = {"kind": "declined", "declined_for": "trauma"}
    assert caller.post(one, declined).status_code == 428
    refused = caller.post(one, declined, If_Match='"1"')
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["accompanied_by"])
    nothing = {"accompanied_by": "", "travelled_from": None, "prosecution": None}
    corrected = caller.post(one, declined | nothing, If_Match='"1"')
    assert corrected.status_code == 200, corrected.content
    row = corrected.json()
    assert (row["kind"], row["declined_for"], row["prosecution"]) == ("declined", "trauma", None)
    found = caller.get(f"participations/?involvement={person.pk}&kind=declined").json()["results"]
    assert [one["id"] for one in found] == [row["id"]]


def test_a_program_asks_for_protection(api, worker, person):
    caller = api(worker)
    asked = {"involvement": str(person.pk), "kind": "screen", "asked_on": "2026-05-04"}
    made = caller.post("protective-measures/", asked)
    assert made.status_code == 201, made.content
    waiting = caller.get("protective-measures/?unanswered=true").json()["results"]
    assert [row["id"] for row in waiting] == [made.json()["id"]]
    one = f"protective-measures/{made.json()['id']}/answer/"
    answer = {"answer": "granted", "answered_on": "2026-05-05"}
    assert caller.post(one, answer, If_Match='"1"').json()["answer"] == "granted"
    assert caller.get("protective-measures/?unanswered=true").json()["results"] == []


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": 7},
        {"kind": "flew"},
        {"happened_on": "04.05.2026"},
        {"happened_on": "2999-01-01"},
        {"prosecution": "x\0"},
        {"travelled_from": ["KH"]},
        {"accompanied_by": "a" * 10000},
        {"involvement": "nobody"},
        {"name": "Invented"},
    ],
)
def test_hostile_bodies_are_refused_by_field(api, worker, person, broken):
    body = {"involvement": str(person.pk), "kind": "willing", "happened_on": "2026-05-04"}
    answer = api(worker).post("participations/", body | broken)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(broken)


def test_rows_of_another_office_do_not_exist(api, worker, person):
    manila = factories.case(factories.office("manila", "PH-MNL"))
    theirs = {"involvement": str(factories.involvement(manila).pk)}
    body = theirs | {"kind": "willing", "happened_on": "2026-05-04"}
    assert api(worker).post("participations/", body).status_code == 400
    mine = {"involvement": str(person.pk), "prosecution": str(factories.prosecution(manila).pk)}
    assert api(worker).post("participations/", body | mine).status_code == 400
