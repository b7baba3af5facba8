"""Shapes of requests and answers. Shape only: rules live in services."""

from __future__ import annotations

import re
from types import GenericAlias
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, get_args

from django.core.exceptions import ValidationError as NotAValue
from django.db.models import Model
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from core.choices import KnownCodes
from core.days import clock
from core.days.moments import CannotBe, check_day
from core.refusals import gettext as _

if TYPE_CHECKING:
    from datetime import date, time
    from decimal import Decimal

    from core.access import ScopedQuerySet

M = TypeVar("M", bound=Model)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # one spelling, not every one of ISO 8601
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
FIGURE = re.compile(r"[0-9]{1,16}(\.[0-9]{1,6})?")


class Input(serializers.Serializer[Any]):
    """A request body. A field it does not know is refused by name, never dropped."""

    def to_internal_value(self, data: object) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        errors: Any = {name[:80]: [_("There is no such field.")] for name in unknown[:20]}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as exc:
            raise serializers.ValidationError(exc.detail | errors) from None
        if errors:
            raise serializers.ValidationError(errors)
        return value


class RowSerializer(serializers.ModelSerializer[M]):
    """A row as programs read it: `RowSerializer[Table]`, and the names of what it `shows`."""

    shows: ClassVar[str]

    if not TYPE_CHECKING:

        def __class_getitem__(cls, table: object) -> GenericAlias:
            return GenericAlias(cls, table)  # so that a class knows of which table it is

    def __init_subclass__(cls, **more: object) -> None:
        super().__init_subclass__(**more)
        if "shows" in vars(cls):
            bases = getattr(cls, "__orig_bases__", ())
            tables = [table for base in bases for table in get_args(base)]
            table = tables[0] if tables else cls.Meta.model
            meta: Any = type("Meta", (), {"model": table, "fields": (*cls.shows.split(),)})
            cls.Meta = meta  # type: ignore[misc]


class HowFar(serializers.Serializer[Any]):
    """How far the job of a row is, and the name of what went wrong."""

    done = serializers.IntegerField(source="job.done", read_only=True, default=0)
    total = serializers.IntegerField(source="job.total", read_only=True, default=None)
    failure = serializers.CharField(source="job.failure", read_only=True, default="")


class Nothing(Input):
    """The body of a step that needs no words: empty."""


class VisibleRow(serializers.SlugRelatedField[Any]):
    """A reference to another row by id or code; rows out of the caller's scope do not exist."""

    default_error_messages = {
        "does_not_exist": gettext_lazy("Not found, or not open to you."),
        "invalid": gettext_lazy("Not found, or not open to you."),
    }

    def __init__(self, queryset: object = None, by: str = "id", **kwargs: Any) -> None:
        if queryset is not None:
            kwargs["queryset"] = queryset
        super().__init__(slug_field=by, **kwargs)

    def get_queryset(self) -> ScopedQuerySet:
        queryset: Any = super().get_queryset()
        return queryset.visible_to(self.context["reader"])

    def to_internal_value(self, data: object) -> Any:
        if not isinstance(data, str) or "\0" in data:
            self.fail("invalid")
        try:
            return super().to_internal_value(data)
        except NotAValue:
            self.fail("invalid")

    def to_representation(self, obj: object) -> str:
        return str(super().to_representation(obj))


class VisibleRows(serializers.ManyRelatedField):
    """Several references, found with one query."""

    def __init__(
        self, queryset: ScopedQuerySet, by: str = "id", *, max_length: int = 50, **kwargs: Any
    ) -> None:
        self.by, self.max_length = by, max_length
        super().__init__(child_relation=VisibleRow(queryset, by), **kwargs)

    def to_internal_value(self, data: object) -> Any:
        if not isinstance(data, list) or len(data) > self.max_length:
            raise serializers.ValidationError(
                _("Send a list of at most %(count)s.") % {"count": self.max_length}
            )
        if not data:
            return []
        visible: Any = self.child_relation.get_queryset()
        field = visible.model._meta.get_field(self.by)
        keys = [_key(field, item) for item in data]
        matches = visible.filter(**{f"{self.by}__in": {key for key in keys if key is not None}})
        rows = {getattr(row, self.by): row for row in matches}
        words = [_("Not found, or not open to you.")]
        missing: Any = {n: words for n, key in enumerate(keys) if key not in rows}
        if missing:
            raise serializers.ValidationError(missing)
        return [rows[key] for key in dict.fromkeys(keys)]


