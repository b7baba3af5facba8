"""Whether the days of a body have begun where they are said to have happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from core.api.serializers import Day
from core.days import clock
from core.refusals import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


def check_days(body: Any, row: object = None) -> None:
    """Refuse a day that has not begun at the places of the body, or of the row it is about; where
    neither has one, in the office of whoever sends it."""
    ahead = list(_not_past(body, body.validated_data))
    if not ahead:
        return
    todays = [place.today for place in _places(body.validated_data, row)]
    today = max(todays, default=clock.latest())
    wrong = {name: [_("This is in the future.")] for name, day in ahead if day > today}
    if wrong:
        raise serializers.ValidationError(wrong)


def _not_past(shape: Any, data: object) -> Iterator[tuple[str, date]]:
    """The days that have not begun everywhere on Earth, by the field of the body."""
    for name, field in shape.fields.items():
        value, inner = _value(data, field.source), getattr(field, "child", field)
        if isinstance(field, Day) and not field.ahead and value and value > clock.first_on_earth():
            yield name, value
        if value and isinstance(inner, serializers.Serializer):
            for part in value if inner is not field else [value]:
                yield from ((name, day) for _inner, day in _not_past(inner, part))


def _value(data: object, name: str) -> Any:
    """Of what a shape made: a dict, or a record of its own."""
    return data.get(name) if isinstance(data, Mapping) else getattr(data, name, None)


def _places(data: dict[str, object], row: object) -> list[Any]:
    """Of the rows named in the body, else of the row at the address."""
    return [place for value in data.values() if (place := _place_of(value))] or [
        place for place in [_place_of(row)] if place
    ]


def _place_of(row: object) -> Any:
    """A place itself, that of a row, or that of its case."""
    if hasattr(row, "time_zone"):
        return row
    return getattr(row, "jurisdiction", None) or getattr(
        getattr(row, "case", None), "jurisdiction", None
    )
