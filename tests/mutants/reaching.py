"""Whether the tests ever came to the place at which a fault was planted."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from functools import cached_property
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from tests.mutants.planting import ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutants.planting import Planted

CAN_ASK = sys.version_info >= (3, 12)


class Reached:
    """Notes whether one of the places of a fault is run.

    A place is the body that was put in or, where a value was put in, whatever of ours reads its
    name. Of SQL, and of what only dicts hold, nobody knows: it counts as reached, as everything
    does in Python before 3.12.
    """

    def __init__(self, change: Planted) -> None:
        self.places = {code for _, name, new in change.places for code in _codes(name, new)}
        self.known = CAN_ASK and bool(self.places) and not change.statement
        self.at_all = not self.known

    def note(self, _code: CodeType, _offset: int) -> object:
        self.at_all = True
        return sys.monitoring.DISABLE


@contextmanager
def watched(change: Planted) -> Iterator[Reached]:
    """Watches the places of a fault until the end."""
    reached = Reached(change)
    if not reached.known:
        yield reached
        return
    tool, start = sys.monitoring.PROFILER_ID, sys.monitoring.events.PY_START
    sys.monitoring.use_tool_id(tool, "planted faults")
    try:
        sys.monitoring.register_callback(tool, start, reached.note)
        for code in reached.places:
            sys.monitoring.set_local_events(tool, code, start)
        yield reached
    finally:
        for code in reached.places:
            sys.monitoring.set_local_events(tool, code, 0)
        sys.monitoring.free_tool_id(tool)


def _codes(name: str, new: Any) -> set[CodeType]:
    body = _body(new)
    return {body} if body else {code for code in _all_codes() if name in code.co_names}


def _body(new: Any) -> CodeType | None:
    if isinstance(new, property):
        new = new.fget
    elif isinstance(new, cached_property):
        new = new.func
    new = getattr(new, "__func__", new)
    return new if isinstance(new, CodeType) else getattr(new, "__code__", None)


def _all_codes() -> Iterator[CodeType]:
    names = {module.__name__ for module in ours()}
    for found in gc.get_objects():
        # Its type, since whoever asks a lazy object for its class makes it.
        if type(found) is FunctionType and found.__module__ in names:
            yield from _within(found.__code__)


def _within(code: CodeType) -> Iterator[CodeType]:
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _within(part)
