"""What a change needs, in less than a minute: `make quick`.

The files that differ from `main` say which apps changed. Asked are, nearest first: the tests that
changed, those that name a changed module, the other tests of these apps, the sweeps of their
routes, the tests of apps above. Nothing slow. What the time does not allow is said, and left to
`make test`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from core.local.paths import ROOT

SECONDS = 50  # after which no further test is begun
UNTIL = "CASEWORK_QUICK_UNTIL"  # that moment, for every process of the run
OPTIONS = ["-p", "tests.quick", "-m", "not slow", "--numprocesses=auto", "--dist=load"]
OPTIONS += ["--maxschedchunk=4", "--maxfail=10"]  # little at a time: both end together
SWEEPS = ("test_endpoints", "test_existence", "test_reads", "test_services", "test_tables")
# Folders of templates that are no app: whose pages they belong to.
PARTS = {"dashboards": "reports", "components": "desk"}


def changed() -> list[Path]:
    """Files that differ from `main`; on it, from the last commit where nothing is open."""
    for base in ("main", "HEAD~1"):
        found = _git("diff", "--name-only", "--merge-base", base)
        found += _git("ls-files", "--others", "--exclude-standard")
        if found:
            return [Path(name) for name in found]
    return []


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def layers() -> list[list[str]]:
    """The apps, the highest first, as `make check` holds them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (apps,) = (c["layers"] for c in contracts["contracts"] if c["name"].startswith("Apps"))
    return [layer.split(" | ") for layer in apps]


def apps_of(files: list[Path]) -> list[str]:
    """The apps whose code or pages are among these files, the lowest first."""
    named = {path.parts[1] if path.parts[0] == "templates" else path.parts[0] for path in files}
    named = {PARTS.get(name, name) for name in named}
    return [app for layer in reversed(layers()) for app in layer if app in named]


def above(apps: list[str]) -> list[str]:
    """The apps that may use these."""
    upwards = list(reversed(layers()))
    lowest = min((n for n, layer in enumerate(upwards) if set(layer) & set(apps)), default=None)
    if lowest is None:
        return []
    return [app for layer in upwards[lowest + 1 :] for app in layer if app not in apps]


def tests_for(files: list[Path]) -> list[Path]:
    """Files of tests, nearest first."""
    apps = apps_of(files)
    own = [path for path in files if path.parts[0] == "tests" and path.name.startswith("test_")]
    nouns = {path.stem for path in files if path.suffix == ".py"} - {"__init__", "models", "urls"}
    word = re.compile(rf"\b({'|'.join(map(re.escape, sorted(nouns)))})\b") if nouns else None
    every = [path for app in [*apps, *above(apps)] for path in _in(app)]
    near = [path for path in every if word and word.search(_imports(path))]
    sweeps = [Path(f"tests/meta/{name}.py") for name in SWEEPS] if apps else []
    rest = [path for app in apps for path in _in(app)]
    ordered = [*own, *near, *rest, *sweeps, *every]
    return [path for path in dict.fromkeys(ordered) if (ROOT / path).exists()]


def _in(app: str) -> list[Path]:
    return [path.relative_to(ROOT) for path in sorted((ROOT / "tests" / app).glob("test_*.py"))]


def _imports(path: Path) -> str:
    """The lines by which a file of tests names what it tests, and its own name."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return " ".join(
        [path.stem.replace("test_", ""), *re.findall(r"^(?:from|import) .+", text, re.M)]
    )


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """No test begins after the time is up: each process looks by itself, as `-p tests.quick`.

    Who hands out the tests could only stop handing out, and a process of short ones has fifty.
    """
    if time.time() > float(os.environ[UNTIL]):
        item.session.shouldstop = "the time is up; `make test` asks the rest"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """That the time is up is no failure; a test that failed before is one."""
    if session.exitstatus == pytest.ExitCode.INTERRUPTED and time.time() > float(os.environ[UNTIL]):
        failed = bool(session.testsfailed)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED if failed else pytest.ExitCode.OK


def main() -> int:
    files = changed()
    tests = tests_for(files)
    if not tests:
        sys.stdout.write("No app changed: nothing to ask quickly. `make check` reads the rest.\n")
        return 0
    os.environ["APPS"] = " ".join(apps_of(files))
    sys.stdout.write(f"{len(files)} files changed, {len(tests)} files of tests, nearest first.\n")
    os.environ[UNTIL] = str(time.time() + SECONDS)
    return pytest.main([*OPTIONS, *map(str, tests)])


if __name__ == "__main__":
    sys.exit(main())
