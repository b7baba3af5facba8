"""The pages and endpoints of webhooks: who may, what is shown once, and what is never shown."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Notice
from core.services import Refused, StepUp
from exchange.models import Delivery, Webhook
from exchange.services.webhooks import pause_webhook, redeliver, resume_webhook, subscribe
from tests import factories
from tests.factories import programs

pytestmark = pytest.mark.django_db
GOOD = "https://hooks.example.org/in"


@pytest.fixture
def admin(office):
    return factories.user("system_admin", office)


def test_the_page_shows_the_secret_once(admin, account, browser_client, said, recorded):
    client = browser_client(admin)
    body = {"account": str(account.pk), "url": GOOD, "nouns": ["cases", "hearings"]}
    answer = client.post("/webhooks/new/", body)
    assert answer.status_code == 200
    row = Webhook.objects.get()
    assert row.secret in said(answer)
    page = said(client.get(f"/webhooks/{row.pk}/"))
    assert row.secret not in page
    assert "Cases Hearings" in page
    assert GOOD in said(client.get("/webhooks/"))
    assert recorded("webhook.made") == [(admin.pk, str(row.pk))]
    assert Notice.objects.get(kind="webhook-made").user == account.owner


def test_the_interface_gives_the_secret_once(admin, account, api, fresh):
    client = api(admin)
    body = {"account": str(account.pk), "url": GOOD, "nouns": ["cases"]}
    answer = client.post("webhooks/", body)
    assert answer.status_code == 201
    secret = answer.json()["secret"]
    assert Webhook.objects.get().secret == secret
    for path in ("webhooks/", f"webhooks/{answer.json()['webhook']['id']}/"):
        assert secret.encode() not in client.get(path).content


def test_a_secret_is_replaced_and_both_sign_for_a_while(admin, browser_client, said, recorded):
    row = programs.webhook()
    former, client, path = row.secret, browser_client(admin), f"/webhooks/{row.pk}/secret/"
    assert "both for some hours" in said(client.get(path))
    answer = client.post(path, {"overlap_hours": "24"})
    row.refresh_from_db()
    assert row.secret in said(answer)
    assert (row.secret != former, row.secrets) == (True, [row.secret, former])
    assert recorded("webhook.secret_renewed") == [(admin.pk, str(row.pk))]
    assert Notice.objects.get(kind="webhook-secret").user == row.account.owner
    page = said(client.get(f"/webhooks/{row.pk}/"))
    assert "signed by the old one as well until" in page
    assert not {row.secret, former} & {*page.split()}
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert row.secrets == [row.secret]


def test_sent_twice_no_secret_is_lost(admin, browser_client):
    """The one of the first answer may never have been seen."""
    row = programs.webhook()
    former, client = row.secret, browser_client(admin)
    for _ in range(2):
        client.post(f"/webhooks/{row.pk}/secret/", {"overlap_hours": "24"})
    row.refresh_from_db()
    assert (len(row.secrets), row.secrets[-1]) == (3, former)
    for _ in range(4):
        client.post(f"/webhooks/{row.pk}/secret/", {"overlap_hours": "1"})
    row.refresh_from_db()
    assert len(row.secrets) == 4, "no more than a header holds"


def test_a_secret_that_somebody_else_knows_ends_at_once(admin, api, fresh):
    row = programs.webhook(former_secret="x", former_until=timezone.now() + timedelta(hours=1))
    client, path = api(admin), f"webhooks/{row.pk}/renew-secret/"
    for wrong in (-1, 169, "soon"):
        answer = client.post(path, {"overlap_hours": wrong})
        assert (answer.status_code, "overlap_hours" in answer.json()["errors"]) == (400, True)
    answer = client.post(path, {"overlap_hours": 0})
    row.refresh_from_db()
    assert (answer.status_code, row.secrets) == (201, [answer.json()["secret"]])
    assert (row.former_secret, row.former_until) == (None, None)
    assert row.secret.encode() not in client.get(f"webhooks/{row.pk}/").content


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "http://hooks.example.org/"}, "url"),
        ({"url": "https://169.254.169.254/latest"}, "url"),
        ({"url": "https://unnamed.example.org/"}, "url"),
        ({"url": "x" * 501}, "url"),
        ({"nouns": []}, "nouns"),
        ({"nouns": ["notes"]}, "nouns[0]"),
        ({"nouns": "cases"}, "nouns"),
        ({"account": str(uuid.uuid4())}, "account"),
    ],
)
@pytest.mark.by_turns(4)
def test_what_is_wrong_is_named(admin, account, api, change, field, fresh):
    body = {"account": str(account.pk), "url": GOOD, "nouns": ["cases"]} | change
    answer = api(admin).post("webhooks/", body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not Webhook.objects.exists()


def test_the_page_says_what_is_wrong(admin, account, browser_client, said):
    body = {"account": str(account.pk), "url": "https://127.0.0.1/", "nouns": ["cases"]}
    answer = browser_client(admin).post("/webhooks/new/", body)
    assert answer.status_code == 409
    assert "This host may not be called" in said(answer)


def test_it_wants_the_right_and_a_second_factor(account, admin, case_manager):
    for actor, refusal in ((case_manager, PermissionDenied), (admin, StepUp)):
        with pytest.raises(refusal):
            subscribe(account, url=GOOD, nouns=["cases"], actor=actor)


def test_an_administrator_never_learns_which_row(admin, api, browser_client):
    """Neither its id nor that of its case, of which the administrator may know nothing."""
    case = factories.case()
    delivery = programs.delivery(row=case.pk)
    page = browser_client(admin).get(f"/webhooks/{delivery.webhook_id}/").content
    listed = api(admin).get("webhook-deliveries/")
    assert listed.json()["results"][0]["log"][0]["status"] == 200
    for text in (page, listed.content):
        assert str(case.pk).encode() not in text


@pytest.mark.parametrize("state", ["waiting", "withheld"])
def test_of_what_was_not_sent_an_administrator_learns_nothing(admin, api, browser_client, state):
    """Somebody wrote to a case, perhaps a sealed one: not even at which minute."""
    unsent = programs.delivery(state=state, tried=False)
    sent = programs.delivery(unsent.webhook, state=state)
    listed = api(admin).get("webhook-deliveries/").json()["results"]
    assert [row["id"] for row in listed] == [str(sent.pk)]
    page = browser_client(admin).get(f"/webhooks/{sent.webhook_id}/").content
    assert page.count(b'data-label="What"') == 1
    for verb in ("", "redeliver/"):
        call = api(admin).post if verb else api(admin).get
        assert call(f"webhook-deliveries/{unsent.pk}/{verb}").status_code == 404
    again = browser_client(admin).post(f"/webhooks/deliveries/{unsent.pk}/again/")
    assert again.status_code == 404


def test_paused_nothing_is_kept_and_resumed_it_is_told_again(admin, fresh):
    row = programs.webhook()
    pause_webhook(row, actor=admin)
    with pytest.raises(Refused, match="already paused"):
        pause_webhook(row, actor=admin)
    factories.case()
    assert not Delivery.objects.exists()
    resume_webhook(row, actor=admin)
    with pytest.raises(Refused, match="not paused"):
        resume_webhook(row, actor=admin)
    factories.case()
    assert Delivery.objects.count() == 1


def test_what_may_not_be_called_any_more_is_not_resumed(admin, settings, fresh):
    row = programs.webhook()
    pause_webhook(row, actor=admin)
    settings.WEBHOOK_HOSTS = []
    with pytest.raises(Refused, match="may not be called"):
        resume_webhook(row, actor=admin)


def test_the_buttons_of_the_page(admin, browser_client, said):
    client, row = browser_client(admin), programs.webhook()
    assert client.post(f"/webhooks/{row.pk}/pause/").status_code == 302
    assert "Paused since" in said(client.get(f"/webhooks/{row.pk}/"))
    assert client.post(f"/webhooks/{row.pk}/resume/").status_code == 302
    row.refresh_from_db()
    assert row.paused_at is None


@pytest.mark.parametrize("state", ["delivered", "withheld", "failed"])
def test_something_is_delivered_once_more(admin, browser_client, state, recorded):
    delivery = programs.delivery(state=state, attempts=9)
    event = delivery.event
    answer = browser_client(admin).post(f"/webhooks/deliveries/{delivery.pk}/again/")
    assert answer.status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.event) == ("waiting", 0, event)
    assert recorded("webhook.redelivered") == [(admin.pk, str(delivery.pk))]


@pytest.mark.usefixtures("fresh")
def test_what_waits_or_is_paused_is_not_delivered_once_more(admin):
    waiting = programs.delivery(state="waiting")
    with pytest.raises(Refused, match="already"):
        redeliver(waiting, actor=admin)
    paused = programs.delivery(state="failed")
    pause_webhook(paused.webhook, actor=admin)
    with pytest.raises(Refused, match="Resume it first"):
        redeliver(Delivery.objects.get(pk=paused.pk), actor=admin)
