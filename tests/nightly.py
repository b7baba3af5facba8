"""What needs hours or chance, in parts of at most an hour: `make nightly PART=matrix-1`.

A part that is green writes the commit into `docs/tests.md`, which says what each of them asks.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime

from core.local import database_urls
from core.local.paths import ROOT
from tests import as_of
from tests.cost import cpu_seconds, since

PAGE = ROOT / "docs" / "tests.md"
MATRIX = "tests/meta/test_matrix.py"
ALL_CORES = ["--numprocesses=auto", "--dist=worksteal"]
ROLES = (
    "field_officer or aftercare_worker",
    "legal_officer or prosecutor or api_client",
    "case_manager",
    "data_officer or programme_manager",
    "safeguarding_lead or auditor or system_admin or provider_partner",
)
APART = ("tests/browser", "tests/api", "tests/meta")  # have parts of their own
DEEPER = re.compile(r"\btests\.whole\b|\bhypothesis\b|\bby_turns\b")

Command = list[str]


def parts() -> dict[str, Command]:
    """By name what is run; with `WHOLE=1`."""
    # At night one test may take as long as its part.
    pytest = [sys.executable, "-m", "pytest", *ALL_CORES, "-o", "faulthandler_timeout=3600"]
    found = {
        f"matrix-{number}": [*pytest, MATRIX, "-k", roles] for number, roles in enumerate(ROLES, 1)
    }
    found |= {
        "sweeps": [*pytest, "tests/meta", f"--deselect={MATRIX}"],
        "requests": [*pytest, "tests/api"],
        "browser": [*pytest, "tests/browser"],
        "machines": [*pytest, "-m", "not nightly", *deeper()],
        "kills": [*pytest, "-m", "nightly", "tests", *(f"--ignore={folder}" for folder in APART)],
        "pooled": [*pytest, "tests/browser", "tests/jobs", "tests/core/test_pooler.py"],
        "mutants": [sys.executable, "-m", "tests.mutants.run"],
    }
    for number, moment in enumerate(as_of.nights(date.today()), 1):
        found[f"day-{number}"] = [sys.executable, "-m", "tests.as_of", moment, *ALL_CORES]
    return found


def deeper() -> list[str]:
    """The files whose tests ask more at night, by themselves or by a module that they share."""
    paths = (p.relative_to(ROOT) for p in sorted(ROOT.glob("tests/*/*.py")))
    texts = {p: (ROOT / p).read_text(encoding="utf-8") for p in paths if str(p.parent) not in APART}
    deep = {path for path, text in texts.items() if DEEPER.search(text)}
    shared = "|".join(re.escape(".".join(path.with_suffix("").parts)) for path in deep)
    uses = re.compile(rf"^from ({shared}) import ", re.MULTILINE)
    found = [path for path, text in texts.items() if path in deep or uses.search(text)]
    return [str(path) for path in found if path.name.startswith("test_")]


def main(part: str) -> int:
    commands = parts()
    if part not in commands:
        sys.stdout.write(f"PART is one of: {', '.join(commands)}\n")
        return 2
    # A day is that of a landing: what is asked by turns and by chance has parts of its own.
    by_day = part.startswith("day-") or part == "pooled"
    env = os.environ | ({} if by_day else {"WHOLE": "1"})
    env |= {"POOLED": "1"} if part == "pooled" else {}
    database_urls()  # kept up by us, or what it spent would be gone before we look
    before = cpu_seconds()
    code = subprocess.run(commands[part], cwd=ROOT, env=env, check=False).returncode
    if code == 0:
        write_down(part, since(before))
    return code


def write_down(part: str, spent: str) -> None:
    """In the line of this part: the commit, the day, the CPU seconds."""
    head = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.check_output(head, cwd=ROOT, text=True).strip()
    words = f"{commit} | {datetime.now(UTC):%Y-%m-%d} | {spent} |"
    line = re.compile(rf"^(\| `{re.escape(part)}` \|[^|]*\|).*$", re.MULTILINE)
    PAGE.write_text(line.sub(rf"\1 {words}", PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
