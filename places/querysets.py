"""The vocabulary for asking about places and the institutions in them."""

from __future__ import annotations

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

    def within(self, place: models.Model | str) -> Self:
        """The place itself and every place inside it, at any depth; an unknown code has none."""
        return self.filter(**_inside(place))

    def by_code(self, code: str) -> Any:
        """The one place with this code; raises `DoesNotExist` where there is none."""
        return self.get(code=code)


class OutlineQuerySet(ScopedQuerySet):
    def nearest(self, codes: Iterable[str]) -> dict[str, Any]:
        """By the code of a place its outline, or that of the smallest place around it with one."""
        rows = self.filter(place__descendant_links__descendant__code__in=set(codes))
        rows = rows.annotate(inside=F("place__descendant_links__descendant__code"))
        far_first = rows.order_by("-place__descendant_links__depth").select_related("place")
        return {row.inside: row for row in far_first}


class AgencyQuerySet(ScopedQuerySet):
    def active(self) -> Self:
        """Institutions that still exist and can be named in new records."""
        return self.filter(is_active=True)

    def within(self, jurisdiction: models.Model | str) -> Self:
        """Institutions of a place and of every place inside it."""
        return self.filter(**_inside(jurisdiction, "jurisdiction__"))
