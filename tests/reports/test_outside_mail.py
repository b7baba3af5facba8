"""Letters with released tables go through a mail server of their own, whatever it answers."""

from __future__ import annotations

from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.core.mail import get_connection
from django.db.models.functions import Now

from accounts import mail
from accounts.models import Notice
from reports.models import OutsideAddress, ReleaseLetter
from reports.outside import letters
from reports.outside.models import AGAIN
from tests.factories import releases

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket, pytest.mark.nightly]


class MailServer(ThreadingTCPServer):
    """Takes letters, but for those to `unknown`; when `lost` says so, hangs up instead."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[str] = []
        self.unknown, self.lost = "", -1


class Conversation(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 invented.example")
        while line := self.rfile.readline():
            verb = line.split()[0].upper()
            if verb == b"DATA":
                if len(self.server.taken) == self.server.lost:
                    return
                self.say("354 go on")
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                self.say("250 taken")
            elif verb == b"RCPT" and self.server.unknown and self.server.unknown in line.decode():
                self.say("550 nobody of that name")
            else:
                self.say("221 bye" if verb == b"QUIT" else "250 good")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server(settings: pytest.FixtureRequest) -> Iterator[MailServer]:
    with MailServer() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        host, port = server.server_address[:2]
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, port  # type: ignore[attr-defined]
        yield server
        server.shutdown()


def letter_to(email: str) -> ReleaseLetter:
    return releases.release_letter(address=releases.outside_address(email=email))


def test_a_sweep_that_ends_between_two_letters_sends_neither_twice(server: MailServer) -> None:
    for email in ("one@example.org", "two@example.org", "three@example.org"):
        letter_to(email)
    server.lost = 1
    assert mail.sweep() == 1
    assert ReleaseLetter.objects.filter(sent_at__isnull=False).count() == 1
    server.lost = -1
    assert [mail.sweep() for _twice in range(2)] == [2, 0]
    lines = [line for text in server.taken for line in text.splitlines()]
    tos = [line for line in lines if line.startswith("To: ")]
    assert tos == ["To: one@example.org", "To: two@example.org", "To: three@example.org"]
    assert lines.count("Auto-Submitted: auto-generated") == 3


def test_an_address_that_is_refused_holds_up_no_other_and_is_told_once(server: MailServer) -> None:
    refused, other = letter_to("nobody@example.org"), letter_to("two@example.org")
    server.unknown = "nobody@"
    assert mail.sweep() == 1
    other.refresh_from_db()
    assert other.sent_at
    for times in (1, 2):
        refused.refresh_from_db()
        assert (refused.refusals, refused.sent_at) == (times, None)
        assert mail.sweep() == 0, "not before an hour is over"
        ReleaseLetter.objects.filter(pk=refused.pk).update(refused_at=Now() - AGAIN - AGAIN)
        if times == 1:
            assert mail.sweep() == 0
    assert Notice.objects.get(kind="figures-not-sent").user == refused.schedule.made_by
    server.unknown = ""
    assert mail.sweep() == 1


def test_what_another_sweep_is_at_or_has_sent_is_left_alone(server: MailServer) -> None:
    letter = letter_to("one@example.org")
    (first,), (second,) = letters.letters_due(), letters.letters_due()
    assert (first(), second()) == (True, False)
    OutsideAddress.objects.update(ended_by=letter.address.proposed_by, ended_at=Now())
    later = letter_to("two@example.org")
    (send,) = letters.letters_due()
    OutsideAddress.objects.filter(pk=later.address_id).update(
        ended_by=later.address.proposed_by, ended_at=Now()
    )
    assert not send(), "it was ended between the look and the letter"
    assert len(server.taken) == 1
    assert get_connection().host
