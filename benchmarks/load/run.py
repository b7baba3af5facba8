"""Many people at once, on the web server and the database as they run in production.

`python -m benchmarks.load.run`: 250 people for ten minutes, each of whom looks at a page for 10 to
30 seconds; then three times as many as this machine could bear by what the first took of it; then
the first again, for a minute. At the end what a request takes of the ten pages asked most, and of
lists beside plain ones.

Promised: no error and p95 within a second in the first; memory and connections flat, within 5 %
from the third minute on; in the second every refusal says when to try again, and whoever signs in
or logs a rescue is not refused; in the last all is as it was.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.harness import connect, load, scratch_database
from benchmarks.load import cost
from benchmarks.load.pages import RESCUE
from benchmarks.load.world import world
from core.local.broker import running_server
from core.local.paths import ROOT, var_dir
from core.local.run import refuse_taken

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCKED = Path(__file__).with_name("requirements.lock")
P95 = 1000  # milliseconds promised
FLAT = 1.05
WARM = 120  # seconds until caches are full and plans are kept
EVERY = 5  # seconds between two looks at memory and connections
TOO_MANY = 3
STORM, MINUTE = 180, 60  # seconds
REFUSED = "refused"  # as `people.py` names what was refused
KEPT = ("sign in: the page", "sign in: the password", RESCUE)
PLAIN = "benchmarks.load.plain:application"
CONNECTIONS = "select count(*) from pg_stat_activity where datname = current_database()"
CPU = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """gunicorn and the backends of the database it works with."""

    address: str
    process: subprocess.Popen[bytes]
    owner: Any
    memory: list[tuple[float, int]] = field(default_factory=list)  # moment, kB
    connections: list[tuple[float, int]] = field(default_factory=list)

    def workers(self) -> list[int]:
        of = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in of.read_text().split()]

    def backends(self) -> list[int]:
        with self.owner.cursor() as cursor:
            cursor.execute(
                "select pid from pg_stat_activity where datname = current_database()"
                " and pid <> pg_backend_pid()"
            )
            return [pid for (pid,) in cursor.fetchall()]

    def look(self) -> None:
        moment, backends = time.monotonic(), self.backends()
        self.memory.append((moment, sum(map(_memory, self.workers()))))
        self.connections.append((moment, len(backends)))

    def cpu(self) -> float:
        """Seconds of processor that the server and its backends have taken so far."""
        return sum(map(_cpu, [*self.workers(), *self.backends()]))


def _memory(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def _cpu(pid: int) -> float:
    try:
        numbers = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:  # a connection that was closed meanwhile
        return 0
    return (int(numbers[11]) + int(numbers[12])) / CPU


@dataclass(frozen=True)
class Phase:
    """What Locust saw: by name how often it was asked, how often in vain, and the 95th of 100."""

    rows: dict[str, dict[str, str]]
    cpu: float
    seconds: float

    def sum(self, what: str, *, refused: bool) -> int:
        return sum(
            int(row[what]) for name, row in self.rows.items() if name.startswith(REFUSED) == refused
        )

    @property
    def slow(self) -> list[str]:
        """What took longer than promised more than five times in a hundred."""
        return [name for name, row in self.rows.items() if int(row["95%"]) > P95]

    def asked(self, name: str) -> int:
        return int(self.rows.get(name, {}).get("Request Count", 0))

    def show(self) -> None:
        for name, row in sorted(self.rows.items()):
            print(
                f"  {name:32} {row['Request Count']:>7} asked, {row['Failure Count']} in vain,"
                f" p50 {row['50%']} ms, p95 {row['95%']} ms"
            )
        print(f"  the server took {self.cpu / self.seconds:.2f} cores")


@contextmanager
def serving(
    urls: dict[str, str], folder: Path, port: int, *wsgi: str, **more: str
) -> Iterator[Server]:
    """As in production; with `wsgi`, another application."""
    refuse_taken(port)  # by another server, which would be measured in place of this one
    var = folder / str(port)
    var.mkdir()
    with running_server(var) as (broker, _servers):
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "benchmarks.load.settings",
            "DATABASE_URL": urls["app"],
            "REDIS_URL": broker,
        }
        command = [sys.executable, "-m", "gunicorn", "--config=python:casework.conf.gunicorn"]
        command += [f"--bind=127.0.0.1:{port}", *wsgi]
        process = subprocess.Popen(command, cwd=ROOT, env=env | more)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address)
            yield Server(address, process, connect(urls["owner"]))
        finally:
            process.terminate()
            process.wait(60)


def locust() -> Path:
    """Installed apart, at the first call: what it changes in Python is nothing for our tests."""
    place = var_dir() / "locust"
    if not (place / "bin" / "locust").exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        install = [place / "bin" / "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*install, "--requirement", LOCKED], check=True)
    return place / "bin" / "locust"


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except urllib.error.HTTPError:  # it has no such page, and answers
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The web server does not answer.")


def phase(server: Server, folder: Path, *, people: int, seconds: int) -> Phase:
    """So many people for so long; memory and connections are looked at meanwhile."""
    print(f"{people:,} people, {seconds} s", flush=True)
    command = [str(locust()), "--headless", "--only-summary", "--loglevel=ERROR"]
    command += ["--locustfile=benchmarks/load/people.py", f"--host={server.address}"]
    command += [f"--users={people}", f"--spawn-rate={max(1, people // 30)}"]
    command += [f"--run-time={seconds}s", "--stop-timeout=10", f"--csv={folder / 'seen'}"]
    env = os.environ | {"LOAD_WORLD": str(folder / "world.json"), "PYTHONPATH": str(ROOT)}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(EVERY):
            server.look()

    watcher = threading.Thread(target=watch)
    before, began = server.cpu(), time.monotonic()
    watcher.start()
    with (folder / "locust.log").open("wb") as log:
        subprocess.run(command, cwd=ROOT, env=env, stdout=log, stderr=log, check=False)
    over.set()
    watcher.join()
    with (folder / "seen_stats.csv").open() as text:
        rows = {row["Name"]: row for row in csv.DictReader(text) if row["Name"] != "Aggregated"}
    made = Phase(rows, server.cpu() - before, time.monotonic() - began)
    made.show()
    return made


def require(promise: str, *, kept: bool) -> None:
    print(f"{promise}: {'kept' if kept else 'MISSED'}", flush=True)


def flat(seen: list[tuple[float, int]], since: float) -> bool:
    """Whether the last minute is no more than the first one after the warm-up."""
    later = [value for moment, value in seen if moment >= since]
    piece = max(1, min(len(later) // 2, 60 // EVERY))
    first, last = sum(later[:piece]) / piece, sum(later[-piece:]) / piece
    print(f"  {first:,.0f} at first, {last:,.0f} in the end")
    return last <= FLAT * first


def main(people: int, seconds: int, scale: float, port: int, *, calm: bool) -> None:
    with scratch_database() as urls, tempfile.TemporaryDirectory() as at:
        load(urls, scale)
        folder, known = Path(at), world(people)
        (folder / "world.json").write_text(json.dumps(known))
        with serving(urls, folder, port) as server:
            seen = as_usual(server, folder, people=people, seconds=seconds)
            if not calm:
                bears = people * (os.cpu_count() or 1) * seen.seconds / seen.cpu
                far_too_many(server, folder, people=int(TOO_MANY * bears))
                again(server, folder, people=people)
            cost.of_the_hottest(server, seen, known["people"])
            plain = {"DJANGO_SETTINGS_MODULE": "benchmarks.naive.settings"}
            with serving(urls, folder, port + 1, PLAIN, **plain) as other:
                cost.beside_plain(server, other, known["people"]["case_manager"][0])


def as_usual(server: Server, folder: Path, *, people: int, seconds: int) -> Phase:
    since = time.monotonic() + min(WARM, seconds / 3)
    seen = phase(server, folder, people=people, seconds=seconds)
    require("no error", kept=not seen.sum("Failure Count", refused=False))
    require("nobody refused", kept=not seen.sum("Request Count", refused=True))
    require(f"p95 within {P95} ms {seen.slow or ''}", kept=not seen.slow)
    require("memory flat (kB of the web workers)", kept=flat(server.memory, since))
    require("connections flat", kept=flat(server.connections, since))
    return seen


def far_too_many(server: Server, folder: Path, *, people: int) -> None:
    seen = phase(server, folder, people=people, seconds=STORM)
    require("no error in the storm", kept=not seen.sum("Failure Count", refused=False))
    require("refused in words", kept=seen.sum("Request Count", refused=True) > 0)
    pushed = [name for name in KEPT if f"{REFUSED}: {name}" in seen.rows]
    require(f"signing in and rescues first {pushed or ''}", kept=not pushed)


def again(server: Server, folder: Path, *, people: int) -> None:
    seen = phase(server, folder, people=people, seconds=MINUTE)
    refused = seen.sum("Request Count", refused=True)
    require(f"as before within a minute {seen.slow or ''}", kept=not seen.slow and not refused)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=250)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--port", type=int, default=8377)
    parser.add_argument("--calm", action="store_true", help="without the storm")
    asked = parser.parse_args()
    main(asked.people, asked.seconds, asked.scale, asked.port, calm=asked.calm)
