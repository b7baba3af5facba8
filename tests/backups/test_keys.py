"""Field keys come from one place; they travel as shares of which two are needed."""

from __future__ import annotations

import stat

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from backups import shares
from backups.faults import Fault
from core.keys import crypto, field_keys
from core.local.arguments import makes_keys

KEYS = "2:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
KEYS += ",1:bm90IHRoZSBzYW1lIGtleSBhcyB0aGUgb3RoZXIgb25lIS0="


def test_from_the_environment_a_file_or_a_command(tmp_path):
    file = tmp_path / "keys"
    file.write_text(KEYS.replace(",", "\n") + "\n")
    file.chmod(0o400)
    assert field_keys.keys_from({"FIELD_KEYS": KEYS}) == KEYS
    assert field_keys.keys_from({"FIELD_KEYS_FILE": str(file)}) == KEYS
    assert field_keys.keys_from({"FIELD_KEYS_COMMAND": f"cat '{file}'"}) == KEYS
    assert field_keys.keys_from({"FIELD_KEYS": ""}) is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"FIELD_KEYS": "x", "FIELD_KEYS_FILE": "y"}, "give the keys by one of them"),
        ({"FIELD_KEYS_FILE": "/nowhere/keys"}, "cannot be read"),
        ({"FIELD_KEYS_COMMAND": "false"}, "failed with exit code 1"),
        ({"FIELD_KEYS_COMMAND": "/nowhere/vault"}, "does not run"),
        ({"FIELD_KEYS_COMMAND": "true"}, "gives no keys"),
        ({"FIELD_KEYS_COMMAND": "cat 'unclosed"}, "does not run"),
    ],
)
def test_what_gives_none_is_said_plainly(said, why):
    with pytest.raises(SystemExit) as refused:
        field_keys.keys_from(said)
    assert why in str(refused.value.code)


def test_a_file_that_everybody_can_read(tmp_path):
    (tmp_path / "keys").write_text(KEYS)
    (tmp_path / "keys").chmod(0o644)
    with pytest.raises(SystemExit) as refused:
        field_keys.keys_from({"FIELD_KEYS_FILE": str(tmp_path / "keys")})
    assert "open to every user here: chmod 400" in str(refused.value.code)


def test_none_are_made_for_a_restore():
    assert makes_keys(["manage.py", "migrate"])
    assert not makes_keys(["manage.py", "restore", "x"])


@given(st.text(min_size=1, max_size=200), st.integers(2, 6), st.data())
def test_any_two_shares_give_the_keys(text, officers, data):
    found = shares.split(text, officers)
    two = data.draw(st.permutations(found))[:2]
    assert shares.join(two) == text


def test_one_share_says_nothing_of_the_keys():
    """Each byte of it is as likely as any other, whatever the keys are."""
    seen = {shares.split(KEYS, 2)[0].points[0] for _ in range(4000)}
    assert len(seen) > 250


@pytest.mark.parametrize(
    ("take", "why"),
    [
        (lambda one, other: [one[0], one[0]], "Two different shares are needed"),
        (lambda one, other: [one[0], other[1]], "of different keys"),
        (
            lambda one, other: [one[0], shares.Share(2, one[1].of, b"x" + one[1].points[1:])],
            "do not fit together",
        ),
    ],
)
def test_shares_that_do_not_belong_together(take, why):
    with pytest.raises(Fault, match=why):
        shares.join(take(shares.split("1:" + "A" * 43, 2), shares.split("1:" + "B" * 43, 2)))


def test_sheets_for_two_officers_and_back(settings, officers, tmp_path, capsys):
    settings.FIELD_KEYS = KEYS
    named = [word for key in officers.public for word in ("--officer", key)]
    call_command("keys", "export", *named, "--out", str(tmp_path / "sheets"))
    sheets = sorted((tmp_path / "sheets").iterdir())
    said = capsys.readouterr().out
    for sheet in sheets:
        text = sheet.read_text()
        assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
        assert all(found in text and found in said for found in crypto.fingerprints(KEYS).values())
        assert not any(part.partition(":")[2] in text + said for part in KEYS.split(","))
    by = [word for file in officers.files[:2] for word in ("--identity", str(file))]
    joined = tmp_path / "joined"
    call_command("keys", "join", *map(str, sheets), *by, "--out", str(joined))
    assert field_keys.keys_from({"FIELD_KEYS_FILE": str(joined)}) == KEYS
    alone = ["keys", "join", *map(str, sheets), "--identity", str(officers.files[0])]
    with pytest.raises(CommandError, match="does not open with the key given"):
        call_command(*alone, "--out", str(tmp_path / "alone"))
    assert not (tmp_path / "alone").exists()


def test_one_officer_is_not_enough(settings, officers, tmp_path):
    with pytest.raises(CommandError, match="--officer names 1 of the 2"):
        call_command(
            "keys", "export", "--officer", officers.public[0], "--out", str(tmp_path / "x")
        )
    assert not (tmp_path / "x").exists()
