"""Who signs in for a provider: bound by whoever manages providers, parted with every way in."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession

from accounts.models import ApiKey, Notice
from accounts.services.leaving import disable_person, end_role
from aftercare.models import ProviderStaff, Referral
from aftercare.services.staff import add_staff, end_staff
from core.services import Refused, StepUp
from tests import factories
from tests.clients import ApiClient
from tests.meta.rows import sent_referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def partner():
    return factories.user("provider_partner")


@pytest.fixture
def referral(case):
    return sent_referral(case)


def test_a_manager_adds_a_partner_who_then_reads_what_was_sent(
    referral, manager, partner, browser_client, said, recorded
):
    page, theirs = browser_client(manager), browser_client(partner)
    code = referral.involvement.victim.code
    assert code not in said(theirs.get("/referrals/"))
    house = referral.provider
    form = page.get(f"/providers/{house.pk}/staff/new/")
    assert partner.username in form.content.decode()
    key = form.context["key"]
    sent = {"user": partner.username, "key": key}
    assert page.post(f"/providers/{house.pk}/staff/new/", sent).status_code == 302
    assert page.post(f"/providers/{house.pk}/staff/new/", sent).status_code == 302  # once
    staff = ProviderStaff.objects.get(provider=house, user=partner)
    assert recorded("provider.staff_added") == [(manager.pk, str(staff.pk))]
    assert code in said(theirs.get("/referrals/"))
    assert partner.name in said(page.get(house.get_absolute_url()))
    assert Notice.objects.get(user=partner).kind == "provider-joined"


def test_an_invited_person_is_added_before_the_first_sign_in(manager):
    invited = factories.user("provider_partner")
    invited.is_active = False
    invited.save()
    assert add_staff(factories.provider(), user=invited, actor=manager).user == invited


def test_only_partners_are_added_and_once(manager, field_officer, partner):
    house = factories.provider()
    with pytest.raises(Refused, match="does not have the role of provider partner"):
        add_staff(house, user=field_officer, actor=manager)
    add_staff(house, user=partner, actor=manager)
    with pytest.raises(Refused, match="already"):
        add_staff(house, user=partner, actor=manager)
    closed = factories.provider(is_active=False)
    with pytest.raises(Refused, match="no more referrals"):
        add_staff(closed, user=partner, actor=manager)


def test_nobody_is_let_in_without_a_second_factor(manager, partner, monkeypatch):
    monkeypatch.setattr("core.services.confirmed", lambda: False)
    with pytest.raises(StepUp):
        add_staff(factories.provider(), user=partner, actor=manager)
    assert not ProviderStaff.objects.exists()


def test_a_manager_answers_for_the_providers_of_the_own_countries(
    api, manager, partner, browser_client, said
):
    """Kolkata’s case manager changes nothing of a house in the Philippines; Manila’s does."""
    there = factories.provider(jurisdiction=factories.place("PH-MNL"))
    theirs = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    own = add_staff(there, user=partner, actor=theirs)
    other, version = {"user": factories.user("provider_partner").username}, there.version
    new = {"name": "Invented far house", "jurisdiction": "PH-CEB", "services": ["medical"]}
    far = (
        ("post", "providers/", new, None),
        ("patch", f"providers/{there.pk}/", {"places_any": 3}, f'"{version}"'),
        ("post", f"providers/{there.pk}/add-staff/", other, None),
        ("post", f"provider-staff/{own.pk}/end/", {}, None),
    )
    for user, expected in ((manager, {403}), (theirs, {200, 201})):
        for method, path, body, seen in far:
            headers = {"If_Match": seen} if seen else {}
            answer = getattr(api(user), method)(path, body, **headers)
            assert answer.status_code in expected, (path, answer.content)
        if user is manager:
            there.refresh_from_db()
            own.refresh_from_db()
            assert (there.version, own.ended_at, there.staff.count()) == (version, None, 1)
    page = said(browser_client(manager).get(there.get_absolute_url()))
    assert "Who signs in for it" not in page
    assert "Who signs in for it" in said(browser_client(theirs).get(there.get_absolute_url()))


def test_the_global_office_and_an_office_that_covers_a_country_answer_for_it(manager, partner):
    there = factories.provider(jurisdiction=factories.place("PH-MNL"))
    everywhere = factories.user("case_manager", factories.office("global", "IN-WB-KOL"))
    factories.office("manila", "PH-MNL")
    assert add_staff(there, user=partner, actor=everywhere)
    office = manager.memberships.get().office
    office.covers.add(factories.place("PH"))
    another = factories.user("provider_partner")
    manager = type(manager).objects.get(pk=manager.pk)
    assert add_staff(there, user=another, actor=manager)


def signed_in(partner, browser_client):
    """A page and a program of somebody, both of which work."""
    page, program = browser_client(partner), ApiClient(partner)
    UserSession.objects.create(
        user=partner, session_key=page.session.session_key, ip="127.0.0.1", user_agent="Invented"
    )
    assert page.get("/referrals/").status_code == 200
    assert program.get("received-referrals/").status_code == 200
    return page, program


def test_the_end_takes_sessions_keys_and_sight(
    referral, manager, partner, browser_client, recorded
):
    staff = add_staff(referral.provider, user=partner, actor=manager)
    page, program = signed_in(partner, browser_client)
    asked = browser_client(manager).post(f"/provider-staff/{staff.pk}/end/")
    assert asked.status_code == 302
    assert recorded("provider.staff_ended") == [(manager.pk, str(staff.pk))]
    assert page.get("/referrals/").status_code == 302  # to sign in
    assert program.get("received-referrals/").status_code == 401
    assert not Referral.objects.received_by(partner).exists()
    assert not UserSession.objects.filter(user=partner).exists()
    assert not ApiKey.objects.filter(user=partner, revoked_at=None).exists()
    with pytest.raises(Refused, match="This person no longer signs in for this provider"):
        end_staff(staff, actor=manager)


def test_who_answers_for_another_provider_stays_signed_in(
    referral, manager, partner, browser_client
):
    staff = add_staff(referral.provider, user=partner, actor=manager)
    add_staff(factories.provider(), user=partner, actor=manager)
    page, program = signed_in(partner, browser_client)
    end_staff(staff, actor=manager)
    assert page.get("/referrals/").status_code == 200
    assert program.get("received-referrals/").status_code == 200
    assert not Referral.objects.received_by(partner).exists()


@pytest.mark.parametrize("how", ["role", "account"])
def test_who_loses_the_role_answers_for_nobody_also_when_it_comes_back(
    office, referral, manager, partner, how
):
    staff = add_staff(referral.provider, user=partner, actor=manager)
    admin = factories.user("system_admin", office)
    factories.user("system_admin", office)
    if how == "role":
        end_role(partner.memberships.get(), reason="Leaves", actor=admin)
    else:
        disable_person(partner, reason="Leaves", actor=admin)
    staff.refresh_from_db()
    assert staff.ended_at
    factories.membership(partner, "provider_partner", office)
    assert not Referral.objects.received_by(partner).exists()


def test_the_interface_does_the_same(api, manager, partner, case):
    house = factories.provider()
    made = api(manager).post(f"providers/{house.pk}/add-staff/", {"user": partner.username})
    assert made.status_code == 200
    pk = made.json()["id"]
    listed = api(manager).get(f"provider-staff/?provider={house.pk}&in_force=true").json()
    assert [row["user"] for row in listed["results"]] == [partner.username]
    ended = api(manager).post(f"provider-staff/{pk}/end/", {})
    assert ended.json()["ended_at"]
    worker = factories.assignment(case, factories.user("aftercare_worker", case.office)).user
    for path in ("provider-staff/", f"provider-staff/{pk}/"):
        assert api(worker).get(path).status_code == 403
