"""The trail: one line for each deed, ids and no content, and refusals that outlive a rollback."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from casework.models import Case
from core import audit
from core.context import request_id
from core.database import long_work
from core.models import AuditEvent, AuditKind
from core.services import service
from tests import factories
from tests.clients import ApiClient

pytestmark = pytest.mark.django_db


def only():
    return AuditEvent.objects.get()


@pytest.fixture
def numbered():
    number = uuid.uuid4()
    token = request_id.set(number)
    yield number
    request_id.reset(token)


def test_a_deed_names_actor_row_case_and_request(field_officer, numbered):
    site = factories.site()
    audit.record("site.registered", site, actor=field_officer, kind="bar")
    event = only()
    assert (event.kind, event.action) == (AuditKind.INTENTION, "site.registered")
    assert (event.target_type, event.target_id) == ("casework.Site", str(site.pk))
    assert (event.actor_id, event.case_id, event.request_id) == (
        field_officer.pk,
        site.case_id,
        numbered,
    )
    assert event.detail == {"kind": "bar"}


def test_a_case_is_its_own_case(field_officer):
    case = factories.case()
    audit.read("case.read", case, actor=field_officer)
    assert (only().kind, only().case_id) == (AuditKind.READ, case.pk)


def test_what_was_read_long_before_it_is_written_is_of_now_and_says_when(field_officer):
    """Of an earlier time it would be taken for added later, once the chain has gone on."""
    writes, then = [], timezone.now() - timedelta(minutes=16)
    reading = long_work._put_off.set(writes)
    with time_machine.travel(then, tick=False):
        audit.read("export.given", factories.case(), actor=field_officer)
    long_work._put_off.reset(reading)
    for write in writes:
        write()
    assert timezone.now() - only().at < timedelta(minutes=1)
    assert only().detail == {"read_at": then.isoformat()}


def test_a_list_is_one_line_with_its_ids(field_officer):
    ids = [factories.case().pk for _ in range(3)]
    audit.read_rows("case.list", "casework.Case", ids, actor=field_officer)
    assert only().detail == {"ids": [str(pk) for pk in ids]}


def test_an_event_names_every_case_and_person_it_is_about(field_officer):
    case = factories.assignment(user=field_officer).case
    involved = factories.involvement(case)
    audit.read("victim.retrieve", involved.victim, actor=field_officer)
    assert set(only().subjects) == {involved.victim_id, case.pk}
    identity = factories.identity(case)
    audit.read("identity.revealed", identity, actor=field_officer, shown=[involved.pk])
    named = set(AuditEvent.objects.latest("id").subjects)
    assert named == {identity.pk, identity.victim_id, case.pk, involved.pk}


def test_a_refusal_names_what_was_asked_for(field_officer):
    pk = uuid.uuid4()
    audit.denied("404 GET x", actor=field_officer, target_id=str(pk))
    assert only().subjects == [pk]


def test_a_refusal_keeps_at_most_what_fits(field_officer):
    audit.denied("404 GET x", actor=field_officer, target_id="x" * 500)
    assert only().target_id == "x" * 40


def test_a_failed_sign_in_names_nobody(client):
    """A password typed into the wrong field must not end up here."""
    client.post("/sign-in/", {"username": "Canary Ivory", "password": "Canary Ivory"})
    event = only()
    assert (event.kind, event.action, event.actor_id) == (AuditKind.SIGN_IN, "sign_in_failed", None)
    assert "Canary" not in repr(vars(event))


def test_a_verb_that_says_nothing_is_refused_and_undone(field_officer, monkeypatch):
    monkeypatch.setattr("core.services.SERVICES", [])

    @service("casework.view_case")
    def silent(case, *, actor):
        Case.objects.filter(pk=case.pk).update(status="assessment")

    case = factories.case()
    with pytest.raises(audit.Unaudited, match="silent finished without recording"):
        silent(case, actor=field_officer)
    case.refresh_from_db()
    assert case.status == "lead"


def test_what_was_recorded_before_does_not_count(field_officer):
    audit.record("case.opened", factories.case(), actor=field_officer)
    with pytest.raises(audit.Unaudited), audit.required("later"):
        pass


@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
class TestAside:
    """With the two connections of production."""

    @pytest.fixture(autouse=True)
    def aside(self, settings, real_rows):
        settings.ASIDE_DATABASE = "aside"

    def test_a_refusal_outlives_the_rollback_and_a_deed_does_not(self):
        case, user = factories.case(), factories.user()
        with transaction.atomic():
            audit.record("case.opened", case, actor=user)
            audit.denied("403 POST x", actor=user)
            audit.sign_in("signed_in", actor=user)
            transaction.set_rollback(True)
        kept = AuditEvent.objects.values_list("kind", flat=True)
        assert sorted(kept) == [AuditKind.DENIAL, AuditKind.SIGN_IN]

    def test_a_read_undone_with_a_refusal_is_kept(self):
        case, user = factories.case(), factories.user()
        with audit.reads() as undone, transaction.atomic():
            audit.read("case.form", case, actor=user)
            transaction.set_rollback(True)
        assert not AuditEvent.objects.exists()
        audit.keep(undone)
        assert (only().action, only().subjects) == ("case.form", [case.pk])

    def test_a_refused_request_leaves_its_refusal_and_nothing_else(self):
        user, foreign = factories.user(), factories.case(factories.office("manila", "PH-MNL"))
        answer = ApiClient(user).get(f"cases/{foreign.pk}/")
        assert answer.status_code == 404
        assert (only().kind, only().target_id) == (AuditKind.DENIAL, str(foreign.pk))
        assert str(only().request_id) == answer["X-Request-ID"]
