"""What a phone encloses never stops what it says; what may be stored nowhere is in no box."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.utils import timezone

from accounts.models import Notice
from casework.models import Document, Rescue
from casework.services.documents import receive_document
from core.context import acting_as
from core.models import AuditEvent
from intake.models import Box, BoxPart
from intake.phones.content import entered
from tests import factories
from tests.intake.collect import PICTURE
from tests.intake.phone import Device

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(field_officer):
    return Device(field_officer)


def left_out(person):
    told = Notice.objects.filter(user=person, kind="files-left-out").count()
    events = AuditEvent.objects.filter(action="box.files_left_out")
    return told, [event.detail["number"] for event in events]


def test_a_bad_file_is_left_out_and_the_rescue_is_logged(phone, field_officer):
    box = phone.seal(files={"1.jpg": b"", "2.jpg": PICTURE, "3.jpg": b""})
    assert phone.deliver(box).json()["taken"] is True
    assert (Rescue.objects.count(), Document.objects.count()) == (1, 1)
    assert left_out(field_officer) == (1, [2])


def test_known_material_is_in_no_box_that_waits(phone, field_officer):
    case = factories.assignment(user=field_officer).case
    today, digest = case.jurisdiction.today, sha256(PICTURE).hexdigest()
    with acting_as(field_officer.pk):
        receive_document(
            case, kind="abuse_material", received_on=today, sha256=digest, actor=field_officer
        )
    phone.row.ended_at, phone.row.ended_for = timezone.now(), "lost"
    phone.row.save()
    box = phone.seal(files={"1.jpg": PICTURE, "2.txt": b"good"})
    answers = [phone.deliver(box) for _ in range(2)]
    assert [answer.json()["received"] for answer in answers] == [True, True], "it is known again"
    row = Box.objects.get()
    assert (row.state, row.waits_for) == ("waiting", "ended")
    content = entered(row)
    assert [(file.name, file.data) for file in content.files] == [("2.txt", b"good")]
    assert content.fields["programme"] == "csec"
    assert left_out(field_officer) == (1, [1])
    assert BoxPart.objects.count() == 1


def test_of_many_files_none_is_dropped(phone, field_officer):
    photos = {f"{number}.jpg": PICTURE + bytes([number]) for number in range(30)}
    assert phone.deliver(phone.seal(files=photos)).json()["taken"] is True
    assert Document.objects.count() == 30
    box = phone.seal(files={f"{number}.txt": b"." for number in range(101)})
    answer = phone.deliver(box).json()
    assert (answer["received"], answer["taken"]) == (True, False)
    row = Box.objects.get(pk=box.id)
    assert (row.state, row.waits_for) == ("waiting", "shut"), "more than a page takes: it is kept"
    assert BoxPart.objects.filter(box=row).exists()
