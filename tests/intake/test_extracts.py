"""A case on a phone for reading offline: who may, what is in it, and how it ends."""

from __future__ import annotations

import base64
from datetime import timedelta

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.db import DatabaseError
from django.db.transaction import atomic
from django.utils import timezone

from accounts.models import Membership
from aftercare.models import Referral
from casework.models import Assignment, Case
from core.context import acting_as
from core.models import AuditEvent
from intake.extracts.content import initials_of
from intake.models import Extract, Phone
from tests import factories
from tests.factories import knowing
from tests.intake.phone import Device
from tests.meta.tables import execute
from victims.models import Victim

pytestmark = pytest.mark.django_db
WHY = "No signal at the court"
NAME = "Invented Canaryname"


@pytest.fixture
def case(field_officer):
    case = factories.assignment(user=field_officer).case
    victim = factories.identity(case, NAME).victim
    Victim.objects.filter(pk=victim.pk).update(languages="bn,en")
    return case


@pytest.fixture
def phone(field_officer):
    return Device(field_officer)


@pytest.fixture
def page(browser_client, field_officer, fresh):
    return browser_client(field_officer)


def out(client, case, phone, **said):
    body = {"phone": phone.fingerprint.hex(), "reason": WHY, "key": f"k{case.pk}"} | said
    return client.post(f"/cases/{case.pk}/read-offline/", body)


def ask(phone, /, *held, asked=1, **said):
    """As the script of the phone does."""
    body = orjson.dumps({"phone": phone.fingerprint.hex(), "asked": asked, "held": held} | said)
    r, s = decode_dss_signature(phone.key.sign(b"casework reading 1\0" + body, ECDSA(SHA256())))
    signature = base64.b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()
    return send(phone, body, signature)


def send(phone, body, signature):
    headers = {"Phone-Signature": signature}
    return phone.client.generic(
        "POST", "/field/extracts/", body, content_type="application/json", headers=headers
    )


@pytest.fixture
def held(page, case, phone):
    """On the phone."""
    out(page, case, phone)
    row = Extract.objects.get()
    assert len(ask(phone, str(row.pk)).json()["extracts"]) == 1
    return row


def test_it_is_taken_along_in_codes_and_recorded(page, case, phone, said, field_officer):
    factories.courts.hearing(case, listed_on=timezone.localdate(), room="4B")
    answer = out(page, case, phone)
    row = Extract.objects.get()
    assert answer["Location"] == f"/field/extracts/{row.pk}/"
    assert timedelta(hours=71) < row.until - timezone.now() <= timedelta(hours=72)
    kept = page.get(answer["Location"])
    text = said(kept)
    assert "no-store" in kept["Cache-Control"]
    for words in (case.reference, "I. C.", "বাংলা, English", "room 4B", "Safety"):
        assert words in text
    assert "Canaryname" not in text
    person = case.involvement_set.get()
    read = AuditEvent.objects.get(action="extract.read")
    assert {case.pk, person.pk, person.victim_id} <= set(read.subjects)
    assert AuditEvent.objects.get(action="extract.checked_out").case_id == case.pk
    assert str(case.reference) in said(page.get("/field/phones/"))


def test_no_words_of_people_and_no_provider_are_in_it(page, case, phone, said):
    referral = factories.referral(case)
    provider = factories.provider(name="Invented Canaryhouse")
    Referral.objects.update(provider=provider, status="sent", sent_at=timezone.now())
    factories.courts.hearing(case, listed_on=timezone.localdate(), room="ask for Canaryname")
    factories.task(case, what="Meet Canaryname at the lane", due_on=timezone.localdate())
    text = said(page.get(out(page, case, phone)["Location"]))
    assert referral.get_need_display() in text
    assert "Tasks of people: 1" in text
    assert "Canary" not in text


def test_only_who_may_read_a_name_takes_its_initials(case, browser_client, fresh, said):
    assert initials_of("mina karim (invented)") == "M. K."
    assert initials_of("मीना खान") == "मी. खा."
    assert initials_of("王 芳") == initials_of("M Karim") == ""  # they would be the name
    Membership.objects.filter(user=case.assignment_set.get().user).update(role="data_officer")
    manager = factories.user("data_officer", case.office)
    assert out(browser_client(manager), case, Device(manager)).status_code == 403


