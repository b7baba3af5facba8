"""The organisation's provider lets somebody go, and can do no more than that."""

from __future__ import annotations

import json

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import keys
from accounts.api.scim import RULE
from accounts.models import Membership, Notice, User
from accounts.organisation import Organisation
from accounts.services.keys import issue_key, rotate_key
from core.models import AuditEvent
from core.services import Refused
from tests import factories

pytestmark = pytest.mark.django_db
ISSUER = "https://id.test"
TYPE = "application/scim+json"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.ORGANISATION = Organisation(issuer=ISSUER, client_id="x", secret="x", name="Invented")
    yield
    cache.clear()


@pytest.fixture
def program(office):
    return factories.service_account("api_client", office, run_by="outside").user


@pytest.fixture
def linked(office):
    return factories.link(factories.user("field_officer", office, email="kofi@example.org")).user


@pytest.fixture
def ask(program):
    return asking(program)


def asking(user, provider=ISSUER, scopes=("off_board",)):
    _row, text = keys.make(user, scopes=list(scopes), provider=provider)
    client = Client(headers={"Authorization": f"Bearer {text}"})

    def call(method, path="", body=None, of="Users"):
        sent = {"data": json.dumps(body), "content_type": TYPE} if body is not None else {}
        return getattr(client, method)(f"/api/scim/v2/{of}{path}", **sent)

    return call


def rule(answer):
    """What tells two answers of one status apart, in an extension that the message names."""
    said = answer.json()
    assert RULE in said["schemas"]
    return said[RULE]["code"]


CLOSE = {"Operations": [{"op": "replace", "path": "active", "value": "False"}]}


def administrators(number):
    people = [factories.user("system_admin", factories.office("global")) for _ in range(number)]
    return [factories.link(person).user for person in people]


def test_whom_it_is_linked_to_is_read_and_found(ask, linked):
    factories.user("field_officer")
    found = ask("get").json()
    assert found["totalResults"] == 1
    (one,) = found["Resources"]
    assert (one["id"], one["active"]) == (str(linked.pk), True)
    assert linked.name not in json.dumps(found)
    assert linked.email not in json.dumps(found)
    for wanted in (f'userName eq "{linked.email}"', f'externalId eq "{linked.username}"'):
        assert ask("get", f"?filter={wanted}").json()["Resources"] == [one]
    assert ask("get", '?filter=userName eq "other"').json()["totalResults"] == 0
    assert ask("get", "?filter=title pr").json()["scimType"] == "invalidFilter"
    assert ask("get", f"/{linked.pk}").json() == one


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("patch", CLOSE),
        ("patch", {"Operations": [{"op": "Replace", "value": {"active": False}}]}),
        ("put", {"active": False}),
        ("delete", None),
    ],
)
def test_an_account_closes_at_the_next_request(ask, linked, program, method, body):
    client = Client()
    client.force_login(linked)
    assert client.get("/styleguide/").status_code == 200
    answer = ask(method, f"/{linked.pk}", body)
    assert answer.status_code == (204 if method == "delete" else 200)
    assert client.get("/styleguide/").status_code == 302
    assert ask("get", f"/{linked.pk}").json()["active"] is False
    assert not Membership.objects.in_force().filter(user=linked).exists()
    event = AuditEvent.objects.get(action="person.off_boarded")
    assert (event.actor_id, event.target_id) == (program.pk, str(linked.pk))
    assert User.objects.filter(pk=linked.pk).exists()


def test_nothing_else_is_changed(ask, linked):
    before = User.objects.count()
    assert ask("post", "", {"userName": "new"}).status_code == 403
    said = {"Operations": [{"op": "replace", "path": "displayName", "value": "Another"}]}
    assert ask("patch", f"/{linked.pk}", said).json()["active"] is True
    for odd in ([], {"Operations": [{"path": "active", "value": "maybe"}]}, {"Operations": "x"}):
        assert ask("patch", f"/{linked.pk}", odd).json()["scimType"] == "invalidSyntax"
    ask("delete", f"/{linked.pk}")
    again = ask("patch", f"/{linked.pk}", {"active": True})
    assert (again.status_code, again["Content-Type"]) == (409, TYPE)
    assert rule(again) == "only-an-administrator-opens"
    linked.refresh_from_db()
    assert not linked.is_active
    assert User.objects.count() == before


def test_people_of_others_are_not_there(ask, linked, program, settings):
    unlinked = factories.user("field_officer")
    with_another = factories.user("field_officer")
    SocialAccount.objects.create(user=with_another, provider="https://other.test", uid="x")
    assert ask("get").json()["totalResults"] == 1
    for other in (unlinked, with_another):
        for method, body in (("get", None), ("patch", CLOSE), ("delete", None)):
            assert ask(method, f"/{other.pk}", body).status_code == 404
    for foreign in (asking(program, "https://other.test"), asking(program, "")):
        for method, body in (("get", None), ("patch", CLOSE), ("delete", None)):
            assert foreign(method, f"/{linked.pk}", body).status_code == 403
    assert asking(program, scopes=["read_cases"])("get").status_code == 403
    client = Client()
    client.force_login(factories.user("system_admin"))
    assert client.delete(f"/api/scim/v2/Users/{linked.pk}").status_code == 401
    linked.refresh_from_db()
    assert linked.is_active
    settings.ORGANISATION = None
    assert ask("get").status_code == 404


