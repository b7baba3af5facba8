"""A closed case takes no new work: nobody is asked about what is begun in it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from aftercare.services.assessments import begin_assessment, move_assessment
from aftercare.services.claims import make_claim
from aftercare.services.placements import end_placement, place
from aftercare.services.plans import close_plan, open_plan, set_goal
from aftercare.services.referrals import (
    draft_referral,
    draft_referrals,
    move_referral,
    send_referral,
)
from aftercare.services.repatriations import plan_repatriation
from casework.models import Case
from casework.services.incidents import record_incident
from casework.services.leads import record_lead
from casework.services.rescues import record_rescue, register_site
from casework.services.steps import add_step
from casework.services.tasks import add_task, finish_task, reopen_task
from core.services import Refused
from prosecutions.services.arrests import record_arrest
from prosecutions.services.charges import file_charge, revive_charges
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.courts import open_prosecution, record_judgment
from prosecutions.services.custody import begin_custody
from prosecutions.services.hearings import list_hearing, move_hearing, record_hearing
from prosecutions.services.requests import answer_request, record_request
from prosecutions.services.survivors import ask_protection, record_accusation
from prosecutions.services.suspects import Arrested, add_suspect, record_arrests
from tests import factories
from tests.case_pages import whole
from tests.factories import care, field, justice
from tests.factories.people import place as at
from tests.victims.agreeing import FOR_A_CHILD
from victims.services.involving import involve
from victims.services.survivors import Person, add_survivors

pytestmark = pytest.mark.django_db

CLOSED = "This case is closed. Ask its case manager to reopen it."
DAY = date(2026, 5, 5)


def archived(case):
    return factories.decision(case, disposition="archived").charge


def appealed(case):
    """A conviction and the appeal against it."""
    found = factories.decision(case)
    return found, factories.appeal(judgment=found.judgment)


def sent_back(case, actor):
    found, appeal = appealed(case)
    return record_judgment(
        found.charge.prosecution,
        decided_on=date(2026, 10, 1),
        attribution="supported",
        decisions=[(found.charge, "remanded")],
        appeal=appeal,
        actor=actor,
    )


def gone_on(case, actor):
    values = {"result": "held", "next_on": date(2026, 12, 30), "actor": actor}
    return record_hearing(factories.hearing(case), **values)


def moved(case, actor):
    listed = factories.hearing(case)
    values = {"version": listed.version, "listed_on": DAY, "purpose": "evidence"}
    return move_hearing(listed, **values, actor=actor)


def charged(case, actor):
    values = {"suspect": factories.suspect(case), "provision": factories.provision()}
    values |= {"offence_on": date(2026, 3, 10), "filed_on": DAY}
    return file_charge(factories.prosecution(case), **values, actor=actor)


def revived(case, actor):
    charge = archived(case)
    values = {"revived_on": date(2026, 10, 1), "charges": [charge]}
    return revive_charges(charge.prosecution, **values, actor=actor)


def reopened(case, actor):
    complaint = factories.complaint(case)
    factories.police_report(complaint=complaint)
    return record_police_report(complaint, kind="reopened", reported_on=DAY, actor=actor)


def sent(case, actor):
    draft = factories.referral(case)
    values = {"provider": factories.provider(), "given_on": DAY, **FOR_A_CHILD}
    return send_referral(draft, **values, language="bn", actor=actor)


def travels(case, actor):
    values = {"wish": "wants", "origin": at("IN-WB"), "destination": at("IN-JH")}
    person = factories.involvement(case)
    return plan_repatriation(person, **values, planned_for=date(2027, 1, 1), actor=actor)


def claimed(case, actor):
    values = {"kind": "scheme", "asked_on": DAY, "jurisdiction": at("IN-WB"), "currency": "INR"}
    return make_claim(factories.involvement(case), **values, actor=actor)


def asked(case, actor):
    values = {"direction": "to", "kind": "evidence", "jurisdiction": at("PH"), "asked_on": DAY}
    return record_request(case, **values, actor=actor)


def taken_up(case, actor):
    row = care.assessment(case)
    return move_assessment(row, step="take_up", version=row.version, actor=actor)


def known_elsewhere(case, actor):
    person = factories.involvement(factories.case(case.office))
    return involve(case, person=person, actor=actor)


def goal(case, actor):
    values = {"domain": "safety", "text": "Invented", "target_on": DAY, "actor": actor}
    return set_goal(care.care_plan(case), **values)


def heard(case, actor):
    values = {"source": "hotline", "jurisdiction": at(), "received_on": DAY, "text": "Invented"}
    return record_lead(case, **values, actor=actor)


def rescued(case, actor):
    occurred = factories.rescue().occurred_at
    return record_rescue(case, occurred_at=occurred, jurisdiction=at(), actor=actor)


BEGINNINGS = {
    "a lead": heard,
    "a step": lambda c, a: add_step(c, kind="surveillance", planned_for=DAY, actor=a),
    "abuse online": lambda c, a: record_incident(c, media="live", began_on=DAY, actor=a),
    "a site": lambda c, a: register_site(c, kind="brothel", jurisdiction=at(), actor=a),
    "a rescue": rescued,
    "a task": lambda c, a: add_task(c, what="Invented", due_on=DAY, actor=a),
    "a task again": lambda c, a: reopen_task(
        finish_task(factories.task(c), version=1, actor=a), version=2, actor=a
    ),
    "survivors": lambda c, a: add_survivors(
        factories.rescue(c), people=[Person("female")], actor=a
    ),
    "a survivor known elsewhere": known_elsewhere,
    "suspects": lambda c, a: record_arrests(factories.rescue(c), arrested=[Arrested()], actor=a),
    "a suspect": lambda c, a: add_suspect(c, role="owner", actor=a),
    "an arrest": lambda c, a: record_arrest(factories.suspect(c), arrested_on=DAY, actor=a),
    "custody": lambda c, a: begin_custody(factories.suspect(c), since=DAY, actor=a),
    "a complaint": lambda c, a: record_complaint(
        c, number="1/2026", filed_on=DAY, jurisdiction=at(), actor=a
    ),
    "a complaint again": reopened,
    "a proceeding": lambda c, a: open_prosecution(c, jurisdiction=at(), filed_on=DAY, actor=a),
    "a charge": charged,
    "archived charges again": revived,
    "a trial again": sent_back,
    "a hearing": lambda c, a: list_hearing(
        factories.prosecution(c), listed_on=date(2026, 12, 30), purpose="evidence", actor=a
    ),
    "the next hearing": gone_on,
    "a hearing on another day": moved,
    "a request": asked,
    "protection": lambda c, a: ask_protection(
        factories.involvement(c), kind="screen", asked_on=DAY, actor=a
    ),
    "an accusation": lambda c, a: record_accusation(
        factories.involvement(c), offence="soliciting", accused_on=DAY, actor=a
    ),
    "referrals": lambda c, a: draft_referrals(
        factories.rescue(c), people=[factories.involvement(c)], needs=["medical"], actor=a
    ),
    "a referral": lambda c, a: draft_referral(factories.involvement(c), need="medical", actor=a),
    "a referral sent": sent,
    "a place": lambda c, a: place(factories.involvement(c), kind="home", since=DAY, actor=a),
    "a plan": lambda c, a: open_plan(factories.involvement(c), opened_on=DAY, actor=a),
    "a goal": goal,
    "an assessment": lambda c, a: begin_assessment(care.care_plan(c), assessed_on=DAY, actor=a),
    "an assessment again": taken_up,
    "a journey": travels,
    "a claim": claimed,
}


@pytest.fixture
def everything(office):
    """Somebody who may do all that is done in a case."""
    user = factories.user("case_manager", office)
    for role in ("legal_officer", "aftercare_worker", "field_officer"):
        factories.membership(user, role, office)
    return user


@pytest.fixture
def case(office, everything):
    case = factories.case(office, status="rescued")
    factories.assignment(case, everything)
    return case


def closed(case):
    """As its row stands; whoever calls may hold an older one."""
    Case.objects.filter(pk=case.pk).update(status="closed", closed_on=date(2026, 6, 1))


@pytest.mark.parametrize("begin", BEGINNINGS.values(), ids=BEGINNINGS)
@pytest.mark.by_turns(5)
def test_nothing_is_begun_in_a_closed_case(case, everything, begin):
    begin(case, everything)  # open, it is taken
    closed(case)
    with pytest.raises(Refused, match=CLOSED):
        begin(case, everything)


ENDINGS = {
    "a task": lambda c, a: finish_task(factories.task(c), version=1, actor=a),
    "a hearing": lambda c, a: record_hearing(
        factories.hearing(c), result="held", no_next_date="reserved", actor=a
    ),
    "a complaint": lambda c, a: record_police_report(
        factories.complaint(c), kind="charge_sheet", reported_on=DAY, actor=a
    ),
    "a request": lambda c, a: answer_request(
        factories.assistance_request(c), version=1, answer="complete", answered_on=DAY, actor=a
    ),
    "a referral": lambda c, a: move_referral(
        factories.referral(c), step="withdraw", version=1, actor=a
    ),
    "a place": lambda c, a: end_placement(
        care.placement(c), version=1, until=DAY, ended_for="planned", actor=a
    ),
    "a plan": lambda c, a: close_plan(
        care.care_plan(c), version=1, closed_on=DAY, closed_for="declined", actor=a
    ),
}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
def test_what_was_left_open_in_it_can_be_ended(case, everything, end):
    closed(case)
    assert end(case, everything)


def addresses(case):
    """Of the pages that begin something in this case, where there is something of everything."""
    person, suspect = factories.involvement(case), factories.suspect(case)
    proceeding = factories.prosecution(case)
    factories.charge(prosecution=proceeding, suspect=suspect)
    listed = factories.hearing(prosecution=proceeding)
    asleep = archived(case).prosecution
    draft = factories.referral(case)
    done = factories.task(case, status="done", ended_by=factories.user(), ended_at=timezone.now())
    justice.participation(involvement=person)
    field.step(case, kind="foreign")
    factories.rescue(case)
    field.incident(case)
    of = {
        case: ("casework:add-task", "casework:plan-step", "casework:record-incident"),
        person: ("aftercare:draft", "aftercare:open-plan", "aftercare:place"),
        suspect: ("prosecutions:begin-custody", "prosecutions:record-arrest"),
        proceeding: ("prosecutions:file-charge", "prosecutions:list-hearing"),
        listed: ("prosecutions:move-hearing",),
        asleep: ("prosecutions:revive-charges",),
        draft: ("aftercare:send",),
        done: ("casework:reopen-task",),
    }
    of[case] += ("casework:record-lead", "casework:record-step", "casework:register-site")
    of[case] += ("prosecutions:add-suspect", "prosecutions:open-prosecution")
    of[case] += ("prosecutions:record-complaint", "prosecutions:record-request")
    of[person] += ("prosecutions:ask-protection", "prosecutions:record-accusation")
    found = [reverse(name, args=[row.pk]) for row, names in of.items() for name in names]
    return [*found, f"{reverse('intake:log-rescue')}?case={case.pk}"]


def test_the_page_of_a_closed_case_offers_to_begin_nothing(case, everything, browser_client):
    begins = addresses(case)
    client = browser_client(everything)
    page = whole(client, case.pk)
    assert [url for url in begins if url not in page] == []
    closed(case)
    page = whole(client, case.pk)
    assert [url for url in begins if url in page] == []


def test_nor_do_the_pages_of_its_plan_and_ledger(case, everything, browser_client):
    plan = care.care_plan(case)
    person = plan.involvement
    pages = {
        plan.get_absolute_url(): [("set-goal", plan), ("begin-assessment", plan)],
        reverse("desk:ledger", args=[person.pk]): [
            ("make-claim", person),
            ("plan-repatriation", person),
        ],
    }
    client = browser_client(everything)

    def offered():
        found = []
        for url, links in pages.items():
            page = client.get(url).content.decode()
            for name, row in links:
                if reverse(f"aftercare:{name}", args=[row.pk]) in page:
                    found.append(name)
        return found

    assert offered() == ["set-goal", "begin-assessment", "make-claim", "plan-repatriation"]
    closed(case)
    assert offered() == []


def test_programs_and_pages_are_told_so_in_words(case, everything, api, browser_client):
    closed(case)
    person = factories.involvement(case)
    sent = {"involvement": str(person.pk), "kind": "home", "since": "2026-05-05"}
    answer = api(everything).post("placements/", sent)
    assert answer.status_code == 409
    assert answer.json()["detail"] == CLOSED
    url = reverse("aftercare:place", args=[person.pk])
    page = browser_client(everything).post(url, {"kind": "home", "since": "2026-05-05"})
    assert CLOSED in page.content.decode()
    assert not person.placements.exists()
