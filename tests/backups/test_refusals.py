"""What is no backup, or not for these keys, is refused in one line before anything is written; what
breaks off while it is made is not kept."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from backups import archive, making, reading, restoring, sealing
from backups.faults import Fault
from backups.stores import Folder
from core.files.store import Disk
from core.local.paths import ROOT
from tests.backups.conftest import NAME, Remade, source
from tests.backups.test_round_trip import addresses

KEYS = "1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def refusal(folder, name, identity, keys=None):
    with pytest.raises(Fault) as refused:
        reading.read(source(folder, name, identity), keys or settings.FIELD_KEYS)
    line = str(refused.value)
    assert "\n" not in line
    return line


@pytest.mark.parametrize(
    ("recipients", "why"),
    [
        ("", "names 0 of the 2 or more public keys"),
        ("{0}", "names 1 of the 2 or more public keys"),
        ("{0},{0}", "names 1 of the 2 or more public keys"),
        ("{0},AGE-SECRET-KEY-1QQQQ", "holds a private key"),
        ("{0},age1nonsense", "age1nonsense… is no public key of age"),
    ],
)
def test_too_few_recipients_or_a_private_key(officers, recipients, why):
    with pytest.raises(Fault, match=why):
        sealing.recipients(recipients.format(*officers.public))


def test_no_place_and_no_keeping(db, settings, officers, tmp_path):
    settings.BACKUP_RECIPIENTS = ",".join(officers.public)
    with pytest.raises(CommandError, match="BACKUP_TO says no place"):
        call_command("backup")
    settings.BACKUP_TO, settings.BACKUP_KEEP = str(tmp_path), "0,1,1"
    with pytest.raises(CommandError, match="BACKUP_KEEP is three numbers"):
        call_command("backup")


def test_another_key(made, officers):
    backup, folder = made
    assert refusal(folder, backup.name, officers.files[2]) == sealing.NOT_YOURS


def test_an_identity_that_is_none(tmp_path):
    (tmp_path / "key").write_text("age1public\n")
    with pytest.raises(Fault, match="holds no private key of age"):
        sealing.identities(tmp_path / "key")


def test_other_field_keys(made, officers):
    """By the fingerprint one sees which keys are wanted; none is made in their place."""
    backup, folder = made
    line = refusal(folder, backup.name, officers.files[0], KEYS)
    assert line.startswith("FIELD_KEYS do not open this backup")
    assert backup.about["keys"]["1"] in line


def test_one_that_is_cut_off_or_altered(made, officers, tmp_path):
    backup, folder = made
    whole = (folder.path / backup.name).read_bytes()
    found = Folder(tmp_path)
    for text in (whole[: len(whole) // 2], whole[:-1], whole[:-70_000]):
        (tmp_path / backup.name).write_bytes(text)
        assert refusal(found, backup.name, officers.files[0]) == sealing.BROKEN
    (tmp_path / backup.name).write_bytes(whole[:2_000_000] + b"x" + whole[2_000_001:])
    assert refusal(found, backup.name, officers.files[0]) == sealing.BROKEN


def test_one_that_lacks_its_end(made, officers, tmp_path):
    """Sealed anew without its last member: whole for age, and not for us."""
    backup, folder = made
    remade = Remade(folder, backup.name, officers)
    remade.folder = Folder(tmp_path)
    name = remade.write("casework-2026-01-02T030405Z.tar.age", remade.members[:-1])
    assert refusal(remade.folder, name, officers.files[0]) == sealing.BROKEN


def test_what_is_something_else(officers, tmp_path):
    found, name = Folder(tmp_path), "casework-2026-01-02T030405Z.tar.age"
    for text in (b"", b"hello", b"PGDMP" + bytes(4000)):
        (tmp_path / name).write_bytes(text)
        assert refusal(found, name, officers.files[0]) == sealing.NOT_OURS
    for text in (b"", b"hello", b"x" * 5000, b"".join(archive.member("a", b"b")) + archive.END):
        (tmp_path / name).write_bytes(pyrage.encrypt(text, officers.recipients))
        assert refusal(found, name, officers.files[0]) == archive.FOREIGN


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2},
        {"oldest_code": 99},
        {"migrations": ["casework.9999_later"]},
    ],
)
def test_one_of_a_newer_casework(made, officers, tmp_path, changed):
    backup, folder = made
    remade = Remade(folder, backup.name, officers)
    about = json.loads(remade.members[0][1]) | changed | {"casework": "9.9"}
    remade.members[0] = (archive.ABOUT, json.dumps(about).encode())
    remade.folder = Folder(tmp_path)
    name = remade.write("casework-2026-01-02T030405Z.tar.age")
    assert "made by Casework 9.9, which is newer" in refusal(remade.folder, name, officers.files[0])


def test_a_name_that_leads_elsewhere(tmp_path):
    for name in ("files/../../etc/passwd", "files/ab/../x", "files/ab/" + "A" * 32):
        with pytest.raises(Fault):
            restoring._file(tmp_path, name, 1, io.BytesIO(b"x"))


def test_only_the_role_that_reads_everything(world, officers, tmp_path):
    """The owner, bound by its own walls, would dump a part of the rows."""
    with pytest.raises(Fault, match="is not the role casework_backup"):
        making.make(world.making(officers, url=world.owner), Folder(tmp_path))
    assert list(tmp_path.iterdir()) == []


class Breaking(Folder):
    """Kills pg_dump while it writes: it waits for somebody to read more."""

    def put(self, name, content):
        deadline = time.monotonic() + 30
        while not (dumps := [pid for pid in children() if is_dump(pid)]):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.kill(dumps[0], signal.SIGKILL)
        return super().put(name, content)


def children():
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == os.getpid():
                yield int(path.parent.name)


def is_dump(pid):
    with suppress(OSError):  # another child that has ended since
        return b"--snapshot=" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def test_a_dump_that_breaks_off_is_not_kept(world, officers, tmp_path, monkeypatch):
    """Whatever pg_dump wrote before; and what lies there stays."""
    monkeypatch.setattr(archive, "PART", 1 << 16)  # it is not read whole at once
    (tmp_path / "casework-2026-01-02T030405Z.tar.age").write_text("yesterday's")
    with pytest.raises(Fault, match=r"it was ended from outside \(signal 9\)"):
        making.make(world.making(officers), Breaking(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["casework-2026-01-02T030405Z.tar.age"]


@pytest.mark.nightly
@pytest.mark.slow
def test_one_that_is_killed_leaves_no_backup(world, officers, tmp_path):
    """What it leaves has another name, and goes with the first backup a day later."""
    env = os.environ | addresses(NAME)
    env |= {"BACKUP_TO": str(tmp_path), "BACKUP_RECIPIENTS": " ".join(officers.public)}
    env |= {"CASEWORK_FILES": str(world.files), "CASEWORK_ENV": "test"}
    process = subprocess.Popen([sys.executable, "manage.py", "backup"], cwd=ROOT, env=env)
    while not (left := list(tmp_path.iterdir())) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    folder = Folder(tmp_path)
    assert [path.suffix for path in left] == [".unfinished"]
    assert folder.kept() == []
    os.utime(left[0], (0, 0))
    made = making.make(world.making(officers), folder)
    assert [path.name for path in tmp_path.iterdir()] == [made.name]


def test_a_file_that_is_gone_is_counted(world, officers, tmp_path):
    """It is missing already: the backup says so, and does not fail for it."""
    first = world.files / next(making.received(Disk(world.files))).name
    first.rename(tmp_path / "away")
    try:
        made = making.make(world.making(officers), Folder(tmp_path / "kept"))
    finally:
        (tmp_path / "away").rename(first)
    assert made.without_file == 1
