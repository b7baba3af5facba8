"""ODK Collect delivers as a phone does: as its person, once, and what is refused waits."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from email.utils import format_datetime
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from django.core.files.uploadhandler import StopFutureHandlers
from django.test.client import BOUNDARY, encode_multipart
from django.utils import timezone

from casework.models import Document, DocumentVersion, Narrative, Note, Rescue
from core import context
from core.context import acting_as
from core.models import AuditEvent
from intake.collect import door, receiving, services
from intake.collect.encryption import new_key
from intake.collect.services import connect_collect
from intake.models import Box, BoxPart, Phone
from intake.phones import arriving
from intake.phones.content import file_name
from tests import factories
from tests.intake.collect import PICTURE, RESCUE, Collect, _part
from tests.whole import some
from victims.models import Involvement

pytestmark = pytest.mark.django_db


@cache
def key(number):
    """A key takes a tenth of a second to make: those of one test serve the next."""
    return new_key()


@pytest.fixture
def collect(field_officer, fresh, monkeypatch):
    numbers = count()
    monkeypatch.setattr(services, "new_key", lambda: key(next(numbers)))
    return connected(field_officer)


def connected(person):
    with acting_as(person.pk):
        made = connect_collect(name="ODK Collect", actor=person)
    return Collect(made.phone.user_name, made.password)


def state():
    row = Box.objects.get()
    return row.state, row.waits_for


def test_a_rescue_with_photos_is_logged_as_its_person_and_once(collect, field_officer):
    at = (timezone.localtime() - timedelta(hours=3)).replace(second=0, microsecond=0)
    said = RESCUE | {"occurred_at": at.isoformat(timespec="milliseconds")}
    filled = collect.fill(said, files={"a/\u202e1.jpg": PICTURE, "पहला 2.jpg": b"x" * 40})
    answers = [collect.submit(filled) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].content
    assert b"submit_success" in answers[0].content
    assert state() == ("taken", "")
    rescue = Rescue.objects.get()
    assert rescue.occurred_at == at
    assert Involvement.objects.count() == 2
    assert Narrative.objects.get().text == RESCUE["narrative"]
    logged = AuditEvent.objects.get(action="rescue.logged")
    assert (logged.actor_id, logged.target_id) == (field_officer.pk, str(rescue.pk))
    kinds = Document.objects.filter(case=rescue.case).values_list("kind", flat=True)
    assert sorted(kinds) == ["evidence_photo", "other"]
    assert sorted(row.name for row in DocumentVersion.objects.all()) == ["1.jpg", "पहला 2.jpg"]
    assert not BoxPart.objects.exists()


@pytest.mark.nightly
def test_attachments_come_in_several_requests(collect):
    filled = collect.fill(files={"1.jpg": PICTURE, "2.jpg": PICTURE + b"2"})
    first = collect.submit(filled, ["1.jpg.enc"])
    assert (first.status_code, state()) == (202, ("arriving", ""))
    assert collect.submit(filled, ["1.jpg.enc"]).status_code == 202
    assert BoxPart.objects.count() == 1
    assert PICTURE not in bytes(BoxPart.objects.get().sealed)
    assert not Rescue.objects.exists()
    last = collect.submit(filled, ["2.jpg.enc", "submission.xml.enc"])
    assert (last.status_code, state()) == (201, ("taken", ""))
    assert (Rescue.objects.count(), Document.objects.count()) == (1, 2)


def test_what_broke_off_is_sent_again(collect):
    filled = collect.fill(files={"1.jpg": PICTURE})
    whole = filled.files["1.jpg.enc"]
    filled.files["1.jpg.enc"] = whole[:9]
    assert collect.submit(filled, ["1.jpg.enc"]).status_code == 202
    filled.files["1.jpg.enc"] = whole
    assert collect.submit(filled).status_code == 201
    assert (state(), Document.objects.count()) == (("taken", ""), 1)


@pytest.mark.nightly
def test_what_one_account_began_the_next_ends(collect, field_officer):
    """So is what was taken in already, but for its receipt."""
    filled = collect.fill(files={"1.jpg": PICTURE})
    collect.submit(filled, ["1.jpg.enc"])
    anew = connected(field_officer)
    assert [anew.submit(filled).status_code for _ in range(2)] == [201, 201]
    assert (state(), Rescue.objects.count()) == (("taken", ""), 1)


@pytest.mark.nightly
def test_another_content_under_the_same_id_is_refused(collect):
    filled = collect.fill()
    collect.submit(filled)
    other = collect.fill(RESCUE | {"arrests": "2"}, id=filled.id)
    assert collect.submit(other).status_code == 422
    stranger = connected(factories.user("field_officer"))
    theirs = stranger.fill(id=filled.id)
    assert stranger.submit(theirs).status_code == 422, "also where the row is not theirs to see"
    assert Rescue.objects.count() == 1


def test_a_lost_phone_fetches_nothing_and_what_it_brings_waits(
    collect, browser_client, said, office
):
    filled = collect.fill(files={"1.jpg": PICTURE})
    Phone.objects.update(ended_at=timezone.now(), ended_for="lost")
    assert collect.call("get", "formList").status_code == 403
    answer = collect.submit(filled)
    assert (answer.status_code, state()) == (201, ("waiting", "ended"))
    assert not Rescue.objects.exists()
    manager = browser_client(factories.user("case_manager", office))
    address = f"/field/boxes/{Box.objects.get().pk}/"
    page = manager.get(address)
    assert "1.jpg" in said(page)
    fields = {"place": "place:IN-WB-KOL", "programme": "csec", "key": page.context["key"]}
    assert manager.post(address, fields).status_code == 201
    assert (Rescue.objects.count(), Document.objects.count()) == (1, 1)


@pytest.mark.nightly
def test_what_is_refused_waits_for_its_writer(collect):
    answer = collect.submit(collect.fill(RESCUE | {"place": "nowhere"}))
    assert (answer.status_code, state()) == (201, ("waiting", "refused"))
    assert b"must be checked" in answer.content
    assert not Rescue.objects.exists()


def test_the_key_of_another_person_opens_nothing_and_ones_own_former_does(collect, field_officer):
    theirs = connected(factories.user("field_officer"))
    answer = collect.submit(theirs.fill())
    assert answer.status_code == 400
    assert b"not encrypted for your account" in answer.content
    assert not Box.objects.exists()
    assert connected(field_officer).submit(collect.fill()).status_code == 201
    assert state() == ("taken", "")


def test_nothing_is_kept_or_locked_while_it_is_read(
    collect, monkeypatch, browser_client, field_officer
):
    """On a slow network it takes long; a phone that is lost can be ended meanwhile. A session
    beside the account changes nothing."""
    read, filled = door._files, collect.fill()
    collect.client = browser_client(field_officer)
    Phone.objects.update(seen_at=None)

    def slowly(request):
        assert context._acting.get() is context.NO_CONTEXT
        assert not Phone.objects.filter(seen_at__isnull=False).exists()
        Phone.objects.update(ended_at=timezone.now(), ended_for="lost")
        return read(request)

    monkeypatch.setattr(door, "_files", slowly)
    assert (collect.submit(filled).status_code, state()) == (201, ("waiting", "ended"))


def test_what_is_not_whole_says_so_or_is_refused(collect):
    """Collect forgets what was answered with 202."""
    filled = collect.fill(files={"1.jpg": PICTURE})
    answer = collect.submit(filled, ["submission.xml.enc"], incomplete=False)
    assert (answer.status_code, b"submit_error" in answer.content) == (400, True)
    assert not Box.objects.exists()


def test_an_answer_has_no_more_values_than_a_box(collect):
    for number, status in ((501, 400), (500, 201)):
        answer = collect.submit(collect.fill(RESCUE | {"needs": "x " * number}))
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/1.jpg", "1.jpg"),
        ("a\\b\u202e\x07c.jpg", "bc.jpg"),
        ('q"; x=&quot;.jpg', "q_; x=_.jpg"),
        ("..", "1"),
        ("", "1"),
        ("n" * 300 + ".jpg", "n" * 196 + ".jpg"),
        ("पहला 2.jpg", "पहला 2.jpg"),
    ],
)
def test_a_file_name_is_only_a_name(name, kept):
    assert file_name(name) == kept


def test_what_is_in_clear_is_not_taken(collect):
    filled = collect.fill()
    filled.manifest = b'<data id="casework.rescue"><place>IN-WB-KOL</place></data>'
    assert collect.submit(filled).status_code == 400
    assert not Box.objects.exists()


@pytest.mark.nightly
def test_files_are_whole_and_where_they_were(collect):
    """Exchanged, cut, changed or of another form: the signature says so."""
    for change in ("exchange", "cut", "bit", "form"):
        filled = collect.fill(files={"1.jpg": PICTURE, "2.jpg": PICTURE + b"2" * 16})
        files = filled.files
        if change == "exchange":
            files["1.jpg.enc"], files["2.jpg.enc"] = files["2.jpg.enc"], files["1.jpg.enc"]
        elif change == "cut":
            files["1.jpg.enc"] = files["1.jpg.enc"][:-1]
        elif change == "bit":
            files["submission.xml.enc"] = b"?" + files["submission.xml.enc"][1:]
        else:
            filled.manifest = filled.manifest.replace(b"casework.rescue", b"casework.note")
        assert collect.submit(filled).status_code == 400, change
    assert not Rescue.objects.exists()
    assert not Box.objects.exists()


LAUGHS = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><data encrypted="yes">&b;</data>'
HOSTILE = [
    b"",
    b"no xml",
    b"\xff\xfe\x00",
    LAUGHS,
    b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><data encrypted="yes">&x;</data>',
    b'<?xml version="1.0" encoding="no-such"?><data/>',
    b'<data encrypted="yes"/>',
    b"<a>" * 30_000,
    b"<a>" * 30_000 + b"</a>" * 30_000,
]
FORM = "multipart/form-data"
PART = b'--b\r\nContent-Disposition: form-data; name="%d.enc"; filename="x"\r\n\r\n\r\n'
MALFORMED = [
    (b"{}", "x/y"),
    (b"x", FORM),
    (b"x", f"{FORM}; boundary=b"),
    (b"x", f"{FORM}; boundary={'b' * 300}"),
    (b"--b\r\n" * 3, f"{FORM}; boundary=b"),
    (b"".join(PART % at for at in range(101)), f"{FORM}; boundary=b"),
    (
        b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n' + b"x" * 10**6,
        f"{FORM}; boundary=b",
    ),
]


def test_hostile_xml_is_refused_in_words(collect):
    filled = collect.fill()
    good = filled.manifest
    wrong = [
        *some(HOSTILE, "XML of Collect", 3),
        b'<!DOCTYPE d [<!ENTITY a "x">]>' + good,
        good + b" " * 1_000_000,
        good.replace(filled.id.encode(), b"uuid:no-uuid"),
        good.replace(b".enc</encryptedXmlFile>", b"</encryptedXmlFile>"),
        good.replace(
            b"</encryptedXmlFile>",
            b"</encryptedXmlFile><media><file>submission.xml.enc</file></media>",
        ),
        good.replace(b"<base64EncryptedKey>", b"<base64EncryptedKey>!"),
    ]
    for manifest in wrong:
        filled.manifest = manifest
        answer = collect.submit(filled)
        assert answer.status_code == 400, manifest[:80]
        assert b"submit_error" in answer.content
    for inside in (LAUGHS.decode(), '<data id="casework.note"/>'):
        answer = collect.submit(collect.fill(xml=inside))
        assert answer.status_code == 400, "also within what is encrypted"
    assert collect.call("post", "submission", data={"x": "y"}).status_code == 400
    for body, kind in some(MALFORMED, "bodies of Collect", 3):
        answer = collect.call("post", "submission", data=body, content_type=kind)
        assert (answer.status_code, b"submit_error" in answer.content) == (400, True), kind
    assert not Box.objects.exists()


def test_what_is_too_large_is_not_read(collect, monkeypatch):
    filled = collect.fill(files={"1.jpg": PICTURE})
    for length, status in (("99000000", 413), ("0" * 12 + "99000000", 413), ("0" * 21, 400)):
        assert collect.submit(filled, headers={"Content-Length": length}).status_code == status
    monkeypatch.setattr(door, "MOST_BODY", 10)
    handler = door.InMemory()
    handler.handle_raw_input()
    with suppress(StopFutureHandlers):
        handler.new_file("1.jpg.enc", "1.jpg.enc", "", None)
    handler.receive_data_chunk(b"x" * 10, 0)
    with pytest.raises(arriving.Refusal):
        handler.receive_data_chunk(b"x", 10)
    monkeypatch.undo()
    monkeypatch.setattr(receiving, "MOST_BOX", 100)
    assert collect.submit(filled).status_code == 413
    assert not Box.objects.exists()


def memory(which):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(which))


@pytest.mark.nightly
def test_what_is_large_is_held_few_times(collect):
    """It was ten times; here the request itself is one more."""
    filled = collect.fill(files={"1.jpg": PICTURE + bytes(8_000_000)})
    parts = {name: _part(name, data) for name, data in filled.files.items()}
    parts["xml_submission_file"] = _part("submission.xml", filled.manifest)
    body = encode_multipart(BOUNDARY, parts)
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = memory("VmRSS")
    kind = f'multipart/form-data; boundary="{BOUNDARY}"'
    answer = collect.call("post", "submission", data=body, content_type=kind)
    assert (answer.status_code, state()) == (201, ("taken", ""))
    assert memory("VmHWM") - before < 5 * len(body)


@pytest.mark.nightly
def test_what_arrives_in_pieces_has_a_bound_beside_the_others(collect, monkeypatch):
    begun, grows = (collect.fill(files={"1.jpg": PICTURE * 300}) for _ in range(2))
    monkeypatch.setattr(arriving, "MOST_BYTES", 10_000)
    assert collect.submit(begun, ["1.jpg.enc"]).status_code == 202
    answer = collect.submit(grows, ["1.jpg.enc"])
    assert (answer.status_code, Box.objects.count()) == (429, 1)


def test_it_asks_first_how_much(collect):
    answer = collect.call("head", "submission")
    assert (answer.status_code, answer["X-OpenRosa-Version"]) == (204, "1.0")
    assert int(answer["X-OpenRosa-Accept-Content-Length"]) == 25_000_000


@pytest.mark.nightly
def test_half_a_day_by_its_clock_is_not_off(collect):
    """Collect has written the hours from 1 to 12. What is off otherwise is asked about."""
    ended = timezone.now().isoformat()
    for hours, skew in ((12, 0), (3, 3)):
        date = format_datetime(timezone.now() - timedelta(hours=hours))
        filled = collect.fill(RESCUE | {"place": "nowhere"}, end=ended)
        assert collect.submit(filled, headers={"Date": date}).status_code == 201
        row = Box.objects.latest("created_at")
        assert round(row.skew.total_seconds() / 3600) == skew
    for date in ("Mon, 16 Nov 99999999999999 10:00:00 GMT", "soon", "\xe9"):
        assert collect.submit(collect.fill(), headers={"Date": date}).status_code == 201


def test_a_note_goes_to_the_case_whose_reference_it_says(collect, field_officer):
    case = factories.assignment(user=field_officer).case
    note = {
        "about-reference": case.reference,
        "kind": "visit",
        "text": "CANARY-5521",
        "heavy": "OK",
    }
    assert collect.submit(collect.fill(note, kind="note")).status_code == 201
    assert state() == ("taken", "")
    row = Note.objects.get()
    assert (row.case_id, row.heavy) == (case.pk, True)
