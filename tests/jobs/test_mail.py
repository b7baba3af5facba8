"""A notice written by the web reaches a mailbox through a real worker, whatever is killed."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from tests.jobs.conftest import House, eventually, needs_redis, send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = needs_redis
ADDRESS = "field@example.org"
NOTICE = (
    f"with person as (update accounts_user set email = '{ADDRESS}', name = 'Canary Name'"
    "  where username = 'field' returning id) insert into accounts_notice"
    "  (id, version, updated_at, kind, target_type, target_id, user_id)"
    "  select gen_random_uuid(), 1, now(), 'role-given', 'accounts.User', id, id from person"
)


def letters(folder: Path) -> list[str]:
    """Those to the person of the notice: rows of other tests send theirs."""
    texts = [path.read_text() for path in folder.glob("*.log")]
    return [text for text in texts if f"To: {ADDRESS}" in text]


@pytest.mark.nightly
def test_a_notice_is_mailed_once(with_broker: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house = with_broker
    box = house.folder / "box"
    box.mkdir()
    monkeypatch.setenv("EMAIL_URL", f"filemail:///{box}")
    house.rows("delete from accounts_notice")
    house.rows(NOTICE)
    house.worker()
    for _ in range(2):
        assert house.celery("call", "accounts.send_mail").wait() == 0
    assert eventually(lambda: bool(letters(box))), house.said()
    time.sleep(2)  # time enough for the second call to have sent another
    (letter,) = letters(box)
    assert "You have an update in Casework" in letter
    assert "Canary" not in letter
    assert house.rows("select count(*) from accounts_notice where mailed_at is null") == [(0,)]


class MailServer(ThreadingTCPServer):
    """Takes letters. While it is `held`, it has read a letter and does not say that it took it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[str] = []
        self.read, self.held = Event(), Event()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Conversation(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        with suppress(OSError):
            self.say("220 invented.example")
            while line := self.rfile.readline():
                verb = line.split()[0].upper()
                if verb == b"DATA":
                    self.say("354 go on")
                    self.letter()
                else:
                    self.say("221 bye" if verb == b"QUIT" else "250 good")

    def letter(self) -> None:
        lines = list(iter(self.rfile.readline, b".\r\n"))
        self.server.read.set()
        while self.server.held.is_set():
            time.sleep(0.05)
        self.say("250 taken")
        self.server.taken.append(b"".join(lines).decode())

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.held.clear()
        server.shutdown()


@pytest.mark.nightly
@pytest.mark.enable_socket
def test_a_worker_killed_while_it_sends_loses_no_letter(
    with_broker: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = with_broker
    unsent = "select count(*) from accounts_notice where mailed_at is null"
    with mail_server() as server:
        monkeypatch.setenv("EMAIL_URL", server.url)
        house.rows("delete from accounts_notice")
        house.rows(NOTICE)
        server.held.set()
        killed = house.worker()
        assert house.celery("call", "accounts.send_mail").wait() == 0
        assert server.read.wait(60), house.said()
        send(killed, signal.SIGKILL)
        killed.wait()
        assert house.rows(unsent) == [(1,)], "it is not taken for sent"
        server.held.clear()
        house.worker()
        assert house.celery("call", "accounts.send_mail").wait() == 0
        assert eventually(lambda: house.rows(unsent) == [(0,)]), house.said()
        assert any(f"To: {ADDRESS}" in letter for letter in server.taken)
