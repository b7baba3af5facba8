"""Files move from the folder into the bucket while people work, ended in the middle or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casework.files.received import discard, name_of, opened, path_of
from casework.management.commands import move_files
from core.files import store as file_store
from core.files.bucket_files import Away
from core.files.store import Bucket
from core.local.paths import ROOT
from retention import ledger
from tests.casework import files
from tests.factories import papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.enable_socket]


def move():
    out, err = StringIO(), StringIO()
    try:
        call_command("move_files", stdout=out, stderr=err)
    except CommandError as refused:
        return str(refused)
    return out.getvalue()


@pytest.fixture
def three(kept_there, settings):
    """Files that came before there was a bucket."""
    place, settings.FILES_STORE = settings.FILES_STORE, ""
    rows = [papers.stored_file() for _ in range(3)]
    ledger.append(ledger.Line("before", "2026-05-04", "IN", "law", "1:00"))
    settings.FILES_STORE = place
    return sorted(rows, key=lambda row: row.pk.hex)


def readable(rows):
    for row in rows:
        with opened(row) as text:
            assert text.read() == papers.TEXT
    return True


def test_each_is_read_before_and_after_and_no_copy_stays(three, kept_there, settings, tmp_path):
    assert readable(three)
    assert "3 files moved, 0 were erased" in move()
    assert readable(three)
    received = [name for name in kept_there() if not name.startswith("erasures/")]
    assert received == [name_of(row.pk) for row in three]
    assert {path.name for path in files.on_disk()} == {"erasures.ledger", ".moving"}
    settings.FILES_ROOT = tmp_path / "another machine"
    assert readable(three)
    assert [line.stone for line in ledger.lines()] == ["before"]
    settings.FILES_ROOT.mkdir()
    assert "0 files moved" in move()


class Killed(BaseException):
    """Nothing of ours catches it."""


@pytest.mark.parametrize("when", ["before it is sent", "before it is compared", "before it goes"])
def test_ended_in_the_middle_it_is_run_again_and_finishes(three, monkeypatch, when):
    second = name_of(three[1].pk)

    def end(usual, tells):
        def ended(*said, **how):
            if tells(*said) == second:
                raise Killed
            return usual(*said, **how)

        return ended

    with monkeypatch.context() as patch:
        if when == "before it is sent":
            patch.setattr(Bucket, "send", end(Bucket.send, lambda _self, _draft, name: name))
        elif when == "before it is compared":
            sent = Bucket.send

            def send(self, draft, name):
                sent(self, draft, name)
                if name == second:
                    raise Killed

            patch.setattr(Bucket, "send", send)
        else:
            unlink = type(path_of(three[0].pk)).unlink
            told = end(unlink, lambda path, *_: f"{path.parent.name}/{path.name}")
            patch.setattr(type(path_of(three[0].pk)), "unlink", told)
        with pytest.raises(Killed):
            move()
        patch.undo()
        assert readable(three)
    assert [path_of(row.pk).exists() for row in three] == [False, True, True]
    assert "2 files moved" in move()
    assert readable(three)
    assert not any(path_of(row.pk).exists() for row in three)


def test_what_comes_back_altered_stays_in_the_folder(three, monkeypatch):
    monkeypatch.setattr(file_store, "_is_there", lambda *_: False)
    assert "3 could not be moved and lie where they were" in move()
    assert all(path_of(row.pk).exists() for row in three)


def test_what_is_there_already_but_otherwise_is_sent_again(three, kept_there, tmp_path):
    (tmp_path / "other").write_bytes(b"half of it")
    file_store.store().send(tmp_path / "other", name_of(three[0].pk))
    assert "3 files moved" in move()
    assert readable(three)


def test_what_is_erased_while_it_is_sent_stays_nowhere(three, kept_there, monkeypatch):
    sent = Bucket.send

    def send(self, draft, name):
        sent(self, draft, name)
        if name == name_of(three[0].pk):
            path_of(three[0].pk).unlink()  # as whoever erases begins

    monkeypatch.setattr(Bucket, "send", send)
    assert "2 files moved, 1 were erased meanwhile" in move()
    assert name_of(three[0].pk) not in kept_there(versions=True)


def test_what_waits_to_be_moved_is_erased_all_the_same(three, kept_there):
    discard([three[0].pk])
    assert not path_of(three[0].pk).exists()
    assert "2 files moved" in move()


def test_two_do_not_move_at_once_and_without_a_bucket_nobody_does(three, settings):
    with move_files._alone():
        assert move() == "Files are being moved already."
    settings.FILES_ENDPOINT = "http://127.0.0.1:9"
    assert "nothing can be kept there" in move()
    assert readable(three)
    with pytest.raises(Away):
        file_store.store().open_there(name_of(three[0].pk))
    settings.FILES_STORE = ""
    assert "FILES_STORE says no bucket" in move()


KILLED = """
import sys
from django.conf import settings
root, place, endpoint = sys.argv[1:]
settings.configure(
    **dict.fromkeys(["FILES_REGION", "FILES_KEY_ID", "FILES_KEY"], ""),
    CACHES={"calls": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    FILES_ROOT=root, FILES_STORE=place, FILES_ENDPOINT=endpoint,
)
from core.files.store import move, store
there = store()
for one in there.before.lying():
    if len(one.name) == 35:
        move(one.name, there)
"""


@pytest.mark.nightly
def test_killed_by_force_wherever_it_is_nothing_is_lost(kept_there, settings):
    place, settings.FILES_STORE = settings.FILES_STORE, ""
    rows = [papers.stored_file() for _ in range(60)]
    settings.FILES_STORE = place
    told = [settings.FILES_ROOT, place, settings.FILES_ENDPOINT]
    command = [sys.executable, "-c", KILLED, *map(str, told)]
    for left in (50, 30, 10):
        process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ))
        while sum(path_of(row.pk).exists() for row in rows) > left and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert readable(rows)
    assert "erased" in move()
    assert readable(rows)
    assert not any(path_of(row.pk).exists() for row in rows)
