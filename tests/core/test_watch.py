"""What whoever watches the server is told, and that it is of nobody."""

from __future__ import annotations

import io
import json
import logging
import re
import socket
import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from core import serving
from core.jobs import KINDS
from core.logs import Lines
from core.models import Heartbeat, Job
from core.watch import middleware
from tests import factories
from tests.core.chaining import happen
from tests.factories import programs

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-these-tests-that-is-long-enough"
MARK = "Zqcanary"


@pytest.fixture(autouse=True)
def watched(settings):
    settings.METRICS_TOKEN = TOKEN
    settings.HISTORY_OFFICERS = ["a@example.org", "b@example.org"]


def look(**headers):
    return Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"} | headers)


def figures(text=None):
    """Each sample by its name and labels."""
    answer = text or look().content.decode()
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer)
        for sample in family.samples
    }


def of(name, **labels):
    return figures().get((name, *sorted(labels.items())), 0)


def seen(answer):
    """All that a caller sees, but for what differs by chance."""
    page = re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}|/metric.", b"", answer.content)
    return answer.status_code, page, sorted(answer.headers)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"Authorization": TOKEN},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer ä"},
    ],
)
def test_without_the_token_there_is_no_such_address(given):
    client = Client()
    there = client.get("/metrics", headers=given)
    assert there.status_code == 404
    assert seen(there) == seen(client.get("/metricz", headers=given))


def test_nothing_opens_it_where_no_token_is_set(settings):
    settings.METRICS_TOKEN = ""
    assert look().status_code == look(Authorization="Bearer ").status_code == 404


@pytest.mark.parametrize("method", ["post", "head", "put", "delete"])
def test_it_is_only_read(method):
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 404


@pytest.fixture
def work(office, case_manager, browser_client):
    """What people do, with canaries wherever something of theirs goes in; the ids they touched."""
    case = factories.case(office)
    factories.assignment(case, case_manager)
    client = browser_client(case_manager)
    client.raise_request_exception = False

    def done():
        assert client.get(case.get_absolute_url()).status_code == 200
        answers = [
            client.get(f"/cases/?q={MARK}"),
            client.get(f"/api/v1/cases/{case.pk}/?{MARK}=1"),
            client.get(f"/{MARK}/"),
            client.get(f"/cases/{uuid.uuid4()}/"),
            client.generic(MARK.upper(), "/cases/"),
            Client().post("/sign-in/", {"username": MARK, "password": MARK}),
            client.get("/healthz", headers={"User-Agent": MARK, "X-Request-ID": MARK}),
        ]
        factories.notice(case_manager)
        Job.objects.create(kind="morning", state="failed", parameters={"case": str(case.pk)})
        return answers

    secret = (MARK, case.pk, case.reference, case_manager.pk, case_manager.username, office.code)
    return done, [str(one).lower() for one in secret]


def test_no_label_says_whose_it_is(work):
    done, secrets = work
    before = figures()
    done()
    text = look().content.decode()
    assert not [one for one in secrets if one in text.lower()]
    grown = {key for key, value in figures(text).items() if value != before.get(key)}
    said = {name: {dict(key[1:]).get(name) for key in grown} for name in ("route", "side", "step")}
    assert {"desk:cases", "case-detail", "healthz", "none"} <= said["route"] | {"desk:cases"}
    assert {"page", "api", "watch"} <= said["side"]
    assert "password" in said["step"]


def routes(resolver, space=""):
    """The name of each route there is."""
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from routes(one, inner)
        else:
            yield f"{space}{one.name}"


def test_labels_are_words_of_our_own_code(work):
    """By the code, whatever was asked so far in this process."""
    work[0]()
    known = {
        "route": {*routes(get_resolver()), middleware.NO_ROUTE},
        "method": middleware.METHODS | {middleware.NO_METHOD},
        "status": {str(status) for status in range(200, 600)},
        "side": {"page", "api", "watch"},
        "step": {"password", "second factor", "provider", "too often"},
        "kind": set(KINDS),
        "outcome": {"done", "failed", "cancelled"},
    }
    strange = {
        (name, value)
        for key in figures()
        for name, value in key[1:]
        if name != "le" and value not in known[name]
    }
    assert strange == set()


def test_a_route_is_counted_with_its_status_and_its_time(client):
    asked = {"route": "healthz", "method": "GET", "status": "200"}
    before, took = (
        of("casework_requests_total", **asked),
        of("casework_request_seconds_count", side="watch"),
    )
    client.get("/healthz")
    client.get("/healthz")
    assert of("casework_requests_total", **asked) == before + 2
    assert of("casework_request_seconds_count", side="watch") >= took + 2
    assert of("casework_route_seconds_total", route="healthz") > 0


