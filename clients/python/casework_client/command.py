"""The command line: `casework cases list`, `casework rescue log`, `casework sync cases`."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from casework_client import Refused, call, connect, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE = """casework NOUN list [--FILTER VALUE ...]   rows of a list, a line of JSON each
casework rescue log FILE [--key KEY]      log a rescue from a JSON file ("-": standard input)
casework sync NOUN ... --to PLACE         keep a copy: a .duckdb file, or a folder of Parquet

CASEWORK is https:// and the host of the office, CASEWORK_KEY the key of the program."""


def operation(noun: str, what: str) -> Any:
    name = noun.replace("-", "_")
    try:
        module = import_module(f"casework_client.generated.api.{name}.{name}_{what}")
    except ModuleNotFoundError:
        raise SystemExit(f"There is no list called {noun}.") from None
    return module.sync_detailed


def list_rows(noun: str, rest: Sequence[str]) -> None:
    asked, names = operation(noun, "list"), rest[::2]
    if len(rest) % 2 or not all(name.startswith("--") for name in names):
        raise SystemExit("Filters are pairs: --status rescued")
    filters = {
        name.removeprefix("--").replace("-", "_"): value
        for name, value in zip(names, rest[1::2], strict=True)
    }
    if strange := sorted(filters.keys() - asked.__annotations__.keys()):
        raise SystemExit(f"{noun} cannot be narrowed by {', '.join(strange)}.")
    for row in rows(asked, client=connect(), **filters):
        print(json.dumps(row.to_dict(), ensure_ascii=False))


def log_rescue(rest: Sequence[str]) -> None:
    parser = argparse.ArgumentParser("casework rescue log")
    parser.add_argument("file", type=argparse.FileType(encoding="utf-8"))
    parser.add_argument("--key", help="the same for each try, so that it is logged once")
    given = parser.parse_args(rest)
    report = import_module("casework_client.generated.models").RescueReportInputRequest
    more = {"idempotency_key": given.key} if given.key else {}
    body = report.from_dict(json.load(given.file))
    made = call(operation("rescue-reports", "create"), client=connect(), body=body, **more)
    print(made.case.reference, *(person.code for person in made.people))


def keep(rest: Sequence[str]) -> None:
    parser = argparse.ArgumentParser("casework sync")
    parser.add_argument("nouns", nargs="+")
    parser.add_argument("--to", required=True, help="a file that ends in .duckdb, or a folder")
    given = parser.parse_args(rest)
    keeping = import_module("casework_client.keeping")  # needs DuckDB, which the others do not
    copy = (keeping.Copy if given.to.endswith(".duckdb") else keeping.Folder)(given.to)
    for noun in given.nouns:
        keeping.sync(operation(noun, "changes"), connect(), noun, copy)


def main(arguments: Sequence[str] | None = None) -> int:
    match list(sys.argv[1:] if arguments is None else arguments):
        case ["rescue", "log", *rest]:
            do = lambda: log_rescue(rest)  # noqa: E731
        case ["sync", *rest]:
            do = lambda: keep(rest)  # noqa: E731
        case [noun, "list", *rest]:
            do = lambda: list_rows(noun, rest)  # noqa: E731
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    try:
        do()
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
