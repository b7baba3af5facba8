"""A key stands for its user below /api/ and nowhere else; a bad one opens nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts import keys
from accounts.models import ApiKey
from casework.models import Rescue
from core.models import AuditEvent
from tests import factories
from tests.api.world import PROBLEM, REPORT
from tests.clients import ApiClient

pytestmark = pytest.mark.django_db


def ask(authorization, client=None, path="/api/v1/me/"):
    return (client or Client()).get(path, headers={"Authorization": authorization})


def assert_refused(answer):
    assert answer.status_code == 401
    assert answer["Content-Type"] == PROBLEM
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["detail"] == "This key is unknown, revoked or expired."


def test_the_command_prints_the_key_as_its_last_word(field_officer):
    said = StringIO()
    call_command("issue_key", field_officer.username, stdout=said)
    answer = ask("Bearer " + said.getvalue().split()[-1])
    assert answer.json()["username"] == field_officer.username
    event = AuditEvent.objects.get(action="key.issued")
    assert event.detail["user"] == str(field_officer.pk)
    assert said.getvalue().split()[-1] not in json.dumps(event.detail)


def test_the_command_gives_no_key_to_who_may_not_sign_in(office):
    gone = factories.user(is_active=False)
    for name in ("nobody", gone.username):
        with pytest.raises(CommandError):
            call_command("issue_key", name)
    assert not ApiKey.objects.exists()


def test_only_a_digest_is_kept(field_officer):
    row, text = keys.make(field_officer)
    secret = text.split("_", 2)[2]
    kept = ApiKey.objects.filter(pk=row.pk).values().get()
    assert all(secret not in str(value) for value in kept.values())
    assert secret.encode() not in bytes(kept["digest"])


@pytest.mark.parametrize("over", [{"revoked_at": -1}, {"expires_at": -1}])
def test_a_key_that_is_over_opens_nothing(field_officer, over):
    client = ApiClient(field_officer)
    assert client.get("me/").status_code == 200
    moment = timezone.now() - timedelta(seconds=1)
    ApiKey.objects.update(**dict.fromkeys(over, moment))
    assert_refused(client.get("me/"))


def test_the_key_of_an_inactive_user_opens_nothing(field_officer):
    client = ApiClient(field_officer)
    field_officer.is_active = False
    field_officer.save()
    assert_refused(client.get("me/"))


@pytest.fixture
def bad(field_officer):
    """What is not a key: cut, altered, of another scheme, and what would break a query."""
    _row, text = keys.make(field_officer)
    prefix = text.split("_")[1]
    return [
        *("Bearer", "Bearer ", "Bearer x", "Bearer cw", "Bearer cw__", f"Bearer cw_{prefix}"),
        f"Bearer cw_{prefix}_",
        f"Bearer {text[:-1]}",
        f"Bearer {text}x",
        f"Bearer {text.upper()}",
        f"Bearer {text} {text}",
        f"Bearer cw_{'x' * 5000}_y",
        "Bearer cw_a\0b_c",
        "Bearer cw_é_ÿ",
        f"Basic {text}",
        f"Token {text}",
        text,
    ]


def test_what_is_no_key_opens_nothing(bad):
    for authorization in bad:
        assert_refused(ask(authorization))


def test_a_bad_key_never_falls_back_to_the_session(bad, field_officer, browser_client):
    """A program that lost its key must hear it, not act as whoever sits at the browser."""
    client = browser_client(field_officer)
    assert client.get("/api/v1/me/").status_code == 200
    for authorization in bad:
        assert_refused(ask(authorization, client))


def test_a_good_key_wins_over_the_session(field_officer, case_manager, browser_client):
    _row, text = keys.make(case_manager)
    answer = ask(f"Bearer {text}", browser_client(field_officer))
    assert answer.json()["username"] == case_manager.username


@pytest.mark.parametrize(
    "path", ["/", "/cases/", "/field/rescues/new/", "/styleguide/", "/apiary/"]
)
def test_a_key_opens_no_page(field_officer, path):
    _row, text = keys.make(field_officer)
    assert ask(f"Bearer {text}", path=path).status_code in {302, 404}


def test_the_use_of_a_key_is_noted_once_a_minute(field_officer):
    client = ApiClient(field_officer)
    assert ApiKey.objects.get().last_used_at is None
    client.get("me/")
    first = ApiKey.objects.get().last_used_at
    assert first
    client.get("me/")
    assert ApiKey.objects.get().last_used_at == first
    ApiKey.objects.update(last_used_at=first - timedelta(minutes=2))
    client.get("me/")
    assert ApiKey.objects.get().last_used_at > first - timedelta(minutes=1)


def post_by_session(client, **headers):
    return client.post(
        "/api/v1/rescue-reports/", json.dumps(REPORT), "application/json", headers=headers
    )


def test_a_session_writes_only_with_its_csrf_token(field_officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(field_officer)
    for headers in ({}, {"X-CSRFToken": "x" * 32}, {"X-CSRFToken": "é"}):
        answer = post_by_session(client, **headers)
        assert answer.status_code == 403
        assert "CSRF" in answer.json()["detail"]
    assert not Rescue.objects.exists()
    client.get("/field/rescues/new/")
    token = client.cookies["csrf"].value
    assert post_by_session(client, **{"X-CSRFToken": token}).status_code == 201


def test_a_session_reads_without_a_token(field_officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(field_officer)
    assert client.get("/api/v1/me/").status_code == 200


def test_a_key_writes_without_a_token(field_officer):
    client = ApiClient(field_officer)
    client.client = Client(enforce_csrf_checks=True)
    assert client.post("rescue-reports/", REPORT).status_code == 201
