"""The door at which phones deliver takes nothing but what an enrolled phone has signed."""

from __future__ import annotations

import base64
import uuid
from hashlib import sha256

import orjson
import pytest
from django.core.cache import caches

from intake.models import Box, BoxPart
from intake.phones import arriving
from tests import factories
from tests.intake.phone import Device

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(field_officer):
    return Device(field_officer)


def test_no_other_key_opens_it(phone):
    box, stranger = phone.seal(), Device(factories.user("field_officer"))
    claimed = stranger.piece(box, 0, box.text, phone=phone.fingerprint.hex())
    assert claimed.status_code == 401
    unknown = phone.piece(box, 0, box.text, phone="0" * 64)
    assert unknown.status_code == 401
    assert claimed.json()["detail"] == unknown.json()["detail"]
    for signature in ("", "AAAA", "no base64", base64.b64encode(bytes(64)).decode(), "A" * 3000):
        assert phone.piece(box, 0, box.text, signature=signature or "=").status_code == 401
    assert not Box.objects.exists()


def test_what_was_signed_cannot_be_changed_on_its_way(phone):
    box = phone.seal()
    raw = orjson.dumps({"phone": phone.fingerprint.hex()})
    other_body = phone.piece(box, 0, box.text, signature=phone.sign(raw, box.text))
    assert other_body.status_code == 401
    assert not Box.objects.exists()


def test_a_session_is_not_asked_and_none_is_made(phone, browser_client, field_officer):
    box = phone.seal()
    phone.client = browser_client(factories.user("auditor"))
    answer = phone.deliver(box)
    assert answer.status_code == 201
    assert Box.objects.get().phone.person == field_officer
    alone = Device(field_officer)
    assert not alone.deliver(alone.seal()).cookies


WRONG = {
    "phone": ["", "x", "00", 5, None, [], "é" * 64],
    "box": [
        "",
        "x",
        5,
        None,
        "{" + "0" * 36 + "}",
        f"urn:uuid:{uuid.UUID(int=0)}",
    ],
    "kind": ["", "photo", 5, None, ["rescue"]],
    "key": [0, -1, 65_536, 1.5, "1", True, None, 2**63],
    "written_at": ["", "yesterday", "2026-11-30", "2026-11-30T10:00:00", "1969-01-01T00:00:00Z"],
    "sent_at": ["9999-12-31T23:59:59+00:00", "2026-13-01T00:00:00Z", 5, None, "\0"],
    "size": [0, -1, 3_000_001, 25_000_001, "700", True, None, 2**63],
    "sha256": ["", "00", "x" * 64, 5, None],
    "at": [-1, "0", 1.0, None, True],
    "more": ["what nobody asked for"],
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_said_by_field(phone, field):
    box = phone.seal()
    for value in WRONG[field]:
        answer = phone.piece(box, 0, box.text, **{field: value})
        assert answer.status_code == 400, (field, value)
        assert list(answer.json()["errors"]) == [field], (field, value)
    assert not Box.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "x", "e30", "e30=", "W10=", "AAAA", "A" * 3000, base64.b64encode(b"[" * 900)]
)
def test_a_manifest_that_is_none(client, phone, text):
    address = f"/field/boxes/{uuid.uuid4()}/parts/"
    headers = {"Box-Manifest": text if isinstance(text, str) else text.decode()}
    answer = client.generic("POST", address, b"x", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_the_address_is_that_of_the_box(phone):
    box = phone.seal()
    answer = phone.piece(box, 0, box.text, address=uuid.uuid4())
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["box"])


def test_a_piece_fits_into_its_box(phone):
    box = phone.seal()
    assert phone.piece(box, 0, box.text + b"x").status_code == 400
    assert phone.piece(box, 0, b"").status_code == 400
    assert phone.piece(box, 5, box.text[5:]).status_code == 409
    assert phone.piece(box, 0, b"x" * 512_001).status_code == 413
    assert phone.piece(box, 0, b"x" * 1_500_000).status_code == 413
    assert not BoxPart.objects.exists()


def test_other_methods_are_none(client, phone):
    for method in ("get", "put", "patch", "delete", "head"):
        answer = getattr(client, method)(f"/field/boxes/{uuid.uuid4()}/parts/")
        assert answer.status_code == 405


def test_a_phone_has_a_budget_of_its_own(phone, settings):
    settings.PHONE_RATE = "2/min"
    caches["calls"].clear()
    other = Device(factories.user("field_officer"))
    box = phone.seal()
    answers = [phone.deliver(box) for _ in range(3)]
    assert [one.status_code for one in answers] == [201, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert other.deliver(other.seal()).status_code == 201


def test_what_waits_of_one_phone_has_a_bound(phone, monkeypatch):
    monkeypatch.setattr(arriving, "MOST_WAITING", 1)
    first, second = phone.seal(place=["place:nowhere"]), phone.seal()
    assert phone.deliver(first).status_code == 201
    assert phone.deliver(second).status_code == 429
    assert phone.deliver(first).status_code == 200
    Box.objects.update(state="away", away_for="twice")
    assert phone.deliver(second).status_code == 201


def test_a_receipt_says_nothing_of_what_is_in_it(phone):
    answer = phone.deliver(phone.seal())
    assert set(answer.json()) == {"box", "have", "received", "taken", "ended", "clock", "key"}
    assert "no-store" in answer["Cache-Control"]


def test_the_digest_of_the_whole_is_checked_not_believed(phone):
    box = phone.seal()
    answer = phone.piece(box, 0, box.text, sha256=sha256(b"other").hexdigest())
    assert (answer.status_code, answer.json()["have"]) == (202, 0)
    assert not BoxPart.objects.exists()
