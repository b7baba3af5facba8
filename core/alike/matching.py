"""Records that may be of one person: noted once a pair, judged, remembered.

One mechanism for everyone harmed and everyone responsible; who may, and how like two are, the apps
say.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.access import Scoped, ScopedQuerySet
from core.lists import pagination
from core.lists.pagination import Sort
from core.models import Record
from core.refusals import gettext as _
from core.services import Refused, amend
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django_stubs_ext import StrOrPromise

    from core.access import Actor

SIDES = ("one", "other")
LIKEST = Sort(("likeness", "id"), descending=True)
ON_A_PAGE = "20"


class MatchStatus(TextChoices):
    """What somebody said of two records that may be of one person."""

    OPEN = "open", gettext_lazy("To be looked at")
    LATER = "later", gettext_lazy("Put off")
    SAME = "same", gettext_lazy("Said to be the same person")
    DIFFERENT = "different", gettext_lazy("Not the same person")


class Apart(TextChoices):
    """Why two records of a like name are not of one person."""

    NAME_ONLY = "name_only", gettext_lazy("Only the names are alike")
    AGE = "age", gettext_lazy("Another age or sex")
    ORIGIN = "origin", gettext_lazy("From somewhere else")
    KIN = "kin", gettext_lazy("Relatives of a like name")
    ELSEWHERE = "elsewhere", gettext_lazy("Elsewhere at the same time")
    KNOWN = "known", gettext_lazy("Somebody knows both")
    OTHER = "other", gettext_lazy("Other reason")


Because = Annotated[str, Column(codes=Apart, label=gettext_lazy("Why they are not one person"))]
ANSWERS = [(status.value, status.label) for status in MatchStatus if status != MatchStatus.OPEN]


class MatchQuerySet(ScopedQuerySet):
    def of(self, people: object) -> MatchQuerySet:
        return self.filter(Q(one__any_of=people) | Q(other__any_of=people))

    def of_two_persons(self) -> Any:
        """Not merged meanwhile."""
        stands = [Coalesce(f"{side}__merged_into", side) for side in SIDES]
        return self.alias(first=stands[0], second=stands[1]).exclude(first=F("second"))


class MatchRow(Record, Scoped):
    """Two records, `one` and `other`, whose names are alike, and what was said of them.

    Of the two keys the smaller one is `one`: no pair stands twice. It holds no name.
    """

    likeness = models.PositiveSmallIntegerField()  # of the names, in hundredths
    status = models.CharField(max_length=10, choices=MatchStatus, default=MatchStatus.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=10, choices=Apart, blank=True, db_default="")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order", condition=Q(one__lt=F("other"))
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_likeness", condition=Q(likeness__range=(1, 100))
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reason_is_of_two",
                condition=Q(reason="") | Q(status=MatchStatus.DIFFERENT, reason__in=Apart.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_decided_by_somebody",
                condition=Q(
                    status=MatchStatus.OPEN, decided_by__isnull=True, decided_at__isnull=True
                )
                | Q(
                    ~Q(status=MatchStatus.OPEN),
                    status__in=MatchStatus.values,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
        ]


class Judgement(NamedTuple):
    """What somebody says of two records, and of two persons why they are two."""

    answer: str
    reason: str = ""


@dataclass(frozen=True)
class Matching:
    """Judging pairs of one kind of records. `require` refuses what is beyond the actor's reach."""

    rows: Any
    require: Callable[[Any, Any], None]
    likeness: Callable[[Any, Any, Any], int]

    def judge(self, record: Any, other: Any, judgement: Judgement, actor: Actor) -> Any:
        """Say of two records whether they are one person. It can be said anew."""
        if record.person == other.person:
            raise Refused(_("These records are already one person."))
        for row in (record, other):
            self.require(row, actor)
        first, second = sorted((record, other), key=lambda row: row.pk)
        values = {"likeness": self.likeness(record, other, actor)} | _said(judgement, actor)
        match, made = self.rows.objects.get_or_create(one=first, other=second, defaults=values)
        return match if made else self.decide(match, match.version, judgement, actor)

    def decide(self, match: Any, version: int, judgement: Judgement, actor: Actor) -> Any:
        """Raises `Stale`."""
        return amend(match, version, **_said(judgement, actor))


def queue(rows: MatchQuerySet, path: str, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of the pairs that stand in one state, the likest first. An odd state is ignored."""
    status = query.get("status", "")
    status = status if status in MatchStatus.values else MatchStatus.OPEN
    rows = rows.of_two_persons().filter(status=status).select_related(*SIDES, "decided_by")
    page = pagination.paginate(rows, LIKEST, query.get("cursor", ""), ON_A_PAGE)
    kept = {"status": str(status)}
    return {
        "status": status,
        "states": [(s.value, s.label, s == status) for s in MatchStatus],
        "rows": page.rows,
        "next_url": pagination.link(path, kept, page.next),
        "previous_url": pagination.link(path, kept, page.previous),
    }


def parts_of(matches: Any, parts: ScopedQuerySet, record: str) -> dict[object, list[object]]:
    """By `record`, the parts in cases of everyone in these pairs, out of those a reader sees."""
    people = [pk for match in matches for pk in (match.one_id, match.other_id)]
    by_record: dict[Any, list[Any]] = defaultdict(list)
    known = parts.filter(**{f"{record}__any_of": people})
    for part in known.order_by("case__reference", "code"):
        by_record[getattr(part, f"{record}_id")].append(part)
    return by_record


def side_by_side(match: Any, parts: Mapping[Any, list[Any]]) -> dict[str, object]:
    """A pair with the parts of either side; `across`: no office has a case of both."""
    mine, theirs = ({p.office_id for p in parts[pk]} for pk in (match.one_id, match.other_id))
    return {
        "match": match,
        "sides": [(side, parts[side.pk]) for side in (match.one, match.other)],
        "across": not mine & theirs,
    }


def in_hundredths(likeness: float) -> int:
    """1 where the reader sees nothing to compare."""
    return max(1, round(100 * likeness))


def _said(judgement: Judgement, actor: Actor) -> dict[str, object]:
    answer, reason = judgement
    if answer not in MatchStatus.values or answer == MatchStatus.OPEN:
        raise Refused(_("Say whether they are the same person."))
    if reason and answer != MatchStatus.DIFFERENT:
        raise Refused(_("Give a reason only if they are not one person."), "reason")
    return {
        "status": answer,
        "reason": reason,
        "decided_by": actor,
        "decided_at": timezone.now(),
    }


@dataclass(frozen=True)
class Compared:
    """One field of two records, in words; nothing where it is not known."""

    label: StrOrPromise
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return bool(self.one and self.other and self.one != self.other)

    @property
    def agrees(self) -> bool:
        return bool(self.one) and self.one == self.other


def field_by_field(
    facts: Iterable[tuple[StrOrPromise, str]], other: Iterable[tuple[StrOrPromise, str]]
) -> list[Compared]:
    """What is known of either, of both in the same order: nothing of what nobody knows."""
    pairs = zip(facts, other, strict=True)
    rows = (Compared(label, mine, theirs) for (label, mine), (_label, theirs) in pairs)
    return [row for row in rows if row.one or row.other]
