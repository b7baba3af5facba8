"""A program is told of what it may see, once it is written, and of nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Membership
from casework.models import Case, Site
from core import jobs
from core.models import AuditEvent, Job
from exchange import sending
from exchange.models import Attempt, Delivery, Webhook
from exchange.nouns import LABELS, Noun, model_of
from tests import factories
from tests.exchange.receiver import is_signed
from tests.exchange.work import states, work
from tests.factories import programs
from tests.meta.tables import query, table

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]


def test_a_row_that_is_written_is_told_with_a_signature(webhook, there):
    case = factories.case()
    assert not there.came
    work()
    ((path, headers, body),) = there.came
    assert path == "/hook?of=casework"
    assert headers["content-type"] == "application/json"
    assert is_signed(webhook.secret, headers, body)
    assert not is_signed(programs.signing.new_secret(), headers, body)
    (message,) = there.messages()
    delivery = Delivery.objects.get()
    assert message == {
        "type": "cases.changed",
        "timestamp": delivery.created_at.isoformat(),
        "data": {"id": str(case.pk), "noun": "cases", "version": 1},
    }
    assert there.ids() == [str(delivery.event)]
    assert (delivery.state, delivery.attempts) == ("delivered", 1)
    assert list(Attempt.objects.values_list("status", "failure")) == [(204, "")]
    work()
    assert len(there.came) == 1


def test_while_a_secret_replaces_another_a_receiver_knows_either(webhook, there):
    former, newer = webhook.secret, programs.signing.new_secret()
    webhook.secret, webhook.former_secret = newer, former
    webhook.former_until = timezone.now() + timedelta(hours=1)
    webhook.save()
    factories.case()
    work()
    ((_path, headers, body),) = there.came
    assert is_signed(former, headers, body)
    assert is_signed(newer, headers, body)
    Webhook.objects.update(former_until=timezone.now() - timedelta(seconds=1))
    factories.case()
    work()
    _path, headers, body = there.came[-1]
    assert is_signed(newer, headers, body)
    assert not is_signed(former, headers, body)
    webhook.refresh_from_db()
    assert (webhook.former_secret, webhook.former_until) == (None, None), "nothing is left of it"


def test_a_row_of_a_case_names_its_case(webhook, there):
    site = factories.site()
    work()
    told = [m["data"] for m in there.messages() if m["type"] == "sites.changed"]
    assert told == [{"id": str(site.pk), "noun": "sites", "version": 1, "case": str(site.case_id)}]


def test_what_is_told_is_recorded_as_read(webhook, there, account):
    case = factories.case()
    work()
    event = AuditEvent.objects.get(action="webhook.told")
    assert (event.actor_id, event.target_id) == (account.user_id, str(case.pk))


def test_what_is_undone_is_not_told(webhook, there):
    with transaction.atomic():
        factories.case()
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_a_row_written_many_times_in_one_transaction_is_told_once(webhook, there):
    case = factories.case()
    for _ in range(3):
        Case.objects.filter(pk=case.pk).update(programme="osec")
    assert Delivery.objects.count() == 1


def test_only_what_was_asked_for_is_kept(webhook, there):
    factories.rescue()
    assert set(Delivery.objects.values_list("noun", flat=True)) == {"cases"}


def elsewhere(case, account):
    manila = factories.office("manila", "PH-MNL")
    Case.objects.filter(pk=case.pk).update(office=manila)


def sealed(case, account):
    Case.objects.filter(pk=case.pk).update(level=4)


def without_a_role(case, account):
    Membership.objects.filter(user=account.user).update(ended_at=timezone.now())


def disabled(case, account):
    account.user.is_active = False
    account.user.save()


def conflicted(case, account):
    factories.conflict(case, user=account.user)


@pytest.mark.parametrize("change", [elsewhere, sealed, without_a_role, disabled, conflicted])
def test_what_is_not_open_when_it_is_sent_is_not_told(webhook, there, account, change):
    case = factories.case()
    change(case, account)
    work()
    assert there.came == []
    assert set(states()) == {"withheld"}
    assert not Attempt.objects.exists()
    assert not AuditEvent.objects.filter(action="webhook.told").exists()


def test_a_program_of_others_is_told_of_no_person(there, office):
    others = factories.service_account("data_officer", office, run_by="outside")
    programs.webhook(others, url=there.url, nouns=["cases", "involvements", "referrals"])
    case = factories.referral(factories.case(office)).case
    work()
    assert {message["type"] for message in there.messages()} == {"cases.changed"}
    told = Delivery.objects.filter(state="delivered").values_list("noun", flat=True)
    assert set(told) == {"cases"}
    held = Delivery.objects.filter(state="withheld").values_list("noun", flat=True)
    assert set(held) == {"involvements", "referrals"}
    assert {message["data"]["id"] for message in there.messages()} == {str(case.pk)}


def test_a_right_that_ends_between_two_messages_has_ended(webhook, there, account, monkeypatch):
    for _ in range(3):
        factories.case()
    whole = sending.reaching.post

    def post(*args):
        with connection.cursor() as cursor:  # as the owner: the worker ends nobody's role
            cursor.execute("select current_user")
            (worker,) = cursor.fetchone()
            cursor.execute("reset role")
            Membership.objects.filter(user=account.user).update(ended_at=timezone.now())
            cursor.execute(f"set local role {worker}")
        return whole(*args)

    monkeypatch.setattr(sending.reaching, "post", post)
    work()
    assert len(there.came) == 1
    assert states() == ["delivered", "withheld", "withheld"]


def test_one_job_for_a_subscriber_however_much_waits(webhook, there):
    for _ in range(3):
        factories.case()
        sending.sweep()
    assert Job.objects.filter(kind=sending.KIND).count() == 1


def test_a_job_acts_as_the_program_and_knows_ids_only(webhook, there, account):
    factories.case()
    sending.sweep()
    job = Job.objects.get(kind=sending.KIND)
    assert job.requested_by == account.user
    assert job.parameters == {"webhook": str(webhook.pk)}


def test_the_log_is_forgotten_after_thirty_days(webhook, there):
    factories.case()
    work()
    old = timezone.now() - timedelta(days=31)
    waiting = programs.delivery(webhook, tried=False, state="waiting")
    Delivery.objects.update(updated_at=old)
    jobs.run(jobs.request("forget-deliveries").pk)
    assert list(Delivery.objects.all()) == [waiting]
    assert not Attempt.objects.exists()


def test_the_secret_cannot_be_read_in_the_database(webhook):
    with connection.cursor() as cursor:
        cursor.execute("select secret from exchange_webhook")
        ((kept,),) = cursor.fetchall()
    assert webhook.secret.encode() not in bytes(kept)


def test_every_noun_has_its_triggers_and_no_other_table_has():
    found = query(
        "select c.relname, t.tgname, t.tgargs from pg_trigger t"
        " join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid"
        " where p.proname = 'exchange_outbox'"
    )
    said = {(name, bytes(noun).rstrip(b"\0").decode()) for name, _trigger, noun in found}
    assert said == {(table(model_of(noun)), noun) for noun in Noun}
    assert len(found) == 2 * len(Noun)
    assert set(LABELS) == set(Noun)
    assert model_of("sites") is Site
