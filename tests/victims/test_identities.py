"""Who a person is: written down once, put right by version, never lost, never in the history."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.roles import GRANTS, Role
from core.context import acting_as
from core.models import AuditEvent, IdempotencyKey
from core.services import Refused, Stale
from tests import factories
from victims.models import FormerIdentity, Identity
from victims.services.identities import correct_identity, record_identity, reveal_identity

pytestmark = pytest.mark.django_db
TOLD = {
    "full_name": "প্রিয়া দাস",
    "latin_name": "Priya Das",
    "born_on": "2010-02-28",
    "contacts": "An invented aunt\nafter six",
    "documents": "Birth certificate 12",
}


def kept(person):
    row = Identity.objects.get(victim=person.victim_id)
    return {name: getattr(row, name) for name in TOLD}


def trail():
    """Everything the audit trail holds, as text."""
    return json.dumps(list(AuditEvent.objects.values("action", "detail")), default=str)


@pytest.mark.parametrize("door", ["page", "api"])
def test_who_someone_is_is_written_down(door, browser_client, api, field_officer, person, recorded):
    if door == "page":
        page = browser_client(field_officer)
        answer = page.post(f"/people/{person.pk}/identify/", TOLD | {"key": "k"})
        assert answer["Location"] == f"/cases/{person.case_id}/people/#survivors"
    else:
        answer = api(field_officer).post(f"involvements/{person.pk}/identify/", TOLD)
        assert set(answer.json()) == {"id", "victim", "version", "warnings"}
        assert answer.status_code == 201
    assert kept(person) == TOLD
    identity = Identity.objects.get()
    assert recorded("identity.recorded") == [(field_officer.pk, str(identity.pk))]
    assert not any(text in trail() for text in TOLD.values())


def test_what_was_not_told_is_absent(field_officer, person):
    with acting_as(field_officer.pk):
        record_identity(person, full_name="Invented Name", actor=field_officer)
    assert kept(person) == dict.fromkeys(TOLD) | {"full_name": "Invented Name"}


def test_nobody_is_recorded_twice(browser_client, api, field_officer, known):
    answer = api(field_officer).post(f"involvements/{known.pk}/identify/", TOLD)
    assert answer.status_code == 409
    page = browser_client(field_officer).post(f"/people/{known.pk}/identify/", TOLD)
    assert page.status_code == 409
    assert kept(known)["full_name"] == "Canary Ivory"


def test_a_form_sent_twice_writes_once_and_the_kept_answer_names_nobody(
    browser_client, api, field_officer, person
):
    page = browser_client(field_officer)
    for _ in range(2):
        assert page.post(f"/people/{person.pk}/identify/", TOLD | {"key": "k"}).status_code == 302
    assert Identity.objects.count() == 1
    stored = bytes(IdempotencyKey.objects.get().answer)
    assert TOLD["full_name"].encode() not in stored


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", "12345"),
        ("full_name", ""),
        ("full_name", "x" * 201),
        ("latin_name", "77"),
        ("born_on", "1850-01-01"),
        ("born_on", (date.today() + timedelta(days=3)).isoformat()),
        ("born_on", "2010-02-30"),
        ("contacts", "x" * 2001),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    browser_client, api, field_officer, person, said, field, value
):
    answer = api(field_officer).post(f"involvements/{person.pk}/identify/", TOLD | {field: value})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    page = browser_client(field_officer).post(
        f"/people/{person.pk}/identify/", TOLD | {field: value}
    )
    assert page.status_code == 400
    assert "Not saved. Please correct:" in said(page)
    assert not Identity.objects.exists()


@pytest.mark.parametrize("name", ["", "\0", "\ud800", "4"])
def test_the_verb_itself_refuses_what_cannot_be(field_officer, person, name):
    with acting_as(field_officer.pk), pytest.raises(Refused):
        record_identity(person, full_name=name, actor=field_officer)


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_correction_keeps_what_was_said_before(
    door, browser_client, api, field_officer, identity, known, recorded
):
    change = {"full_name": "Invented Name", "contacts": "A friend"}
    if door == "page":
        page = browser_client(field_officer)
        form = page.get(f"/people/{known.pk}/correct/").content.decode()
        assert "Canary Ivory" not in form
        assert 'name="version" value="1"' in form
        answer = page.post(f"/people/{known.pk}/correct/", change | {"version": "1"})
        assert answer.status_code == 302
    else:
        client = api(field_officer)
        answer = client.patch(f"identities/{identity.pk}/", change, If_Match='"1"')
        assert (answer.status_code, answer["ETag"]) == (200, '"2"'), answer.content
        assert "Invented Name" not in answer.content.decode()
    identity.refresh_from_db()
    assert (identity.full_name, identity.contacts) == ("Invented Name", "A friend")
    (former,) = FormerIdentity.objects.all()
    assert (former.field, former.value) == ("full_name", "Canary Ivory")
    assert former.replaced_by == field_officer
    assert recorded("identity.corrected") == [(field_officer.pk, str(identity.pk))]
    assert "Invented Name" not in trail()
    assert "Canary Ivory" not in trail()


@pytest.mark.parametrize("door", ["page", "api"])
def test_what_is_known_no_more_is_taken_away(door, browser_client, api, field_officer, known):
    Identity.objects.get().delete()
    told = Identity.objects.create(victim=known.victim, full_name="A Name", contacts="Old friend")
    if door == "page":
        form = {"version": "1", "clear": ["contacts"]}
        answer = browser_client(field_officer).post(f"/people/{known.pk}/correct/", form)
        assert answer.status_code == 302
    else:
        body = {"contacts": None}
        answer = api(field_officer).patch(f"identities/{told.pk}/", body, If_Match='"1"')
        assert answer.status_code == 200
    told.refresh_from_db()
    assert (told.contacts, told.full_name, told.version) == (None, "A Name", 2)
    assert FormerIdentity.objects.get().value == "Old friend"


def test_a_name_cannot_be_taken_away(api, field_officer, identity):
    for body in ({"full_name": None}, {"full_name": ""}):
        answer = api(field_officer).patch(f"identities/{identity.pk}/", body, If_Match='"1"')
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["full_name"])


def test_a_form_without_a_correction_asks_for_one(browser_client, field_officer, known, said):
    answer = browser_client(field_officer).post(f"/people/{known.pk}/correct/", {"version": "1"})
    assert answer.status_code == 400
    assert "Enter what you want to correct." in said(answer)


def test_nobody_overwrites_what_another_person_changed(
    browser_client, api, field_officer, identity, known
):
    client, change = api(field_officer), {"full_name": "Invented Name"}
    assert client.patch(f"identities/{identity.pk}/", change).status_code == 428
    answer = client.patch(f"identities/{identity.pk}/", change, If_Match='"7"')
    assert (answer.status_code, answer["ETag"]) == (412, '"1"')
    page = browser_client(field_officer)
    stale = page.post(f"/people/{known.pk}/correct/", change | {"version": "7"})
    assert stale.status_code == 409
    assert not FormerIdentity.objects.exists()
    with acting_as(field_officer.pk), pytest.raises(Stale):
        correct_identity(identity, version=7, actor=field_officer, **change)


def test_what_was_said_before_can_be_changed_by_nobody(field_officer, identity):
    row = factories.former_identity(identity.victim.involvements.get().case)
    with acting_as(field_officer.pk), connection.cursor() as cursor:
        cursor.execute(
            "select has_table_privilege('victims_formeridentity', right_) from unnest(%s) right_",
            [["INSERT", "SELECT", "UPDATE", "DELETE", "TRUNCATE"]],
        )
        assert [may for (may,) in cursor.fetchall()] == [True, True, False, False, False]
    assert row.value == "Invented Earlier"


def test_the_four_roles_of_a_team_write_and_no_other():
    writers = {role for role, verbs in GRANTS.items() if "victims.record_identity" in verbs}
    assert writers == {
        Role.FIELD_OFFICER,
        Role.AFTERCARE_WORKER,
        Role.LEGAL_OFFICER,
        Role.CASE_MANAGER,
    }


def test_whoever_sees_the_case_by_code_only_writes_no_name(browser_client, office, known, person):
    """Two roles: one that sees every case of the office by code, one that may write names."""
    both = factories.user("data_officer", office)
    factories.membership(both, "field_officer", office)
    page = browser_client(both)
    assert page.get(f"/people/{person.pk}/identify/").status_code == 403
    assert page.post(f"/people/{person.pk}/identify/", TOLD).status_code == 403
    with acting_as(both.pk):
        with pytest.raises(PermissionDenied):
            record_identity(person, full_name="A Name", actor=both)
        with pytest.raises(Refused):
            reveal_identity(known, reason="court", actor=both)


def test_a_reader_by_disclosure_corrects_nothing(identity, known):
    reader = factories.user("prosecutor")
    factories.disclosure(known.case, reader)
    factories.membership(reader, "field_officer")
    with acting_as(reader.pk):
        assert reveal_identity(known, reason="court", actor=reader).identity == identity
        with pytest.raises(PermissionDenied):
            correct_identity(identity, version=1, full_name="A Name", actor=reader)
