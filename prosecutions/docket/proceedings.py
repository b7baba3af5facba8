"""The proceedings of one reader's docket."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from prosecutions.docket import kept_answers
from prosecutions.docket.filters import OF_ACCUSED, offered, takes
from prosecutions.docket.open_rows import left_rows, open_rows, standings
from prosecutions.models import Hearing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from accounts.models import User
    from prosecutions.docket.asking import DocketQuery, Group
    from prosecutions.docket.open_rows import Left, Open

FACETS = 1000
MOST_ASKED = 200  # of more it is not said how many of them have somebody in custody, or at large


class Proceedings:
    """The proceedings of a reader's docket, and how the accused in them stand."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.kept = kept_answers.may_be_read(user)
        live = (open_rows(user), left_rows(user)) if not self.kept else None
        self.open, self.left = live or kept_answers.kept_rows(user)
        self._stand: dict[UUID, Sequence[str]] = {}

    @cached_property
    def groups(self) -> dict[UUID, Group]:
        """Of each open proceeding, by the clock of its court."""
        now = timezone.now()
        today = {
            zone: now.astimezone(ZoneInfo(zone)).date() for zone in {o.zone for o in self.open}
        }
        return {row.pk: row.group(today[row.zone]) for row in self.open}

    def narrow(self, asked: DocketQuery) -> tuple[list[Open], list[Left]]:
        """Those that are asked for."""
        if OF_ACCUSED & set(asked.only):
            self.stand([*(row.pk for row in self.open), *(row.pk for row in self.left)])

        def ours(row: Open | Left) -> bool:
            return takes(asked, row, self._stand.get(row.pk, ()))

        return [row for row in self.open if ours(row)], [row for row in self.left if ours(row)]

    def stand(self, proceedings: Iterable[UUID]) -> Mapping[UUID, Sequence[str]]:
        """How the accused of these stand; those that are known are not asked for again."""
        if unknown := [pk for pk in proceedings if pk not in self._stand]:
            by_proceeding = standings(unknown, self.user)
            self._stand |= {pk: by_proceeding.get(pk, ()) for pk in unknown}
        return self._stand

    def offered(self, asked: DocketQuery) -> dict[str, Any]:
        """The filters, each with its number among the first thousand open proceedings."""
        stand = self.stand(self.asked_all) if self.asked_all or not self.open else None
        return offered(asked, self.open[:FACETS], stand)

    @property
    def asked_all(self) -> list[UUID]:
        """All that are open, where they are so few that it may be asked how each accused stands."""
        return [row.pk for row in self.open] if len(self.open) <= MOST_ASKED else []

    def listed_within(self, rows: Iterable[Open], days: tuple[date, date]) -> list[Open]:
        """Of these, in their order, those with a listing to come between two days."""
        rows = [row for row in rows if row.due and row.due <= days[1]]
        hearings = Hearing.objects.visible_to(self.user).to_come().filter(listed_on__range=days)
        of = hearings.filter(prosecution__any_of=[row.pk for row in rows])
        within = set(of.values_list("prosecution", flat=True))
        return [row for row in rows if row.pk in within]