def test_who_is_sent_away_unheard_is_counted():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        before = of("casework_requests_refused_total")
        theirs.sendall(b"GET /cases/ HTTP/1.1\r\n\r\n")
        serving._refuse(type("Connection", (), {"sock": ours}))
        assert theirs.recv(100).startswith(b"HTTP/1.1 503")
        assert of("casework_requests_refused_total") == before + 1


def test_jobs_are_counted_by_what_came_of_them():
    ago = timezone.now() - timedelta(minutes=20)
    before = of("casework_jobs_total", kind="morning", outcome="done")
    waiting = of("casework_jobs_waiting")
    made = [Job.objects.create(kind="morning") for _ in range(2)]
    Job.objects.filter(pk=made[0].pk).update(created_at=ago)
    Job.objects.create(kind="morning", state="done", finished_at=ago)
    Job.objects.create(kind="morning", state="failed", finished_at=ago)
    Job.objects.create(kind="morning", state="failed", finished_at=ago - timedelta(hours=1))
    Heartbeat.objects.update_or_create(pk=1, defaults={"at": ago})
    assert of("casework_jobs_waiting") == waiting + 2
    assert 1190 < of("casework_job_oldest_seconds") < 1260
    assert of("casework_jobs_total", kind="morning", outcome="done") == before + 1
    assert of("casework_jobs_failed_lately") == 1
    assert 1190 < of("casework_worker_silent_seconds") < 1260


def test_messages_are_behind_by_the_oldest_that_waits():
    ago = timezone.now() - timedelta(hours=2)
    hook = programs.webhook()
    for state in ("waiting", "delivered"):
        programs.delivery(hook, tried=False, state=state)
    hook.deliveries.update(created_at=ago)
    assert of("casework_webhooks_waiting") == 1
    assert 7190 < of("casework_webhook_oldest_seconds") < 7260
    type(hook).objects.update(paused_at=ago, paused_for="by_hand")
    assert (of("casework_webhooks_waiting"), of("casework_webhook_oldest_seconds")) == (0, 0)
    assert of("casework_webhooks_paused") == 0
    type(hook).objects.update(paused_for="failing")
    assert of("casework_webhooks_paused") == 1


def test_a_backup_is_as_old_as_its_data_and_none_is_older_than_any_bound():
    assert of("casework_backup_age_seconds") == of("casework_drill_age_seconds") == float("inf")
    ago = timezone.now() - timedelta(hours=30)
    programs.backup(made_at=ago)
    programs.backup(failure="no room", size=None, files=None)
    programs.drill(drilled_at=ago)
    programs.drill(differences=["casework_case"])
    assert 107_990 < of("casework_backup_age_seconds") < 108_060
    assert 107_990 < of("casework_drill_age_seconds") < 108_060


def test_the_history_is_behind_by_the_oldest_event_without_a_seal():
    happen()
    assert 0 <= of("casework_history_unsealed_seconds") < 60
    assert of("casework_history_head_seconds") == float("inf")


def test_without_the_database_what_the_processes_counted_is_still_said(monkeypatch):
    def away(*_args):
        raise OperationalError

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", away)
    found = figures()
    assert found["casework_database_up",] == 0
    assert ("casework_faults_total",) in found
    assert ("casework_jobs_waiting",) not in found


@contextmanager
def lines():
    """What our loggers write meanwhile, as the server writes it."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(Lines())
    log = logging.getLogger("core.watch")
    level = log.level
    log.addHandler(handler)
    log.setLevel("INFO")
    try:
        yield text
    finally:
        log.removeHandler(handler)
        log.setLevel(level)


def test_each_request_leaves_one_line_without_a_value(work, settings):
    done, secrets = work
    settings.ACCESS_LOG = True
    with lines() as text:
        answers = done()
    said = [json.loads(line) for line in text.getvalue().splitlines()]
    assert len(said) == len(answers) + 1
    assert not [one for one in secrets if one in text.getvalue().lower()]
    keys = {"at", "level", "logger", "event", "request"}
    assert {*said[0]} == keys | {"route", "method", "status_code", "ms"}
    numbers = [(a.headers["X-Request-ID"], a.status_code) for a in answers]
    assert [(one["request"], one["status_code"]) for one in said[1:]] == numbers
    assert {one["method"] for one in said} == {"GET", "POST", "other"}
    settings.ACCESS_LOG = False
    with lines() as text:
        done()
    assert text.getvalue() == ""
