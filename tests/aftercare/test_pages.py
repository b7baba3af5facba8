"""A referral on its way: drafted, sent with consent, answered by the provider, served."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aftercare.models import Referral, ServiceRecord
from aftercare.services.showing import shown_to_provider
from core.models import AuditEvent
from tests import factories
from tests.meta.rows import sent_referral
from tests.victims.agreeing import FOR_A_CHILD
from victims.models import Consent

pytestmark = pytest.mark.django_db
LIST = "/referrals/"


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(user=field_officer).case


@pytest.fixture
def worker(case):
    return factories.assignment(case, factories.user("aftercare_worker", case.office)).user


@pytest.fixture
def provider(db):
    return factories.provider()


@pytest.fixture
def partner(provider):
    """Works for the provider; on no team, in no case."""
    return factories.provider_staff(provider).user


@pytest.fixture
def draft(case):
    return factories.referral(case)


@pytest.fixture
def consent(provider):
    """What the form of the sending page carries."""
    return {
        "provider": str(provider.pk),
        **FOR_A_CHILD,
        "given_on": "2026-03-11",
        "language": "bn",
        "key": "k-1",
    }


@pytest.fixture
def sent(draft, browser_client, worker, consent):
    assert browser_client(worker).post(f"/referrals/{draft.pk}/send/", consent).status_code == 302
    draft.refresh_from_db()
    return draft


def test_a_draft_is_sent_once_with_its_consent(
    browser_client, worker, draft, provider, consent, recorded, said
):
    page, address = browser_client(worker), f"/referrals/{draft.pk}/send/"
    victim = draft.involvement.victim
    seen = f"Code {victim.code} Person Girl, 12 or younger Needed Medical How soon At once"
    assert seen in said(page.get(address))
    places = {page.post(address, consent)["Location"] for _ in range(2)}
    assert places == {f"/cases/{draft.case_id}/care/#care"}
    draft.refresh_from_db()
    assert (draft.status, draft.provider, draft.shown) == (
        "sent",
        provider,
        shown_to_provider(draft),
    )
    given = Consent.objects.get()
    assert (given.involvement, given.recipient_id, given.language) == (
        draft.involvement,
        provider.pk,
        "bn",
    )
    assert recorded("referral.sent") == [(worker.pk, str(draft.pk))]
    for answer in (page.get(address), page.post(address, consent | {"key": "k-2"})):
        assert answer.status_code == 409
        assert "the status is “Sent, not answered”" in said(answer)


def test_a_referral_without_a_true_consent_stays_in_the_house(
    browser_client, worker, draft, consent, said
):
    page, address = browser_client(worker), f"/referrals/{draft.pk}/send/"
    for name, wrong in (("given_by", ""), ("given_on", "2999-01-01"), ("language", "xx")):
        assert page.post(address, consent | {name: wrong}).status_code == 400, name
    foreign = factories.provider()
    foreign.jurisdiction = factories.place("PH-MNL")
    foreign.save()
    answer = page.post(address, consent | {"provider": str(foreign.pk)})
    assert answer.status_code == 400
    assert "Not saved. Please correct:" in said(answer)
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert not Consent.objects.exists()


def test_the_provider_sees_only_what_is_shown_and_only_its_own(
    browser_client, partner, sent, said, recorded
):
    others = factories.provider_staff().user
    factories.referral(sent.case)  # a draft
    answer = browser_client(partner).get(LIST)
    page, words = answer.content.decode(), said(answer)
    victim = sent.involvement.victim
    seen = f"{victim.code} Waits for your answer Person Girl, 12 or younger Needed Medical"
    assert seen in words
    case = sent.case
    hidden = (case.reference, str(case.pk), case.jurisdiction.name, sent.involvement.code)
    assert [text for text in hidden if text in page] == []
    assert page.count("/accept/") == 1
    read = AuditEvent.objects.get(action="referrals.received", actor_id=partner.pk)
    assert read.detail == {"ids": [str(sent.pk)]}
    stranger = browser_client(others)
    assert victim.code not in stranger.get(LIST).content.decode()
    assert stranger.post(f"/referrals/{sent.pk}/accept/").status_code == 404
    assert stranger.get(f"/referrals/{sent.pk}/decline/").status_code == 404


def test_a_step_refused_to_the_provider_does_not_say_which_case_it_is(
    browser_client, partner, sent
):
    answer = browser_client(partner).post(f"/referrals/{sent.pk}/complete/")
    assert answer.status_code == 409
    assert str(sent.case_id) not in answer.content.decode()
    assert 'href="/referrals/"' in answer.content.decode()


def test_what_is_due_first_stands_first(browser_client, partner, provider, case):
    later, sooner = sent_referral(case, provider), sent_referral(case, provider)
    Referral.objects.filter(pk=later.pk).update(urgency="weeks")
    Referral.objects.filter(pk=sooner.pk).update(urgency="now")
    page = browser_client(partner).get(LIST).content.decode()
    codes = [row.involvement.victim.code for row in (sooner, later)]
    assert page.index(codes[0]) < page.index(codes[1])


def test_until_when_to_answer_is_told_by_the_clocks_of_the_house(
    browser_client, partner, provider, case, said
):
    row = sent_referral(case, provider)
    sent_at = datetime(2026, 5, 1, 22, 47, tzinfo=UTC)
    Referral.objects.filter(pk=row.pk).update(urgency="now", sent_at=sent_at)
    page = browser_client(partner)
    for address in (LIST, f"/referrals/{row.pk}/decline/"):
        words = said(page.get(address))
        assert "Sent 2 May 2026 Answer by 2 May 2026, 08:17" in words, address


def test_the_provider_accepts(browser_client, partner, sent, recorded, said):
    page, address = browser_client(partner), f"/referrals/{sent.pk}/accept/"
    assert page.post(address)["Location"] == LIST
    sent.refresh_from_db()
    assert sent.status == "accepted"
    assert sent.answered_at
    assert recorded("referral.answered_accept") == [(partner.pk, str(sent.pk))]
    again = page.post(address)
    assert again.status_code == 409
    assert "“Accept” is not possible now: the status is “Accepted”." in said(again)


def test_declining_needs_a_reason(browser_client, partner, worker, sent, recorded, said):
    page, address = browser_client(partner), f"/referrals/{sent.pk}/decline/"
    assert page.get(address).status_code == 200
    for nothing in ("", "   "):
        answer = page.post(address, {"reason": nothing})
        assert answer.status_code == 400
        assert "Reason : This field is required." in said(answer)
    assert page.post(address, {"reason": "No bed is free."})["Location"] == LIST
    sent.refresh_from_db()
    assert (sent.status, sent.decline_reason) == ("declined", "No bed is free.")
    assert recorded("referral.answered_decline") == [(partner.pk, str(sent.pk))]
    shown = said(browser_client(worker).get(f"/cases/{sent.case_id}/care/"))
    assert "Declined because: No bed is free." in shown
    late = page.post(address, {"reason": "Once more"})
    assert late.status_code == 409
    assert "the status is “Declined”" in said(late)


def test_the_sender_completes_or_withdraws(browser_client, worker, partner, sent, recorded):
    page, address = browser_client(worker), f"/referrals/{sent.pk}/move/"
    shown = page.get(f"/cases/{sent.case_id}/care/").content.decode()
    assert f'action="{address}"' in shown
    stale = page.post(address, {"step": "withdraw", "version": sent.version - 1})
    early = page.post(address, {"step": "complete", "version": sent.version})
    assert [stale.status_code, early.status_code] == [409, 409]
    assert page.post(address, {"step": "accept", "version": sent.version}).status_code == 409
    assert page.post(address, {"step": "withdraw", "version": sent.version}).status_code == 302
    sent.refresh_from_db()
    assert sent.status == "withdrawn"
    assert recorded("referral.withdraw") == [(worker.pk, str(sent.pk))]
    assert "Withdrawn" in browser_client(partner).get(LIST).content.decode()


def test_a_service_is_recorded_once_and_begins_the_referral(
    browser_client, worker, partner, sent, recorded, said
):
    page, person = browser_client(worker), sent.involvement
    address = f"/survivors/{person.pk}/services/new/"
    body = {"kind": "medical", "provided_on": "2026-03-12", "referral": str(sent.pk)}
    assert page.post(address, body).status_code == 400  # not accepted, so not offered
    browser_client(partner).post(f"/referrals/{sent.pk}/accept/")
    assert page.get(address).status_code == 200
    assert page.post(address, body | {"provided_on": "2999-01-01"}).status_code == 400
    places = {page.post(address, body | {"key": "k-2"})["Location"] for _ in range(2)}
    assert len(places) == 1
    service = ServiceRecord.objects.get()
    assert (service.kind, service.provider) == ("medical", sent.provider)
    sent.refresh_from_db()
    assert sent.status == "in_progress"
    assert recorded("service.recorded") == [(worker.pk, str(service.pk))]
    shown = said(page.get(f"/cases/{sent.case_id}/care/"))
    assert "Medical care 12 Mar 2026" in shown
    timeline = said(page.get(f"/cases/{sent.case_id}/timeline/?kind=care"))
    assert "Medical care" in timeline


@pytest.fixture
def addresses(draft):
    return [
        f"/referrals/{draft.pk}/send/",
        f"/referrals/{draft.pk}/move/",
        f"/survivors/{draft.involvement_id}/services/new/",
    ]


def test_who_may_not_is_refused(browser_client, addresses, field_officer, worker, partner, case):
    manila = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    colleague = factories.user("aftercare_worker", case.office)
    expected = {field_officer: {403}, manila: {404}, colleague: {404}, partner: {404}}
    for who, statuses in expected.items():
        client = browser_client(who)
        assert {client.post(address).status_code for address in addresses} == statuses, who
    for who in (field_officer, worker, manila):
        assert browser_client(who).get(LIST).status_code == 403
    assert not Referral.objects.exclude(status="draft").exists()


def test_only_who_answers_finds_referrals_in_the_bar(browser_client, partner, worker):
    home = browser_client(partner).get("/")
    assert home["Location"] == LIST
    mine = browser_client(partner).get(LIST).content.decode()
    theirs = browser_client(worker).get("/").content.decode()
    assert f'href="{LIST}"' in mine
    assert 'href="/cases/"' not in mine.partition("</nav>")[0]
    assert f'href="{LIST}"' not in theirs
