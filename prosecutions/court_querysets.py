"""Querysets of hearings, requests, arrests, custodies and complaints: what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Left
from django.db.models.lookups import Exact

from core.access import ScopedQuerySet
from prosecutions.enums import (
    HearingResult,
    Lifted,
    LimitReason,
    NoNextDate,
    PoliceReportKind,
    RequestAnswer,
)
from prosecutions.querysets import related

if TYPE_CHECKING:
    from datetime import date


class HearingQuerySet(ScopedQuerySet):
    def to_come(self) -> Self:
        """Listed, with no result yet: in the future, or overdue."""
        return self.filter(result="")

    def recorded(self) -> Self:
        """Held or adjourned. What was taken off the list came to nothing."""
        return self.filter(result__in=HearingResult.TOOK_PLACE)

    def with_reason(self, day: date | None = None) -> Self:
        """Add `reason`: why no next date is listed, if that still holds, today or on a day.

        It holds until the matter moves on: a later judgment, appeal or charge, or one taken up
        again. That nothing is left is no reason where somebody asks for one.
        """

        def later(name: str) -> dict[str, Any]:
            until = {f"{name}__lte": day} if day else {}
            return {f"{name}__gt": OuterRef("listed_on")} | until

        charges = related(self.model, "prosecution__charges")
        ends = related(self.model, "prosecution__charges__decisions")
        ends = ends.exclude(lifted_for=Lifted.ERROR)  # it never was
        appeals = related(self.model, "prosecution__judgments__appeals")
        # Of the same case: by it the few rows are found, not by reading all.
        of, case = OuterRef("prosecution"), {"case": OuterRef("case")}
        moved_on = (
            Exists(charges.filter(prosecution=of, **later("filed_on"), **case))
            | Exists(ends.filter(judgment__prosecution=of, **later("judgment__decided_on"), **case))
            | Exists(ends.filter(judgment__prosecution=of, **later("lifted_on"), **case))
            | Exists(appeals.filter(judgment__prosecution=of, **later("filed_on"), **case))
        )
        none = ["", *NoNextDate.NOTHING_LEFT]  # asked first: it needs no look elsewhere
        return self.annotate(
            reason=Case(
                When(no_next_date__in=none, then=Value("")),
                When(moved_on, then=Value("")),
                default=F("no_next_date"),
            )
        )


class RequestQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Those without an answer, and those answered in part: the rest is to come."""
        return self.filter(answer__in=RequestAnswer.WAITS)

    def with_abroad(self) -> Self:
        """Add `abroad`: whether those asked, or asking, are in another country than the case."""
        there, here = Left("jurisdiction__code", 2), Left("case__jurisdiction__code", 2)
        return self.annotate(abroad=~Q(Exact(there, here)))


class ArrestQuerySet(ScopedQuerySet):
    def unanswered(self) -> Self:
        """Those after which nobody has said what became of the person: custody, release, bail or
        death. A custody that had ended before, or on that day, says nothing of it."""
        custodies = related(self.model, "suspect__custodies").filter(suspect=OuterRef("suspect"))
        after = Q(since__gte=OuterRef("arrested_on")) | Q(ended_on__isnull=True)
        after |= Q(ended_on__gt=OuterRef("arrested_on"))
        return self.filter(~Exists(custodies.filter(after)), suspect__died_on__isnull=True)

    def presumed(self) -> Self:
        """Of these, those whose clock runs: told in time, and not by a file."""
        return self.unanswered().filter(presumed_until__isnull=False)


class CustodyQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def uncharged(self) -> Self:
        """Of people against whom neither a charge nor a charge sheet is filed since.

        The report of the police meets the limit (s. 187 BNSS), before a court charges anybody. What
        is from before the custody ends no limit.
        """
        sheets = related(self.model, "suspect__complaints").filter(
            suspect=OuterRef("suspect"),
            sent_up__kind=PoliceReportKind.CHARGE_SHEET,
            sent_up__reported_on__gte=OuterRef("since"),
        )
        return self._not_accused().filter(~Exists(sheets))

    def _not_accused(self) -> Self:
        """Of people against whom no charge is filed since."""
        charges = related(self.model, "suspect__charges").filter(
            suspect=OuterRef("suspect"), filed_on__gte=OuterRef("since")
        )
        return self.filter(~Exists(charges))

    def without_limit(self) -> Self:
        """Of people held without a charge of whom no last day for one is known."""
        return (
            self.uncharged()
            .filter(charge_by__isnull=True)
            .exclude(limit_reason=LimitReason.CHARGED)
        )

    def unseen(self) -> Self:
        """Of people no court has seen yet, and against whom no charge is filed since."""
        return self._not_accused().filter(in_court_on__isnull=True)


class ComplaintQuerySet(ScopedQuerySet):
    def unreported(self) -> Self:
        """Those the police have not disposed of, or took up again, and no court has since.

        Adds `open_since`: filed, or taken up again.
        """
        reports = related(self.model, "reports").filter(complaint=OuterRef("pk"))
        last = reports.order_by("-reported_on", "-created_at")
        again = last.filter(kind=PoliceReportKind.REOPENED).values("reported_on")[:1]
        courts = related(self.model, "prosecutions").filter(complaint=OuterRef("pk"))
        return (
            self.annotate(last=Subquery(last.values("kind")[:1]))
            .annotate(open_since=Coalesce(Subquery(again), F("filed_on")))
            .filter(
                Q(last__isnull=True) & ~Exists(courts)
                | Q(last=PoliceReportKind.REOPENED)
                & ~Exists(courts.filter(filed_on__gte=OuterRef("open_since")))
            )
        )
