"""A disclosure of people that rests on consent needs everyone's, and ends with the first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.services.disclosures import confirm_disclosure, propose_disclosure
from core.services import Refused
from tests import factories
from tests.victims.agreeing import FOR_A_CHILD
from victims.enums import RecipientKind
from victims.models import Share, Withdrawal
from victims.services.consents import grant_consent, withdraw_consent
from victims.services.involving import involve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def people(case):
    return [factories.involvement(case) for _one in range(2)]


@pytest.fixture
def prosecutor():
    return factories.user("prosecutor")


@pytest.fixture
def second(office):
    return factories.user("case_manager", office)


def propose(case, user, actor, **told):
    values = {"parts": ["people"], "basis": "consent", "document": "Signed form"}
    values |= {"reason": "Invented reason of some length"}
    values |= {"until": case.jurisdiction.today + timedelta(days=30)}
    return propose_disclosure(case, user=user, actor=actor, **(values | told))


def agree(person, prosecutor, actor, days=60):
    today = person.case.jurisdiction.today
    return grant_consent(
        person,
        purpose="prosecutor",
        recipient_kind=RecipientKind.PROSECUTOR,
        recipient_id=prosecutor.pk,
        **FOR_A_CHILD,
        given_on=today,
        language="bn",
        expires_on=today + timedelta(days=days),
        actor=actor,
    )


def opened(case, people, prosecutor, case_manager, second):
    consents = [agree(person, prosecutor, case_manager) for person in people]
    proposed = propose(case, prosecutor, case_manager)
    return confirm_disclosure(proposed, actor=second), consents


def test_everyone_must_have_agreed_to_the_last_day(case, people, prosecutor, case_manager):
    first, other = people
    agree(first, prosecutor, case_manager)
    with pytest.raises(Refused, match=other.code):
        propose(case, prosecutor, case_manager)
    agree(other, prosecutor, case_manager, days=29)
    with pytest.raises(Refused, match=other.code):
        propose(case, prosecutor, case_manager)
    agree(other, prosecutor, case_manager, days=30)
    assert propose(case, prosecutor, case_manager).status == "proposed"


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "parts",
    [["people"], ["people", "identity"], ["rescue", "narrative"], ["suspect", "court"]],
    ids=lambda parts: parts[-1],
)
def test_what_tells_of_people_needs_their_consent(case, prosecutor, case_manager, parts):
    """Testimony before a court as well: who took part, how, and what was said there."""
    with pytest.raises(Refused, match="Not everyone has agreed"):
        propose(case, prosecutor, case_manager, parts=parts)


@pytest.mark.usefixtures("people")
def test_an_order_needs_nobodys_consent(case, prosecutor, case_manager):
    assert propose(case, prosecutor, case_manager, basis="order").status == "proposed"
    assert propose(case, prosecutor, case_manager, parts=["suspect"]).status == "proposed"


def test_confirming_writes_down_who_was_told(case, people, prosecutor, case_manager, second):
    opened(case, people, prosecutor, case_manager, second)
    assert {row.involvement_id for row in Share.objects.all()} == {row.pk for row in people}
    assert {row.recipient_id for row in Share.objects.all()} == {prosecutor.pk}


def test_it_ends_when_one_of_them_withdraws(case, people, prosecutor, case_manager, second):
    row, (consent, _other) = opened(case, people, prosecutor, case_manager, second)
    worker = factories.user("aftercare_worker", case.office)
    factories.assignment(case, worker)
    withdraw_consent(consent, withdrawn_on=case.jurisdiction.today, version=1, actor=worker)
    row.refresh_from_db()
    assert (row.status, row.ended_by) == ("ended", worker)
    assert Withdrawal.objects.get().recipient_id == prosecutor.pk


def test_it_is_not_confirmed_when_one_withdrew_meanwhile(
    case, people, prosecutor, case_manager, second
):
    consents = [agree(person, prosecutor, case_manager) for person in people]
    proposed = propose(case, prosecutor, case_manager)
    withdraw_consent(
        consents[0], withdrawn_on=case.jurisdiction.today, version=1, actor=case_manager
    )
    with pytest.raises(Refused):
        confirm_disclosure(proposed, actor=second)


def test_it_ends_with_a_version_that_ends_sooner(case, people, prosecutor, case_manager, second):
    row, _consents = opened(case, people, prosecutor, case_manager, second)
    agree(people[0], prosecutor, case_manager, days=2)
    row.refresh_from_db()
    assert row.status == "ended"


def test_it_ends_when_somebody_joins_the_case(case, people, prosecutor, case_manager, second):
    row, _consents = opened(case, people, prosecutor, case_manager, second)
    elsewhere = factories.involvement(factories.case(case.office))
    involve(case, person=elsewhere, actor=case_manager)
    row.refresh_from_db()
    assert row.status == "ended"
