"""A web worker with more to do than it can: who is refused, who waits, and who never has to."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.urls import resolve

from accounts.sign_in.views import SignIn
from core import health, serving
from core.local.paths import ROOT
from intake.api.viewsets import RescueReportViewSet
from intake.views import LogRescue
from tests.local.conftest import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
THREADS = 4
# Notes that it was asked, and when; at /slow it answers only once the file "go" is there, at /work
# after a while.
APPLICATION = """
    import pathlib, time, django
    django.setup()

    def application(environ, start_response):
        with open("asked", "a") as note:
            note.write(environ["PATH_INFO"] + "\\n")
        if environ["PATH_INFO"] == "/work":
            with open("begun", "a") as note:
                note.write(environ["QUERY_STRING"] + " " + str(time.monotonic()) + "\\n")
            time.sleep(0.3)
        while environ["PATH_INFO"] == "/slow" and not pathlib.Path("go").exists():
            time.sleep(0.02)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"done"]
"""
Answer = tuple[int, dict[str, str], bytes]
Sent = tuple[float, Answer]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of one worker of four threads."""
    (tmp_path / "stub.py").write_text(textwrap.dedent(APPLICATION))
    log = tmp_path / "log"
    command = [sys.executable, "-m", "gunicorn", "stub:application", "--bind=127.0.0.1:0"]
    command += ["--workers=1", f"--threads={THREADS}", "--worker-class=core.serving.Worker"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"},
            stdout=output,
            stderr=output,
        )
    try:
        assert eventually(lambda: "Listening at" in log.read_text()), log.read_text()
        found = re.search(r"Listening at: (\S+)", log.read_text())
        assert found
        assert eventually(lambda: "Booting worker" in log.read_text())
        yield found[1]
    finally:
        (tmp_path / "go").touch()
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@pytest.fixture
def ask(server: str) -> Iterator[Callable[[str], Answer]]:
    def call(path: str) -> Answer:
        try:
            with urllib.request.urlopen(server + path, timeout=60) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, dict(refused.headers), refused.read()

    return call


def asked(folder: Path) -> list[str]:
    note = folder / "asked"
    return note.read_text().split() if note.exists() else []


def test_one_thread_is_kept_and_who_comes_last_is_refused(
    ask: Callable[[str], Answer], tmp_path: Path
) -> None:
    with ThreadPoolExecutor(40) as people:
        busy = [people.submit(ask, "/slow") for _ in range(THREADS - 1)]
        assert eventually(lambda: len(asked(tmp_path)) == THREADS - 1)
        waits = people.submit(ask, "/cases/")
        for path in ("/sign-in/", "/field/rescues/new/", "/api/v1/rescue-reports/"):
            assert ask(path)[0] == 200, path
        # Those who come once somebody has waited too long. Who came before goes on waiting.
        later = [people.submit(ask, "/cases/")]
        while not any(one.done() for one in later):
            later.append(people.submit(ask, "/cases/"))
            eventually(later[-1].done, 0.3)
        status, headers, page = next(one.result() for one in later if one.done())
        assert (status, headers["Retry-After"]) == (503, str(serving.TRY_AGAIN))
        assert b"Back soon" in page
        status, headers, text = ask("/api/v1/cases/")
        assert (status, headers["Content-Type"]) == (503, "application/problem+json")
        assert "Try again" in json.loads(text)["detail"]
        assert "/cases/" not in asked(tmp_path), "none of them reached the application"
        assert ask("/sign-in/")[0] == 200
        assert not waits.done()
        (tmp_path / "go").touch()
        assert waits.result()[0] == 200
        assert {one.result()[0] for one in busy} == {200}
        assert {one.result()[0] for one in later} == {200, 503}
        assert ask("/cases/")[0] == 200


