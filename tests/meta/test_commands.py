"""What the documents tell to call exists: commands with their options, units, services, values.

The handbook is read on the worst day, when nobody finds out what else was meant."""

from __future__ import annotations

import argparse
import re
import shlex
from functools import cache

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

from tests.meta.test_docs import PAGES, code_of, documented

ROOT = settings.BASE_DIR
HANDBOOK = ROOT / "docs" / "handbook" / "README.md"
MOST_WORDS = 4500  # ten pages
MANAGE = r"(?:manage\.py|casework-manage (?:web|worker|backup|owner))"
CALL = re.compile(rf"{MANAGE} +([a-z_]+)([^\n`|#]*)")
AS_WHOM = re.compile(r"casework-manage (\w+) ")
UNIT = re.compile(r"\b((?:casework|pgbackrest)-[a-z]+)\b")
COMPOSE = re.compile(
    r"docker compose (?:run --rm|up --detach|stop|exec)((?: --volume \S+)*(?: [a-z]+)+)"
)
VALUE = re.compile(r"`([A-Z][A-Z]+_[A-Z_]+)=?`")
# Words that look like a name of ours and are none, each with what it is.
OTHERS = {"casework-manage": "the program", "casework-before": "a folder that one makes"}
ELSEWHERE = {"GRANTED_ROLES": "a setting"}


def joined(text: str) -> str:
    """Without the breaks of lines that a backslash makes."""
    return text.replace("\\\n", " ")


@cache
def parser_of(name: str) -> argparse.ArgumentParser:
    app = get_commands()[name]
    command = load_command_class(app, name) if isinstance(app, str) else app
    return command.create_parser("manage.py", name)


def options_of(name: str) -> set[str]:
    """Also those of what follows a further word: `keys export --out`."""
    waiting, found = [parser_of(name)], set()
    while waiting:
        for action in waiting.pop()._actions:
            found |= set(action.option_strings)
            if isinstance(action, argparse._SubParsersAction):
                waiting += action.choices.values()
                found |= set(action.choices)
    return found


def unknown_commands(text: str) -> list[str]:
    """Commands that are not there, and options that they do not take."""
    gone = []
    for name, rest in CALL.findall(joined(code_of(text))):
        if name not in get_commands():
            gone.append(name)
            continue
        try:
            words = shlex.split(rest)
        except ValueError:  # the end of a quotation that began before
            words = rest.split()
        said = [word.partition("=")[0] for word in words if word.startswith("--")]
        gone += [f"{name} {option}" for option in said if option not in options_of(name)]
    return gone


def units() -> set[str]:
    return {path.stem for path in (ROOT / "deploy" / "systemd").glob("*-*.service")}


def unknown_units(text: str) -> list[str]:
    lines = [line for line in joined(code_of(text)).splitlines() if "system" in line]
    named = {name for line in lines for name in UNIT.findall(line)}
    return sorted(named - units() - OTHERS.keys())


def unknown_services(text: str) -> list[str]:
    known = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    named = []
    for words in COMPOSE.findall(joined(code_of(text))):
        several = re.sub(r" --volume \S+", "", words).split()
        named += several[:1] if "python" in several or "env" in several else several
    return [name for name in named if name not in known]


def unknown_values(text: str) -> list[str]:
    return [name for name in VALUE.findall(text) if name not in documented() | ELSEWHERE.keys()]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_what_a_page_tells_to_call_exists(page):
    text = page.read_text(encoding="utf-8")
    assert unknown_commands(text) == []
    assert unknown_units(text) == []
    assert unknown_services(text) == []


def test_the_handbook_is_at_most_ten_pages_and_has_all_its_parts():
    text = HANDBOOK.read_text(encoding="utf-8")
    assert len(text.split()) <= MOST_WORDS
    parts = re.findall(r"^## (.*)$", text, re.MULTILINE)
    wanted = ["Install", "Back up", "Restore", "Change keys", "A person leaves"]
    wanted += ["A phone is lost", "The disk is full", "A leak", "An update"]
    assert [part for part in wanted if part not in parts] == []
    assert unknown_values(text) == []
    assert len(CALL.findall(code_of(text))) > 10
    assert "(docs/handbook/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_each_user_of_casework_manage_has_a_file():
    """As whom one may be, by the files that the page on production tells of."""
    page = (ROOT / "docs" / "how-to" / "run-in-production.md").read_text(encoding="utf-8")
    for name in AS_WHOM.findall(code_of(HANDBOOK.read_text(encoding="utf-8"))):
        assert f"| `{name}.env` |" in page


@pytest.mark.parametrize(
    ("sweep", "text", "finding"),
    [
        (unknown_commands, "Call `manage.py repair`.", ["repair"]),
        (unknown_commands, "```sh\npython manage.py backup --all\n```", ["backup --all"]),
        (
            unknown_commands,
            "`casework-manage owner reencrypt --rehearsal`",
            ["reencrypt --rehearsal"],
        ),
        (
            unknown_commands,
            "```sh\npython manage.py restore \\\n  --force x\n```",
            ["restore --force"],
        ),
        (unknown_commands, "`manage.py keys export --officer age1… --paper`", ["keys --paper"]),
        (unknown_commands, "`manage.py drill --identity=key`, manage.py nothing", []),
        (unknown_units, "`systemctl restart casework-webs`", ["casework-webs"]),
        (unknown_units, "`systemctl start casework-migrate`", []),
        (unknown_services, "`docker compose run --rm webs python manage.py check`", ["webs"]),
        (unknown_services, "`docker compose stop web workers`", ["workers"]),
        (unknown_services, "`docker compose run --rm --volume /a:/b:ro backup python x`", []),
        (unknown_values, "`BACKUP_KEPT`, `BACKUP_KEEP`", ["BACKUP_KEPT"]),
    ],
)
def test_a_planted_fault_is_found(sweep, text, finding):
    assert sweep(text) == finding
