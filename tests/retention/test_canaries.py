"""A person who was erased is sought everywhere: in the files of the database, a dump, received
files, the broker, logs, and a backup of before that was restored.

Each mark is found in its place before. What stays where, and until when, says
`docs/how-to/keep-the-ledger-of-erasures.md`; this holds it to its word.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connections, transaction

from backups.stores import Folder
from casework.files.received import path_of
from core import jobs
from core.local import broker, database_urls
from core.local.paths import var_dir
from tests import databases, factories
from tests.backups.conftest import officers  # noqa: F401
from tests.backups.test_round_trip import manage
from tests.factories import papers
from tests.factories import retention as kept
from tests.jobs.conftest import House, needs_redis
from tests.jobs.test_canaries import kept_in_redis
from tests.retention.survivors import all_of_one, hanging_from
from tests.retention.world import IDS_STAY, dump, files_of, filled, marks, of_row

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    needs_redis,
    pytest.mark.skipif(
        bool(os.environ.get("DATABASE_URL")),
        reason="the files of a server elsewhere cannot be searched",
    ),
]
NAME = "casework_canaries_test" + os.environ.get("PYTEST_XDIST_WORKER", "")
RESTORED = f"{NAME}_erased"
OFFENDER = "Qvazlimond Zrebnytho"
WHERE = "select setting from pg_settings where name = 'data_directory'"
# Files of a table, its index and its overflow, as the server names them within its folder.
BELONG = """
select pg_relation_filepath(c.oid) from pg_class t left join pg_index i on i.indrelid = t.oid
  join pg_class c on c.oid in (t.oid, i.indexrelid, t.reltoastrelid)
 where t.relname = any (%s) and pg_relation_filepath(c.oid) is not null
