"""`docs/mutants.md`: what became of each fault, and when; a run of some renews their lines."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from core.local.paths import ROOT

if TYPE_CHECKING:
    from tests.mutants.catalogue import Fault
    from tests.mutants.plugin import Verdict

PAGE = ROOT / "docs" / "mutants.md"
HEAD = """# Planted faults

Written by `make mutants`, which plants each of these faults in a process of its own and runs the
tests that must catch it. A fault that survives is a hole in the tests. One that is not planted, is
not reached by its tests or brings no verdict says nothing, and is mended like an error.

On {day}, at commit {commit}, {ran} were run. As each was run last, of {all} declared:
{counts}.

| Fault | What is wrong then | Became | Last run |
|---|---|---|---|
"""
LINE = re.compile(r"\| `(\w+)` \| .* \| (.*) \| (.*) \|$")
NEVER = "not run yet"


class Last(NamedTuple):
    became: str
    run: str


def read() -> dict[str, Last]:
    """What became of each fault when it was run last."""
    lines = map(LINE.match, PAGE.read_text(encoding="utf-8").splitlines())
    return {line[1]: Last(line[2], line[3]) for line in lines if line}


def catchers() -> dict[str, str]:
    """The test that caught each fault when it was run last."""
    found = {name: last.became.partition(": ") for name, last in read().items()}
    return {name: f"tests/{test}" for name, (_outcome, _colon, test) in found.items() if test}


def write(faults: dict[str, Fault], verdicts: dict[str, Verdict]) -> None:
    day, commit = datetime.now(UTC).date().isoformat(), _commit()
    now = {name: Last(_told(v), f"{day}, {commit}") for name, v in verdicts.items()}
    last = {name: Last(NEVER, "") for name in faults} | read() | now
    counted = Counter(last[name].became.partition(":")[0] for name in faults)
    head = HEAD.format(
        day=day,
        commit=commit,
        ran=len(verdicts),
        all=len(faults),
        counts=", ".join(f"{number} {what}" for what, number in counted.most_common()),
    )
    lines = [
        f"| `{name}` | {fault.words} | {last[name].became} | {last[name].run} |"
        for name, fault in faults.items()
    ]
    PAGE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _told(verdict: Verdict) -> str:
    said = verdict.said.removeprefix("tests/").replace("|", "/").replace("`", "")
    return f"{verdict.outcome}: {said}" if said else verdict.outcome


def _commit() -> str:
    """The commit of the tree; with a plus where something is not committed."""

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()

    changed = git("status", "--porcelain", "--", ".", ":!docs")
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")
