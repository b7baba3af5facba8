"""The machine of the database is lost while people write. A standby that is synchronous takes over,
nothing that was answered is lost, and meanwhile everybody is told to try again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from core import servers
from core.local.paths import ROOT
from tests import replicas
from tests.api.world import REPORT
from tests.databases import statement
from tests.jobs.conftest import NAME, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.jobs.conftest import House

WRITERS = 2
A_WHILE = 120  # seconds
TRY_AGAIN = "Not available for a moment. Try again with the same key."


@dataclass
class Pair:
    """The server that is written to, and the standby without which it confirms nothing."""

    home: Path
    first: Path
    second: Path

    @property
    def url(self) -> str:
        """As an operator writes it: both, and whichever of them can be written to."""
        hosts = f"host={self.first},{self.second}&target_session_attrs=read-write"
        return f"postgres://casework_app@/{NAME}?{hosts}"

    def ask(self, server: Path, text: str) -> list[Any]:
        return statement(f"postgres://postgres@/{NAME}?host={server}", text)

    def follow_in_step(self) -> None:
        self.ask(self.first, "alter system set synchronous_standby_names = '*'")
        self.ask(self.first, "select pg_reload_conf()")
        in_step = "select count(*) from pg_stat_replication where sync_state = 'sync'"
        assert eventually(lambda: self.ask(self.first, in_step) == [(1,)], A_WHILE)

    def part(self) -> None:
        """The standby hears no more of the first, which confirms nothing from then on."""
        self.ask(self.second, "alter system set primary_conninfo = 'host=/nowhere'")
        self.ask(self.second, "select pg_reload_conf()")
        waits = "select count(*) > 0 from pg_stat_activity where wait_event = 'SyncRep'"
        activity = "select wait_event, state, query from pg_stat_activity"
        met = eventually(lambda: self.ask(self.first, waits) == [(True,)], A_WHILE)
        assert met, self.ask(self.first, activity)

    def lose_the_first(self) -> None:
        """As when its machine loses power."""
        note = (self.home / "first" / "pg" / "postmaster.pid").read_text()
        server = int(note.split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text()
        for process in (server, *map(int, children.split())):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def promote_the_second(self) -> None:
        assert self.ask(self.second, "select pg_promote(true, 100)") == [(True,)]


@dataclass
class Writer:
    """Logs one rescue after the other, and each again until it is confirmed."""

    address: str
    key: str
    confirmed: list[str] = field(default_factory=list)  # by the key of the call
    refused: list[tuple[int, str | None, str]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        while not self.stopped.is_set():
            number = str(uuid.uuid4())
            while not self._is_written(number) and not self.stopped.is_set():
                time.sleep(0.2)

    def _is_written(self, number: str) -> bool:
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": number}
        headers |= {"Content-Type": "application/json"}
        sent = urllib.request.Request(self.address, json.dumps(REPORT).encode(), headers)
        try:
            with urllib.request.urlopen(sent, timeout=A_WHILE) as answer:
                self.confirmed.append(number)
                return bool(answer.status == 201)
        except urllib.error.HTTPError as error:
            words = json.loads(error.read())["detail"]
            self.refused.append((error.code, error.headers["Retry-After"], words))
            return False
        except OSError:  # the web server has ended
            return False


@pytest.fixture
def pair(house: House, tmp_path: Path) -> Iterator[Pair]:
    home = tmp_path / "pair"
    home.mkdir()
    with replicas.followed(home) as (first, second):
        made = Pair(home, first, second)
        made.follow_in_step()
        house.urls = house.urls | {"app": made.url}
        yield made


@pytest.fixture
def address(house: House, pair: Pair) -> str:
    """Of the web server, which knows both."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "--config=python:casework.conf.gunicorn"]
    command += [f"--bind={place}", "--workers=1"]
    with (house.folder / "celery-web.log").open("wb") as log:
        house.started.append(
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=house.environment("app"),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        )
    assert eventually(lambda: ready(place) == 200, A_WHILE), house.said()
    return place


def ready(place: str) -> int:
    try:
        with urllib.request.urlopen(f"http://{place}/readyz", timeout=A_WHILE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_confirmed_is_lost(house: House, pair: Pair, address: str) -> None:
    assert servers.database("DATABASE_URL", pair.url)["NAME"] == NAME
    key = house.ask("key", {})["key"]
    writers = [Writer(f"http://{address}/api/v1/rescue-reports/", key) for _ in range(WRITERS)]
    threads = [threading.Thread(target=writer.work) for writer in writers]
    for thread in threads:
        thread.start()

    def each(many: int, of: str) -> bool:
        return eventually(lambda: all(len(vars(one)[of]) >= many for one in writers), A_WHILE)

    try:
        assert each(3, "confirmed"), (house.said(), writers)
        pair.part()
        before = [len(one.confirmed) for one in writers]
        pair.lose_the_first()
        assert each(3, "refused"), writers
        assert ready(address) == 503
        assert [len(one.confirmed) for one in writers] == before, "confirmed by nobody"
        pair.promote_the_second()
        assert each(max(before) + 3, "confirmed"), writers
    finally:
        for writer in writers:
            writer.stopped.set()
        for thread in threads:
            thread.join()
    assert {one for writer in writers for one in writer.refused} == {(503, "5", TRY_AGAIN)}
    confirmed = {number for writer in writers for number in writer.confirmed}
    ((many,),) = pair.ask(pair.second, "select count(*) from casework_rescue")
    assert many == len(confirmed) == sum(len(writer.confirmed) for writer in writers)
