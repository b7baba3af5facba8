"""The vocabulary for asking about places and the institutions in them."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Self

from django.db.models import DateField, F, Func

from core.access import ScopedQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db import models


def _inside(place: models.Model | str, prefix: str = "") -> dict[str, object]:
    """The lookup for rows at or below a place, given as a row or by its code."""
    by = "ancestor__code" if isinstance(place, str) else "ancestor"
    return {f"{prefix}ancestor_links__{by}": place}


class DayThere(Func):
    """The calendar day of a moment at a place, by the path to its time zone and the moment."""

    template = "timezone(%(expressions)s)::date"
    output_field = DateField()


class JurisdictionQuerySet(ScopedQuerySet):
    def active(self) -> Self:
        """Places that can be named in new records."""
        return self.filter(is_active=True)

    def to_choose(self) -> Self:
        """With the name of the place that each lies in, in the order of their names."""
        return self.annotate(around=F("parent__name")).order_by("name", "code")

    def choices(self) -> list[tuple[str, str]]:
        """The code of each, and what its reader calls it, in the order of these words."""
        rows = [(row.code, str(row)) for row in self.only("code", "name", "level")]
        return sorted(rows, key=itemgetter(1))

    def within(self, place: models.Model | str) -> Self:
        """The place itself and every place inside it, at any depth; an unknown code has none."""
        return self.filter(**_inside(place))

    def by_code(self, code: str) -> Any:
        """The one place with this code; raises `DoesNotExist` where there is none."""
        return self.get(code=code)


class OutlineQuerySet(ScopedQuerySet):
    def nearest(self, codes: Iterable[str]) -> dict[str, Any]:
        """By the code of a place its outline, or that of the smallest place around it with one."""
        links = "place__descendant_links"
        inside = f"{links}__descendant__code"
        near_first = self.filter(**{f"{inside}__in": set(codes)})
        near_first = near_first.order_by(inside, f"{links}__depth")
        nearest = dict(near_first.distinct(inside).values_list(inside, "pk"))
        # Each is read once, however many places are in it.
        outlines = self.select_related("place").in_bulk(set(nearest.values()))
        return {code: outlines[pk] for code, pk in nearest.items()}

    def own(self, codes: Iterable[str]) -> dict[str, Any]:
        """By the code of a place its own outline."""
        rows = self.filter(place__code__in=set(codes)).select_related("place")
        return {row.place.code: row for row in rows}


class AgencyQuerySet(ScopedQuerySet):
    def active(self) -> Self:
        """Institutions that still exist and can be named in new records."""
        return self.filter(is_active=True)

    def within(self, jurisdiction: models.Model | str) -> Self:
        """Institutions of a place and of every place inside it."""
        return self.filter(**_inside(jurisdiction, "jurisdiction__"))
