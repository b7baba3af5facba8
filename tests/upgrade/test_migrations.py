"""Since 0.2.0 migrations are only added, and each says whether it runs backwards."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

OF_0_2_0 = Path(__file__).with_name("migrations-0.2.0.json")
BACKWARDS = re.compile(r"^Backwards: (yes|no, .+)$", re.MULTILINE)


def migrations() -> dict[str, Path]:
    """Ours, by app and name."""
    return {
        f"{app}/{path.stem}": path
        for app in settings.OUR_APPS
        for path in sorted((settings.BASE_DIR / app).glob("migrations/[0-9]*.py"))
    }


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def frozen() -> dict[str, str]:
    found: dict[str, str] = json.loads(OF_0_2_0.read_text(encoding="utf-8"))
    return found


def edited(there: dict[str, Path], kept: dict[str, str]) -> list[str]:
    """Migrations of 0.2.0 that are gone, or say something else."""
    return [
        f"{name} is {'edited' if name in there else 'gone'}: add another one instead"
        for name, said in kept.items()
        if name not in there or digest(there[name]) != said
    ]


def unsaid(name: str, path: Path) -> list[str]:
    """What a later one says of running backwards, and whether its operations agree."""
    said = BACKWARDS.search(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
    if not said:
        return [f"{name} does not say whether it runs backwards (docs/how-to/add-a-migration.md)"]
    module = import_module(name.replace("/", ".migrations."))
    fixed = [one.describe() for one in module.Migration.operations if not one.reversible]
    return [f"{name} says yes, and cannot: {one}" for one in fixed if said[1] == "yes"]


def test_those_of_0_2_0_are_as_they_were():
    assert edited(migrations(), frozen()) == []


def test_later_ones_say_whether_they_run_backwards():
    later = {name: path for name, path in migrations().items() if name not in frozen()}
    assert [line for name, path in later.items() for line in unsaid(name, path)] == []


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        ("core/0001_initial", None, "core/0001_initial is gone: add another one instead"),
        ("core/0001_initial", "# edited", "core/0001_initial is edited: add another one instead"),
    ],
)
def test_an_edited_one_is_found(tmp_path, name, text, finding):
    there = migrations()
    if text is None:
        del there[name]
    else:
        there[name] = tmp_path / "0001_initial.py"
        there[name].write_text(text)
    assert edited(there, frozen()) == [finding]


@pytest.mark.parametrize(
    ("docstring", "found"),
    [
        ("A bed more.", True),
        ("A bed more.\n\nBackwards: no, beds were counted.", False),
        ("A bed more.\n\nBackwards: yes", False),
    ],
)
def test_one_that_does_not_say_it_is_found(tmp_path, docstring, found):
    path = tmp_path / "0001_initial.py"
    path.write_text(f'"""{docstring}"""\n')
    assert bool(unsaid("core/0001_initial", path)) is found


def test_one_that_says_yes_and_cannot_is_found(tmp_path, monkeypatch):
    path = tmp_path / "0001_initial.py"
    path.write_text('"""A bed more.\n\nBackwards: yes\n"""\n')
    module = import_module("core.migrations.0001_initial")
    monkeypatch.setattr(type(module.Migration.operations[0]), "reversible", False)
    assert unsaid("core/0001_initial", path)
