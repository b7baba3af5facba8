"""Consent is asked again before help goes on, by the same rule as at the one door."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.models import Provider, Referral
from aftercare.services.referrals import accept_referral, decline_referral, write_note
from core.services import Refused
from tests import factories
from tests.factories import persons
from tests.meta.rows import sent_referral
from tests.meta.tables import query
from tests.whole import examples
from victims.models import Consent
from victims.services.basis import Recipient, live_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(case):
    return sent_referral(case)


@pytest.fixture
def partner(received):
    return factories.provider_staff(received.provider).user


def no_more(consent, how):
    """A consent that carries nothing any more, for one reason or the other."""
    if how == "withdrawn":
        consent.withdrawn_on = date(2026, 5, 1)
    elif how == "expired":
        consent.expires_on = date(2026, 5, 1)
    else:
        consent.replaced_at = timezone.now()
    consent.save()


@pytest.mark.parametrize("how", ["withdrawn", "expired", "replaced"])
def test_consent_is_asked_again_when_a_provider_accepts_and_begins(act, received, partner, how):
    no_more(received.involvement.consents.get(), how)
    with pytest.raises(Refused, match="The person’s consent has ended or is withdrawn"):
        act(accept_referral, received, partner)
    Referral.objects.filter(pk=received.pk).update(status="accepted")
    with pytest.raises(Refused, match="The person’s consent has ended or is withdrawn"):
        act(write_note, received, partner, text="Invented")
    received.refresh_from_db()
    assert received.status == "accepted"


@pytest.mark.parametrize("ended", [{"agreement_from": None}, {"agreement_until": date(2026, 5, 1)}])
def test_so_is_the_agreement_with_the_house(act, received, partner, ended):
    """What has begun goes on, and a house may always decline."""
    Provider.objects.filter(pk=received.provider_id).update(**ended)
    for status, verb, words in (
        ("sent", accept_referral, {}),
        ("accepted", write_note, {"text": "Invented"}),
    ):
        Referral.objects.filter(pk=received.pk).update(status=status)
        with pytest.raises(Refused, match="agreement with your organisation has ended"):
            act(verb, received, partner, **words)
    Referral.objects.filter(pk=received.pk).update(status="in_progress")
    assert act(write_note, received, partner, text="Invented").pk
    Referral.objects.filter(pk=received.pk).update(status="sent")
    received.refresh_from_db()
    assert act(decline_referral, received, partner, reason="No agreement").status == "declined"


DAYS = st.sampled_from([None, -400, -1, 0, 1])
GIVEN = st.fixed_dictionaries(
    {
        "to": st.sampled_from(["this", "another", "any_provider", "public"]),
        "purpose": st.sampled_from(["care", "court"]),
        "given": st.sampled_from([-500, 0, 1]),
        "expires": DAYS,
        "withdrawn": st.sampled_from([None, -1, 0]),
        "replaced": st.booleans(),
    }
)


@given(st.lists(GIVEN, max_size=4))
@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_database_answers_of_a_consent_as_the_one_door_does(received, several):
    """The rule stands twice because a provider reads no consent: here the two are held together."""
    person, house = received.involvement, received.provider
    today = person.case.jurisdiction.today
    ids = {"this": house.pk, "another": uuid.uuid4()}

    def day(of, first=None):
        wanted = None if of is None else today + timedelta(days=of)
        return max(wanted, first) if wanted and first else wanted

    with transaction.atomic():
        Consent.objects.filter(involvement=person).delete()
        for row in several:
            begun = day(row["given"])
            with suppress(IntegrityError), transaction.atomic():
                persons.consent(
                    person,
                    purpose=row["purpose"],
                    recipient_kind="provider" if row["to"] in ids else row["to"],
                    recipient_id=ids.get(row["to"]),
                    given_on=begun,
                    expires_on=day(row["expires"], begun),
                    withdrawn_on=day(row["withdrawn"], begun),
                    replaced_at=timezone.now() if row["replaced"] else None,
                )
        ((carries,),) = query(f"select aftercare_consent_carries('{received.pk}')")
        assert carries is bool(live_consent(person, "care", Recipient("provider", house.pk)))
        transaction.set_rollback(True)
