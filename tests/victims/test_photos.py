"""A photo of a survivor is given to nobody outside without her consent to that."""

from __future__ import annotations

import pytest

from accounts.key_scopes import VERBS
from accounts.permissions import Perm
from accounts.roles import GRANTS, Role
from casework.models import CustodyEvent
from casework.services.documents import record_custody
from core.services import Refused
from tests import factories
from tests.factories import papers
from tests.victims.agreeing import grant, withdraw
from victims.models import Share, Withdrawal
from victims.services.basis import EVERYONE, Recipient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
AUTHORITIES = Recipient("authorities")


@pytest.fixture
def person(case):
    return factories.involvement(case)


@pytest.fixture
def photo(case, person):
    return papers.document(case, kind="photo")


@pytest.fixture
def police():
    return factories.agency()


@pytest.fixture
def hand(photo, police, case_manager):
    def act(document=photo, step="handed", agency=police, person="", **told):
        told = {"happened_on": photo.case.jurisdiction.today} | told
        values = {"step": step, "agency": agency, "person": person, "actor": case_manager}
        return record_custody(document, **(values | told))

    return act


def agreed(person, actor, recipient=AUTHORITIES, purpose="photo"):
    return grant(person, actor, recipient, purpose=purpose)


def test_without_a_consent_to_photos_it_is_not_handed_over(hand, person, case_manager):
    agreed(person, case_manager, purpose="court")
    agreed(person, case_manager, purpose="publication", recipient=EVERYONE)
    with pytest.raises(Refused, match=f"{person.code} has not agreed to this.*Photos"):
        hand()
    assert not CustodyEvent.objects.exists()
    assert not Share.objects.exists()


def test_with_one_it_is_and_a_withdrawal_reaches_whoever_has_it(hand, person, police, case_manager):
    consent = agreed(person, case_manager)
    hand()
    told = Share.objects.get()
    assert (told.recipient_kind, told.recipient_id) == ("agency", police.pk)
    withdraw(consent, case_manager)
    heard = Withdrawal.objects.get()
    assert (heard.recipient_kind, heard.recipient_id, heard.told_on) == ("agency", police.pk, None)
    with pytest.raises(Refused, match="has not agreed"):
        hand()


def test_whoever_is_no_authority_is_the_public(hand, person, case_manager):
    agreed(person, case_manager)
    with pytest.raises(Refused, match="has not agreed"):
        hand(agency=None, person="A journalist")
    agreed(person, case_manager, EVERYONE)
    assert hand(agency=None, person="A journalist")


def test_everyone_in_the_case_must_have_agreed(hand, case, person, case_manager):
    agreed(person, case_manager)
    other = factories.involvement(case)
    with pytest.raises(Refused, match=other.code):
        hand()
    assert not Share.objects.exists() or not CustodyEvent.objects.exists()


def test_other_papers_and_what_stays_in_the_house_ask_for_none(hand, case):
    hand(papers.document(case, kind="court_order"))
    hand(papers.document(case, kind="evidence_photo"))  # its way is the law's
    hand(step="verified", agency=None, person="Our own expert")


def test_the_page_says_why(photo, police, person, case_manager, browser_client, said):
    address = f"/documents/{photo.pk}/custody/new/"
    sent = {"step": "handed", "happened_on": photo.case.jurisdiction.today.isoformat()}
    answer = browser_client(case_manager).post(address, sent | {"person": "A journalist"})
    assert answer.status_code == 409
    assert "Photos and films" in said(answer)
    assert not CustodyEvent.objects.exists()


def test_nobody_outside_opens_files_but_those_disclosed():
    """So for a photo handing over is the only way out, and for an original there is none."""
    files = {Perm.DOCUMENT_VIEW, Perm.DOCUMENT_OPEN, Perm.DOCUMENT_ORIGINAL}
    for role in (Role.PROVIDER_PARTNER, Role.API_CLIENT):
        assert not files & GRANTS[role]
    assert Perm.DOCUMENT_ORIGINAL not in GRANTS[Role.PROSECUTOR]
    assert not files & frozenset().union(*VERBS.values())


def test_a_disclosure_opens_no_photo(api, case, photo):
    outside = factories.disclosure(case).user
    shut, seen = papers.version(document=photo), papers.version(case)
    answer = api(outside).get(f"document-versions/{shut.pk}/file/")
    assert (answer.status_code, "needs consent" in answer.json()["detail"]) == (409, True)
    assert api(outside).get(f"document-versions/{seen.pk}/file/").status_code == 200
