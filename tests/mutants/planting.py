"""Puts a fault in the place of what is there, says so where it cannot, and takes it away again."""

from __future__ import annotations

import inspect
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutants.catalogue import Fault


class NotPlanted(Exception):
    """What the fault replaces is not there, does not fit, or is kept where nobody replaced it."""


@dataclass
class Planted:
    """What a fault changed, until it is taken away again."""

    patch: pytest.MonkeyPatch = field(default_factory=pytest.MonkeyPatch)
    # What was replaced: where, under which name, by what.
    places: list[tuple[Any, str, Any]] = field(default_factory=list)
    statement: str = ""

    @property
    def apps(self) -> set[str]:
        """Which apps it is a fault of."""
        words = [home(owner).partition(".")[0] for owner, _name, _new in self.places]
        words += re.findall(r"[a-z]+(?=_[a-z])", self.statement)
        return {word for word in words if word in settings.OUR_APPS}


_now: list[Planted] = []


@contextmanager
def planted(fault: Fault) -> Iterator[Planted]:
    """The fault is in the code; a statement it returns is for whoever runs the tests."""
    change = Planted()
    _now.append(change)
    try:
        try:
            change.statement = fault.plant() or ""
        except (AttributeError, KeyError) as gone:
            raise NotPlanted(f"What it names is not there: {gone}.") from None
        if not change.places and not change.statement:
            raise NotPlanted("It replaces nothing.")
        yield change
    finally:
        _now.remove(change)
        change.patch.undo()


def replace(owner: Any, name: str, new: Any) -> None:
    """Put `new` in the place of `owner.name`; of `owner["name"]` in a dict.

    What is replaced in the module that defines it is replaced wherever it was imported before,
    and in the dicts that keep it. What is replaced in a module that imported it is replaced there
    alone.
    """
    change, old = _now[-1], _found(owner, name)
    if old is new:
        raise NotPlanted(f"{_called(owner, name)} is that already.")
    _require_fit(old, new, _called(owner, name))
    change.places.append((owner, name, new))
    if isinstance(owner, ModuleType) and getattr(old, "__module__", None) == owner.__name__:
        for module in ours():
            _replace_copies(change.patch, module, old, new)
    if isinstance(owner, dict):
        change.patch.setitem(owner, name, new)
    else:
        change.patch.setattr(owner, name, new)


def like(original: Any, **others: Any) -> Any:
    """What is as the original, but for these names."""

    class Like:
        def __getattr__(self, name: str) -> Any:
            return getattr(original, name)

    found = Like()
    vars(found).update(others)
    return found


def ours() -> list[ModuleType]:
    """Every module of the product and of its tests that is loaded."""
    tops = {*settings.OUR_APPS, "tests"}
    return [
        module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in tops and not name.startswith("tests.mutants")
    ]


def home(owner: Any) -> str:
    """The module in which something stands."""
    if isinstance(owner, ModuleType):
        return owner.__name__
    if isinstance(owner, dict):
        keepers = (m.__name__ for m in ours() if any(v is owner for v in vars(m).values()))
        return next(keepers, "")
    return getattr(owner, "__module__", "")


def _found(owner: Any, name: str) -> Any:
    try:
        return owner[name] if isinstance(owner, dict) else getattr(owner, name)
    except (AttributeError, KeyError):
        raise NotPlanted(f"{_called(owner, name)} is not there.") from None


def _called(owner: Any, name: str) -> str:
    return f"{getattr(owner, '__name__', None) or home(owner)}.{name}"


def _require_fit(old: Any, new: Any, called: str) -> None:
    """A call that the former function took is one that the new one takes."""
    if not (inspect.isroutine(old) and inspect.isroutine(new)):
        return
    takes = inspect.signature(old).parameters.values()
    by_place = [p for p in takes if p.kind in {p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD}]
    by_name = {p.name: p for p in takes if p.kind is p.KEYWORD_ONLY}
    try:
        inspect.signature(new).bind(*by_place, **by_name)
    except TypeError as error:
        raise NotPlanted(f"{called} is called otherwise: {error}.") from None


def _replace_copies(patch: pytest.MonkeyPatch, module: ModuleType, old: Any, new: Any) -> None:
    for name, value in list(vars(module).items()):
        if value is old:
            patch.setattr(module, name, new)
        elif isinstance(value, dict) and not name.startswith("__"):
            for key in [key for key, kept in value.items() if kept is old]:
                patch.setitem(value, key, new)
            _require_unkept(value.values(), old, f"{module.__name__}.{name}")
        elif isinstance(value, list | tuple):
            _require_unkept([value], old, f"{module.__name__}.{name}")


def _require_unkept(values: Any, old: Any, called: str) -> None:
    """What is kept in a list or a tuple is replaced by the fault itself, whole."""
    if any(kept is old for value in values if isinstance(value, list | tuple) for kept in value):
        raise NotPlanted(f"{called} keeps it, too: replace it there.")
