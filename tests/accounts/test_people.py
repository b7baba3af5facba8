"""The pages and the API about accounts: the same verbs, for the same people, about no case."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AccountChange, Invitation, Membership, User
from core.context import acting_as
from core.models import AuditEvent
from tests import factories
from tests.meta.tables import query, table, walled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
REASON = {"reason": "Invented reason"}
ROLE = {"office": "kolkata", "role": "case_manager"} | REASON
NEW = {"name": "Invented", "username": "new.person", "email": "new@example.org"} | ROLE


@pytest.fixture
def admin(office):
    return factories.user("system_admin", office)


@pytest.fixture
def second(office):
    return factories.user("safeguarding_lead", office)


@pytest.fixture
def page(browser_client, admin):
    return browser_client(admin)


@pytest.fixture
def program(api, admin):
    return api(admin)


def outcomes():
    return list(AccountChange.objects.order_by("asked_at").values_list("kind", "outcome"))


def test_a_system_administrator_sees_no_case(admin, page):
    case = factories.case()
    factories.assignment(case, admin)  # even if someone put them on a team
    for model in walled():
        if model is not type(case):
            factories.FACTORIES[model](case=case)
    assert page.get("/cases/").status_code == 403
    assert page.get(case.get_absolute_url()).status_code == 404
    admin = User.objects.get(pk=admin.pk)
    assert [model for model in walled() if model.objects.visible_to(admin).exists()] == []
    with acting_as(admin.pk):
        assert [m for m in walled() if query(f"select from {table(m)} limit 1")] == []


@pytest.fixture
def others(office):
    """Of another office, without a role, invited, and left."""
    factories.user("case_manager", factories.office("manila", "PH-MNL"), name="Of Manila")
    factories.user(role=None, name="Without Role")
    factories.invitation(factories.user(role=None, is_active=False, name="Is Invited"))
    factories.user(role=None, is_active=False, name="Has Left")


def shown(answer):
    return [person.name for person in answer.context["people"]]


def test_the_list_shows_everybody_with_role_and_status(page, admin, said, others):
    answer = page.get("/people/")
    assert shown(answer) == sorted(User.objects.values_list("name", flat=True))
    words = said(answer)
    assert f"{User.objects.count()} accounts" in words
    assert "Case manager, Manila" in words
    assert re.search(r"Is Invited \S+ No role Invited", words)
    assert re.search(r"Has Left \S+ No role Disabled", words)
    assert AuditEvent.objects.filter(kind="read", action="people.listed").exists()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("office=manila", ["Of Manila"]),
        ("role=case_manager", ["Of Manila"]),
        ("status=invited", ["Is Invited"]),
        ("status=disabled", ["Has Left"]),
        ("office=manila&role=legal_officer", []),
    ],
)
def test_accounts_are_found_by_office_role_and_status(page, program, others, query, names):
    assert shown(page.get(f"/people/?{query}")) == names
    found = program.get(f"users/?{query}").json()["results"]
    assert [row["name"] for row in found] == names


def test_somebody_is_found_by_a_part_of_the_name(page, office):
    """By POST: what is typed is a name, which stands in no address."""
    one = factories.user("field_officer", office, name="Invented Zeta", username="zeta.officer")
    factories.user("field_officer", office, name="Invented Other", username="other.officer")
    for typed in ("zeta", " ZETA.off "):
        answer = page.post("/people/", {"q": typed})
        assert [person.pk for person in answer.context["people"]] == [one.pk]
    assert "Nobody has this name" in page.post("/people/", {"q": "%"}).content.decode()
    everybody = page.get("/people/").context["people"]
    assert len(page.post("/people/", {"q": " "}).context["people"]) == len(everybody)


def test_a_role_that_ended_finds_nobody(page, others):
    Membership.objects.filter(role="case_manager").update(ended_at=timezone.now())
    assert shown(page.get("/people/?role=case_manager")) == []


@pytest.mark.parametrize("sort", ["name", "username", "newest"])
def test_accounts_stand_in_one_order_on_the_page_and_for_programs(
    page, program, others, monkeypatch, sort
):
    monkeypatch.setattr("core.lists.pagination.DEFAULT", 3)
    for way in (sort, f"-{sort}"):
        url, names = f"/people/?sort={way}", []
        while url:
            answer = page.get(url)
            names += shown(answer)
            url = answer.context["list"].next_url
        listed = program.get(f"users/?sort={way}&limit=200").json()["results"]
        assert [row["name"] for row in listed] == names
        assert len(names) == User.objects.count()


def test_a_view_of_the_list_is_kept_with_its_columns(page, others):
    page.post("/views/people/new/?status=invited", {"name": "Invited", "columns": ["roles"]})
    (view,) = page.get("/people/").context["list"].look.views
    answer = page.get(view.url)
    assert shown(answer) == ["Is Invited"]
    assert answer.context["list"].shows == {"name", "roles"}
    assert 'data-label="User name"' not in answer.content.decode()
    assert page.get("/people/?cursor=forged")["Location"] == "/people/"


def test_titles_and_addresses_name_nobody(page, field_officer):
    for address in ("/people/", f"/people/{field_officer.pk}/", "/people/changes/"):
        title = page.get(address).content.decode().split("<title>")[1].split("</title>")[0]
        assert field_officer.name not in title
        assert field_officer.username not in title


def test_the_pages_do_all_of_it(page, browser_client, second, field_officer):
    person = f"/people/{field_officer.pk}"
    assert page.post("/people/invite/", NEW).status_code == 302
    made = User.objects.get(username="new.person")
    assert page.post(f"{person}/ask-role/", ROLE)["Location"] == f"{person}/"
    assert page.post(f"{person}/reset-second-factor/", REASON).status_code == 302
    invited, role, factor = AccountChange.objects.order_by("asked_at")
    other = browser_client(second)
    assert "Confirm" in other.get("/people/changes/").content.decode()
    assert other.post(f"/people/changes/{role.pk}/confirm/")["Location"] == "/people/changes/"
    assert other.post(f"/people/changes/{factor.pk}/refuse/").status_code == 302
    assert page.post(f"/people/changes/{invited.pk}/withdraw/").status_code == 302
    assert outcomes() == [
        ("give", "withdrawn"),
        ("give", "confirmed"),
        ("second_factor", "refused"),
    ]
    given = Membership.objects.get(user=field_officer, role="case_manager")
    assert page.post(f"/people/roles/{given.pk}/end/", REASON)["Location"] == f"{person}/"
    assert page.post(f"/people/roles/{given.pk}/end/", REASON).status_code == 409
    invitation = Invitation.objects.get(user=made)
    assert page.post(f"/people/{made.pk}/invite-again/").status_code == 302
    invitation = Invitation.objects.open().get(user=made)
    assert page.post(f"/people/invitations/{invitation.pk}/withdraw/", REASON).status_code == 302
    assert page.post(f"{person}/disable/", REASON).status_code == 302
    assert not User.objects.get(pk=field_officer.pk).is_active
    assert "Disabled" in page.get(f"{person}/").content.decode()


def test_the_api_does_all_of_it(program, api, second, field_officer, office):
    users, changes = f"users/{field_officer.pk}", "account-changes"
    assert program.post("invitations/", NEW).status_code == 201
    made = program.post(f"{changes}/", ROLE | {"user": str(field_officer.pk)})
    assert (made.status_code, made.json()["outcome"]) == (201, "")
    factor = program.post(f"{users}/reset-second-factor/", REASON).json()
    other = api(second)
    confirmed = other.post(f"{changes}/{made.json()['id']}/confirm/")
    assert (confirmed.status_code, confirmed.json()["outcome"]) == (200, "confirmed")
    assert other.post(f"{changes}/{factor['id']}/refuse/").json()["outcome"] == "refused"
    invited = AccountChange.objects.get(user__username="new.person")
    assert program.post(f"{changes}/{invited.pk}/withdraw/").json()["outcome"] == "withdrawn"
    row = program.get(f"{users}/").json()
    assert {(role["office"], role["role"]) for role in row["roles"]} == {
        ("kolkata", "field_officer"),
        ("kolkata", "case_manager"),
    }
    ended = program.post(f"memberships/{row['roles'][0]['id']}/end/", REASON).json()
    assert (ended["kind"], ended["outcome"]) == ("take", "confirmed")
    invitation = program.post(f"users/{invited.user_id}/invite-again/").json()
    assert program.post(f"invitations/{invitation['id']}/withdraw/", REASON).json()["withdrawn_at"]
    disabled = program.post(f"{users}/disable/", REASON).json()
    assert (disabled["status"], disabled["roles"]) == ("disabled", [])
    assert disabled in program.get("users/").json()["results"]


def test_nobody_confirms_what_they_asked_nor_gives_themselves_a_role(page, program, admin):
    assert page.post(f"/people/{admin.pk}/ask-role/", ROLE).status_code == 409
    own = program.post("account-changes/", ROLE | {"user": str(admin.pk)})
    assert own.status_code == 409
    change = factories.account_change(asked_by=admin)
    about = factories.account_change(of=admin)
    for row in (change, about):
        assert page.post(f"/people/changes/{row.pk}/confirm/").status_code == 409
        assert program.post(f"account-changes/{row.pk}/confirm/").status_code == 409
    assert {outcome for _kind, outcome in outcomes()} == {""}


def test_who_only_decides_does_not_ask(browser_client, api, second, field_officer):
    page, program = browser_client(second), api(second)
    person = f"/people/{field_officer.pk}"
    assert page.get("/people/").status_code == 200
    assert "Invite a person" not in page.get("/people/").content.decode()
    assert "Disable the account" not in page.get(f"{person}/").content.decode()
    for address in ("/people/invite/", f"{person}/ask-role/", f"{person}/disable/"):
        assert page.post(address, NEW).status_code == 403
    assert program.post("invitations/", NEW).status_code == 403
    assert program.post(f"users/{field_officer.pk}/disable/", REASON).status_code == 403
    assert User.objects.get(pk=field_officer.pk).is_active


@pytest.mark.parametrize("role", ["field_officer", "case_manager", "auditor", "data_officer"])
def test_accounts_are_closed_to_everyone_else(browser_client, api, office, role, field_officer):
    user = factories.user(role, office)
    page, program = browser_client(user), api(user)
    assert page.get("/people/").status_code == 403
    assert page.get(f"/people/{field_officer.pk}/").status_code == 403
    assert "/people/" not in page.get("/notices/").content.decode()
    for noun in ("users", "invitations", "account-changes"):
        assert program.get(f"{noun}/").status_code == 403
    assert program.get("me/").status_code == 200


def test_giving_wants_the_second_factor_before_anything_is_typed(
    page, program, field_officer, settings
):
    change = factories.account_change()
    settings.STEP_UP_WITHIN = timedelta(0)
    person = f"/people/{field_officer.pk}"
    pages = ["/people/invite/", f"{person}/ask-role/", f"{person}/reset-second-factor/"]
    pages.append(f"{person}/disable/")
    for address in [*pages, f"/people/changes/{change.pk}/confirm/"]:
        answer = page.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(settings.STEP_UP_URL)
    refused = program.post(f"account-changes/{change.pk}/confirm/")
    assert (refused.status_code, refused.json()["code"]) == (403, "step-up")


def test_a_refusal_stands_on_the_form(page, admin, field_officer, said):
    answer = page.post(f"/people/{field_officer.pk}/ask-role/", ROLE | {"role": "field_officer"})
    assert answer.status_code == 409
    assert "This person already has this role." in said(answer)
    assert "Invented reason" in answer.content.decode()
