"""The plain form of a verb: what a person is asked follows from its service and its table.

    form_class = form_of(record_training, StudyForm)

Each keyword of the service is a field, in the order of the signature: the type from its annotation,
label and help from the column of its name, or from `Column(label=…, help=…)` where there is none.
The table is that of the row the service gives back. Whatever may be left out is not required; a
default stands in the form, except where the verb wants it said (`Column(needed=True)`).

What differs has two ways: a field by hand (`on`), or a class that extends the plain form, with its
reason in one line. HTML is read leniently and JSON strictly, so the body of the API is made of the
same signature by `core/api/verbs.py`, with fields of its own.
"""

from __future__ import annotations

import datetime as dt
import inspect
from copy import deepcopy
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from django import forms
from django.db.models import Model, PositiveSmallIntegerField
from django.utils.translation import gettext_lazy as _

from core.choices import KnownCodes
from core.fields import EncryptedTextField
from core.forms import DayField, HourField, KindField, below, lines, ticks
from core.verbs.arguments import Argument, arguments, given_back, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from core.services import Service

SMALL, LARGEST = 32_767, 2_000_000_000
MONEY = (14, 2)
LINE = 400  # signs; what may be longer has several lines
NOTHING = ("", "---------")


def form_of(
    verb: Service[..., object],
    base: Any = forms.Form,
    *,
    on: Mapping[str, object] | None = None,
    order: Iterable[str] = (),
    table: Any = None,
    changes: object = None,
) -> Any:
    """The form of this verb, made of `base`.

    `on`: fields by hand. A field is taken as it stands; a class, or what makes a field, is called
    with the words (and codes) that the column tells; None is not asked. `order`: what comes first.
    `table`: where the service gives back something else. `changes`: as for an endpoint.
    """
    by_hand = dict(on or {})
    as_is = {name for name, field in by_hand.items() if not callable(field)}
    row, *_rest = inspect.signature(verb.run).parameters.values()
    about = set() if row.kind is row.KEYWORD_ONLY else {row.name}  # what it is done to
    taken = arguments(verb, table or _table(verb, row), as_is | about, changes)
    if strange := by_hand.keys() - taken:
        raise TypeError(f"{verb.run.__name__} takes no {', '.join(strange)}")
    left_out = about | {name for name, field in by_hand.items() if field is None}
    fields = {
        name: deepcopy(by_hand[name])
        if read is None
        else _field(verb, read, base, by_hand.get(name))
        for name, read in taken.items()
        if name not in left_out
    }
    more = {"__module__": verb.run.__module__, "__doc__": None, "field_order": tuple(order) or None}
    return type(base)(verb.run.__name__.title().replace("_", "") + "Form", (base,), fields | more)


def _table(verb: Service[..., object], about: inspect.Parameter) -> Any:
    """The table of what it gives back, a row or several; else of what it is done to."""
    kind = given_back(verb)
    kind = next(iter(get_args(kind)), kind)
    return kind if _is_table(kind) else type_of(verb, about.annotation)


def _is_table(kind: object) -> bool:
    return inspect.isclass(kind) and issubclass(kind, Model)


def _field(
    verb: Service[..., object], argument: Argument, base: object, by_hand: Any
) -> forms.Field:
    try:
        words = _words(argument)
        if by_hand is not None:
            return by_hand(**words, **_known(argument, by_hand))
        return field_of(argument, words, getattr(base, "takes", {}))
    except (KeyError, TypeError, AttributeError) as exc:
        text = f"{verb.run.__name__}: say with on= how `{argument.name}` is asked ({exc})"
        raise TypeError(text) from exc


def _known(argument: Argument, by_hand: Any) -> dict[str, object]:
    """What else a field by hand is told: its codes, and its length where it asks for it."""
    codes = argument.codes or (argument.item and argument.item.codes)
    known: dict[str, Any] = {"choices": _listed(codes)} if codes else {}
    if argument.length and "max_length" in inspect.signature(by_hand).parameters:
        known["max_length"] = argument.length
    return known


def _listed(codes: Any) -> Any:
    codes = getattr(codes, "choices", codes)
    if isinstance(codes, KnownCodes):
        return codes.listed.offered()
    return [code for code in codes if code[0] != ""]


