"""Who was told, by whatever way, hears of a withdrawal; what a consent no longer carries ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Notice
from aftercare.services.referrals import send_referral
from core.services import Refused
from tests import factories
from tests.factories import justice, persons
from tests.victims.agreeing import FOR_A_CHILD, grant, one, withdraw
from victims.enums import Purpose, RecipientKind
from victims.models import Share, Withdrawal
from victims.services.basis import EVERYONE, Recipient, live_consent, share
from victims.services.shares import record_share

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def person(case):
    return factories.involvement(case)


def test_police_court_and_embassy_hear_of_a_withdrawal_like_everyone(person, worker, recorded):
    """Told by word or letter, written down with its day: no referral, no disclosure says it."""
    today = person.case.jurisdiction.today
    given = {"given_on": today - timedelta(days=9)}
    wide = Recipient(RecipientKind.AUTHORITIES)
    consent = grant(person, worker, wide, purpose="court", **given)
    unit = factories.agency()
    told = {"recipient_kind": RecipientKind.AGENCY, "recipient_id": unit.pk}
    row = record_share(consent, told_on=today - timedelta(days=2), actor=worker, **told)
    assert (row.told_on, row.consent) == (today - timedelta(days=2), consent)
    assert recorded("consent.used") == [(worker.pk, str(row.pk))]
    withdraw(consent, worker)
    assert Withdrawal.objects.open().get().recipient_id == unit.pk
    # Written down only now, though told before: they hear as well.
    embassy = factories.agency()
    told["recipient_id"] = embassy.pk
    record_share(consent, told_on=today - timedelta(days=1), actor=worker, **told)
    assert {row.recipient_id for row in Withdrawal.objects.open()} == {unit.pk, embassy.pk}


def test_a_share_is_of_the_consent_its_recipient_and_its_days(person, worker, shelter):
    today = person.case.jurisdiction.today
    days = {"given_on": today - timedelta(days=9), "expires_on": today - timedelta(days=3)}
    consent = grant(person, worker, Recipient(RecipientKind.AUTHORITIES), purpose="court", **days)
    unit = {"recipient_kind": RecipientKind.AGENCY, "recipient_id": factories.agency().pk}
    for wrong, words in (
        ({"told_on": today}, "not in force"),
        ({"told_on": today - timedelta(days=10)}, "not in force"),
        ({"told_on": today + timedelta(days=1)}, "future"),
        ({"recipient_kind": "public", "recipient_id": None}, "another recipient"),
        ({"recipient_kind": "provider", "recipient_id": shelter.pk}, "another recipient"),
        ({"recipient_id": shelter.pk}, "Choose whom"),
    ):
        told = {"told_on": today - timedelta(days=5)} | unit | wrong
        with pytest.raises(Refused, match=words):
            record_share(consent, actor=worker, **told)
    assert not Share.objects.exists()


def test_who_said_no_to_one_is_not_recorded_as_told_by_the_yes_to_all(person, worker):
    today = person.case.jurisdiction.today
    unit = Recipient(RecipientKind.AGENCY, factories.agency().pk)
    wide = grant(person, worker, Recipient(RecipientKind.AUTHORITIES), purpose="court")
    withdraw(grant(person, worker, unit, purpose="court"), worker)
    told = {"recipient_kind": unit.kind, "recipient_id": unit.id, "told_on": today}
    with pytest.raises(Refused, match="said no"):
        record_share(wide, actor=worker, **told)


def test_the_page_of_a_consent_records_who_was_told(person, worker, browser_client, said):
    today = person.case.jurisdiction.today
    consent = grant(person, worker, EVERYONE, purpose="publication")
    page, address = browser_client(worker), f"/consents/{consent.pk}/told/"
    form = page.get(address)
    sent = {"told_on": str(today), "key": str(form.context["key"])}
    assert page.post(address, sent | {"recipient": "provider 1"}).status_code == 400
    assert page.post(address, sent | {"recipient": "public"}).status_code == 302
    theirs = said(page.get(f"/survivors/{person.pk}/"))
    assert "Told: The public" in theirs
    withdraw(consent, worker)
    assert "Must hear that consent is withdrawn" in said(page.get(f"/survivors/{person.pk}/"))


def test_a_narrower_consent_takes_back_what_the_wider_one_carried(person, worker, shelter):
    """A new version that is over already carries nothing, and nothing waits on its strength."""
    today = person.case.jurisdiction.today
    draft = factories.referral(person.case)
    given = {"given_on": today - timedelta(days=9)}
    grant(draft.involvement, worker, one(shelter), **given)
    sent = send_referral(draft, provider=shelter, actor=worker)
    grant(
        draft.involvement,
        worker,
        one(shelter),
        given_on=today - timedelta(days=8),
        expires_on=today - timedelta(days=1),
    )
    sent.refresh_from_db()
    assert sent.status == "withdrawn"


@pytest.mark.parametrize(
    ("whom", "purpose", "no_to"),
    [
        ("authorities", "court", "agency"),
        ("authorities", "prosecutor", "prosecutor"),
        ("partners", "care", "provider"),
        ("any_provider", "care", "provider"),
        ("public", "publication", "agency"),
    ],
)
def test_who_says_no_to_one_is_not_shown_to_all_of_whom_it_is_one(
    person, worker, whom, purpose, no_to
):
    """The sheet would reach that one. What went out before is called back from all of them."""
    makers = {"agency": factories.agency, "provider": factories.provider}
    makers["prosecutor"] = lambda: factories.user("prosecutor")
    to, one_of_them = Recipient(whom), Recipient(no_to, makers[no_to]().pk)
    consent = grant(person, worker, to, purpose=purpose)
    share(person, purpose, to, actor=worker)
    grant(person, worker, one_of_them, purpose=purpose, refused=True)
    assert live_consent(person, purpose, to) is None
    assert [row.recipient_kind for row in Withdrawal.objects.open()] == [whom]
    told_on = person.case.jurisdiction.today
    with pytest.raises(Refused, match="one of these"):
        record_share(consent, recipient_kind=whom, told_on=told_on, actor=worker)
    grant(person, worker, one_of_them, purpose=purpose)
    assert live_consent(person, purpose, to) == consent


def test_a_prosecutor_who_was_told_gets_a_notice(person, worker):
    prosecutor = factories.user("prosecutor")
    to = Recipient(RecipientKind.PROSECUTOR, prosecutor.pk)
    consent = grant(person, worker, to, purpose="prosecutor")
    share(person, Purpose.PROSECUTOR, to, actor=worker)
    withdraw(consent, worker)
    assert [row.kind for row in Notice.objects.filter(user=prosecutor)] == ["consent-withdrawn"]


@pytest.mark.parametrize(("testified", "told"), [(True, 1), (False, 0)])
def test_who_reads_testimony_hears_that_it_rests_on_a_consent_no_more(
    person, worker, testified, told
):
    """Also where the proceedings are open by an order, which asked nobody."""
    prosecutor = factories.disclosure(person.case, parts=["suspect", "court"], basis="order").user
    if testified:
        justice.participation(involvement=person, kind="statement")
    withdraw(grant(person, worker, Recipient("authorities"), purpose="court"), worker)
    assert Notice.objects.filter(user=prosecutor, kind="consent-withdrawn").count() == told


def test_what_was_agreed_to_in_another_case_shows_to_who_may_see_it(
    office, person, case_manager, worker, browser_client, said
):
    elsewhere = factories.involvement(factories.case(office), person.victim)
    persons.consent(elsewhere, purpose="publication", recipient_kind="public")
    where = f"in {elsewhere.case.reference} {elsewhere.code}"
    address = f"/survivors/{person.pk}/"
    assert where in said(browser_client(case_manager).get(address))
    assert where not in said(browser_client(worker).get(address))  # not on that case


def test_a_consent_is_renewed_on_its_page(person, worker, browser_client, said):
    """The form begins with the former version; the new one replaces it, sent twice or once."""
    today = person.case.jurisdiction.today
    first = grant(person, worker, given_on=today - timedelta(days=9))
    page, address = browser_client(worker), f"/consents/{first.pk}/renew/"
    form = page.get(address)
    assert form.context["form"]["recipient"].value() == "any_provider"
    sent = {"purpose": "care", "recipient": "any_provider", "language": "bn"} | FOR_A_CHILD
    sent |= {"given_on": str(today), "key": str(form.context["key"])}
    early = {"expires_on": str(today - timedelta(days=1))}
    assert page.post(address, sent | early).status_code == 409
    for _twice in range(2):
        assert page.post(address, sent | {"key": "renewed"}).status_code == 302
    first.refresh_from_db()
    assert first.replaced_at
    assert "version 2" in said(page.get(f"/survivors/{person.pk}/"))