"""


def admin() -> str:
    return database_urls()["owner"].replace("casework_owner@/casework", "postgres@/postgres")


def home() -> Path:
    ((folder,),) = databases.statement(admin(), WHERE)
    return Path(folder)


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """All that this process asks the database it asks in this one."""
    usual = connections["default"].settings_dict["NAME"]
    for go_to in (name, usual):
        for each in connections.all():
            each.close()
            each.settings_dict["NAME"] = go_to
        if go_to == name:
            try:
                yield
            finally:
                connections.close_all()


def as_stored(mark: str) -> bytes:
    """An id and a ciphertext are bytes on the disk, and words are words."""
    with suppress(ValueError):
        return UUID(mark).bytes
    with suppress(ValueError):
        return bytes.fromhex(mark)
    return mark.encode()


def search_keys(case: Any) -> dict[str, str]:
    """By what the one offender of a rare name is found, in any script and by sound."""
    row = factories.perpetrator(case, name=OFFENDER)
    factories.suspect(case, perpetrator=row)
    return {getattr(row, key): f"prosecutions_perpetrator.{key}" for key in row.names}


@dataclass
class Disk:
    """The files of one database, read once: which marks stand in which of them."""

    name: str
    files: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, name: str) -> Disk:
        url = databases.named(admin(), name)
        databases.statement(url, "checkpoint")
        ((oid,),) = databases.statement(
            url, "select oid from pg_database where datname = current_database()"
        )
        at = home()
        every = (path for path in (at / "base" / str(oid)).iterdir() if path.is_file())
        return cls(name, {str(path.relative_to(at)): path.read_bytes() for path in every})

    def holding(self, mark: str) -> set[str]:
        stored = as_stored(mark)
        return {name for name, held in self.files.items() if stored in held}

    def without(self, tables: set[str]) -> Disk:
        """But for the tables in which ids stay."""
        found = databases.statement(databases.named(admin(), self.name), BELONG, [*tables])
        theirs = {path for (path,) in found}
        kept_files = {
            name: held for name, held in self.files.items() if name.split(".")[0] not in theirs
        }
        return Disk(self.name, kept_files)


def in_the_log(several: set[bytes]) -> int:
    """In how many files of the write-ahead log one of these stands."""
    files = [path.read_bytes() for path in (home() / "pg_wal").iterdir() if path.is_file()]
    return sum(any(mark in held for mark in several) for held in files)


def addresses() -> dict[str, str]:
    urls = database_urls()
    return {
        "DATABASE_URL": databases.named(urls["owner"], NAME),
        "DATABASE_OWNER_URL": databases.named(urls["owner"], NAME),
        "BACKUP_DATABASE_URL": databases.named(urls["backup"], NAME),
        "DATABASE_ADMIN_URL": admin(),
    }


def done(*command: Any, **said: str) -> str:
    ended = manage(*command, **(addresses() | said))
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def erase_by_a_worker(house: House, erasure: Any) -> None:
    jobs.request("retention")
    house.worker()
    deadline = time.monotonic() + 60
    while erasure.status != "erased":
        assert time.monotonic() < deadline, house.said()
        time.sleep(0.2)
        erasure.refresh_from_db()
    for process in house.started:
        process.terminate()
        process.wait()


@pytest.fixture
def house(tmp_path, monkeypatch, settings, django_db_blocker) -> Iterator[House]:
    """A database of its own; this process and the worker have the same keys and files."""
    databases.make(NAME)
    there = {role: databases.named(url, NAME) for role, url in database_urls().items()}
    made = House(there, tmp_path / "house")
    made.folder.mkdir()
    (made.folder / ".casework").touch()
    monkeypatch.setenv("FIELD_KEYS", settings.FIELD_KEYS)
    monkeypatch.setenv("CASEWORK_FILES", str(made.folder / "files"))
    settings.FILES_ROOT = made.folder / "files"
    with (
        broker.running_server(made.folder) as (made.redis, _servers),
        django_db_blocker.unblock(),
        working_in(NAME),
    ):
        yield made
    made.close()
    databases.drop(database_urls()["owner"], NAME)


@dataclass
class Sought:
    """What must not be found again, by what it is."""

    marks: dict[str, str]
    seconds: float = 0

    @property
    def ids(self) -> set[str]:
        return {mark for mark, what in self.marks.items() if what.endswith(".id")}

    @property
    def secret(self) -> set[bytes]:
        return {as_stored(mark) for mark, what in self.marks.items() if what.endswith("encrypted")}

    def left(self, name: str) -> set[str]:
        """What of it is there, in the files of a database or in a dump of it."""
        began = time.monotonic()
        on_disk, in_dump = Disk.read(name), dump()
        without_ids, ids = on_disk.without(IDS_STAY), self.ids
        found = {
            what
            for mark, what in self.marks.items()
            if (without_ids if mark in ids else on_disk).holding(mark)
            or any(mark in held for at, held in in_dump.items() if at not in IDS_STAY)
        }
        self.seconds += time.monotonic() - began
        return found

    def nowhere(self, name: str) -> list[str]:
        """What of it is missing from one of the two, before."""
        on_disk, in_dump = Disk.read(name), dump().values()
        return [
            what
            for mark, what in self.marks.items()
            if not on_disk.holding(mark) or not any(mark in held for held in in_dump)
        ]

    def beside(self, places: dict[str, bytes]) -> set[str]:
        """Where of these it is found, as it is written or stored."""
        spelt = [one for mark in self.marks for one in (mark.encode(), as_stored(mark))]
        return {at for at, held in places.items() if any(one in held for one in spelt)}


def of_a_case() -> tuple[Any, dict[str, Any], dict[str, str], list[Path]]:
    """A closed case with a row of everything: what is erased, its marks, its files."""
    case = filled()
    return case, {}, marks(case) | search_keys(case), files_of(case)


def of_a_survivor() -> tuple[Any, dict[str, Any], dict[str, str], list[Path]]:
    """One survivor of such a case, with a paper of this one alone."""
    case = filled()
    part = all_of_one(case)
    paper = papers.version(case, file=papers.stored_file(b"Invented paper of one"))
    found: dict[str, str] = {}
    for table, ids in hanging_from(part, part.victim, paper.document).items():
        model = next(m for m in apps.get_models() if m._meta.db_table == table)
        for row in model._base_manager.filter(pk__in=ids):
            found |= of_row(row)
    told = {"of_person": part.victim_id, "papers": [paper.document_id]}
    return case, told, found, [path_of(paper.file_id)]


@pytest.mark.nightly
@pytest.mark.parametrize("planted", [of_a_case, of_a_survivor])
def test_c4_an_erased_person_is_found_nowhere(house, officers, tmp_path, capsys, planted):  # noqa: F811
    with transaction.atomic():
        case, told, mine, files = planted()
        others = set(marks(filled()))
    sought = Sought({mark: what for mark, what in mine.items() if mark not in others})
    assert min(len(sought.ids), len(sought.secret), len(files)) > 0
    assert in_the_log(sought.secret)  # at once: what others write here turns the log over as well
    assert sought.nowhere(NAME) == []
    said = {"BACKUP_TO": str(tmp_path / "kept"), "BACKUP_RECIPIENTS": ",".join(officers.public)}
    done("backup", **said)
    (backup,) = (one.name for one in Folder(tmp_path / "kept").kept())

    with transaction.atomic():
        erasure = kept.confirmed_erasure(case, **told)
    erase_by_a_worker(house, erasure)
    assert sought.left(NAME), "a deleted row leaves its bytes; else the next lines prove little"
    assert "tables were written anew" in done("clear_erased")
    assert sought.left(NAME) == set()
    assert in_the_log(sought.secret) == 0
    assert not any(path.exists() for path in files)
    logs = {str(path): path.read_bytes() for path in house.folder.rglob("*") if path.is_file()}
    logs |= {str(path): path.read_bytes() for path in var_dir().glob("*.log")}
    assert sought.beside(kept_in_redis(house) | logs) == set()

    restored_they_are_nowhere(backup, officers.files[0], sought, files, house, said)
    with capsys.disabled():
        sys.stdout.write(f"\n{len(sought.marks)} marks: {sought.seconds:.0f} s for three scans\n")


def restored_they_are_nowhere(backup, key, sought, files, house, said):
    """A backup of before, restored: the ledger erases again."""
    received, again = house.folder / "files", house.folder / "again"
    owner = database_urls()["owner"]
    databases.drop(owner, RESTORED)
    there = dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL"), databases.named(owner, RESTORED))
    there["ERASURE_LEDGER"] = str(received / "erasures.ledger")
    done("restore", backup, "--identity", key, "--files", again, **(said | there))
    try:
        with working_in(RESTORED):
            assert not any((again / path.relative_to(received)).exists() for path in files)
            done("clear_erased", **there)
            assert sought.left(RESTORED) == set()
    finally:
        databases.drop(owner, RESTORED)