def test_two_administrators_stay(ask):
    first, *others = administrators(3)
    assert ask("patch", f"/{first.pk}", CLOSE).status_code == 200
    for one in others:
        answer = ask("patch", f"/{one.pk}", CLOSE)
        assert (answer.status_code, answer.json()["detail"][:32]) == (
            409,
            "Two administrators must remain. ",
        )
        assert rule(answer) == "two-administrators-must-remain"
    assert User.objects.filter(pk__in=[one.pk for one in others], is_active=True).count() == 2


def test_administrators_are_told(ask, linked):
    """Of each account, and once of what was refused, though the deed was rolled back."""
    people = administrators(2)
    assert ask("delete", f"/{linked.pk}").status_code == 204
    for _time in range(2):
        assert ask("delete", f"/{people[0].pk}").status_code == 409
    for person in people:
        told = Notice.objects.filter(user=person).values_list("kind", flat=True)
        assert sorted(told) == ["account-off-boarded", "off-boarding-refused"]


def test_administrators_are_held_before_they_are_counted(ask):
    with CaptureQueriesContext(connection) as asked:
        ask("delete", f"/{administrators(3)[0].pk}")
    texts = [one["sql"] for one in asked.captured_queries]
    held = [
        n for n, sql in enumerate(texts) if "accounts_membership" in sql and "FOR UPDATE" in sql
    ]
    counted = [n for n, sql in enumerate(texts) if "SELECT COUNT" in sql and "system_admin" in sql]
    assert held[0] < counted[0]


def test_a_name_finds_one_or_nobody(ask, office):
    """What the provider calls somebody goes before our names for another."""
    mine = factories.user("field_officer", office, username="ama")
    named = factories.user("field_officer", office, email="ama@example.org")
    SocialAccount.objects.create(user=mine, provider=ISSUER, uid="ama@example.org")
    SocialAccount.objects.create(user=named, provider=ISSUER, uid="kofi")
    found = ask("get", '?filter=userName eq "ama@example.org"').json()["Resources"]
    assert [one["id"] for one in found] == [str(mine.pk)]
    other = factories.user("field_officer", office, email="ama")
    factories.link(other)
    assert ask("get", '?filter=userName eq "ama"').json()["totalResults"] == 0


def test_a_body_without_end_is_no_message(program, linked):
    _row, text = keys.make(program, scopes=["off_board"], provider=ISSUER)
    client = Client(headers={"Authorization": f"Bearer {text}"})
    for body in ("[" * 200_000, '{"Operations": ' + "[" * 900 + "]" * 900 + "}"):
        answer = client.patch(f"/api/scim/v2/Users/{linked.pk}", body, content_type=TYPE)
        assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidSyntax")


def test_ten_an_hour(ask, office):
    people = [factories.link(factories.user("field_officer", office)).user for _ in range(11)]
    admin = factories.user("system_admin")
    *answers, last = [ask("delete", f"/{one.pk}") for one in people]
    assert {answer.status_code for answer in answers} == {204}
    assert (last.status_code, last["Retry-After"]) == (429, "3600")
    assert Notice.objects.filter(user=admin, kind="off-boarding-refused").count() == 1
    assert ask("delete", f"/{people[0].pk}").status_code == 204  # closed already: none counts
    people[-1].refresh_from_db()
    assert people[-1].is_active


def test_it_says_what_it_can_do_and_does_no_other(ask, linked, program):
    said = ask("get", of="ServiceProviderConfig").json()
    can = [name for name, of in said.items() if isinstance(of, dict) and of.get("supported")]
    assert (sorted(can), said["filter"]["maxResults"]) == (["filter", "patch"], 200)
    (kind,) = ask("get", of="ResourceTypes").json()["Resources"]
    (schema,) = ask("get", of="Schemas").json()["Resources"]
    assert ask("get", f"/{kind['id']}", of="ResourceTypes").json() == kind
    assert ask("get", f"/{kind['schema']}", of="Schemas").json() == schema
    assert ask("get", "/urn:other", of="Schemas").status_code == 404
    shown = ask("get", f"/{linked.pk}").json()
    told = {each["name"] for each in schema["attributes"]}
    assert told == set(shown) - {"schemas", "id", "meta"}
    assert [a["name"] for a in schema["attributes"] if a["mutability"] == "readWrite"] == ["active"]
    assert ask("post", "", {}, of="Schemas").status_code == 405
    assert asking(program, scopes=["read_cases"])("get", of="Schemas").status_code == 403


def test_its_key_is_issued_for_the_provider_that_is_set_up(program, settings, fresh):
    admin, account = factories.user("system_admin"), program.service_account
    with pytest.raises(Refused, match="Say from which addresses") as refused:
        issue_key(account, scopes=["off_board"], actor=admin)
    assert refused.value.field == "networks"
    key = issue_key(account, scopes=["off_board"], networks=["192.0.2.7"], actor=admin).row
    assert key.provider == ISSUER
    assert rotate_key(key, actor=admin).row.provider == ISSUER
    assert issue_key(account, scopes=["read_cases"], actor=admin).row.provider == ""
    settings.ORGANISATION = None
    with pytest.raises(Refused, match="No provider"):
        issue_key(account, scopes=["off_board"], actor=admin)
