"""Plants every fault in a process of its own, expects red, and writes down what caught it.

`make mutants`, or `make mutants ARGS='a_fault another'`, `ARGS='--apps casework aftercare'`,
`ARGS=--changed` for the apps that changed against main.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import django
import pytest
from django.conf import settings

from core.local.paths import ROOT

if TYPE_CHECKING:
    from tests.mutants.catalogue import Fault
    from tests.mutants.plugin import Verdict


def main() -> int:
    os.environ["WHOLE"] = "1"  # a fault may be caught by a test that is asked at night
    django.setup()
    # They import the product, which wants settings first.
    from tests.mutants import page  # noqa: PLC0415
    from tests.mutants.catalogue import declared  # noqa: PLC0415
    from tests.mutants.plugin import CAUGHT, Planting  # noqa: PLC0415

    asked = arguments()
    faults = declared()
    if unknown := [name for name in asked.names if name not in faults]:
        print("There is no fault called", ", ".join(unknown))  # noqa: T201
        return 2
    some = chosen(faults, asked)
    if asked.list or not some:
        print("\n".join(fault.name for fault in some) or "No fault is asked for.")  # noqa: T201
        return 0
    planting = Planting(some, asked.processes, tell, page.catchers())
    files = sorted({test.partition("::")[0] for fault in some for test in fault.caught_by})
    quiet = ["-qq", "-s", "-p", "no:cacheprovider", "-p", "no:xdist"]
    pytest.main([*quiet, *files], plugins=[planting])
    page.write(faults, planting.verdicts)
    summary(planting.verdicts, len(some))
    caught = [v for v in planting.verdicts.values() if v.outcome == CAUGHT]
    return 0 if len(caught) == len(some) else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="faults by name; all, without")
    parser.add_argument("--apps", nargs="+", choices=settings.OUR_APPS, help="faults of these")
    parser.add_argument(
        "--changed", nargs="?", const="main", metavar="BASE", help="of apps that changed since"
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--list", action="store_true", help="say which, and run nothing")
    return parser.parse_args()


def chosen(faults: dict[str, Fault], asked: argparse.Namespace) -> list[Fault]:
    """The faults by name, of these apps, and of what changed; all where nothing is said."""
    some = [faults[name] for name in asked.names] or list(faults.values())
    if asked.apps:
        some = [fault for fault in some if apps_of(fault) & {*asked.apps}]
    if asked.changed:
        paths = changed(asked.changed)
        some = [fault for fault in some if is_touched(fault, paths)]
    return some


def apps_of(fault: Fault) -> set[str]:
    """The apps in which it is planted, and whose tests must catch it."""
    from tests.mutants.planting import NotPlanted, planted  # noqa: PLC0415

    tested = {test.split("/")[1] for test in fault.caught_by}
    try:
        with planted(fault) as change:
            return change.apps | tested
    except NotPlanted:  # the run will say so
        return tested


def changed(base: str) -> list[str]:
    """Files that are not as they are in `base`, those not committed among them."""
    since = subprocess.run(
        ["git", "merge-base", base, "HEAD"], cwd=ROOT, capture_output=True, check=False
    )
    if since.returncode:
        sys.exit(f"Git knows no {base}.")
    commands = (
        ["git", "diff", "--name-only", since.stdout.decode().strip()],
        ["git", "ls-files", "--others", "--exclude-standard"],
    )
    return [
        line
        for command in commands
        for line in subprocess.check_output(command, cwd=ROOT, text=True).splitlines()
    ]


def is_touched(fault: Fault, paths: list[str]) -> bool:
    """Whether one of these is of its apps, declares it, or tests it."""
    own = {fault.plant.__module__.replace(".", "/") + ".py"}
    own |= {test.partition("::")[0] for test in fault.caught_by}
    return bool(own & {*paths} or apps_of(fault) & {path.partition("/")[0] for path in paths})


def tell(fault: Fault, verdict: Verdict, cpu: float) -> None:
    line = f"{verdict.outcome.upper():<11} {fault.name:<50} {cpu:6.1f} s  {verdict.said}"
    print(line, flush=True)  # noqa: T201


def summary(verdicts: dict[str, Verdict], asked: int) -> None:
    outcomes = [verdict.outcome for verdict in verdicts.values()]
    counts = ", ".join(f"{outcomes.count(each)} {each}" for each in dict.fromkeys(outcomes))
    whom = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, whom))
    print(f"{asked} faults: {counts}. {used:.0f} CPU seconds of Python.")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
