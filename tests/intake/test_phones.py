"""A phone is enrolled by its person alone, and ended by that person or by the case manager."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, generate_private_key
from django.conf import settings as shipped
from django.db import DatabaseError
from django.db.transaction import atomic
from django.utils import timezone
from django.utils.translation import override, pgettext

from accounts.models import Membership, Notice, User
from accounts.services.leaving import disable_person
from casework.models import Case, Rescue
from core import jobs
from core.context import acting_as
from core.models import AuditEvent
from intake.models import Box, BoxPart, Phone
from intake.phones.rekeying import SealedBoxes
from tests import factories
from tests.intake.phone import REPORT, Device, spki
from tests.meta.tables import execute

pytestmark = pytest.mark.django_db
LIST, NEW = "/field/phones/", "/field/phones/new/"


@pytest.fixture
def page(browser_client, field_officer):
    return browser_client(field_officer)


@pytest.fixture
def manager(browser_client, case_manager):
    return browser_client(case_manager)


@pytest.fixture
def phone(field_officer):
    return Device(field_officer)


def public_key(curve=SECP256R1):
    return base64.b64encode(spki(generate_private_key(curve()))).decode()


def came_back(phone, **fields):
    """A box whose form names no place there is."""
    box = phone.seal(**({"place": ["place:nowhere"]} | fields))
    phone.deliver(box)
    return f"/field/boxes/{box.id}/"


# --- Enrolled and ended ---


def test_a_phone_is_enrolled_after_a_second_factor(page, field_officer, said, fresh):
    text = said(page.get(NEW))
    assert "Let this phone deliver what you write on it without a network." in text
    key = public_key()
    answer = page.post(NEW, {"public_key": key, "name": "Chrome on Android", "key": "k"})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    row = Phone.objects.get(person=field_officer)
    assert bytes(row.key) == base64.b64decode(key)
    assert row.office == field_officer.home_office
    assert "Chrome on Android" in said(page.get(LIST))
    assert AuditEvent.objects.filter(action="phone.enrolled", actor_id=field_officer.pk).exists()


def test_without_one_it_is_asked_for(page, settings):
    settings.STEP_UP_WITHIN = timedelta(0)
    answer = page.post(NEW, {"public_key": public_key(), "name": "A phone"})
    assert answer.status_code == 403
    assert not Phone.objects.exists()
    assert page.get(NEW).status_code == 302


def test_only_a_key_of_this_kind_is_enrolled_and_only_once(page, said, fresh):
    good = public_key()
    page.post(NEW, {"public_key": good, "name": "A phone"})
    for wrong in ("", "no base64", "AAAA", public_key(SECP384R1), good, good + "\0", "é" * 200):
        answer = page.post(NEW, {"public_key": wrong, "name": "A phone"})
        assert answer.status_code in (400, 409), wrong
    assert Phone.objects.count() == 1


def test_on_the_home_screen_it_has_a_neutral_name_and_opens_the_form(client):
    for code, _name in shipped.LANGUAGES:
        answer = client.get("/field/manifest.webmanifest", headers={"accept-language": code})
        manifest = answer.json()
        with override(code):
            assert manifest["name"] == pgettext("name of the app on a phone", "Notes")
        assert manifest["short_name"] == manifest["name"]
        assert (manifest["start_url"], manifest["display"]) == ("/field/", "standalone")
        assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}
        assert "casework" not in answer.content.decode().lower()


def test_ten_phones_are_enough(page, field_officer, fresh):
    for _one in range(10):
        factories.phones.phone(field_officer)
    answer = page.post(NEW, {"public_key": public_key(), "name": "A phone"})
    assert answer.status_code == 409
    assert Phone.objects.count() == 10


@pytest.mark.parametrize("who", ["its person", "its case manager"])
def test_it_is_lost_from_one_moment_to_the_next(page, manager, phone, who):
    client = page if who == "its person" else manager
    answer = client.post(f"/field/phones/{phone.row.pk}/end/", {"ended_for": "lost", "key": "k"})
    assert answer["Location"] == LIST
    assert phone.deliver(phone.seal()).json()["ended"] is True
    assert not Rescue.objects.exists()
    again = client.post(f"/field/phones/{phone.row.pk}/end/", {"ended_for": "stopped", "key": "l"})
    assert again.status_code == 409


def test_nobody_else_knows_of_it(browser_client, office, phone):
    manila = factories.office("manila", "PH-MNL")
    for role, at in (("field_officer", office), ("case_manager", manila)):
        client = browser_client(factories.user(role, at))
        assert phone.row.name not in client.get(LIST).content.decode()
        address = f"/field/phones/{phone.row.pk}/end/"
        assert client.post(address, {"ended_for": "lost"}).status_code == 404
    auditor = browser_client(factories.user("auditor", office))
    assert auditor.get(LIST).status_code == 403


def test_whoever_looks_after_another_office_of_its_person_ends_it(browser_client, phone):
    manila = factories.office("manila", "PH-MNL")
    role = factories.membership(phone.person, "field_officer", manila)
    manager = browser_client(factories.user("case_manager", manila))
    assert phone.row.name in manager.get(LIST).content.decode()
    Membership.objects.filter(pk=role.pk).update(ended_at=timezone.now())
    address = f"/field/phones/{phone.row.pk}/end/"
    assert manager.post(address, {"ended_for": "lost", "key": "k"}).status_code == 404
    Membership.objects.filter(pk=role.pk).update(ended_at=None)
    assert manager.post(address, {"ended_for": "lost", "key": "l"}).status_code == 302


def test_it_ends_with_the_role_and_does_not_come_back_with_it(phone, field_officer, fresh):
    admin = factories.user("system_admin")
    with acting_as(admin.pk):
        disable_person(field_officer, reason="Invented", in_wrong_hands=True, actor=admin)
    phone.row.refresh_from_db()
    assert phone.row.ended_for == "left"
    user = User.objects.get(pk=field_officer.pk)
    user.is_active = True
    user.save()
    Membership.objects.filter(user=user).update(ended_at=None)
    assert phone.deliver(phone.seal()).json()["taken"] is False


def test_sql_of_the_application_enrols_no_phone(phone, field_officer):
    """Whoever runs statements in somebody's session does not deliver as another."""
    insert = (
        "insert into intake_phone (id, version, created_at, updated_at, person_id, office_id, name,"
        " key, fingerprint, ended_for) select gen_random_uuid(), 1, now(), now(), person_id,"
        " office_id, 'x', 'x', 'x', '' from intake_phone"
    )
    Phone.objects.filter(pk=phone.row.pk).update(ended_at=timezone.now(), ended_for="lost")
    for statement in (
        insert,
        "update intake_phone set ended_at = null, ended_for = ''",
        "update intake_phone set key = 'x'",
    ):
        with acting_as(field_officer.pk), pytest.raises(DatabaseError) as refusal, atomic():
            execute(statement)
        assert refusal.value.__cause__.pgcode == "42501"