def _words(argument: Argument) -> dict[str, object]:
    """What is said of it to a person, whether it must be said, and what stands there first."""
    column, rule = argument.column, argument.rule
    label = rule.label or getattr(column, "_verbose_name", None)
    if not label:
        raise TypeError("its column has no verbose_name, nor its annotation a label")
    first = argument.default
    if first is None and column is not None and argument.together and column.has_default():
        first = None if callable(column.default) else column.default
    words = {"label": label, "help_text": rule.help or getattr(column, "help_text", "")}
    if argument.kind is bool:
        return words | {"required": False, "initial": first or None}
    nothing = first in (None, "", ()) and argument.may_be_empty and not rule.needed
    asked = rule.needed or first in (None, "", ())
    return words | {"required": not nothing, "initial": None if asked else first}


def filled(form_class: Any, row: Model) -> dict[str, object]:
    """What the columns of a row say, for the boxes of this form. What is kept encrypted stays shut:
    whoever opens it leaves a mark."""
    columns = {c.name for c in row._meta.concrete_fields if not isinstance(c, EncryptedTextField)}
    known = {name: getattr(row, name) for name in form_class.base_fields if name in columns}
    return {name: value for name, value in known.items() if value not in (None, [])}


def field_of(argument: Argument, words: dict[str, Any], takes: Mapping[Any, Any]) -> forms.Field:
    """The lenient field that takes what this argument takes; `takes`: fields of the base for
    rows of a table, for several of them (`list[Table]`), or for a plain type."""
    kind, item = argument.kind, argument.item
    if item is not None and item.codes:
        return ticks(choices=_listed(item.codes), **words)
    if item is not None:
        return takes[list[item.kind]](**words)  # type: ignore[name-defined]
    if _is_table(kind):
        return (takes.get(kind) or partial(_row, kind))(**words)
    if argument.codes:
        return _code(argument.codes, words)
    if kind in takes:
        return takes[kind](**words)
    return PLAIN[kind](argument, words)


def _row(table: Any, **words: Any) -> forms.Field:
    """One row of those that the form offers, named as programs name it."""
    empty = _("Choose") if words["required"] else NOTHING[1]
    by = None if table.named_by == "id" else table.named_by
    rows = table._default_manager.none()
    return forms.ModelChoiceField(rows, empty_label=empty, to_field_name=by, **words)


def _code(codes: Any, words: dict[str, Any]) -> forms.Field:
    """Nothing is chosen before somebody chooses, unless the verb has a default."""
    listed = _listed(codes)
    if words["initial"] is not None:
        return forms.ChoiceField(choices=listed, **words)
    if words["required"]:
        return KindField(choices=listed, **words)
    return forms.ChoiceField(choices=below(NOTHING, listed), **words)


def _text(argument: Argument, words: dict[str, Any]) -> forms.Field:
    if (most := argument.length) is None:
        raise TypeError("its length is not known")
    if least := argument.rule.least:
        words = words | {"min_length": least}
    if most <= LINE:
        return forms.CharField(max_length=most, **words)
    return lines(2 if most <= 500 else 3 if most <= 2000 else 5)(max_length=most, **words)


def _whole(argument: Argument, words: dict[str, Any]) -> forms.Field:
    small = isinstance(argument.column, PositiveSmallIntegerField)
    most = argument.rule.most or (SMALL if small else LARGEST)
    return forms.IntegerField(min_value=argument.rule.least, max_value=most, **words)


def _decimal(argument: Argument, words: dict[str, Any]) -> forms.Field:
    digits, places = MONEY
    if argument.column is not None:
        digits, places = argument.column.max_digits, argument.column.decimal_places  # type: ignore[attr-defined]
    return forms.DecimalField(
        min_value=argument.rule.least,
        max_value=argument.rule.most,
        max_digits=digits,
        decimal_places=places,
        **words,
    )


PLAIN: dict[Any, Callable[[Argument, dict[str, Any]], forms.Field]] = {
    str: _text,
    bool: lambda _argument, words: forms.BooleanField(**words),
    int: _whole,
    Decimal: _decimal,
    dt.date: lambda argument, words: DayField(ahead=argument.rule.ahead, **words),
    dt.time: lambda _argument, words: HourField(**words),
}
