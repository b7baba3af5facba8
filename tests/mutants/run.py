"""Plants every fault in a process of its own, expects red, and writes down what caught it."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mutants.md"
HEAD = """# Planted faults

`make mutants` plants each of these faults, of authorisation and of the order of legal steps, in a
process of its own and runs the tests that must catch it. A fault that survives is a hole in the
tests. Written by the last run.

{date}: {caught} of {all} caught.

| Fault | Caught by |
|---|---|
"""


def main(names: list[str]) -> int:
    django.setup()
    from tests.mutants import (  # noqa: F401, PLC0415 - they declare themselves
        accused,
        beside_survivors,
        borders,
        care,
        courts,
        custody,
        doors,
        endings,
        exchange,
        exports,
        field,
        files,
        finding,
        guards,
        letting_go,
        life,
        measures,
        persons,
        publication,
        striking,
        studies,
        to_do,
        walls,
    )
    from tests.mutants.catalogue import FAULTS  # noqa: PLC0415

    faults = {name: FAULTS[name] for name in names or FAULTS}
    if red := first_red(*sorted({test for f in faults.values() for test in f.caught_by})):
        print(f"Red before anything was planted: {red}")  # noqa: T201
        return 2
    results = {}
    for name, fault in faults.items():
        results[name] = first_red("--mutant", name, *fault.caught_by, plugin="tests.mutants.plugin")
        print(f"{name:<45} {results[name] or 'SURVIVED'}", flush=True)  # noqa: T201
    if not names:
        write({fault.words: results[name] for name, fault in faults.items()})
    return 0 if all(results.values()) else 1


def first_red(*arguments: str, plugin: str = "no:cacheprovider") -> str:
    """The first test that turned red; nothing where all stayed green or none ran."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", plugin]
    done = subprocess.run(
        [*command, "--show-capture=no", "--tb=no", "-rf", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    red = re.search(r"^FAILED (?:\S*/)?(\w+\.py)::(.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
    return f"{red[1]}: {red[2]}" if red else ""


def write(results: dict[str, str]) -> None:
    caught = sum(map(bool, results.values()))
    head = HEAD.format(date=date.today().isoformat(), caught=caught, all=len(results))
    lines = [f"| {words} | {test or '**survived**'} |" for words, test in results.items()]
    PAGE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