def test_whoever_signs_in_goes_first_and_never_takes_all_threads() -> None:
    threads = serving.Threads(THREADS)
    ends = {name: threading.Event() for name in ("a", "b", "c", "d", "in 1", "in 2", "in 3")}
    begun: list[str] = []

    def come(name: str) -> None:
        line = threads.first if name.startswith("in") else threads.others
        threads.submit(line, lambda: (begun.append(name), ends[name].wait(60)))

    for name in ends:
        come(name)
        eventually(lambda name=name: name in begun, 0.3)
    assert begun == ["a", "b", "c", "in 1"]
    for ended, next_one in (("a", "in 2"), ("b", "d"), ("in 1", "in 3")):
        ends[ended].set()
        assert eventually(lambda name=next_one: name in begun)
        assert begun[-1] == next_one
    for end in ends.values():
        end.set()


def test_every_thread_begins_once_before_anybody_is_served() -> None:
    threads, begun = serving.Threads(THREADS), []
    threads.each(lambda: begun.append(threading.current_thread().name))
    threads.submit(threads.others, lambda: None).result(60)
    assert len(set(begun)) == len(begun) == THREADS


def capacity(ask: Callable[[str], Answer]) -> float:
    """Requests that it answers in a second when it is never idle."""
    began, many = time.monotonic(), 12 * (THREADS - 1)
    with ThreadPoolExecutor(4 * THREADS) as people:
        assert {answer[0] for answer in people.map(ask, many * ["/work"])} == {200}
    return many / (time.monotonic() - began)


def offered(ask: Callable[[str], Answer], rate: float, seconds: float) -> dict[int, Sent]:
    """That many requests a second, whatever becomes of the ones before: when, and the answer."""

    def one(number: int) -> Sent:
        return time.monotonic(), ask(f"/work?{number}")

    with ThreadPoolExecutor(int(rate * seconds)) as people:
        began, answers = time.monotonic(), {}
        for number in range(int(rate * seconds)):
            time.sleep(max(0, began + number / rate - time.monotonic()))
            answers[number] = people.submit(one, number)
        return {number: answer.result() for number, answer in answers.items()}


@pytest.mark.nightly
def test_of_three_times_what_it_can_the_rest_is_refused_at_once(
    ask: Callable[[str], Answer], tmp_path: Path
) -> None:
    """By what it could a moment ago, in this run. Nothing here asks how long anything took: it is
    counted who had to wait for how many others."""
    rate = capacity(ask)
    (tmp_path / "begun").unlink()
    with ThreadPoolExecutor(1) as officer:
        storm = threading.Event()
        signs_in = officer.submit(lambda: [ask("/sign-in/")[0] for _ in iter(storm.is_set, True)])
        answers = offered(ask, 3 * rate, 8)
        storm.set()
    assert {answer[0] for _sent, answer in answers.values()} == {200, 503}
    refused = [answer for _sent, answer in answers.values() if answer[0] == 503]
    assert {headers["Retry-After"] for _status, headers, _page in refused} == {"5"}
    assert set(signs_in.result()) == {200}, "a thread is kept for signing in"

    begun = dict(line.split() for line in (tmp_path / "begun").read_text().splitlines())
    served = [(answers[int(number)][0], float(at)) for number, at in begun.items()]
    assert len(served) == len(answers) - len(refused), "who was refused did not reach the pages"
    assert len(served) > len(answers) / 10
    waiting = max(
        sum(sent <= moment < at for sent, at in served) for moment, _answer in answers.values()
    )
    began = sorted(at for _sent, at in served)
    pace = len(served) / (began[-1] - began[0])
    assert waiting < 2 * serving.MOST * pace, "more than could be answered soon were let in"
    assert eventually(lambda: ask("/work?")[0] == 200), "it recovers by itself"


@pytest.mark.nightly
def test_who_says_nothing_takes_no_thread(ask: Callable[[str], Answer], server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    silent = [socket.create_connection((host, int(port))) for _ in range(THREADS * 3)]
    assert ask("/cases/")[0] == 200
    for one in silent:
        one.close()


def test_the_thread_is_kept_for_the_addresses_that_there_are() -> None:
    views = [resolve(path.decode()).func for path in serving.KEPT]
    assert [getattr(view, "view_class", getattr(view, "cls", view)) for view in views] == [
        SignIn,
        LogRescue,
        RescueReportViewSet,
        health.alive,
    ]
