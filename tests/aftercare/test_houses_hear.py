"""A house is told that something waits for it, and whoever sent it that it could not help."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from accounts.notices import links
from aftercare.models import Referral
from aftercare.services.referrals import decline_referral, send_referral
from desk.rules import BY_CODE
from desk.to_do.tasks import to_do
from tests import factories
from tests.factories import care, ledger
from tests.victims.agreeing import grant, one
from victims.models import Victim
from victims.services.consents import withdraw_consent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def house():
    return factories.provider()


def heard(user):
    return sorted(Notice.objects.filter(user=user).values_list("kind", flat=True))


def draft(person, need="medical"):
    return Referral.objects.create(case=person.case, involvement=person, need=need)


def send(person, house, worker, need="medical"):
    grant(person, worker, one(house))
    return send_referral(draft(person, need), provider=house, actor=worker)


def asked(user):
    found = to_do(user, rules=[BY_CODE["referral-declined"]]).first_of_each(9)
    return [(row.pk, row.about) for row in found]


def test_who_answers_for_a_house_hears_of_what_is_sent_and_of_what_is_taken_back(
    case, person, worker, house, act, browser_client
):
    """In words that say nothing of it; not who answers for it no more, or for another."""
    partner, stranger = factories.provider_staff(house).user, factories.provider_staff().user
    gone = factories.provider_staff(house)
    gone.ended_at = timezone.now()
    gone.save()
    consent = grant(person, worker, one(house))
    act(send_referral, draft(person), worker, provider=house)
    assert (heard(partner), heard(stranger), heard(gone.user)) == (["referral-sent"], [], [])
    officer = factories.assignment(case, factories.user("field_officer", case.office)).user
    told = {"withdrawn_on": case.jurisdiction.today, "version": consent.version}
    act(withdraw_consent, consent, officer, **told)
    assert heard(partner) == ["referral-sent", "withdrawal-to-hear"]
    assert heard(stranger) == []
    there = links(Notice.objects.filter(user=partner), partner)
    page = browser_client(partner)
    assert {page.get(url).url for url in there.values()} == {"/referrals/"}


def test_a_no_to_all_houses_reaches_the_one_that_was_told(person, worker, house):
    partner = factories.provider_staff(house).user
    grant(person, worker)
    send_referral(draft(person), provider=house, actor=worker)
    grant(person, worker, refused=True)
    assert "withdrawal-to-hear" in heard(partner)


def test_a_decline_asks_whoever_sent_it_for_another_house(case, person, worker, house):
    partner = factories.provider_staff(house).user
    sent = send(person, house, worker)
    assert asked(worker) == []
    decline_referral(sent, reason="Every bed is taken", actor=partner)
    assert asked(worker) == [(sent.pk, "Medical")]
    draft(person, need="safe_place")
    assert asked(worker) == [(sent.pk, "Medical")], "another need finds no house"
    second = send(person, factories.provider(), worker)
    assert asked(worker) == []
    second.status, second.answered_at, second.decline_reason = "declined", timezone.now(), "Full"
    second.save()
    assert asked(worker) == [(second.pk, "Medical")], "once for the need"
    there = factories.involvement(factories.case(case.office))
    draft(there)
    assert len(asked(worker)) == 1
    Victim.objects.filter(pk=there.victim_id).update(merged_into=person.victim_id)
    assert asked(worker) == [], "the same person, in another case"


@pytest.mark.parametrize(
    ("status", "asks"), [("sent", 0), ("in_progress", 0), ("completed", 0), ("withdrawn", 1)]
)
def test_nobody_else_is_looked_for_while_another_house_may_help(
    person, worker, house, status, asks
):
    """It was asked before the one that declined."""
    partner = factories.provider_staff(house).user
    other = send(person, factories.provider(), worker)
    sent = send(person, house, worker)
    decline_referral(sent, reason="Every bed is taken", actor=partner)
    other.refresh_from_db()
    other.status = status
    other.save()
    assert len(asked(worker)) == asks


def test_for_who_is_no_longer_in_care_no_house_is_looked_for(case, person, worker, house):
    partner, today = factories.provider_staff(house).user, case.jurisdiction.today
    decline_referral(send(person, house, worker), reason="Full", actor=partner)
    plan = care.closed_plan(case, involvement=person, closed_on=today - timedelta(days=3))
    assert len(asked(worker)) == 1
    plan.closed_on = today
    plan.save()
    assert asked(worker) == []


def test_pages_that_name_a_house_lead_to_where_it_is_written_down_who_was_told(
    case, person, manager, browser_client, said
):
    plan = care.care_plan(case, involvement=person)
    journey = ledger.repatriation(case, involvement=person)
    page = browser_client(manager)
    for path in (
        f"/survivors/{person.pk}/placements/new/",
        f"/plans/{plan.pk}/close/",
        f"/survivors/{person.pk}/journeys/new/",
        f"/journeys/{journey.pk}/change/",
    ):
        answer = page.get(path)
        assert answer.status_code == 200, path
        assert "Record who was told" in said(answer), path
        assert f'href="/survivors/{person.pk}/#consents"' in answer.content.decode(), path
