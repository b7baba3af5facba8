"""What a docket is made of: rows of one noun in one group, counted and cut by query."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.utils import timezone

from core.shortcuts.together import read_together
from prosecutions.docket import other_rows, others
from prosecutions.docket.asking import PAGE, DocketQuery, Group
from prosecutions.docket.open_rows import Left
from prosecutions.docket.proceedings import Proceedings
from prosecutions.docket.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from accounts.models import User
    from prosecutions.docket.open_rows import Open

    Row = dict[str, Any]

MOST_IN_A_MONTH = 500  # proceedings, and custodies; more are said to be left out
DAY = timedelta(days=1)
LATE = 2  # kinds of custody of which those past the hour of a court are counted apart
OF_CUSTODY = (other_rows.presumed, other_rows.unseen, other_rows.held, other_rows.without_limit)
NO_KIND = Value("", CharField())


class Part(NamedTuple):
    """Rows of one noun in one group, in their order, and what puts one into words."""

    group: Group
    rows: Any  # a query, or proceedings that are known
    words: Callable[[Any, Any], Row] | None = None  # None: a proceeding, or one left behind
    kind: Any = NO_KIND  # by which its rows are counted


class Parts:
    """The docket one reader asks for."""

    def __init__(self, asked: DocketQuery, user: User) -> None:
        self.asked, self.user = asked, user
        self.known = Proceedings(user)
        self.open, self.left = self.known.narrow(asked)
        self.beside = [
            Part(Group.COURT, others.presumed(user), other_rows.presumed),
            Part(Group.COURT, others.unseen(user), other_rows.unseen),
            Part(Group.CUSTODY, others.limits_near(user), other_rows.held),
            Part(Group.CUSTODY, others.without_limit(user), other_rows.without_limit),
            Part(
                Group.WAITING, others.unanswered_requests(user), other_rows.request_row, F("kind")
            ),
            Part(
                Group.WAITING,
                others.unreported(user, is_kept=self.known.kept),
                other_rows.unreported,
            ),
        ]
        self._first: dict[object, Any] = {}  # by what says them, the first row of a part as read
        if asked.narrows:
            self._narrow()

    def _narrow(self) -> None:
        """Of what stands beside the proceedings, nothing but what belongs to those asked for.

        A complaint belongs to none.
        """
        of_case = {"case__any_of": list({row.case for row in self.open})}
        kept: dict[Any, dict[str, Any]] = dict.fromkeys(OF_CUSTODY, of_case)
        kept[other_rows.request_row] = {"prosecution__any_of": [row.pk for row in self.open]}
        self.beside = [
            part._replace(rows=part.rows.filter(**kept[part.words]))
            for part in self.beside
            if part.words in kept
        ]

    @cached_property
    def of_group(self) -> dict[Group, list[Open]]:
        """By group its proceedings, in their order."""
        groups: dict[Group, list[Open]] = {group: [] for group in Group}
        for row in self.open:
            groups[self.known.groups[row.pk]].append(row)
        return groups

    @cached_property
    def all(self) -> list[tuple[Part, int]]:
        """Every part in the order of the groups, with the number of its rows."""
        beside = list(zip(self.beside, self._counted, strict=False))
        beside.append((Part(Group.ASLEEP, self.left), len(self.left)))
        parts: list[tuple[Part, int]] = []
        for group in Group:
            if rows := self.of_group[group]:
                parts.append((Part(group, rows), len(rows)))
            parts += [(part, n) for part, n in beside if part.group == group]
        return parts

    @property
    def _counted(self) -> list[int]:
        """The numbers of what stands beside the proceedings, at the end those of the late."""
        numbers = [0] * (len(self.beside) + LATE)
        for place, _kind, n in self._of_kinds:
            numbers[place] += n
        return numbers

    @property
    def kinds(self) -> dict[str, int]:
        """By kind the number of the requests that wait."""
        return {kind: n for _place, kind, n in self._of_kinds if kind}

    @cached_property
    def _of_kinds(self) -> list[tuple[int, str, int]]:
        """The place of a part, a kind of its rows, and how many there are: one query."""
        now = timezone.now()
        late = [part.rows.filter(court_by__lte=now) for part in self.beside[:LATE]]
        rows = [(part.rows, part.kind) for part in self.beside] + [(of, NO_KIND) for of in late]
        counted = [
            of.order_by().annotate(part=Value(place), of_kind=kind).values("part", "of_kind")
            for place, (of, kind) in enumerate(rows)
        ]
        first, *rest = (
            of.annotate(n=Count("pk")).values_list("part", "of_kind", "n") for of in counted
        )
        return list(first.union(*rest, all=True))

    @property
    def act_now(self) -> int:
        """How many wait for nobody else: overdue, without a date, and past the hour of a court."""
        late = sum(self._counted[-LATE:])
        return late + sum(len(self.of_group[of]) for of in (Group.OVERDUE, Group.NO_DATE))

    @cached_property
    def counts(self) -> Counter[Group]:
        """By group the number of its rows."""
        counts: Counter[Group] = Counter()
        for part, n in self.all:
            counts[part.group] += n
        return counts

    @property
    def shown(self) -> list[tuple[Part, int]]:
        return [(part, n) for part, n in self.all if self.asked.show in ("", part.group)]

    def page(self, number: int) -> list[Row]:
        """The rows of a page; the first has the number 1."""
        first, last = (number - 1) * PAGE, number * PAGE
        cuts: list[tuple[Part, int, Any]] = []
        for part, n in self.shown:
            if first < n and last > 0:
                cuts.append((part, max(first, 0), part.rows[max(first, 0) : last]))
            first, last = first - n, last - n
        read_together(*(rows for _part, _from, rows in cuts if isinstance(rows, QuerySet)))
        self._first = {part.words: rows[0] for part, begin, rows in cuts if rows and not begin}
        return _soonest(
            self._in_words([(part, self._whole(part, rows)) for part, _n, rows in cuts])
        )

    def _whole(self, part: Part, rows: Iterable[Any]) -> list[Any]:
        lines = list(rows)
        return others.complaints(lines, self.user) if part.words is other_rows.unreported else lines

    def nearest(self, group: Group) -> list[Row]:
        """The first row of each part of a group, in words."""
        parts = [part for part, n in self.all if n and part.group == group and part.words]
        missing = {part.words: part.rows[:1] for part in parts if part.words not in self._first}
        read_together(*missing.values())
        self._first |= {words: row for words, rows in missing.items() for row in rows}
        first = ((part.words, self._first.get(part.words)) for part in parts)
        return [words(self.user, row) for words, row in first if words and row]

    def month(self, first: date) -> tuple[list[Row], bool]:
        """The rows with a day in a month, and whether some are left out: there are too many."""
        days = (first, (first + timedelta(days=31)).replace(day=1) - DAY)
        around = (days[0] - DAY, days[1] + 2 * DAY)  # hours of a court are of another clock
        within = {
            other_rows.presumed: Q(court_by__date__range=around),
            other_rows.unseen: Q(court_by__date__range=around),
            other_rows.held: Q(charge_by__range=days),
        }
        rows = self.of_group[Group(self.asked.show)] if self.asked.show else self.open
        listed = self.known.listed_within(rows, days)
        dated = [
            (part, part.rows.filter(within[part.words])[: MOST_IN_A_MONTH + 1])
            for part in self.beside
            if part.words in within and self.asked.show in ("", part.group)
        ]
        read_together(*(rows for _part, rows in dated))
        parts = [(Part(Group.LATER, listed), listed[: MOST_IN_A_MONTH + 1])]
        parts += [(part, list(rows)) for part, rows in dated]
        cut = any(len(rows) > MOST_IN_A_MONTH for _part, rows in parts)
        return self._in_words([(part, rows[:MOST_IN_A_MONTH]) for part, rows in parts]), cut

    def _in_words(self, parts: list[tuple[Part, list[Any]]]) -> list[Row]:
        """Rows, but for proceedings that are not there any more."""
        ours = [row for part, rows in parts if not part.words for row in rows]
        made = Rows(self.user, [row.pk for row in ours], self.known)
        lines = (self._row(part, row, made) for part, rows in parts for row in rows)
        return [row for row in lines if row]

    def _row(self, part: Part, row: Any, made: Rows) -> Row | None:
        if part.words:
            return part.words(self.user, row)
        return made.left_behind(row) if isinstance(row, Left) else made.proceeding(row)


def _soonest(rows: list[Row]) -> list[Row]:
    """Those who must be before a court by their hour, presumed to be held or known to be."""
    by_hour = sorted((row for row in rows if row["group"] == Group.COURT), key=hour_of)
    court = iter(by_hour)
    return [next(court) if row["group"] == Group.COURT else row for row in rows]


def hour_of(row: Row) -> tuple[date, str]:
    """The day and the hour of a row; one without stands last, on its day as well."""
    return row["day"] or date.max, row["hour"] or "24:00"
