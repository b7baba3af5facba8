"""What a person agreed to carries what it says, and nothing once it is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.services.referrals import send_referral
from aftercare.services.withdrawals import acknowledge_withdrawal
from core.services import Refused, Stale
from tests import factories
from tests.victims.agreeing import grant, one, withdraw
from tests.whole import examples
from victims.enums import Purpose, RecipientKind
from victims.models import Consent, Share, Withdrawal
from victims.services.basis import EVERYONE, Recipient, live_consent, share
from victims.services.consents import record_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def person(case):
    return factories.involvement(case)


def test_a_new_version_replaces_the_former_which_stays(person, worker, recorded):
    first = grant(person, worker)
    second = grant(person, worker, expires_on=person.case.jurisdiction.today)
    first.refresh_from_db()
    assert (first.replaced_at is not None, first.number, second.number) == (True, 1, 2)
    assert live_consent(person, Purpose.CARE, one(factories.provider())) == second
    assert len(recorded("consent.given")) == 2
    with pytest.raises(Refused, match="newer version"):
        withdraw(first, worker)


def test_without_a_consent_for_the_purpose_nobody_is_told(person, worker, shelter):
    grant(person, worker, purpose="court")
    with pytest.raises(Refused, match="has not agreed"):
        share(person, Purpose.CARE, one(shelter), actor=worker)
    assert not Share.objects.exists()


@pytest.mark.parametrize("purpose", [Purpose.STATISTICS, Purpose.PUBLICATION, Purpose.PHOTO])
def test_export_and_publication_ask_the_same_question(person, worker, purpose):
    assert live_consent(person, purpose, EVERYONE) is None
    consent = grant(person, worker, EVERYONE, purpose=purpose)
    assert live_consent(person, purpose, EVERYONE) == consent
    assert share(person, purpose, EVERYONE, actor=worker).consent == consent
    withdraw(consent, worker)
    assert live_consent(person, purpose, EVERYONE) is None


def test_a_no_carries_nothing_and_reaches_who_was_told(person, worker, shelter, recorded):
    grant(person, worker)
    share(person, Purpose.CARE, one(shelter), actor=worker)
    refused = grant(person, worker, refused=True)
    assert refused.withdrawn_on == refused.given_on
    assert live_consent(person, Purpose.CARE, one(shelter)) is None
    heard = Withdrawal.objects.get()
    assert (heard.consent_id, heard.recipient_id) == (refused.pk, shelter.pk)
    assert recorded("consent.refused") == [(worker.pk, str(refused.pk))]
    with pytest.raises(Refused, match="Leave the last day empty: the person said no"):
        grant(person, worker, refused=True, expires_on=person.case.jurisdiction.today)


def test_a_no_is_recorded_on_the_page_and_by_a_program(person, worker, browser_client, api):
    today = person.case.jurisdiction.today.isoformat()
    said = {"purpose": "statistics", "given_by": "self", "given_on": today, "language": "bn"}
    sent = said | {"recipient": "public", "refused": "on"}
    page = f"/survivors/{person.pk}/consents/new/"
    assert browser_client(worker).post(page, sent).status_code == 302
    body = said | {"person": str(person.pk), "recipient_kind": "partners", "refused": True}
    assert api(worker).post("consents/", body).json()["withdrawn_on"] == today
    assert Consent.objects.filter(withdrawn_on=today).count() == 2


def test_a_consent_holds_on_its_last_day_and_not_after(person, worker, shelter):
    today = person.case.jurisdiction.today
    consent = grant(person, worker, expires_on=today)
    assert live_consent(person, Purpose.CARE, one(shelter)) == consent
    tomorrow = today + timedelta(days=1)
    assert live_consent(person, Purpose.CARE, one(shelter), until=tomorrow) is None
    Consent.objects.filter(pk=consent.pk).update(
        given_on=today - timedelta(days=9), expires_on=today - timedelta(days=1)
    )
    assert live_consent(person, Purpose.CARE, one(shelter)) is None


def test_who_said_no_to_one_is_not_told_of_by_the_yes_to_all(person, worker, shelter):
    grant(person, worker)
    withdraw(grant(person, worker, one(shelter)), worker)
    assert live_consent(person, Purpose.CARE, one(shelter)) is None
    assert live_consent(person, Purpose.CARE, one(factories.provider())) is not None


def test_a_withdrawal_reaches_everyone_who_was_told(person, worker, shelter):
    consent = grant(person, worker)
    other = factories.provider()
    for _twice in range(2):
        share(person, Purpose.CARE, one(shelter), actor=worker)
    share(person, Purpose.CARE, one(other), actor=worker)
    grant(person, worker)  # shares of a former version count as well
    withdraw(Consent.objects.standing().get(), worker)
    told = Withdrawal.objects.open()
    assert {row.recipient_id for row in told} == {shelter.pk, other.pk}
    assert told.count() == 2
    assert consent.withdrawals.count() == 0


def test_who_is_carried_by_another_consent_need_not_hear(person, worker, shelter):
    wide = grant(person, worker)
    share(person, Purpose.CARE, one(shelter), actor=worker)
    grant(person, worker, one(shelter))
    withdraw(wide, worker)
    assert not Withdrawal.objects.exists()


def test_a_provider_acknowledges_in_its_own_sign_in(person, worker, shelter, browser_client, said):
    staff = factories.provider_staff(shelter).user
    consent = grant(person, worker, one(shelter))
    share(person, Purpose.CARE, one(shelter), actor=worker)
    withdraw(consent, worker)
    row, page = Withdrawal.objects.get(), browser_client(staff)
    assert person.victim.code in said(page.get("/referrals/"))
    assert page.post(f"/withdrawals/{row.pk}/acknowledge/").status_code == 302
    row.refresh_from_db()
    assert row.told_by == staff
    assert page.post(f"/withdrawals/{row.pk}/acknowledge/").status_code == 409
    stranger = factories.provider_staff().user
    assert browser_client(stranger).post(f"/withdrawals/{row.pk}/acknowledge/").status_code == 404
    with pytest.raises(Refused, match="already been confirmed"):
        acknowledge_withdrawal(row, actor=staff)


def test_for_others_the_worker_records_that_they_were_told(person, worker):
    unit = Recipient(RecipientKind.AGENCY, factories.agency().pk)
    consent = grant(person, worker, unit, purpose="court")
    share(person, Purpose.COURT, unit, actor=worker)
    withdraw(consent, worker)
    row, today = Withdrawal.objects.get(), person.case.jurisdiction.today
    with pytest.raises(Refused, match="This cannot be earlier than the day it was withdrawn"):
        record_told(row, told_on=today - timedelta(days=1), version=1, actor=worker)
    with pytest.raises(Stale):
        record_told(row, told_on=today, version=9, actor=worker)
    record_told(row, told_on=today, version=1, actor=worker)
    assert not Withdrawal.objects.open().exists()


def test_a_referral_that_waits_is_taken_back_with_the_consent(
    person, worker, shelter, browser_client, said
):
    staff = factories.provider_staff(shelter).user
    draft = factories.referral(person.case)
    consent = grant(draft.involvement, worker, one(shelter))
    sent = send_referral(draft, provider=shelter, actor=worker)
    assert sent.status == "sent"
    withdraw(consent, worker)
    sent.refresh_from_db()
    assert sent.status == "withdrawn"
    page = browser_client(staff)
    assert page.post(f"/referrals/{sent.pk}/accept/").status_code == 404
    assert "Consent withdrawn" in said(page.get("/referrals/"))
    again = factories.referral(person.case)
    again.involvement = sent.involvement
    again.save()
    with pytest.raises(Refused, match="has not agreed"):
        send_referral(again, provider=shelter, actor=worker)


def test_what_cannot_be_is_refused(person, worker, shelter):
    today = person.case.jurisdiction.today
    for wrong, words in (
        ({"relation": ""}, "guardian is"),
        ({"given_by": "self"}, "Enter a relation only if a guardian gave it"),
        ({"expires_on": today - timedelta(days=1)}, "before it was given"),
        ({"given_on": today + timedelta(days=1)}, "future"),
        ({"recipient_kind": "provider"}, "Choose which"),
        ({"recipient_id": shelter.pk}, "You chose everyone of this kind"),
    ):
        with pytest.raises(Refused, match=words):
            grant(person, worker, **wrong)
    consent = grant(person, worker)
    with pytest.raises(Refused, match="cannot be withdrawn before"):
        withdraw(consent, worker, withdrawn_on=today - timedelta(days=1))
    withdraw(consent, worker)
    with pytest.raises(Refused, match="already withdrawn"):
        withdraw(consent, worker)
    with pytest.raises(Refused, match="withdrawn after that day"):
        grant(person, worker, given_on=today - timedelta(days=1))
    assert grant(person, worker).number == 2


STEPS = st.lists(
    st.tuples(st.sampled_from(["grant", "withdraw", "expire", "send"]), st.booleans()), max_size=14
)


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_a_withdrawn_consent_never_shares(person, worker, shelter, steps):
    """In whatever order it is given, renewed, withdrawn, runs out and is used; named or for all."""
    with transaction.atomic():
        book = Book(person, worker, shelter)
        for step, named in steps:
            book.take(step, named)
        transaction.set_rollback(True)


class Book:
    """What must be so, kept apart from the record: by recipient live, over or withdrawn."""

    def __init__(self, person, worker, shelter):
        self.person, self.worker, self.shelter = person, worker, shelter
        self.whom = {True: one(shelter), False: Recipient(RecipientKind.ANY_PROVIDER)}
        self.state, self.told = {True: "none", False: "none"}, False

    @property
    def may(self):
        named, wide = self.state[True], self.state[False]
        return named == "live" or (named != "withdrawn" and wide == "live")

    def take(self, step, named):
        could = self.may
        if step == "send":
            self.send()
        elif step == "grant":
            grant(self.person, self.worker, self.whom[named])
            self.state[named] = "live"
        elif self.state[named] == "live":
            {"withdraw": self.withdraw, "expire": self.expire}[step](named)
        live = live_consent(self.person, Purpose.CARE, self.whom[True])
        assert (live is not None) == self.may
        if self.told and could and not self.may and step == "withdraw":
            assert Withdrawal.objects.filter(recipient_id=self.shelter.pk).exists()

    def send(self):
        before = Share.objects.count()
        try:
            share(self.person, Purpose.CARE, self.whom[True], actor=self.worker)
        except Refused:
            assert not self.may
            assert Share.objects.count() == before
        else:
            assert self.may
            self.told = True

    def row(self, named):
        whom = self.whom[named]
        return Consent.objects.standing().get(recipient_kind=whom.kind, recipient_id=whom.id)

    def withdraw(self, named):
        withdraw(self.row(named), self.worker)
        self.state[named] = "withdrawn"

    def expire(self, named):
        row, day = self.row(named), self.person.case.jurisdiction.today - timedelta(days=1)
        row.given_on = row.expires_on = day
        row.save()
        self.state[named] = "over"
