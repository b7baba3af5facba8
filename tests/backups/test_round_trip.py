"""A backup of the demonstration becomes the demonstration again; whatever differs is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from backups import archive, drilling, making, restoring
from backups.faults import Fault
from backups.stores import Folder
from core.local import binaries, database_urls
from core.local.paths import ROOT
from tests import databases
from tests.backups.conftest import NAME, Remade, drill, in_clear, source

pytestmark = [pytest.mark.slow]
RESTORED = f"{NAME}_restored"
# Without a line in the history, as by somebody who covers it up.
UNNOTED = """
begin; alter table casework_case disable trigger user;
update casework_case set reference = %s where id = %s;
alter table casework_case enable trigger user; commit
"""


def manage(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    done = [sys.executable, "manage.py", *map(str, command)]
    env = os.environ | {"CASEWORK_ENV": "test", "CASEWORK_AS_OWNER": "1"} | env
    return subprocess.run(done, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def addresses(name: str) -> dict[str, str]:
    urls = database_urls()
    owner = urls["owner"]
    return {
        "DATABASE_URL": databases.named(owner, name),
        "DATABASE_OWNER_URL": databases.named(owner, name),
        "BACKUP_DATABASE_URL": databases.named(urls["backup"], name),
        "DATABASE_ADMIN_URL": owner.replace("casework_owner@/casework", "postgres@/postgres"),
        "FIELD_KEYS": settings.FIELD_KEYS,
    }


def test_it_is_restored_as_it_was(world, made, officers):
    """By either officer alone; every table, rule and right is compared."""
    backup, folder = made
    done = drill(folder, backup.name, officers.files[1])
    assert done.differences == []
    assert len(backup.manifest["database"]["table"]) > 200
    assert len(backup.manifest["database"]["policy"]) > 400
    assert backup.files.count > 0


HERE = sorted({server.major for server in binaries.servers()})


@pytest.mark.nightly
@pytest.mark.parametrize("version", HERE)
def test_into_every_server_of_this_machine_that_is_no_older(world, made, officers, version):
    """By a program that asks this server for nothing it does not have."""
    backup, folder = made
    of = source(folder, backup.name, officers.files[0])
    with drilling._server(version) as (server, home):
        admin = server.format(role="postgres", name="postgres")
        owner = server.format(role="casework_owner", name="restored")
        target = restoring.Target(admin, owner, "restored", home / "files", settings.FIELD_KEYS)
        if version < backup.about["postgresql"]:
            with pytest.raises(Fault, match=f"and the server is PostgreSQL {version}. Nothing"):
                restoring.restore(of, target)
        else:
            assert restoring.restore(of, target).differences == []


def test_not_into_an_older_server(made, officers, tmp_path):
    backup, folder = made
    remade = Remade(folder, backup.name, officers)
    about = json.loads(remade.members[0][1]) | {"postgresql": 99}
    remade.members[0] = (archive.ABOUT, json.dumps(about).encode())
    name = remade.write("casework-2026-01-03T030405Z.tar.age")
    try:
        with pytest.raises(Fault, match=r"No usable PostgreSQL was found \(99 or newer\)"):
            drill(folder, name, officers.files[0])
        owner = database_urls()["owner"]
        admin = owner.replace("casework_owner@/casework", "postgres@/postgres")
        target = restoring.Target(admin, owner, RESTORED, tmp_path / "files", settings.FIELD_KEYS)
        with pytest.raises(Fault, match="made of PostgreSQL 99, and the server is PostgreSQL"):
            restoring.restore(source(folder, name, officers.files[0]), target)
    finally:
        (folder.path / name).unlink()
    assert not (tmp_path / "files").exists()


def test_nothing_of_it_is_in_clear(world, made):
    """Neither names of tables, nor what they hold, nor those who can open it."""
    backup, folder = made
    text = (folder.path / backup.name).read_bytes()
    ((reference,),) = world.say("select reference from casework_case limit 1")
    for word in (b"casework_case", reference.encode(), b"PGDMP", b"manifest"):
        assert word not in text
    assert text.startswith(b"age-encryption.org/v1")
    assert [path.name for path in folder.path.iterdir()] == [backup.name]


def test_tar_and_pg_restore_read_it_without_casework(made, officers, tmp_path):
    """Whoever holds a key can get at the data when nothing of ours runs any more."""
    backup, folder = made
    members = dict(Remade(folder, backup.name, officers).members)
    assert b"casework_backup" in members[archive.ROLES]
    dump = tmp_path / "dump"
    parts = sorted(name for name in members if name.startswith(archive.DATABASE))
    dump.write_bytes(b"".join(members[name] for name in parts))
    listed = subprocess.run(["pg_restore", "--list", dump], capture_output=True, check=True)
    assert b"TABLE DATA public casework_case " in listed.stdout
    assert in_clear(b"".join(archive.member("a", b"b")) + archive.END).getnames() == ["a"]


@pytest.fixture(scope="module")
def differing(world, officers, tmp_path_factory):
    """A backup whose database is not the one its manifest was made of, by one cell and one policy;
    and which lacks a file. Other tests write to this world: both halves are made here."""
    folder = Folder(tmp_path_factory.mktemp("differing"))
    first = Remade(folder, making.make(world.making(officers), folder).name, officers)
    ((case, reference),) = world.say("select id, reference from casework_case limit 1")
    ((sentence,),) = world.say(
        "select format('create policy %I on %I as %s for %s to %s using (%s)', policyname,"
        "  tablename, permissive, cmd, array_to_string(roles, ','), qual)"
        " from pg_policies where tablename = 'casework_note' and policyname = 'in_scope'"
    )
    world.say(UNNOTED, "X-1", case)
    world.say("drop policy in_scope on casework_note")
    try:
        later = making.make(world.making(officers), folder)
    finally:
        world.say(UNNOTED, reference, case)
        world.say(sentence)
    other = Remade(folder, later.name, officers)
    is_dump = archive.DATABASE
    head = [m for m in other.members if not m[0].startswith((archive.FILES, archive.MANIFEST))]
    files = [m for m in first.members if m[0].startswith(archive.FILES)][1:]
    assert any(name.startswith(is_dump) for name, _content in head)
    name = first.write("casework-2026-01-02T030405Z.tar.age", [*head, *files, first.members[-1]])
    (folder.path / later.name).unlink()
    return drill(folder, name, officers.files[0]).differences


@pytest.mark.nightly
def test_one_changed_cell_is_found(differing):
    assert "table public.casework_case: other values in as many rows" in differing


@pytest.mark.nightly
def test_one_missing_file_is_found(differing):
    assert "received files: 1 that the database names are missing" in differing
    assert "received files: not those that were backed up" in differing


@pytest.mark.nightly
def test_a_policy_that_was_left_out_is_found(differing):
    assert "policy in_scope on casework_note: is missing" in differing


@pytest.mark.nightly
def test_nothing_else_differs(differing):
    known = ("table public.casework_case", "received files", "policy in_scope on casework_note")
    assert [line for line in differing if not line.startswith((*known, "sequence"))] == []


@pytest.mark.nightly
def test_by_command_into_an_empty_place(world, officers, tmp_path):
    """`backup`, then `restore` under another name; once more, it is refused: it is not empty."""
    server = database_urls()["owner"]
    databases.drop(server, RESTORED)
    to, files = tmp_path / "kept", tmp_path / "files"
    said = {
        "BACKUP_TO": str(to),
        "BACKUP_RECIPIENTS": ",".join(officers.public),
        "CASEWORK_FILES": str(world.files),
    }
    done = manage("backup", **addresses(NAME), **said)
    assert (done.returncode, done.stderr) == (0, "")
    (name,) = (one.name for one in Folder(to).kept())
    assert done.stdout.startswith(f"{name} in {to}: ")
    restore = ["restore", name, "--identity", officers.files[0], "--files", files]
    done = manage(*restore, **addresses(RESTORED), **said)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no difference" in done.stdout
    count = "select count(*) from casework_case"
    restored = databases.named(server, RESTORED)
    assert databases.statement(restored, count) == world.say(count)
    sealed = "select sealed is not null from core_installation"
    assert databases.statement(restored, sealed) == [(True,)]  # bound to its keys from now on
    again = manage(*restore, **addresses(RESTORED), **said)
    assert again.returncode == 1
    assert f"The database {RESTORED} is not empty" in again.stderr
    databases.drop(server, RESTORED)
    again = manage(*restore, **addresses(RESTORED), **said)
    assert again.returncode == 1
    assert f"{files} is not empty" in again.stderr
    with pytest.raises(psycopg2.OperationalError):
        databases.statement(restored, count)


@pytest.mark.nightly
def test_a_dump_that_pg_restore_does_not_take_ends_the_command(world, made, officers, tmp_path):
    """With most of the backup still unread: nothing waits for whoever would read it."""
    backup, folder = made
    remade = Remade(folder, backup.name, officers)
    number = next(
        n for n, (name, _) in enumerate(remade.members) if name.startswith(archive.DATABASE)
    )
    remade.members[number] = (remade.members[number][0], os.urandom(8 << 20))
    remade.folder = Folder(tmp_path / "kept")
    name = remade.write("casework-2026-01-02T030405Z.tar.age")
    said = {"BACKUP_TO": str(tmp_path / "kept"), "BACKUP_RECIPIENTS": " ".join(officers.public)}
    restore = ["restore", name, "--identity", officers.files[0], "--files", tmp_path / "files"]
    done = manage(*restore, **addresses(RESTORED), **said)
    assert done.returncode == 1
    assert "pg_restore did not finish, and nothing was restored" in done.stderr


def _begin_and_break_off(target):
    with restoring._all_or_nothing(target):
        assert [path.name for path in target.files.iterdir()] == [restoring.MARK]
        raise KeyboardInterrupt


def test_the_next_one_clears_what_a_killed_restore_left(tmp_path):
    """Its database has another name until all is done; its folder is marked."""
    server = database_urls()["owner"]
    admin = server.replace("casework_owner@/casework", "postgres@/postgres")
    target = restoring.Target(admin, server, RESTORED, tmp_path / "files", settings.FIELD_KEYS)
    databases.drop(server, target.draft)
    databases.statement(server, f"create database {target.draft}")
    (target.files / "ab").mkdir(parents=True)
    (target.files / restoring.MARK).touch()
    (target.files / "ab" / ("a" * 32)).write_text("half")
    restoring._refuse_full(target)
    with pytest.raises(KeyboardInterrupt):
        _begin_and_break_off(target)
    assert list(Path(target.files).iterdir()) == []
    there = "select datname from pg_database where datname like %s"
    assert databases.statement(server, there, f"{RESTORED}%") == []
