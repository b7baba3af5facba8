"""A database that breaks at the commit: 503 and "try again", and the same key writes once."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from casework.models import Rescue
from tests.api.world import REPORT

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SOCKET = ".s.PGSQL.5432"


def message(kind, body=b""):
    """As the protocol of PostgreSQL writes it."""
    return kind + struct.pack("!I", len(body) + 4) + body


# What a server that dies leaves on the line: nothing, or an answer that says nothing.
GONE = b""
SAYS_NOTHING = message(b"I") + message(b"Z", b"I")


@contextmanager
def between(folder, last_words):
    """A line to the database in this folder that breaks at the first commit, before it is sent."""
    with TemporaryDirectory() as place, socket.socket(socket.AF_UNIX) as door:
        door.bind(f"{place}/{SOCKET}")
        door.listen()
        thread = threading.Thread(target=_serve, args=(door, folder, last_words), daemon=True)
        thread.start()
        yield place
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(door, folder, last_words):
    with suppress(OSError):
        while True:
            caller, _address = door.accept()
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(Path(folder) / SOCKET))
            threading.Thread(target=_pass_on, args=(server, caller), daemon=True).start()
            while text := caller.recv(65536):
                if b"COMMIT" in text:
                    caller.sendall(last_words)
                    break
                server.sendall(text)
            for end in (server, caller):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()


def _pass_on(server, caller):
    with suppress(OSError):
        while text := server.recv(65536):
            caller.sendall(text)


@contextmanager
def breaking(last_words):
    """Within the block the database of this test breaks at the commit."""
    settings, connection_settings = connection.settings_dict, {}
    connection_settings |= {"HOST": settings["HOST"]}
    folder = connection.connection.info.dsn_parameters["host"]
    connection.close()
    with between(folder, last_words) as place:
        settings["HOST"] = place
        try:
            yield
        finally:
            settings.update(connection_settings)
            connection.close()


@pytest.mark.parametrize("last_words", [GONE, SAYS_NOTHING], ids=["gone", "says nothing"])
@pytest.mark.by_turns(2)
def test_the_answer_is_try_again_and_the_same_key_writes_once(
    real_rows, api, field_officer, last_words
):
    client = api(field_officer)
    client.client.raise_request_exception = False
    connection.ensure_connection()
    with breaking(last_words):
        answer = client.post("rescue-reports/", REPORT, Idempotency_Key="one")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Try again with the same key." in answer.json()["detail"]
    assert not Rescue.objects.exists()
    again = [client.post("rescue-reports/", REPORT, Idempotency_Key="one") for _ in range(2)]
    assert [one.status_code for one in again] == [201, 201]
    assert Rescue.objects.count() == 1
