"""A history restored into another cluster, and one too large for memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from core.chain import anchors
from core.local import postgres
from core.local.database import ensure_running, leave
from core.local.paths import ROOT
from tests import databases
from tests.core.chaining import happen, history, link_all
from tests.databases import statement
from tests.meta.tables import execute, query

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "aside"]),
]
# Says by how much its memory grew at most, KiB.
VERIFYING = """
import os, sys, django
sys.path.insert(0, ".")
django.setup()
from django.core.management import call_command
from tests.jobs.peak import peak
before = peak()
try:
    call_command("verify_history", anchor=[__import__("pathlib").Path(a) for a in sys.argv[1:]])
finally:
    print("grew by", peak() - before)
"""


def verified(owner, *files):
    """The command in a process of its own, on this database."""
    env = os.environ | {
        "CASEWORK_ENV": "test",
        "CASEWORK_AS_OWNER": "1",
        "DATABASE_URL": owner,
        "DATABASE_OWNER_URL": owner,
        "DJANGO_SETTINGS_MODULE": "casework.conf.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", VERIFYING, *map(str, files)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def elsewhere(tmp_path):
    """A fresh cluster with the roles of Casework; the address of a database to restore into."""
    var = tmp_path / "var"
    var.mkdir(mode=0o700)
    (var / ".casework").touch()
    folder = ensure_running(var)
    statement(f"postgres://postgres@/postgres?host={folder}", "create database restored")
    yield f"@/restored?host={folder}"
    leave(var)
    postgres.stop(var)


@pytest.mark.nightly
def test_after_a_restore_elsewhere_all_is_linked_and_verifies(elsewhere, tmp_path):
    """Its numbers of transactions mean nothing there: of what was linked, and of the rest."""
    history()
    anchor = tmp_path / "anchor.txt"
    anchor.write_text(anchors.head().text)
    happen(3)  # not linked when it is dumped
    here = databases.named(
        databases.database_urls()["owner"], query("select current_database()")[0][0]
    )
    dump = ["pg_dump", "-Fc", here.replace("casework_owner", "postgres")]
    into = ["pg_restore", "--exit-on-error", "-d", f"postgres://postgres{elsewhere}"]
    kept = subprocess.run(dump, check=True, capture_output=True).stdout
    subprocess.run(into, check=True, input=kept)
    owner = f"postgres://casework_owner{elsewhere}"

    code, said = verified(owner, anchor)
    assert (code, "unsealed = 3" in said) == (0, True), said
    assert statement(owner, "select events from chain_events(100, null)") == [(3,)]
    code, said = verified(owner, anchor)
    assert (code, "unsealed = 0" in said) == (0, True), said
    # What happens there is linked there, and what is done there is found.
    statement(
        owner,
        "insert into core_auditevent (at, kind, action, target_type, target_id, subjects, detail)"
        " values (now(), 'read', 'x', '', '', '{}', '{}')",
    )
    assert statement(owner, "select events from chain_events(100, null)") == [(1,)]
    assert verified(owner, anchor)[0] == 0
    statement(
        f"postgres://postgres{elsewhere}",
        "set session_replication_role = replica; delete from core_auditevent where id ="
        " (select min(id) from core_auditevent)",
    )
    code, said = verified(owner, anchor)
    assert (code, "is missing" in said) == (1, True), said


@pytest.mark.nightly
def test_a_hundred_thousand_events_are_linked_and_verified_in_little_memory():
    owner = databases.named(
        databases.database_urls()["owner"], query("select current_database()")[0][0]
    )
    grew = []
    for number in (1_000, 100_000):
        execute(
            "insert into core_auditevent (at, kind, action, target_type, target_id, subjects,"
            " detail) select now(), 'read', 'case.list', 'casework.Case', '',"
            " array(select gen_random_uuid() from generate_series(1, 20)), '{\"ids\": []}'"
            f" from generate_series(1, {number})"
        )
        link_all()
        code, said = verified(owner)
        assert code == 0, said
        grew.append(int(re.search(r"grew by (\d+)", said)[1]))
    assert "Looked at 11 links, 101000 events" in said
    assert grew[1] - grew[0] < 20 * 1024, grew
