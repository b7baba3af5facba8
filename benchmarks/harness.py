"""Two ways to do the same work, compared by the CPU they take: Python plus PostgreSQL.

CPU per call is that of this process and, from the scheduler (`/proc/<pid>/schedstat`), that of
the backend that served it; wall time moves twofold on a shared machine, CPU by 15-30 %. The sides
take turns, medians are compared, and no ratio is printed unless both sides returned or wrote the
same rows on a machine where nobody else used the database.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import psycopg2

from core.local import database_urls
from core.local.paths import ROOT
from tests import databases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATABASE = "casework_bench"
SETTINGS = "benchmarks.naive.settings"
PATIENCE = "60s"  # a statement that takes longer ends the measurement
CLEANING = 120  # seconds that the server may take to clean up after a load
MILLION = 1_000_000


@dataclass
class Side:
    """One way to do it: a call, the backend it uses, and what comes out, to be compared."""

    name: str
    call: Callable[[], Any]
    backend: Callable[[], int]
    outcome: Callable[[], Any]
    taken: list[float] = field(default_factory=list)  # CPU milliseconds a call, one per round

    @property
    def cost(self) -> float:
        return median(self.taken)


@contextmanager
def scratch_database() -> Iterator[dict[str, str]]:
    """A migrated database for the length of the block, and its address for each role.

    From here on Django is the application, as the role casework_app, on that database.
    """
    urls = {role: databases.named(url, DATABASE) for role, url in database_urls().items()}
    owner = database_urls()["owner"]
    _refuse_twins(owner)
    databases.make(DATABASE)
    os.environ.update(
        DJANGO_SETTINGS_MODULE=SETTINGS,
        CASEWORK_ENV="development",
        DATABASE_URL=urls["app"],
        BENCH_OWNER_URL=urls["owner"],
        JOBS_OWNER_URL=urls["owner"],
    )
    os.environ.pop("CASEWORK_AS_OWNER", None)
    try:
        import django  # noqa: PLC0415 - it reads the environment set above

        django.setup()
        yield urls
    finally:
        databases.drop(owner, DATABASE)


def load(urls: dict[str, str], scale: float) -> None:
    """The invented world of so many times 250,000 cases; says how long it took to make."""
    env = {"CASEWORK_AS_OWNER": "1", "DATABASE_OWNER_URL": urls["owner"], "DEMO": "1"}
    command = [sys.executable, "manage.py", "generate_load", f"--scale={scale}"]
    before = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=os.environ | env, check=True)
    print(f"made in {time.perf_counter() - before:.0f} s", flush=True)


def _refuse_twins(owner: str) -> None:
    with closing(psycopg2.connect(owner)) as connection, connection.cursor() as cursor:
        cursor.execute("select from pg_stat_activity where datname = %s", [DATABASE])
        if cursor.fetchall():
            raise SystemExit("Another measurement is running; two would disturb each other.")


def connect(url: str) -> Any:
    """A connection with the limit of patience."""
    connection = psycopg2.connect(url, options=f"-c statement_timeout={PATIENCE}")
    connection.autocommit = True
    return connection


def compare(
    promise: str,
    ours: Side,
    other: Side,
    *,
    owner: Any,
    reach: str = "",
    rounds: int = 15,
    calls: int = 20,
    between: Callable[[], None] = lambda: None,
) -> float:
    """Measure both, print one line, and return the ratio: of ours over the other, or of the other
    over ours where that is promised to be large. Without `reach` nothing is promised."""
    for side in (ours, other):  # warm: caches, plans, imports
        side.taken.clear()
        for _ in range(calls):
            side.call()
        between()
    _require_same(ours, other)
    between()
    for number in range(rounds):
        _require_alone(owner, {ours.backend(), other.backend()})
        order = (ours, other) if number % 2 else (other, ours)
        for side in order:
            side.taken.append(_cpu_per_call(side, calls))
            between()
    ratio = other.cost / ours.cost if ">=" in reach else ours.cost / other.cost
    print(
        f"{promise}: ours {ours.cost:.2f} ms CPU, {other.name} {other.cost:.2f} ms CPU, "
        f"ratio {ratio:.2f}{_kept(ratio, reach)}",
        flush=True,
    )
    return ratio


def _kept(ratio: float, reach: str) -> str:
    """What was promised, where anything was, and whether it is so."""
    if not reach:
        return ""
    kept = ratio >= _bound(reach) if ">=" in reach else ratio <= _bound(reach)
    return f" (reach {reach}){'' if kept else '  MISSED'}"


def _bound(reach: str) -> float:
    return float(reach.strip("<>= x"))


def _cpu_per_call(side: Side, calls: int) -> float:
    backend = side.backend()
    before = time.process_time_ns() + cpu_of(backend)
    for _ in range(calls):
        side.call()
    if side.backend() != backend:
        raise SystemExit(f"{side.name}: the database connection changed while it was measured.")
    return (time.process_time_ns() + cpu_of(backend) - before) / calls / MILLION


def cpu_of(pid: int) -> int:
    """Nanoseconds another process was on a processor; exact while it waits for us."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    except FileNotFoundError:
        raise SystemExit(
            "The benchmarks read /proc/<pid>/schedstat: Linux, and PostgreSQL on this machine."
        ) from None


def _require_same(ours: Side, other: Side) -> None:
    mine, theirs = ours.outcome(), other.outcome()
    if mine != theirs:
        different = sorted(set(map(str, _items(mine))) ^ set(map(str, _items(theirs))))
        raise SystemExit(
            f"No ratio: {ours.name} and {other.name} differ. " + "\n  ".join(["", *different[:20]])
        )


def _items(outcome: Any) -> Any:
    if isinstance(outcome, dict):
        return outcome.items()
    return outcome if isinstance(outcome, list | set | tuple) else [outcome]


def _require_alone(owner: Any, mine: set[int]) -> None:
    """Nobody else at work in this database server; what cleans up after a load is waited for."""
    for _ in range(CLEANING):
        others = _others(owner, mine)
        if not others:
            return
        if any(kind != "autovacuum worker" for _pid, _name, kind in others):
            break
        time.sleep(1)
    raise SystemExit(f"No measurement: others use the database now: {others}")


def _others(owner: Any, mine: set[int]) -> list[Any]:
    with owner.cursor() as cursor:
        cursor.execute(
            "select pid, coalesce(datname, ''), backend_type from pg_stat_activity"
            " where state = 'active' and pid <> all(%s) and pid <> pg_backend_pid()"
            " or backend_type in ('autovacuum worker', 'parallel worker')",
            [list(mine)],
        )
        return list(cursor.fetchall())
