"""The number of a request, and a word about each fault for a program of the operator's own."""

from __future__ import annotations

import json
import logging
import re
import threading
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from casework.conf.env import Environment
from core.pages import StyleGuide
from core.watch import faults
from core.watch.faults import Telling
from tests.core.test_watch import MARK, lines
from tests.jobs.conftest import eventually

pytestmark = pytest.mark.django_db
NUMBER = "0f9c2f4e-8a7d-4d3c-9a43-0c9b1d2e3f40"


@pytest.mark.parametrize(
    ("header", "sent", "taken"),
    [
        ("X-Request-ID", NUMBER, True),
        ("X-Request-ID", NUMBER.replace("-", ""), True),
        ("X-Request-ID", MARK, False),
        ("X-Request-ID", "", False),
        ("X-Trace", NUMBER, False),
        ("", NUMBER, False),
    ],
)
def test_the_number_is_that_of_a_proxy_that_is_named(client, settings, header, sent, taken):
    settings.REQUEST_ID_HEADER = header
    answer = client.get("/healthz", headers={"X-Request-ID": sent})
    assert (answer.headers["X-Request-ID"] == NUMBER) is taken
    assert uuid.UUID(answer.headers["X-Request-ID"])


@pytest.mark.parametrize(("proxies", "header"), [("0", ""), ("1", "X-Request-ID")])
def test_without_a_proxy_of_ours_nobody_gives_numbers(monkeypatch, proxies, header):
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    monkeypatch.setenv("REQUEST_ID_HEADER", "X-Request-ID")
    assert Environment().request_id_header == header


@contextmanager
def told_of_faults(hook):
    handler, log = Telling(hook), logging.getLogger("django.request")
    log.addHandler(handler)
    try:
        yield handler
    finally:
        log.removeHandler(handler)


@pytest.fixture
def broken(browser_client, field_officer, monkeypatch):
    """Open a page that breaks, with a name in its fault and in its frame."""

    def breaks(_page, request):
        name = f"{MARK} {request.GET}"
        raise ZeroDivisionError(name)

    monkeypatch.setattr(StyleGuide, "get", breaks)
    client = browser_client(field_officer)
    client.raise_request_exception = False
    return lambda: client.get(f"/styleguide/?name={MARK}")


@pytest.mark.enable_socket
def test_a_fault_is_told_by_its_type_place_and_number_alone(broken):
    sent = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args):
            """Nothing on the screen."""

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with told_of_faults(f"http://127.0.0.1:{server.server_port}/in"):
            answer = broken()
            assert eventually(lambda: sent)
        server.shutdown()
    (body,) = sent
    told = json.loads(body)
    assert answer.status_code == 500
    assert {*told} == {"type", "place", "id"}
    assert (told["type"], told["id"]) == ("ZeroDivisionError", answer.headers["X-Request-ID"])
    assert re.fullmatch(r"(\w+\.py:\d+)( < \w+\.py:\d+)*", told["place"])
    assert told["place"].startswith("test_watch_faults.py:")


TOLD: list[faults.Fault] = []


def remember(fault):
    TOLD.append(fault)


def test_a_function_of_the_operators_own_is_told_once(broken, monkeypatch):
    monkeypatch.setattr(faults, "import_string", {"ours.remember": remember}.get)
    TOLD.clear()
    with told_of_faults("ours.remember") as handler:
        broken()
        assert eventually(lambda: TOLD)
        try:
            raise LookupError(MARK)
        except LookupError as error:
            found = (type(error), error, error.__traceback__)
        for number in ("7", "8"):
            record = logging.LogRecord("core.jobs", 40, "", 1, "job failed", (), found)
            record.job = number
            handler.emit(record)
        assert eventually(lambda: len(TOLD) == 2)
    assert (TOLD[1].type, TOLD[1].id) == ("LookupError", "7")


@pytest.mark.enable_socket
@pytest.mark.parametrize("hook", ["http://127.0.0.1:9/", "http://[", "core.nowhere.at_all"])
def test_a_hook_that_fails_breaks_nothing(broken, hook):
    with lines() as text, told_of_faults(hook):
        assert broken().status_code == 500
        assert eventually(lambda: "nobody could be told of a fault" in text.getvalue())
    assert MARK not in text.getvalue()


def test_who_is_told_slowly_keeps_nobody(broken, monkeypatch):
    gate = threading.Event()
    begun = []

    def slow(fault):
        begun.append(fault)
        gate.wait(20)

    monkeypatch.setattr(faults, "import_string", lambda _path: slow)
    with told_of_faults("ours.slow"):
        assert {broken().status_code for _ in range(faults.AT_ONCE + 2)} == {500}
        assert eventually(lambda: len(begun) == faults.AT_ONCE)
        gate.set()