def test_of_a_sealed_case_there_is_none(page, case, phone):
    Case.objects.update(level=4)
    Assignment.objects.update(named=True)
    assert out(page, case, phone).status_code == 409
    assert not Extract.objects.exists()


def test_of_a_closed_case_there_is_none(page, case, phone):
    Case.objects.update(status="closed", closed_on=timezone.localdate())
    assert out(page, case, phone).status_code == 409


def test_who_is_only_shown_a_case_takes_none_along(browser_client, office, phone, fresh):
    case = factories.case(office)
    outside = knowing.disclosure(case).user
    emergency = knowing.break_glass(case, factories.user("field_officer", office)).user
    elsewhere = factories.user("field_officer", factories.office("manila", "PH-MNL"))
    knows = factories.user("field_officer", office)
    got = [
        out(browser_client(who), case, Device(who)).status_code
        for who in (outside, emergency, elsewhere, knows)
    ]
    assert got == [403, 403, 404, 403]
    assert not Extract.objects.exists()


def test_only_with_a_second_factor_on_ones_own_phone_in_use(page, case, phone, settings, office):
    other = Device(factories.user("field_officer", office))
    assert out(page, case, other).status_code == 409
    assert out(page, case, phone, reason="short").status_code == 400
    Phone.objects.filter(pk=phone.row.pk).update(ended_at=timezone.now(), ended_for="lost")
    assert out(page, case, phone, key="again").status_code == 409
    settings.STEP_UP_WITHIN = timedelta(0)
    assert out(page, case, phone, key="late").status_code == 403
    assert not Extract.objects.exists()


def test_five_cases_and_each_once(page, case, phone, field_officer):
    for _one in range(4):
        factories.phones.extract(factories.assignment(user=field_officer).case, phone.row)
    assert out(page, case, phone).status_code == 302
    assert out(page, case, phone, key="twice").status_code == 409
    more = factories.assignment(user=field_officer).case
    assert out(page, more, phone).status_code == 409
    Extract.objects.exclude(case=case).update(until=timezone.now())
    assert out(page, more, phone, key="later").status_code == 302


def test_the_content_is_shown_once_to_its_person_alone(page, held, browser_client, office):
    address = f"/field/extracts/{held.pk}/"
    assert page.get(address).status_code == 409
    fresh = factories.phones.extract(held.case, held.phone)
    manager = browser_client(factories.user("case_manager", office))
    assert manager.get(f"/field/extracts/{fresh.pk}/").status_code == 404
    assert page.get(f"/field/extracts/{fresh.pk}/").status_code == 200


# --- The share ---


def test_a_share_goes_to_the_phone_that_holds_the_extract(held, phone, field_officer):
    told = ask(phone, str(held.pk), asked=2)
    (one,) = told.json()["extracts"]
    assert set(one) == {"id", "left", "again", "share"}
    assert (len(base64.b64decode(one["share"])), one["again"]) == (32, 12 * 3600)
    assert "no-store" in told["Cache-Control"]
    second = Device(field_officer)
    assert ask(second, str(held.pk)).json()["extracts"] == []
    Extract.objects.update(until=timezone.now() + timedelta(hours=1))
    (one,) = ask(phone, str(held.pk), asked=3).json()["extracts"]
    assert one["again"] == one["left"] <= 3600


def test_nobody_else_asks_and_nothing_is_asked_again(held, phone, office):
    body = orjson.dumps({"phone": phone.fingerprint.hex(), "asked": 9, "held": [str(held.pk)]})
    assert send(phone, body, "").status_code == 401
    stranger = Device(factories.user("field_officer", office))
    told = ask(stranger, str(held.pk), phone=phone.fingerprint.hex())
    assert told.status_code == 401
    signed = ask(phone, str(held.pk), asked=7)
    assert signed.status_code == 200
    again = ask(phone, str(held.pk), asked=7)
    assert (again.status_code, again.json()["asked"]) == (409, 7)
    assert "extracts" not in again.json()


