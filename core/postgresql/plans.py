"""Long statements that a connection sends again: PostgreSQL keeps their plan.

A page of a case asks some twenty tables through both walls. Of what that costs the database, three
quarters is planning the same statements anew, since psycopg2 never prepares one. So a long
statement that comes a second time is prepared: ids, arrays of ids, days and moments are its
parameters, anything else belongs to its words and to its plan. What differs in words is another
statement.

A plan belongs to a session of the server. Through a pooler, which lends a session for one
transaction, statements go as they are and nothing is said to the session.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID
from weakref import WeakKeyDictionary

from psycopg2 import extensions

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    Given = dict[str, object] | Sequence[object] | None

LONG = 250  # characters: what is shorter is planned in no time
# What is cut short reads rows until it has enough, and finds each sooner in an array that is
# written out than in a parameter: of a page of a list that is more than planning it costs.
LONG_IF_CUT = 4000
MOST = 150  # plans that a session keeps
NOTED = 500  # statements that were sent once
ASKS = ("select", "with")
TOKEN = re.compile(r"%(?:%|s|\((\w+)\)s)")
IDS = re.compile(r"\{[0-9a-f-]{36}(?:,[0-9a-f-]{36})*\}")  # an empty array may be of anything
KINDS: dict[type, str] = {UUID: "uuid", date: "date"}
WORDS = str | int | float | Decimal | timedelta | None


@dataclass(frozen=True)
class Plan:
    """`name`: how the session calls it; `places`: of its parameters among those that are given."""

    name: str
    places: tuple[int | str, ...]

    def words(self) -> str:
        places = ", ".join(["%s"] * len(self.places))
        return f"execute {self.name}({places})" if places else f"execute {self.name}"


@dataclass
class Plans:
    """What one connection has: plans, the least used first, and what it has sent once."""

    plans: OrderedDict[Hashable, Plan] = field(default_factory=OrderedDict)
    noted: OrderedDict[int, None] = field(default_factory=OrderedDict)
    numbers: Iterator[int] = field(default_factory=count)

    def is_new(self, asked: Hashable) -> bool:
        """Whether it was not sent lately; from now on it was."""
        number = hash(asked)
        if number in self.noted:
            return False
        self.noted[number] = None
        if len(self.noted) > NOTED:
            self.noted.popitem(last=False)
        return True


_of: WeakKeyDictionary[extensions.connection, Plans] = WeakKeyDictionary()


def begin(connection: extensions.connection) -> None:
    """Of a new connection: whether its session is its own. A pooler tells of a process of its own.

    One plan is made for all parameters: walls and scopes ask by arrays whatever is in them, and
    PostgreSQL would weigh it anew each time.
    """
    with connection.cursor(cursor_factory=extensions.cursor) as cursor:
        cursor.execute("select pg_backend_pid()")
        if cursor.fetchone() == (connection.info.backend_pid,):
            cursor.execute("set plan_cache_mode = force_generic_plan")
            _of[connection] = Plans()


class Cursor(extensions.cursor):
    """Sends what is long and known by the plan that the session keeps of it."""

    _asked: Any = None  # what was to be sent, where its plan was named instead

    @property
    def query(self) -> bytes | None:
        """What was asked, in words."""
        return self.mogrify(*self._asked) if self._asked else super().query

    def execute(self, statement: Any, given: Given = None) -> None:
        self._asked, kept = None, _of.get(self.connection)
        asked = None if self.name else _key(statement, given)
        plan = self._plan(kept, asked, statement, given) if kept and asked else None
        if not (kept and plan):
            super().execute(statement, given)
            return
        values = _values(given)
        try:
            super().execute(plan.words(), [values[place] for place in plan.places])
        except Exception:
            kept.plans.pop(asked, None)  # as where a column has another type by now
            raise
        self._asked = statement, given

    def _plan(self, kept: Plans, asked: Hashable, statement: str, given: Given) -> Plan | None:
        plan = kept.plans.get(asked)
        if plan:
            kept.plans.move_to_end(asked)
        elif not kept.is_new(asked):
            plan = self._prepare(f"kept_{next(kept.numbers)}", statement, given)
            kept.plans[asked] = plan
            if len(kept.plans) > MOST:
                _key_of_old, old = kept.plans.popitem(last=False)
                super().execute(f"deallocate {old.name}")
        return plan

    def _prepare(self, name: str, statement: str, given: Given) -> Plan:
        values, places = _values(given), list[int | str]()
        types: list[str] = []
        positions = count()

        def in_words(token: re.Match[str]) -> str:
            if token[0] == "%%":
                return "%"
            place = token[1] or next(positions)
            kind = _kind(values[place])
            if kind is None:
                return self.mogrify("%s", [values[place]]).decode()
            places.append(place)
            types.append(kind)
            return f"${len(types)}"

        words = TOKEN.sub(in_words, statement) if given is not None else statement
        parameters = f"({', '.join(types)})" if types else ""
        super().execute(f"prepare {name} {parameters} as {words}")
        return Plan(name, tuple(places))


def _values(given: Given) -> Mapping[Any, object]:
    """By place or by name."""
    return given if isinstance(given, dict) else dict(enumerate(given or ()))


def _key(statement: object, given: Given) -> Hashable:
    """What makes it the same as one sent before; None, where its plan is not kept."""
    if not isinstance(statement, str) or len(statement) < LONG:
        return None
    if len(statement) < LONG_IF_CUT and "LIMIT" in statement:
        return None
    if not statement[:20].lstrip(" (\n").lower().startswith(ASKS):
        return None
    parts: list[Hashable] = [statement]
    if isinstance(given, dict):
        parts.extend(given)
    for value in given.values() if isinstance(given, dict) else given or ():
        kind = KINDS.get(type(value)) or _kind(value)
        if kind is None and not isinstance(value, WORDS):
            return None
        parts.append(kind or (type(value), value))
    return tuple(parts)


def _kind(value: object) -> str | None:
    """The type of a parameter; None of what belongs to the words."""
    if isinstance(value, str):
        return "uuid[]" if value[:1] == "{" and IDS.fullmatch(value) else None
    if isinstance(value, datetime):
        return "timestamptz" if value.tzinfo else "timestamp"
    return KINDS.get(type(value))