# --- What came back ---


def test_its_writer_puts_it_right_in_the_form_it_was_written_in(page, phone, said):
    address = came_back(phone)
    assert 'href="' + address in page.get(LIST).content.decode()
    answer = page.get(address)
    text = said(answer)
    assert "It could not be saved as it is." in text
    assert "Choose where it happened." in text
    assert REPORT["narrative"][0] in text
    key = answer.context["key"]
    fields = {**REPORT, "key": key, "place": "place:IN-WB-KOL"}
    assert page.post(address, fields).status_code == 201
    assert Rescue.objects.count() == 1
    assert Box.objects.get().state == "taken"
    assert not BoxPart.objects.exists()
    assert page.get(address).status_code == 409
    assert page.post(address, fields | {"key": "other"}).status_code == 409
    assert Rescue.objects.count() == 1


@pytest.mark.parametrize("key", [[], [""], ["k" * 81], ["\0"]])
def test_a_form_without_a_good_key_gets_one(page, phone, key):
    address = came_back(phone, key=key, place=["place:IN-WB-KOL"])
    fields = {**REPORT, "key": page.get(address).context["key"]}
    assert page.post(address, fields).status_code == 201


def test_reading_it_is_recorded_and_the_list_shows_nothing_of_it(page, phone, field_officer):
    address = came_back(phone)
    assert "CANARY" not in page.get(LIST).content.decode()
    page.get(address)
    read = AuditEvent.objects.get(action="box.opened")
    assert (read.actor_id, read.target_id) == (field_officer.pk, str(Box.objects.get().pk))


def test_what_waits_for_the_case_manager_is_not_shown_to_its_writer(page, manager, phone, said):
    Phone.objects.filter(pk=phone.row.pk).update(ended_at=timezone.now(), ended_for="lost")
    phone.row.refresh_from_db()
    address = came_back(phone, place=["place:IN-WB-KOL"])
    mine = page.get(address)
    assert mine.status_code == 409
    assert "waits for a case manager" in said(mine)
    assert "CANARY" not in said(mine)
    theirs = manager.get(address)
    assert REPORT["narrative"][0] in said(theirs)
    fields = {**REPORT, "key": theirs.context["key"]}
    assert manager.post(address, fields).status_code == 201
    assert AuditEvent.objects.filter(action="box.settled").exists()