@pytest.mark.parametrize(
    "wrong",
    [
        {"held": "x"},
        {"held": ["x"]},
        {"held": [5]},
        {"held": None},
        {"held": [""] * 60},
        {"asked": 0},
        {"asked": True},
        {"asked": 2**53},
        {"asked": "1"},
        {"phone": 5},
        {"phone": "x"},
    ],
)
def test_what_is_no_request_is_refused(phone, wrong):
    assert ask(phone, **({"asked": 1} | wrong)).status_code in (400, 401)


def test_bytes_that_are_no_request_are_refused(phone):
    for body in (b"", b"[]", b"5", b"{", b"x" * 5000):
        assert send(phone, body, "").status_code == 400


def _lost(held):
    Phone.objects.update(ended_at=timezone.now(), ended_for="lost")


def _off_the_team(held):
    Assignment.objects.update(ended_at=timezone.now())


def _without_role(held):
    Membership.objects.filter(user=held.phone.person).update(role="data_officer")


def _sealed(held):
    Assignment.objects.update(named=True)
    Case.objects.update(level=4)


def _conflicted(held):
    knowing.conflict(held.case, held.phone.person)


def _over(held):
    Extract.objects.update(until=timezone.now())


def _erased(held):
    Extract.objects.all().delete()


@pytest.mark.parametrize(
    "ends", [_lost, _off_the_team, _without_role, _sealed, _conflicted, _over, _erased]
)
def test_it_ends_on_the_phone(held, phone, ends):
    ends(held)
    assert ask(phone, str(held.pk), asked=2).json()["extracts"] == []


def test_what_was_taken_before_the_case_closed_is_not_shown_after(page, case, phone):
    address = out(page, case, phone)["Location"]
    _off_the_team(None)
    assert page.get(address).status_code == 404


def test_a_case_manager_ends_it_and_no_stranger_does(held, phone, browser_client, office, said):
    stranger = factories.user("field_officer", office)
    address = f"/field/extracts/{held.pk}/end/"
    assert browser_client(stranger).post(address, {"key": "k"}).status_code == 404
    manager = browser_client(factories.user("case_manager", office))
    listed = said(manager.get("/field/phones/"))
    assert held.case.reference in listed
    assert WHY in listed
    assert manager.post(address, {"key": "k"})["Location"] == "/field/phones/"
    held.refresh_from_db()
    assert held.ended_for == "stopped"
    assert ask(phone, str(held.pk), asked=2).json()["extracts"] == []
    assert manager.post(address, {"key": "l"}).status_code == 409


def test_what_the_phone_wiped_cannot_come_back(held, phone):
    assert ask(phone, asked=2).json()["extracts"] == []
    held.refresh_from_db()
    assert held.ended_for == "gone"
    assert ask(phone, str(held.pk), asked=3).json()["extracts"] == []


def test_a_sealed_case_ends_it_for_good(held, phone):
    _sealed(held)
    ask(phone, str(held.pk), asked=2)
    held.refresh_from_db()
    assert held.ended_for == "sealed"


def test_sql_of_the_application_makes_none(case, phone, field_officer, office):
    other = factories.phones.phone(factories.user("field_officer", office))
    columns = "id, version, created_at, updated_at, case_id, phone_id, until, reason, share"
    insert = (
        f"insert into intake_extract ({columns}, ended_for) select gen_random_uuid(), 1, now(),"
        " now(), '{}', '{}', now() + interval '{}', 'x', 'x', ''"
    )
    sealed = factories.assignment(user=field_officer, named=True).case
    Case.objects.filter(pk=sealed.pk).update(level=4)
    for values in (
        (case.pk, other.pk, "1 hour"),
        (case.pk, phone.row.pk, "4 days"),
        (sealed.pk, phone.row.pk, "1 hour"),
    ):
        with acting_as(field_officer.pk), pytest.raises(DatabaseError) as refusal, atomic():
            execute(insert.format(*values))
        assert refusal.value.__cause__.pgcode == "42501"
    with acting_as(field_officer.pk):
        execute(insert.format(case.pk, phone.row.pk, "1 hour"))
