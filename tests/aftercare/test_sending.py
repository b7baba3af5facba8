"""The page of sending: what is agreed to already, no no replaced in passing, and what was seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import factories
from tests.victims.agreeing import FOR_A_CHILD, grant, one, withdraw
from victims.models import Consent
from victims.services.basis import Recipient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def draft(case):
    return factories.referral(case)


@pytest.fixture
def house():
    return factories.provider()


@pytest.fixture
def page(browser_client, worker):
    return browser_client(worker)


def body(house, today, **more):
    told = {"provider": str(house.pk), "given_on": str(today), "language": "bn", "key": "k"}
    return told | FOR_A_CHILD | more


def test_it_shows_what_the_person_said_about_care(draft, house, worker, page, said):
    person, today = draft.involvement, draft.case.jurisdiction.today
    address = f"/referrals/{draft.pk}/send/"
    assert "No consent to referral and care yet" in said(page.get(address))
    grant(person, worker, expires_on=today + timedelta(days=9))
    withdraw(grant(person, worker, one(house)), worker)
    grant(person, worker, Recipient("public"), purpose="publication")
    grant(factories.involvement(draft.case), worker, Recipient("partners"))
    words = said(page.get(address))
    agreed = words[words.index("What is agreed to already") : words.index("Consent given by")]
    assert f"{house.name} Withdrawn no since" in agreed
    assert "Any shelter or service Live to" in agreed
    assert "The public" not in agreed
    assert "Organisations we work with" not in agreed


@pytest.mark.parametrize("to_all", [False, True])
def test_a_no_is_not_replaced_in_passing(draft, house, worker, page, said, api, to_all):
    person, today = draft.involvement, draft.case.jurisdiction.today
    grant(person, worker, None if to_all else one(house), refused=True)
    address = f"/referrals/{draft.pk}/send/"
    answer = page.post(address, body(house, today))
    assert answer.status_code == 409
    assert "has said no to this provider" in said(answer)
    by_program = body(house, "2026-03-11")
    del by_program["key"]
    refused = api(worker).post(f"referrals/{draft.pk}/send/", by_program)
    assert (refused.status_code, "asked_again" in refused.json()["errors"]) == (400, True)
    draft.refresh_from_db()
    assert (draft.status, Consent.objects.count()) == ("draft", 1)
    again = body(house, today, asked_again="on", key="again")
    assert page.post(address, again).status_code == 302
    draft.refresh_from_db()
    assert draft.status == "sent"


def test_a_no_to_another_house_or_for_another_purpose_is_none_to_this_one(
    draft, house, worker, page
):
    person, today = draft.involvement, draft.case.jurisdiction.today
    grant(person, worker, one(factories.provider()), refused=True)
    grant(person, worker, one(house), purpose="photo", refused=True)
    assert page.post(f"/referrals/{draft.pk}/send/", body(house, today)).status_code == 302


def test_what_changed_since_it_was_looked_at_is_not_sent(draft, house, page, said):
    today, address = draft.case.jurisdiction.today, f"/referrals/{draft.pk}/send/"
    seen = page.get(address).context["digest"]
    assert f'name="digest" value="{seen}"' in page.get(address).content.decode()
    draft.involvement.victim.sex = "male"
    draft.involvement.victim.save()
    answer = page.post(address, body(house, today, digest=seen))
    assert answer.status_code == 409
    assert "What the provider would see has changed" in said(answer)
    assert "Boy, 12 or younger" in said(answer)
    assert not Consent.objects.exists()
    now = answer.context["digest"]
    assert f'name="digest" value="{now}"' in answer.content.decode()
    assert page.post(address, body(house, today, digest=now, key="now")).status_code == 302
