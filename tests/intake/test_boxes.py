"""What an enrolled phone delivers is taken in once, as its writer, or waits for somebody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Membership, Notice, User
from casework.models import Case, Narrative, Rescue
from core.context import acting_as
from core.models import AuditEvent
from intake.models import Box, BoxPart
from tests import factories
from tests.intake.phone import REPORT, Device
from tests.meta.tables import execute, query
from victims.models import Involvement

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(field_officer):
    return Device(field_officer)


@pytest.fixture
def case(field_officer):
    """One that the officer is on."""
    return factories.assignment(user=field_officer).case


def told(user):
    return [one.kind for one in Notice.objects.filter(user=user)]


def state(box):
    row = Box.objects.get(pk=box.id)
    return row.state, row.waits_for


# --- Taken in ---


def test_a_rescue_is_logged_as_its_writer_without_a_session(phone, field_officer):
    box = phone.seal()
    answer = phone.deliver(box)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["received"], said["taken"], said["ended"]) == (True, True, False)
    rescue = Rescue.objects.get()
    assert Involvement.objects.count() == 2
    assert Narrative.objects.get().text == REPORT["narrative"][0]
    logged = AuditEvent.objects.get(action="rescue.logged")
    assert (logged.actor_id, logged.target_id) == (field_officer.pk, str(rescue.pk))
    assert AuditEvent.objects.filter(action="box.taken", actor_id=field_officer.pk).exists()
    assert state(box) == ("taken", "")
    assert not BoxPart.objects.exists(), "nothing sealed stays once it is in the record"


def test_the_same_box_sent_again_changes_nothing(phone):
    box = phone.seal()
    assert [phone.deliver(box).status_code for _ in range(3)] == [201, 200, 200]
    assert Rescue.objects.count() == 1
    assert phone.deliver(box).json()["taken"] is True


def test_another_content_under_the_same_id_is_refused(phone):
    box = phone.seal()
    phone.deliver(box)
    other = phone.seal(arrests=["2"], id=box.id)
    assert phone.deliver(other).status_code == 422
    stranger = Device(factories.user("field_officer"))
    theirs = stranger.seal(id=box.id)
    assert stranger.deliver(theirs).status_code == 422, "also where the row is not theirs to see"
    assert Rescue.objects.count() == 1


def test_a_form_that_a_page_had_sent_is_not_logged_twice(phone, field_officer, browser_client):
    """The signal broke after the server had saved it; the phone kept the form in a box."""
    form = {**REPORT, "key": ["k-1"]}
    page = browser_client(field_officer).post("/field/rescues/new/", form)
    assert page.status_code == 201
    box = phone.seal(key=["k-1"])
    assert phone.deliver(box).json()["taken"] is True
    assert Rescue.objects.count() == 1


def test_it_arrives_in_pieces_and_goes_on_where_it_broke_off(phone):
    box = phone.seal()
    first = phone.piece(box, 0, box.text[:700])
    assert (first.status_code, first.json()["have"], first.json()["received"]) == (202, 700, False)
    again = phone.piece(box, 0, box.text[:700])
    assert (again.status_code, again.json()["have"]) == (409, 700)
    assert state(box) == ("arriving", "")
    assert phone.deliver(box, size=500).status_code == 201
    assert Rescue.objects.count() == 1


def test_pieces_that_are_not_what_was_meant_begin_anew(phone):
    box = phone.seal()
    wrong = phone.piece(box, 0, b"x" * len(box.text))
    assert (wrong.status_code, wrong.json()["have"]) == (202, 0)
    assert not BoxPart.objects.exists()
    assert phone.deliver(box).status_code == 201


def test_what_was_meant_by_now_is_when_it_was_written(phone):
    written = timezone.now() - timedelta(hours=30)
    phone.deliver(phone.seal(written_at=written))
    assert abs(Rescue.objects.get().occurred_at - written) < timedelta(seconds=5)


def test_a_clock_that_is_wrong_by_a_day_is_put_right_and_asked_about(field_officer):
    phone = Device(field_officer, behind=timedelta(days=1))
    box = phone.seal(written_at=phone.now() - timedelta(hours=2))
    assert phone.deliver(box).json()["taken"] is True
    truly = timezone.now() - timedelta(hours=2)
    assert abs(Rescue.objects.get().occurred_at - truly) < timedelta(seconds=5)
    row = Box.objects.get()
    assert abs(row.arrived_at - row.sent_at - timedelta(days=1)) < timedelta(seconds=5), "both"
    (notice,) = Notice.objects.filter(user=field_officer)
    assert (notice.kind, notice.target_id) == ("box-clock", Case.objects.get().pk)


@pytest.mark.parametrize("written", [timedelta(days=90), timedelta(hours=-5)])
def test_where_the_clock_of_the_phone_cannot_tell_when_it_was_its_writer_says_it(phone, written):
    box = phone.seal(written_at=timezone.now() - written)
    assert phone.deliver(box).json()["taken"] is False
    assert state(box) == ("waiting", "refused")
    assert "Say when it happened." in Box.objects.get().words


# --- Not taken in: it waits, and somebody is told what to do ---


def test_what_is_not_valid_goes_back_to_its_writer(phone, field_officer, case_manager):
    box = phone.seal(place=["place:nowhere"])
    answer = phone.deliver(box)
    assert (answer.status_code, answer.json()["received"], answer.json()["taken"]) == (
        201,
        True,
        False,
    )
    assert state(box) == ("waiting", "refused")
    assert Box.objects.get().words == "Choose where it happened."
    assert not Case.objects.exists()
    assert (told(field_officer), told(case_manager)) == (["box-returned"], [])


def test_a_closed_case_goes_back_to_its_writer(phone, case):
    Case.objects.filter(pk=case.pk).update(status="closed", closed_on=case.opened_on)
    box = phone.seal(place=[f"case:{case.pk}"])
    phone.deliver(box)
    assert state(box) == ("waiting", "refused")
    assert "closed" in Box.objects.get().words
    assert not Rescue.objects.exists()


@pytest.mark.parametrize("how", ["off the team", "sealed", "conflicted", "handed over"])
def test_what_its_writer_may_no_longer_see_waits_with_the_case_manager(
    phone, field_officer, case_manager, case, how
):
    if how == "off the team":
        field_officer.assignments.update(ended_at=timezone.now())
    elif how == "sealed":
        Case.objects.filter(pk=case.pk).update(level=4)
    elif how == "conflicted":
        factories.conflict(case, field_officer)
    else:
        manila = factories.office("manila", "PH-MNL")
        case_manager = factories.user("case_manager", manila)
        field_officer.assignments.update(ended_at=timezone.now())
        Case.objects.filter(pk=case.pk).update(office=manila)
    site = factories.site(case)
    for named in (f"case:{case.pk}", f"site:{site.pk}"):
        box = phone.seal(place=[named])
        phone.deliver(box)
        assert state(box) == ("waiting", "closed")
    assert not Rescue.objects.exists()
    assert (told(field_officer), told(case_manager)) == ([], ["box-held"] * 2)


def test_who_lost_the_role_delivers_still_and_it_waits(phone, field_officer, case_manager):
    box, other = phone.seal(), phone.seal()
    Membership.objects.filter(user=field_officer).update(role="aftercare_worker")
    assert phone.deliver(box).status_code == 201
    field_officer.is_active = False
    field_officer.save()
    assert phone.deliver(other).json()["received"] is True
    assert [state(one) for one in (box, other)] == [("waiting", "role")] * 2
    assert told(case_manager) == ["box-held"] * 2
    assert not Rescue.objects.exists()


def test_a_lost_phone_delivers_still_and_it_waits(phone, case_manager):
    box = phone.seal()
    phone.row.ended_at, phone.row.ended_for = timezone.now(), "lost"
    phone.row.save()
    said = phone.deliver(box).json()
    assert (said["received"], said["taken"], said["ended"]) == (True, False, True)
    assert state(box) == ("waiting", "ended")
    assert told(case_manager) == ["box-held"]


def test_it_waits_where_its_writer_works_now(phone, field_officer, case_manager):
    manila = factories.office("manila", "PH-MNL")
    theirs = factories.user("case_manager", manila)
    field_officer.memberships.update(ended_at=timezone.now())
    factories.membership(field_officer, "aftercare_worker", manila)
    phone.deliver(phone.seal())
    assert (told(case_manager), told(theirs)) == ([], ["box-held"])
    assert not Box.objects.waiting_for(User.objects.get(pk=case_manager.pk)).exists()
    assert Box.objects.waiting_for(User.objects.get(pk=theirs.pk)).exists()


def test_it_waits_where_the_case_is_that_it_names_unless_that_is_sealed(phone, case_manager):
    manila = factories.office("manila", "PH-MNL")
    theirs, case = factories.user("case_manager", manila), factories.case(manila)
    phone.row.ended_at, phone.row.ended_for = timezone.now(), "lost"
    phone.row.save()
    about = {"about-reference": [f" {case.reference.lower()} "], "text": ["Invented"]}
    named, sealed = (phone.seal(about, kind="note") for _ in range(2))
    phone.deliver(named)
    Case.objects.filter(pk=case.pk).update(level=4)
    phone.deliver(sealed)
    assert Box.objects.get(pk=named.id).office == manila
    assert Box.objects.get(pk=sealed.id).office == phone.row.office
    assert (told(case_manager), told(theirs)) == (["box-held"], ["box-held"])


def test_it_moves_with_its_case(phone, case_manager, browser_client):
    manila, old = factories.office("manila", "PH-MNL"), phone.row.office
    theirs, case = factories.user("case_manager", manila), factories.case(old)
    phone.row.ended_at, phone.row.ended_for = timezone.now(), "lost"
    phone.row.save()
    about = {"about-reference": [case.reference], "text": ["Invented"], "kind": ["visit"]}
    moved = phone.seal(about, kind="note")
    phone.deliver(moved)
    other = phone.seal({"about-reference": [factories.case(old).reference]}, kind="note")
    phone.deliver(other)
    Case.objects.filter(pk=case.pk).update(office=manila)
    offices = dict(Box.objects.values_list("pk", "office"))
    assert offices == {moved.id: manila.pk, other.id: old.pk}
    page = browser_client(theirs).get(f"/field/boxes/{moved.id}/", follow=True)
    assert "Invented" in page.content.decode()
    assert not Box.objects.waiting_for(case_manager).filter(pk=moved.id).exists()
    Case.objects.filter(pk=case.pk).update(level=4)
    Case.objects.filter(pk=case.pk).update(office=old)
    assert Box.objects.get(pk=moved.id).office == manila


def test_what_does_not_open_is_kept(phone, case_manager):
    box = phone.seal()
    other = Device(phone.person).seal()
    moved = type(box)(box.id, other.text, box.number, box.written_at)
    assert phone.deliver(moved).json()["received"] is True
    assert state(box) == ("waiting", "shut")
    unknown = phone.seal()
    unknown.number = 9
    phone.deliver(unknown)
    assert state(unknown) == ("waiting", "shut")
    assert told(case_manager) == ["box-held"] * 2


@pytest.mark.parametrize(
    "text", [b"", b"[]", b'{"fields": 1}', b'{"fields": {"key": "x"}}', b'{"fields": {"a": [1]}}']
)
def test_a_box_that_holds_no_form_is_kept(phone, monkeypatch, text):
    monkeypatch.setattr("tests.intake.phone.orjson.dumps", lambda said: text)
    box = phone.seal()
    monkeypatch.undo()
    assert phone.deliver(box).json()["received"] is True
    assert state(box) == ("waiting", "shut")


def test_a_fault_of_ours_loses_nothing(phone, monkeypatch, case_manager):
    def broken(**_said):
        Case.objects.create(reference="X")

    monkeypatch.setattr("intake.once.log_rescue", broken)
    box = phone.seal()
    assert phone.deliver(box).json()["received"] is True
    assert state(box) == ("waiting", "fault")
    assert BoxPart.objects.exists()
    assert told(case_manager) == ["box-held"]


# --- The wall ---


def test_nothing_of_it_is_readable_in_the_database(phone, field_officer):
    box = phone.seal(place=["place:nowhere"])
    phone.deliver(box)
    rows = query("select b::text, encode(p.sealed, 'escape') from intake_box b, intake_boxpart p")
    assert rows
    assert "CANARY" not in str(rows)


def test_both_walls_show_a_box_to_its_writer_and_to_who_reads_the_office(office):
    writer, colleague = (factories.user("field_officer", office) for _ in range(2))
    manager, auditor = factories.user("case_manager", office), factories.user("auditor", office)
    manila = factories.office("manila", "PH-MNL")
    theirs = factories.user("case_manager", manila)
    row = factories.phones.box(factories.phones.phone(writer))
    for at, readers in ((None, [writer, manager]), (manila, [writer, theirs])):
        Box.objects.update(office=at)
        for user in (writer, manager, colleague, theirs, auditor):
            sees = user in readers
            assert Box.objects.visible_to(user).filter(pk=row.pk).exists() is sees
            assert BoxPart.objects.visible_to(user).exists() is sees
            with acting_as(user.pk):
                seen = query(
                    "select (select count(*) from intake_box), count(*) from intake_boxpart"
                )
            assert seen == [(int(sees), int(sees))]


def test_what_was_taken_in_stays_so(phone):
    phone.deliver(phone.seal())
    back = "update intake_box set state = 'waiting', waits_for = 'refused'"
    with acting_as(phone.person.pk), pytest.raises(DatabaseError) as refusal, transaction.atomic():
        execute(back)
    assert refusal.value.__cause__.pgcode == "42501"