def test_a_case_manager_whom_the_case_is_closed_to_reads_nothing_of_it(manager, phone, said):
    case = factories.assignment(user=phone.person).case
    Case.objects.filter(pk=case.pk).update(level=4)
    address = came_back(phone, place=[f"case:{case.pk}"])
    answer = manager.get(address)
    assert answer.status_code == 409
    assert "something you may not see" in said(answer)
    assert "CANARY" not in said(answer)
    version = Box.objects.get().version
    away = {"away_for": "mistake", "version": version}
    assert manager.post(f"{address}put-away/", away).status_code == 409
    assert Box.objects.get().state == "waiting"


def test_what_is_put_away_can_be_opened_for_ninety_days(page, phone):
    address = came_back(phone)
    version = Box.objects.get().version
    assert page.post(f"{address}put-away/", {"away_for": "twice", "version": 99}).status_code == 409
    answer = page.post(f"{address}put-away/", {"away_for": "twice", "version": version})
    assert answer["Location"] == LIST
    assert Box.objects.get().state == "away"
    assert page.get(address).status_code == 200
    Box.objects.update(updated_at=timezone.now() - timedelta(days=89))
    assert forgotten() == 0
    Box.objects.update(updated_at=timezone.now() - timedelta(days=91))
    assert forgotten() == 1
    assert not BoxPart.objects.exists()


def test_what_never_became_whole_is_forgotten_and_begins_anew(phone):
    box = phone.seal()
    phone.piece(box, 0, box.text[:700])
    Box.objects.update(updated_at=timezone.now() - timedelta(days=91))
    assert forgotten() == 1
    assert phone.deliver(box).status_code == 201


def forgotten():
    row = jobs.request("forget-boxes")
    jobs.run(row.pk)
    row.refresh_from_db()
    return row.result["forgotten"]


def test_the_notice_leads_to_it(page, phone, field_officer):
    address = came_back(phone)
    notice = Notice.objects.get(user=field_officer)
    answer = page.get("/notices/")
    assert notice.kind == "box-returned"
    assert address in answer.content.decode()


def test_it_is_a_task_until_it_is_put_right(page, manager, phone, said):
    """On Today of whoever should look at it, and of nobody else."""
    address, task = came_back(phone), "Correct what came back from a phone"
    assert (task in said(page.get("/")), task in said(manager.get("/"))) == (True, False)
    Box.objects.update(waits_for="closed", words=None)
    assert (task in said(page.get("/")), task in said(manager.get("/"))) == (False, True)
    version = Box.objects.get().version
    manager.post(f"{address}put-away/", {"away_for": "twice", "version": version})
    assert task not in said(manager.get("/"))


def test_by_program(api, phone, field_officer):
    came_back(phone)
    (row,) = api(field_officer).get("boxes/").json()["results"]
    assert (row["state"], row["waits_for"]) == ("waiting", "refused")
    opened = api(field_officer).post(f"boxes/{row['id']}/open/")
    assert opened.json()["fields"]["narrative"] == REPORT["narrative"]
    Membership.objects.filter(user=field_officer).update(role="data_officer")
    assert api(User.objects.get(pk=field_officer.pk)).get("boxes/").status_code == 403


# --- Keys ---


def ring(*numbers):
    keys = (f"{n}:{base64.b64encode(bytes([n]) * 32).decode()}" for n in numbers)
    return ",".join(keys)


def test_boxes_follow_the_field_keys_through_a_change(phone, settings, page, said):
    settings.FIELD_KEYS = ring(1)
    phone = Device(phone.person)
    late, address = phone.seal(), came_back(phone)
    settings.FIELD_KEYS = ring(2, 1)
    newer = Device(phone.person)
    assert (newer.number, newer.recipient != phone.recipient) == (2, True)
    assert phone.deliver(late).json()["key"]["number"] == 2, "an old one opens, the next is new"
    assert Rescue.objects.count() == 1
    sealed = SealedBoxes()
    assert (sealed.by_key(), sealed.rehearse().values) == ({1: 1}, 1)
    assert (sealed.bring_over(), sealed.by_key()) == (1, {2: 1})
    row = Box.objects.get(state="waiting")
    row.words = str(row.words)
    row.save()  # its columns are brought over as all others
    settings.FIELD_KEYS = ring(2)
    assert sealed.rehearse().shut == []
    assert REPORT["narrative"][0] in said(page.get(address))


def test_a_box_to_a_key_that_is_gone_opens_once_it_is_given_again(phone, settings, manager, said):
    settings.FIELD_KEYS = ring(1)
    phone = Device(phone.person)
    late = phone.seal()
    settings.FIELD_KEYS = ring(2)
    phone.deliver(late)
    address = f"/field/boxes/{late.id}/"
    assert "Ask the people who run the system" in said(manager.get(address))
    assert SealedBoxes().rehearse().shut == [], "it stops no change of keys"
    settings.FIELD_KEYS = ring(2, 1)
    assert REPORT["narrative"][0] in said(manager.get(address))
