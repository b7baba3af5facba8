"""Generated clients do a partner's day as they are generated: Python and TypeScript, against a
running server. At night: the generators and what they need come from the registries."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.db import connection

from accounts import keys
from casework.models import Case, Rescue
from core import jobs
from core.models import Job
from tests import factories
from tests.casework import files

pytestmark = [pytest.mark.slow, pytest.mark.nightly, pytest.mark.enable_socket]
PACKAGE = settings.BASE_DIR / "clients" / "python"
EXAMPLE = PACKAGE / "examples" / "partner_day.py"
OTHER_DAY = settings.BASE_DIR / "clients" / "openapi-generator" / "partner_day.py"
TYPESCRIPT = settings.BASE_DIR / "clients" / "typescript"
DOCUMENT = settings.BASE_DIR / "docs" / "openapi.json"
PLACE = settings.BASE_DIR / "var" / "generated"


def run(*command, cwd=PLACE, env=None, refused=False):
    """What it says; one that fails says why."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    sent = plain | (env or {})
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=cwd, env=sent, capture_output=True, text=True, check=False, timeout=900
    )
    assert (done.returncode != 0) is refused, (done.stdout + done.stderr)[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def python():
    """A Python with the package in it, built as its README says."""
    place, made = PLACE / "python", PLACE / "package"
    shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(made, ignore_errors=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    run(sys.executable, "-m", "venv", place)
    shutil.copytree(PACKAGE, made, ignore=shutil.ignore_patterns("generated"))
    pip = [place / "bin" / "pip", "install", "--quiet"]
    run(*pip, "openapi-python-client>=0.29", "mypy", "types-python-dateutil")
    run(place / "bin" / "python", "make_client.py", DOCUMENT, cwd=made)
    run(*pip, f"{made}[sync,notebook]")
    return place / "bin"


@pytest.fixture(scope="module")
def other_python():
    """A Python with the client of openapi-generator, which is written in Java."""
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    place, made = PLACE / "other", PLACE / "casework_api"
    shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(made, ignore_errors=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    run(sys.executable, "-m", "venv", place)
    pip = [place / "bin" / "pip", "install", "--quiet"]
    run(*pip, "openapi-generator-cli>=7.26", "mypy", "types-python-dateutil")
    # Without the messages of webhooks, of which it makes functions that are no Python.
    plain = "apis,models,supportingFiles,apiDocs=false,modelDocs=false,apiTests=false"
    generate = [place / "bin" / "openapi-generator-cli", "generate", "--generator-name", "python"]
    generate += ["--package-name", "casework_api", "--global-property", f"{plain},modelTests=false"]
    run(*generate, "--input-spec", DOCUMENT, "--output", made)
    run(*pip, made)
    return place / "bin"


@pytest.fixture(scope="module")
def node():
    """A folder with what TypeScript needs."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    place = PLACE / "node"
    shutil.copytree(TYPESCRIPT, place, dirs_exist_ok=True)
    run("npm", "install", "--silent", "--no-audit", "--no-fund", cwd=place)
    return place


@pytest.fixture
def day(real_rows, live_server, tmp_path):
    """What both are given: a case with a hearing, a paper, a key, and a worker that works."""
    office = factories.office("kolkata")
    user = factories.user("case_manager", office)
    factories.membership(user, "legal_officer", office)
    case = factories.case(office)
    for _ in range(2):
        factories.case(office)
    (tmp_path / "order.pdf").write_bytes(files.PDF)
    stop = threading.Event()

    def worker():
        while not stop.wait(0.2):
            for row in Job.objects.filter(state="queued", kind="report"):
                jobs.run(row.pk)
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    yield {
        "CASEWORK": live_server.url,
        "CASEWORK_KEY": keys.make(user)[1],
        "CASE": str(case.pk),
        "HEARING": str(factories.hearing(case).pk),
        "FILE": str(tmp_path / "order.pdf"),
    }
    stop.set()
    thread.join()


def done(said):
    """What each of the five said, and one that is refused, by its first word."""
    found = {line.split()[0]: line.split()[1:] for line in said.splitlines()}
    assert found["document"][0].startswith("D-")
    assert len(found["cases"]) == len(set(found["cases"])) == 3
    assert found["rescue"] == ["True", "a"]
    assert found["hearing"] == ["adjourned"]
    assert found["refused"] == ["hearing-result-already-recorded"]
    assert found["report"] == ["done", "conviction-rate"]
    assert Rescue.objects.count() == 1


def test_python_does_the_five_without_a_cast(python, day):
    plain = ("--config-file=", "--ignore-missing-imports", "--follow-imports=silent")
    run(python / "mypy", *plain, EXAMPLE)
    done(run(python / "python", EXAMPLE, env=day))


def test_the_python_of_openapi_generator_does_the_five_without_a_cast(other_python, day):
    plain = ("--config-file=", "--ignore-missing-imports", "--follow-imports=silent")
    run(other_python / "mypy", *plain, OTHER_DAY)
    done(run(other_python / "python", OTHER_DAY, env=day))


def test_typescript_does_the_five_without_a_cast(node, day):
    run("npx", "openapi-typescript", DOCUMENT, "--output", "casework.ts", cwd=node)
    run("npx", "tsc", "--project", ".", cwd=node)
    done(run("node", "partner-day.js", cwd=node, env=day))


def test_the_document_is_clean_but_for_the_slashes(node):
    run("npx", "redocly", "lint", DOCUMENT, "--config", "redocly.yaml", cwd=node)
    run("npx", "spectral", "lint", DOCUMENT, "--ruleset", "spectral.yaml", cwd=node)


def test_the_command_line_lists_and_logs(python, day, tmp_path):
    listed = run(python / "casework", "cases", "list", "--programme", "csec", env=day)
    assert len(listed.splitlines()) == Case.objects.filter(programme="csec").count()
    report = {"occurred_at": "2026-05-04T05:40:00+05:30", "jurisdiction": "IN-WB-KOL"}
    report |= {"programme": "csec", "people": [{"sex": "female", "age_band": "unknown"}]}
    (tmp_path / "report.json").write_text(json.dumps(report))
    command = [python / "casework", "rescue", "log", tmp_path / "report.json", "--key", "k1"]
    assert run(*command, env=day) == run(*command, env=day)
    assert Rescue.objects.count() == 1
    run(python / "casework", "cases", "list", "--owner", "x", env=day, refused=True)


KILLED = """
import sys
from casework_client import command, keeping
write, count = keeping.Copy.write, []
def dies(self, *page):
    if len(count) == 1:
        sys.exit(9)
    count.append(write(self, *page))
keeping.Copy.write = dies
command.main(sys.argv[1:])
"""
READ = "import duckdb, sys; print(*duckdb.connect().execute(sys.argv[1]).fetchall()[0])"


@pytest.mark.parametrize("to", ["copy.duckdb", "copy"])
def test_a_copy_that_is_cut_short_and_repeated_has_each_row_once(
    python, day, tmp_path, monkeypatch, to
):
    office = factories.office("kolkata")
    for _ in range(250):
        factories.case(office)
    cut = [python / "python", "-c", KILLED, "sync", "cases", "--to", tmp_path / to]
    run(*cut, env=day, refused=True)
    whole = [python / "casework", "sync", "cases", "--to", tmp_path / to]
    source = f"'{tmp_path}/copy/cases.parquet'"
    attach = ""
    if to.endswith(".duckdb"):
        source, attach = "c.cases", f"ATTACH '{tmp_path}/copy.duckdb' AS c (READ_ONLY); "
    asked = f"{attach}SELECT count(*), count(DISTINCT id), min(programme) FROM {source}"
    for gone in (0, 3):
        leaving = Case.objects.order_by("pk").values_list("pk", flat=True)[:gone]
        Case.objects.filter(pk__in=list(leaving)).update(level=4)
        run(*whole, env=day)
        left = str(253 - gone)
        assert run(python / "python", "-c", READ, asked).split()[:2] == [left, left]


def test_the_notebook_draws(python, day, tmp_path):
    factories.decision(factories.case(factories.office("kolkata")))
    book = json.loads((PACKAGE / "notebooks" / "conviction-rate.ipynb").read_text())
    code = "\n".join("".join(c["source"]) for c in book["cells"] if c["cell_type"] == "code")
    run(python / "python", "-c", code, cwd=tmp_path, env=day | {"MPLBACKEND": "Agg"})
    assert (tmp_path / "conviction-rate.png").read_bytes().startswith(b"\x89PNG")
