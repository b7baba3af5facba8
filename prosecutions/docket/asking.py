"""What a docket is asked for: group, court, stage, whose cases; all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import StageMeaning

if TYPE_CHECKING:
    from django.http import QueryDict

PAGE = 50  # rows of a list
LIST, CALENDAR = "list", "calendar"


class Group(TextChoices):
    """Where a row stands in the docket, the urgent first."""

    OVERDUE = "overdue", _("Overdue: the day has passed, no result recorded")
    NO_DATE = "no-date", _("No next date")
    COURT = "court", _("In custody, to be brought before a court")
    CUSTODY = "custody", _("In custody, last day for a charge near or not known")
    SOON = "week", _("Next 7 days")
    WAITING = "waiting", _("Waiting on others")
    ASLEEP = "asleep", _("Archived, stayed or transferred: to be taken up again")
    LATER = "later", _("Later")


TONES = {
    Group.OVERDUE: "danger",
    Group.NO_DATE: "danger",
    Group.COURT: "danger",
    Group.CUSTODY: "warn",
    Group.SOON: "warn",
}
TILES = {
    Group.OVERDUE: _("Overdue results"),
    Group.NO_DATE: _("No next date"),
    Group.COURT: _("Before a court"),
    Group.CUSTODY: _("Charge due, in custody"),
    Group.SOON: _("Next 7 days"),
    Group.WAITING: _("Waiting on others"),
    Group.ASLEEP: _("Archived, stayed"),
    Group.LATER: _("Later"),
}


class Only(TextChoices):
    """What the people of a proceeding make of it."""

    CHILD = "child", _("Child witness")
    HELD = "held", _("Accused in custody")
    LARGE = "large", _("Accused at large")


@dataclass(frozen=True)
class DocketQuery:
    """A question to the docket. Values nobody offers are no part of it."""

    show: str = ""
    courts: tuple[UUID, ...] = ()
    stages: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    view: str = LIST
    month: date | None = None
    page: int = 1
    unknown: tuple[str, ...] = field(default=(), compare=False)  # parameters with other values

    @classmethod
    def of(cls, query: QueryDict) -> DocketQuery:
        """From an address."""
        read: dict[str, tuple[Any, ...]] = {}
        unknown = []
        for name, known in (("court", _court), ("stage", StageMeaning), ("only", Only)):
            values = [_as(known, text) for text in query.getlist(name)]
            read[name] = tuple(dict.fromkeys(value for value in values if value))
            unknown += [name] if None in values else []
        show, view = query.get("show", ""), query.get("view", LIST)
        month = _month(query.get("month", ""))
        unknown += [] if show in ("", *Group.values) else ["show"]
        unknown += [] if view in (LIST, CALENDAR) else ["view"]
        unknown += [] if month or not query.get("month") else ["month"]
        unknown += [] if _page(query.get("page", "1")) else ["page"]
        return cls(
            show=show if show in Group.values else "",
            courts=read["court"],
            stages=read["stage"],
            only=read["only"],
            view=view if view == CALENDAR else LIST,
            month=month,
            page=page_of(query),
            unknown=tuple(unknown),
        )

    @property
    def narrows(self) -> bool:
        """Whether it asks for some proceedings only."""
        return bool(self.courts or self.stages or self.only)

    @property
    def url(self) -> str:
        pairs = [("court", str(court)) for court in self.courts]
        pairs += [("stage", stage) for stage in self.stages]
        pairs += [("only", only) for only in self.only]
        pairs += [("show", self.show)] if self.show else []
        pairs += [("view", self.view)] if self.view != LIST else []
        pairs += [("month", f"{self.month:%Y-%m}")] if self.month else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        path = reverse("prosecutions:docket")
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def but(self, **changes: Any) -> str:
        """The address of the same question with something else, from its first page."""
        return replace(self, **{"page": 1} | changes).url


def _court(text: str) -> UUID:
    return UUID(text)


def _as(known: Any, text: str) -> Any:
    try:
        return known(text)
    except ValueError:
        return None


def _month(text: str) -> date | None:
    """The first day of a month like 2026-12."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if len(text) == len("2026-12") and 1990 <= month.year <= 2100 else None


def page_of(query: QueryDict) -> int:
    """The page asked for, or the first."""
    return _page(query.get("page", "1")) or 1


def _page(text: str) -> int | None:
    """The number of a page, the first being 1."""
    known = text.isascii() and text.isdigit() and len(text) <= len("99999") and int(text) > 0
    return int(text) if known else None