def _key(field: Any, item: object) -> Any:
    """The value to look for, or nothing where there can be no such row."""
    try:
        return field.to_python(item) if isinstance(item, str) and "\0" not in item else None
    except NotAValue:
        return None


class Text(serializers.CharField):
    """Text as JSON writes it: a number or a truth value is not turned into words."""

    def to_internal_value(self, data: object) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class WholeNumber(serializers.IntegerField):
    """A number as JSON writes it, without quotes or fraction."""

    def to_internal_value(self, data: object) -> int:
        if not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class Truth(serializers.BooleanField):
    """True or false as JSON writes them; "yes" and 1 are neither."""

    def to_internal_value(self, data: object) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=str(data)[:40])
        return data


class Amount(serializers.DecimalField):
    """Money, not negative: a number, or the same in quotes. No NaN, no digits of other scripts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, min_value=0, **kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        written = isinstance(data, str) and AMOUNT.fullmatch(data)
        if not written and (isinstance(data, bool) or not isinstance(data, int | float)):
            self.fail("invalid")
        return super().to_internal_value(data)


class Figure(serializers.DecimalField):
    """A number that is not negative: as JSON writes it, or the same in quotes."""

    def __init__(
        self, digits: int, places: int, *, least: int = 0, most: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(
            max_digits=digits, decimal_places=places, min_value=least, max_value=most, **kwargs
        )

    def to_internal_value(self, data: Any) -> Decimal:
        written = isinstance(data, str) and FIGURE.fullmatch(data)
        if not written and (isinstance(data, bool) or not isinstance(data, int | float)):
            self.fail("invalid")
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """The day of something on record: not before these records begin, not in the future.

    `ahead`: it may lie ahead. Whether its day has begun where it happened is asked once the whole
    body is known (`core/api/days.py`).
    """

    def __init__(self, *, ahead: bool = False, **kwargs: Any) -> None:
        self.ahead = ahead
        super().__init__(**kwargs)

    def to_internal_value(self, value: object) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        day = super().to_internal_value(value)
        try:
            return check_day(day, ahead=self.ahead, today=clock.last_on_earth())
        except CannotBe as exc:
            raise serializers.ValidationError(str(exc)) from None


class Hour(serializers.TimeField):
    """The hour of something by the clock of its place: HH:MM."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M"], format="%H:%M", **kwargs)

    def to_internal_value(self, value: object) -> time:
        if not isinstance(value, str):
            self.fail("invalid", format="HH:MM")
        return super().to_internal_value(value)


class Labelled(serializers.ChoiceField):
    """A code of a list. Of a list that an organisation has a say in, one that is in use; `known`:
    or was."""

    def __init__(self, choices: Any, *, known: bool = False, **kwargs: Any) -> None:
        given = getattr(choices, "choices", choices)
        self.listed = given.listed if isinstance(given, KnownCodes) else None
        self.known = known
        super().__init__(choices=given, **kwargs)

    def to_internal_value(self, data: object) -> str:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=str(data)[:40])
        if not data or self.listed is None or not self.listed.entries():
            return super().to_internal_value(data)
        if data not in self.listed.values:
            self.fail("invalid_choice", input=data[:40])
        if not self.known and data not in self.listed.in_use():
            raise serializers.ValidationError(_("This is no longer in use. Choose another."))
        return data


def shown_as(field: str) -> Any:
    """A related row, shown by its code or name instead of its id."""
    return serializers.SlugRelatedField(slug_field=field, read_only=True)
