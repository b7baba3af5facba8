"""A ciphertext opens with its key and in its place, and nowhere else."""

from __future__ import annotations

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.keys import crypto

ONE, TWO = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
PLACE = "victims_identity|full_name|1"


@pytest.fixture(autouse=True)
def keys(settings):
    """`keys("2:…,1:…")`: from now on these keys are in force."""

    def use(spec):
        settings.FIELD_KEYS = spec

    use(f"1:{ONE}")
    return use


@pytest.mark.parametrize("text", [b"", b"Invented", "ইনভেন্টেড".encode(), b"\0" * 5000])
def test_what_was_written_is_read(text):
    assert crypto.decrypt(crypto.encrypt(text, PLACE), PLACE) == text


def test_the_same_text_never_looks_the_same():
    """Else one could see that two survivors have one name."""
    assert len({crypto.encrypt(b"Invented", PLACE) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "place",
    [
        "victims_identity|full_name|2",
        "victims_identity|contacts|1",
        "casework_narrative|full_name|1",
        "",
    ],
)
def test_a_moved_ciphertext_is_refused(place):
    with pytest.raises(crypto.Unreadable, match="does not belong here"):
        crypto.decrypt(crypto.encrypt(b"Invented", PLACE), place)


def test_a_wrong_key_is_refused(keys):
    blob = crypto.encrypt(b"Invented", PLACE)
    keys(f"1:{TWO}")
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(blob, PLACE)


def test_an_unknown_key_number_is_refused(keys):
    blob = crypto.encrypt(b"Invented", PLACE)
    keys(f"2:{TWO}")
    with pytest.raises(crypto.Unreadable, match="unknown format or key number"):
        crypto.decrypt(blob, PLACE)


def test_after_a_rotation_the_old_is_read_and_the_new_is_written_with_the_new_key(keys):
    old = crypto.encrypt(b"before", PLACE)
    keys(f"2:{TWO},1:{ONE}")
    new = crypto.encrypt(b"after", PLACE)
    assert crypto.decrypt(old, PLACE) == b"before"
    assert crypto.decrypt(new, PLACE) == b"after"
    keys(f"2:{TWO}")
    assert crypto.decrypt(new, PLACE) == b"after"
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(old, PLACE)


def test_a_change_of_any_byte_is_noticed():
    blob = crypto.encrypt(b"Invented", PLACE)
    for at in range(len(blob)):
        changed = bytearray(blob)
        changed[at] ^= 1
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(bytes(changed), PLACE)


def test_whatever_is_cut_off_is_unreadable_and_no_crash():
    blob = crypto.encrypt(b"Invented", PLACE)
    for length in range(len(blob)):
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(blob[:length], PLACE)


def test_a_short_key_is_refused(keys):
    keys("1:" + base64.b64encode(b"short").decode())
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        crypto.encrypt(b"Invented", PLACE)
