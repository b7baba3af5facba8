"""A subscriber that fails, sends elsewhere, is slow or gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from core.models import AuditEvent, Job
from exchange import sending
from exchange.models import MOST_FAILURES, WAITS, Attempt, Delivery, DeliveryState, Failure, Webhook
from tests import factories
from tests.exchange.work import later, states, work
from tests.factories import programs

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]


def test_what_fails_is_tried_again_later_with_the_same_id(webhook, there):
    there.statuses = [500, 204]
    factories.case()
    work()
    delivery = Delivery.objects.get()
    webhook.refresh_from_db()
    assert (delivery.state, delivery.attempts, webhook.failures) == ("waiting", 1, 1)
    assert timedelta(0) < delivery.due_at - timezone.now() <= WAITS[0]
    assert Attempt.objects.get().failure == Failure.STATUS
    work()
    assert len(there.came) == 1
    later(webhook)
    work()
    assert len(set(there.ids())) == 1
    assert len(there.came) == 2
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.retry_at, states()) == (0, None, ["delivered"])


def test_an_address_that_fails_rests_and_the_others_are_told(webhook, there, account, settings):
    away = programs.webhook(account, url="http://127.0.0.1:1/hook", nouns=["cases"])
    for _ in range(3):
        factories.case()
    work()
    assert Attempt.objects.filter(delivery__webhook=away).count() == 1
    assert len(there.came) == 3
    sending.sweep()
    assert not Job.objects.filter(state="queued").exists()


@pytest.mark.nightly
def test_every_wait_is_longer_and_then_it_is_given_up(webhook, there):
    there.statuses = [503]
    factories.case()
    for _ in range(len(WAITS) + 1):
        Webhook.objects.update(failures=0)
        later(webhook)
        work()
    assert states() == [DeliveryState.FAILED]
    assert Attempt.objects.count() == len(WAITS) + 1
    assert list(WAITS) == sorted(WAITS)


@pytest.mark.nightly
def test_an_address_that_fails_too_often_is_paused_and_administrators_told(webhook, there):
    admin = factories.user("system_admin")
    there.statuses = [503]
    for _ in range(MOST_FAILURES):
        factories.case()
        later(webhook)
        work()
    webhook.refresh_from_db()
    assert webhook.paused_for == "failing"
    assert Notice.objects.get(kind="webhook-paused").user == admin
    assert AuditEvent.objects.filter(action="webhook.paused").count() == 1
    before = Delivery.objects.count()
    factories.case()
    work()
    assert Delivery.objects.count() == before


def test_an_address_that_is_gone_is_paused_at_once(webhook, there):
    there.statuses = [410]
    factories.case()
    work()
    webhook.refresh_from_db()
    assert webhook.paused_for == "gone"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.by_turns(4)
def test_a_redirect_is_not_followed(webhook, there, status):
    there.statuses = [status]
    factories.case()
    work()
    assert [path for path, _headers, _body in there.came] == ["/hook?of=casework"]
    assert Attempt.objects.get().failure == Failure.STATUS


def test_a_slow_subscriber_keeps_no_worker_from_the_others(webhook, there, monkeypatch):
    monkeypatch.setattr(sending, "MOST_SECONDS", 0)
    for _ in range(3):
        factories.case()
    work()
    assert len(there.came) == 1
    work()
    assert len(there.came) == 2


def test_a_job_that_broke_is_not_asked_for_at_every_sweep(webhook, there, monkeypatch):
    def broken(_delivery, *, actor):
        raise RuntimeError

    factories.case()
    monkeypatch.setattr(sending, "message_of", broken)
    with pytest.raises(RuntimeError):
        work()
    monkeypatch.undo()
    work()
    assert list(Job.objects.filter(kind=sending.KIND).values_list("state", flat=True)) == ["failed"]
    assert there.came == []
    Job.objects.filter(kind=sending.KIND).update(finished_at=timezone.now() - sending.RESTS)
    work()
    assert len(there.came) == 1
