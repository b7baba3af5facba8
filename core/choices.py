"""Lists of choices that an organisation words for itself.

A list is a class of codes as everywhere, made of `ChoiceList`. What ships is the code, its words in
ten languages and its place. An organisation says otherwise in rows (`places.Choice`): a name of its
own in a language, another place in the list, from when until when it is in use, and in some lists
codes of its own. The words of a code are asked for when they are shown, so all that reads
`choices`, `label` or `get_x_display` follows without knowing of it:

    choices     every code there is, by which rows are read, filtered and shown for ever
    offered     what a new record may say: those in use today

The rows are read once a process and kept until they change (`core.editions`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Q, TextChoices
from django.db.models.enums import ChoicesType
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import lazy
from django.utils.translation import get_language

from core.days import clock
from core.editions import Edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from enum import nonmember

OWN = "own_"  # what a code of the organisation's own begins with, and none of ours ever does
STEP = 10  # between the places of two codes that ship, so that others fit between
LAST = 9_999  # of a code whose place nobody said
# What tells one state of the rows from another: nothing while all is as it ships.
EDITION = (
    "(select md5(string_agg(c::text, ' ' order by c.id))"
    " from places_choice c where c.version > 1 or c.is_own)"
)
READ = (
    "select listed, code, labels, position, starts_on, ends_on, counts_as"
    " from places_choice where version > 1 or is_own"
)
LISTS: dict[str, Any] = {}  # classes of lists, by name


class Entry(NamedTuple):
    """What the organisation says of one code."""

    labels: Mapping[str, str]
    position: int | None
    starts_on: date | None
    ends_on: date | None
    counts_as: str


Kept = dict[str, dict[str, Entry]]  # by list and code
NOTHING: Kept = {}


def tell(kept: Kept) -> None:
    """Go by these rows from here on."""
    _in_force.set(kept)


def _read() -> Kept:
    kept: Kept = {}
    with connection.cursor() as cursor:
        cursor.execute(READ)
        for listed, code, labels, *rest in cursor.fetchall():
            kept.setdefault(listed, {})[code] = Entry(json.loads(labels), *rest)
    return kept


_in_force = Edition("choices in force", EDITION, _read, NOTHING).now


def _word(listed: str, code: str, shipped: object) -> str:
    """In the language of the reader: the organisation's word, else ours; of a code of its own the
    word in another language."""
    entry = _in_force.get().get(listed, {}).get(code)
    return str(shipped) if entry is None else in_words(entry.labels, code, shipped)


def in_words(labels: Mapping[str, str], code: str, shipped: object) -> str:
    own = labels.get(get_language() or "")
    return own or str(shipped or next(iter(labels.values()), code))


def is_in_use(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    begun = starts_on is None or starts_on <= day
    return begun and (ends_on is None or day <= ends_on)


word = lazy(_word, str)


class KnownCodes(BaseChoiceIterator):
    """All codes of a list, read anew each time they are gone through."""

    def __init__(self, listed: Any) -> None:
        self.listed = listed

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.listed.known())


class Offered:
    """What a form offers of a list: the codes in use, and what the record says already.

    `first`: what stands above them. `without`: codes that this form does not take.
    """

    def __init__(
        self, listed: Any, *, first: Any = (), without: Any = (), present: Any = ()
    ) -> None:
        self.listed, self.first, self.without, self.present = listed, first, without, present

    def __call__(self) -> list[tuple[Any, Any]]:
        taken = (self.listed.in_use() - set(self.without)) | set(self.present)
        return [*self.first, *(pair for pair in self.listed.known() if pair[0] in taken)]

    def beside(self, present: object) -> Offered:
        """The same, with what a record says: one code, or several."""
        codes = present if isinstance(present, list | tuple) else [present]
        return Offered(self.listed, first=self.first, without=self.without, present=codes)


class ChoiceListType(ChoicesType):
    """The class of a list: its choices are those of the organisation."""

    TITLE: Any = ""
    RULED: Any = frozenset()
    ALWAYS: Any = frozenset()
    STANDARD: Any = {}
    OWN = 0

    def __new__(metacls, classname: str, bases: Any, classdict: Any, **kwds: Any) -> Any:
        cls: Any = super().__new__(metacls, classname, bases, classdict, **kwds)
        if not len(cls):
            return cls
        cls.name_of_list = "".join(f"_{c.lower()}" if c.isupper() else c for c in classname)[1:]
        cls.shipped = {member.value: member.label for member in cls}
        cls.RULED = cls.RULED | cls.STANDARD.keys()
        for member in cls:
            member._label_ = word(cls.name_of_list, member.value, member.label)
        cls.ours = [(member.value, member.label) for member in cls]
        LISTS[cls.name_of_list] = cls
        return cls

    @property
    def choices(self) -> Any:
        return KnownCodes(self)


if TYPE_CHECKING:
    Base = TextChoices
else:

    class Base(TextChoices, metaclass=ChoiceListType):
        """Hidden from the type checker, which knows the choices of Django alone."""


class ChoiceList(Base):
    """A list of codes of which an organisation has a say.

    `TITLE`: what people call the list. `RULED`: codes on whose meaning rules or figures rest, and
    with them all of `STANDARD`: what a code is in HTCDS, where it is told there. `ALWAYS`: those
    that stay in use, for Casework itself says them. `OWN`: how long a code of the organisation’s
    own may be here; 0: there is none. `shipped`: the words of each code that ships, in their order.
    """

    if TYPE_CHECKING:
        name_of_list = nonmember("")
        shipped = nonmember(dict[str, Any]())
        ours = nonmember(list[tuple[str, Any]]())

    @classmethod
    def entries(cls) -> Mapping[str, Entry]:
        """What the organisation says of its codes; nothing of those it leaves as they are."""
        return _in_force.get().get(cls.name_of_list, {})

    @classmethod
    def known(cls) -> list[tuple[str, Any]]:
        """Every code with its words, in the order of the organisation."""
        if not (entries := cls.entries()):
            return cls.ours
        own = [(code, cls(code).label) for code in entries if code not in cls.shipped]
        return sorted([*cls.ours, *own], key=lambda pair: (cls.place(pair[0]), pair[0] in entries))

    @classmethod
    def place(cls, code: str) -> int:
        """Where a code is in the list, by a number; as it ships where nobody said otherwise."""
        entry = cls.entries().get(code)
        if entry is not None and entry.position is not None:
            return entry.position
        shipped = list(cls.shipped)
        return STEP * (shipped.index(code) + 1) if code in cls.shipped else LAST

    @classmethod
    def in_use(cls) -> set[str]:
        """The codes that something new may have today."""
        today, entries = clock.today(), cls.entries()
        return {*cls.shipped, *entries} - {
            code
            for code, entry in entries.items()
            if not is_in_use(entry.starts_on, entry.ends_on, today)
        }

    @classmethod
    def meant(cls, code: str) -> str:
        """The code that figures and files take this one for; nothing if there is none."""
        if code in cls.shipped:
            return code
        entry = cls.entries().get(code)
        return entry.counts_as if entry else ""

    @classmethod
    def counted(cls, code: str) -> list[str]:
        """Every code that figures and files take for this one."""
        return [code, *(own for own, entry in cls.entries().items() if entry.counts_as == code)]

    @classmethod
    def holds(cls, column: str) -> Q:
        """What a table asks of a column with codes of this list, those of its own included."""
        return Q(**{f"{column}__in": list(cls.shipped)}) | Q(**{f"{column}__startswith": OWN})

    @classmethod
    def offered(cls, **how: Any) -> Offered:
        return Offered(cls, **how)

    @classmethod
    def _missing_(cls, value: object) -> Any:
        """A code of the organisation's own, with its words."""
        if not isinstance(value, str) or value not in cls.entries():
            return None
        code: Any = str.__new__(cls, value)
        code._name_, code._value_ = value, value
        code._label_ = word(cls.name_of_list, value, "")
        return code
