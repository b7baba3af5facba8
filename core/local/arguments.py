"""Which commands need a database, so that the others start none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WITHOUT_DATABASE = frozenset(
    {
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "provision_roles",
        "sendtestemail",
        "spectacular",
        "startapp",
        "startproject",
        "version",
    }
)

# What only the worker may do: count without a reader.
OF_THE_WORKER = frozenset({"report"})

# What is put back was written with keys of its own.
WITH_KEYS_OF_THEN = frozenset({"restore"})

# Tools that import settings to read them, not to work with rows.
READERS = frozenset({"mypy", "dmypy", "stubtest", "lint-imports", "djlint", "ruff"})


def needs_database(argv: Sequence[str]) -> bool:
    """Tell whether the program started with these arguments will ask the database anything."""
    program, *arguments = argv or [""]
    path = Path(program)
    name = path.parent.name if path.name == "__main__.py" else path.name
    if name in READERS:
        return False
    if name not in {"manage.py", "django-admin", "django"}:
        return True
    if not arguments or {"--help", "-h", "--version"} & set(arguments):
        return False
    command = arguments[0]
    if command == "check":
        return "--database" in arguments or any(a.startswith("--database=") for a in arguments)
    return command not in WITHOUT_DATABASE


def makes_keys(argv: Sequence[str]) -> bool:
    """Tell whether the program started with these arguments may make field keys, if none are."""
    program, command = (*argv, "", "")[:2]
    return Path(program).name != "manage.py" or command not in WITH_KEYS_OF_THEN


def counts_alone(argv: Sequence[str]) -> bool:
    """Tell whether the program started with these arguments works as the worker does."""
    program, command = (*argv, "", "")[:2]
    return Path(program).name == "manage.py" and command in OF_THE_WORKER
