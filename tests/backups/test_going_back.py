"""An update that is not right is taken back, as `docs/how-to/update.md` says: by a restore."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest

from backups import likeness
from core import installation
from core.local import database_urls
from core.local.paths import ROOT
from tests import databases
from tests.backups.conftest import NAME
from tests.backups.test_round_trip import addresses, manage

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
HERE = f"{NAME}_updated"
AFTER = f"{HERE}_after"
LEFT = (".*", "var", "images", "benchmarks", "tests", "__pycache__")
NEXT = installation.SCHEMA + 1
# Adds what older code does not fill, and changes rows.
INVENTED = """
from django.db import migrations
from core.installation import older_code_breaks

class Migration(migrations.Migration):
    dependencies = [("casework", "{last}")]
    operations = [
        migrations.RunSQL(
            "alter table casework_case add column invented text not null default 'x';"
            "alter table casework_case alter column invented drop default;"
            "update accounts_office set name = 'Invented ' || code",
            migrations.RunSQL.noop,
        ),
        older_code_breaks({schema}),
    ]
"""
# Written while a database is restored, each with what it is.
WRITTEN = {"public.core_installation": "bound to its keys, which it is not in tests before"}


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this code with one more migration, which older code cannot work with."""
    there = tmp_path_factory.mktemp("newer") / "casework"
    shutil.copytree(ROOT, there, ignore=shutil.ignore_patterns(*LEFT))
    folder = there / "casework" / "migrations"
    last = sorted(path.stem for path in folder.glob("[0-9]*.py"))[-1]
    name = f"{int(last[:4]) + 1:04}_invented"
    (folder / f"{name}.py").write_text(INVENTED.format(last=last, schema=NEXT))
    path = there / "core" / "installation.py"
    path.write_text(re.sub(r"^SCHEMA = \d+$", f"SCHEMA = {NEXT}", path.read_text(), flags=re.M))
    return there


def migrate(code: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"CASEWORK_ENV": "development", "CASEWORK_AS_OWNER": "1"} | addresses(HERE)
    command = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"]
    return subprocess.run(command, cwd=code, env=env, capture_output=True, text=True, check=False)


def digests() -> dict[str, str]:
    """Of every table, as a backup compares them."""
    url = databases.named(database_urls()["backup"], HERE)
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        likeness.pin(cursor)
        return dict(likeness.tables(cursor))


@pytest.fixture
def here(world):
    server = database_urls()["owner"]
    for name in (HERE, AFTER):
        databases.drop(server, name)
    databases.statement(server, f"create database {HERE} template {NAME}")
    yield server
    for name in (HERE, AFTER):
        databases.drop(server, name)


def test_forward_and_back(here, world, officers, newer, tmp_path):
    files = tmp_path / "files"
    shutil.copytree(world.files, files)
    said = {
        "BACKUP_TO": str(tmp_path / "kept"),
        "BACKUP_RECIPIENTS": ",".join(officers.public),
        "CASEWORK_FILES": str(files),
    }
    before = digests()
    # Forward.
    done = manage("backup", **addresses(HERE), **said)
    assert (done.returncode, done.stderr) == (0, "")
    (backup,) = (tmp_path / "kept").iterdir()
    done = migrate(newer)
    assert (done.returncode, done.stderr) == (0, "")
    assert digests()["public.accounts_office"] != before["public.accounts_office"]
    # The older code does not touch what it cannot work with.
    refused = migrate(ROOT)
    assert refused.returncode == 1
    assert "This database needs a newer Casework" in refused.stderr
    # Back.
    databases.statement(here, f"alter database {HERE} rename to {AFTER}")
    files.rename(tmp_path / "files-after")
    restore = ["restore", backup.name, "--identity", officers.files[0], "--files", files]
    done = manage(*restore, **addresses(HERE), **said)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no difference" in done.stdout
    after = digests()
    assert {name for name in before if before[name] != after[name]} == WRITTEN.keys()
    assert migrate(ROOT).returncode == 0
    ours = {path.relative_to(files) for path in files.rglob("*") if path.is_file()}
    assert ours == {p.relative_to(world.files) for p in world.files.rglob("*") if p.is_file()}
