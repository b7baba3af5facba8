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
from core import jobs
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
    for words in (case.reference, "I. C.", "বাংলা", "English", "room 4B", "Safety"):
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


def test_what_was_ended_elsewhere_counts_until_its_phone_is_without_it(page, held, phone):
    second, person = Device(phone.person), phone.person
    for _one in range(4):
        factories.phones.extract(factories.assignment(user=person).case, phone.row)
    assert page.post(f"/field/extracts/{held.pk}/end/", {"key": "k"}).status_code == 302
    more = factories.assignment(user=person).case
    assert out(page, more, second, key="now").status_code == 409
    assert ask(phone, str(held.pk), asked=2).json()["extracts"] == []
    assert out(page, more, second, key="told").status_code == 409
    ask(phone, asked=3)
    assert out(page, more, second, key="wiped").status_code == 302


def test_what_was_ended_elsewhere_counts_no_longer_than_its_share_lasts(page, held, phone):
    for _one in range(4):
        factories.phones.extract(factories.assignment(user=phone.person).case, phone.row)
    page.post(f"/field/extracts/{held.pk}/end/", {"key": "k"})
    Extract.objects.filter(pk=held.pk).update(told_at=timezone.now() - timedelta(hours=12))
    more = factories.assignment(user=phone.person).case
    assert out(page, more, phone, key="later").status_code == 302


def test_the_content_is_shown_once_to_its_person_alone(page, held, browser_client, office):
    address = f"/field/extracts/{held.pk}/"
    assert page.get(address).status_code == 200
    manager = browser_client(factories.user("case_manager", office))
    assert "not enrolled for you" in manager.get(address).content.decode()
    assert page.head(address).status_code == 405
    assert page.get(address).status_code == 409
    assert AuditEvent.objects.filter(action="extract.read").count() == 1


def test_the_content_is_shown_to_who_has_just_confirmed(page, held, settings):
    settings.STEP_UP_WITHIN = timedelta(0)
    answer = page.get(f"/field/extracts/{held.pk}/")
    assert answer["Location"].startswith(settings.STEP_UP_URL)
    assert not AuditEvent.objects.filter(action="extract.read").exists()


# --- The share ---


def test_a_share_goes_to_the_phone_that_holds_the_extract(held, phone, field_officer):
    handed = AuditEvent.objects.filter(action="extract.shared", case_id=held.case_id)
    before = handed.count()
    (one,) = ask(phone, str(held.pk), asked=1_000, lacks=[]).json()["extracts"]
    assert set(one) == {"id", "left", "again"}
    assert handed.count() == before == 1
    told = ask(phone, str(held.pk), asked=1_001, lacks=[str(held.pk)])
    (one,) = told.json()["extracts"]
    assert handed.count() == 2
    assert set(one) == {"id", "left", "again", "share"}
    assert (len(base64.b64decode(one["share"])), one["again"]) == (32, 12 * 3600)
    assert "no-store" in told["Cache-Control"]
    second = Device(field_officer)
    assert ask(second, str(held.pk)).json()["extracts"] == []
    Extract.objects.update(until=timezone.now() + timedelta(hours=1))
    (one,) = ask(phone, str(held.pk), asked=1_002).json()["extracts"]
    assert one["again"] == one["left"] <= 3600


def test_a_copy_of_the_phone_ends_what_both_hold(held, phone):
    """The copy was made after the third request; both go on from there."""
    word = ask(phone, str(held.pk), asked=2, after="").json()["next"]
    word = ask(phone, str(held.pk), asked=3, after=word).json()["next"]
    copied = ask(phone, str(held.pk), asked=4, after=word).json()
    assert copied["extracts"]
    told = ask(phone, str(held.pk), asked=5, after=word).json()
    assert told["extracts"], "an answer may be lost on its way"
    assert ask(phone, str(held.pk), asked=6, after=copied["next"]).json()["extracts"] == []
    held.refresh_from_db()
    assert (held.ended_for, held.share, held.gone_at) == ("copied", None, None)
    assert ask(phone, str(held.pk), asked=7, after=told["next"]).json()["extracts"] == []


def test_a_page_from_before_an_update_asks_until_the_new_one_has(held, phone):
    word = ask(phone, str(held.pk), asked=2, after="").json()["next"]
    assert ask(phone, str(held.pk), asked=3).status_code == 400
    assert ask(phone, str(held.pk), asked=3, after=word).json()["extracts"]


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
    jobs.run(jobs.request("forget-boxes").pk)


def _closed(held):
    Case.objects.update(status="closed", closed_on=timezone.localdate())


def _moved(held):
    Case.objects.update(office=factories.office("manila", "PH-MNL"))


def _erased(held):
    Extract.objects.all().delete()


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        (_lost, "phone"),
        (_off_the_team, "right"),
        (_without_role, "right"),
        (_sealed, "sealed"),
        (_closed, "case"),
        (_moved, "case"),
        (_conflicted, "right"),
        (_over, "over"),
    ],
)
def test_it_ends_on_the_phone_and_the_share_goes(held, phone, ends, why):
    ends(held)
    assert ask(phone, str(held.pk), asked=2).json()["extracts"] == []
    held.refresh_from_db()
    assert (held.ended_for, held.share) == (why, None)


def test_what_was_erased_is_known_no_more(held, phone):
    Extract.objects.all().delete()
    assert ask(phone, str(held.pk), asked=2).json()["extracts"] == []


def test_a_right_that_comes_back_brings_nothing_back(held, phone):
    _off_the_team(held)
    ask(phone, str(held.pk), asked=2)
    Assignment.objects.update(ended_at=None)
    assert ask(phone, str(held.pk), asked=3).json()["extracts"] == []
    ended = AuditEvent.objects.get(action="extract.ended")
    assert (ended.case_id, ended.actor_id) == (held.case_id, held.phone.person_id)


@pytest.mark.parametrize("ends", [_lost, _sealed, _closed, _moved])
def test_what_happens_to_its_case_or_phone_ends_it_at_once(held, ends):
    ends(held)
    held.refresh_from_db()
    assert held.ended_at
    assert held.share is None


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
    assert held.share is None


def test_whoever_reads_the_case_sees_it_on_a_phone_of_another_office(held, browser_client, said):
    Phone.objects.update(office=factories.office("manila", "PH-MNL"))
    manager = browser_client(factories.user("case_manager", held.case.office))
    assert held.case.reference in said(manager.get("/field/phones/"))


def test_what_the_phone_wiped_cannot_come_back(held, phone):
    assert ask(phone, asked=2).json()["extracts"] == []
    held.refresh_from_db()
    assert held.ended_for == "gone"
    assert ask(phone, str(held.pk), asked=3).json()["extracts"] == []


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
    with acting_as(other.person_id), pytest.raises(DatabaseError), atomic():
        execute(f"select intake_phone_said('{phone.row.pk}', '{{}}', '{{}}', 'right')")
