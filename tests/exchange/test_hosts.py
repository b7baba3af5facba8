"""Hosts of webhooks: two administrators allow one, one ends it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.models import Notice
from core.models import AuditEvent
from core.services import Refused
from exchange import reaching
from exchange.models import WebhookHost
from exchange.services.hosts import allow_host, ask_host
from tests import factories
from tests.factories import programs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
HOST = "register.example.net"
ADDRESS = f"https://{HOST}/hook"


@pytest.fixture
def admins():
    return [factories.user("system_admin") for _ in range(2)]


def is_allowed():
    try:
        return bool(reaching.check(ADDRESS))
    except reaching.NotAllowed:
        return False


def test_by_page_two_persons_allow_it_and_one_ends_it(admins, browser_client, said):
    one, other = map(browser_client, admins)
    assert (
        one.post("/webhooks/hosts/new/", {"host": f" {HOST.upper()} "})["Location"] == "/webhooks/"
    )
    row = WebhookHost.objects.get()
    assert (row.host, is_allowed()) == (HOST, False)
    assert [notice.user for notice in Notice.objects.all()] == [admins[1]]
    page = said(one.get("/webhooks/"))
    assert "Waits for a second person" in page
    assert "hooks.example.org" in page  # which the operators named
    address = f"/webhooks/hosts/{row.pk}/allow/"
    assert address not in one.get("/webhooks/").content.decode()
    assert one.post(address).status_code == 409
    assert not is_allowed()
    assert other.post(address)["Location"] == "/webhooks/"
    assert is_allowed()
    assert one.post(f"/webhooks/hosts/{row.pk}/end/")["Location"] == "/webhooks/"
    assert not is_allowed()
    assert HOST not in said(one.get("/webhooks/"))
    deeds = AuditEvent.objects.filter(action__startswith="webhook_host.").order_by("at")
    assert [deed.action.partition(".")[2] for deed in deeds] == ["asked", "allowed", "ended"]


def test_by_program_too_and_a_program_never_alone(admins, api):
    made = api(admins[0]).post("webhook-hosts/", {"host": HOST})
    assert (made.status_code, made.json()["allowed_at"]) == (201, None)
    path = f"webhook-hosts/{made.json()['id']}"
    assert api(admins[0]).post(f"{path}/allow/").status_code == 409
    assert api(admins[1]).post(f"{path}/allow/").json()["allowed_by"] == admins[1].username
    assert is_allowed()
    again = api(admins[1]).post("webhook-hosts/", {"host": HOST})
    assert (again.status_code, list(again.json()["errors"])) == (400, ["host"])
    assert api(admins[0]).post(f"{path}/end/").json()["ended_at"]
    assert not is_allowed()
    assert api(factories.user("case_manager")).get("webhook-hosts/").status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        *("127.0.0.1", "localhost", "2130706433", "https://x.example.org", "x.example.org:8443"),
        *("x.example.org/", "*.example.org", "x..example.org", "-x.example.org", "[::1]", ""),
        *("x.example.org\n", "пример.example", "a" * 64 + ".example", "hooks.example.org"),
    ],
)
def test_what_is_no_name_of_a_host_or_is_there_already_is_refused(admins, name):
    if name.endswith("\n"):
        with pytest.raises(IntegrityError), transaction.atomic():
            programs.host(host=name)
        return
    with pytest.raises(Refused) as refused:
        ask_host(host=name, actor=admins[0])
    assert refused.value.field == "host"
    assert not WebhookHost.objects.exists()


def test_the_database_takes_no_yes_of_one_person_and_none_of_nobody(admins):
    for who in (admins[0], None):
        with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
            programs.host(asked_by=admins[0], allowed_by=who, allowed_at="2026-01-01T00:00Z")


def test_who_lost_the_right_asked_for_nothing(admins):
    row = ask_host(host=HOST, actor=admins[0])
    admins[0].memberships.update(ended_at=Now())
    with pytest.raises(Refused, match="may no longer"):
        allow_host(row, actor=admins[1])
