"""The vocabulary for asking what waits: for a charge or a court, for the police, for others."""

from __future__ import annotations

from typing import Self

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Left
from django.db.models.lookups import Exact

from core.access import ScopedQuerySet
from prosecutions.enums import LimitReason, PoliceReportKind, RequestAnswer
from prosecutions.querysets import related


class RequestQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Those without an answer, and those answered in part: the rest is to come."""
        return self.filter(answer__in=RequestAnswer.WAITS)

    def with_abroad(self) -> Self:
        """Add `abroad`: whether those asked, or asking, are in another country than the case."""
        there, here = Left("jurisdiction__code", 2), Left("case__jurisdiction__code", 2)
        return self.annotate(abroad=~Q(Exact(there, here)))


class CustodyQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def uncharged(self) -> Self:
        """Of people against whom no charge is filed since; one from before ends no limit."""
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
        return self.uncharged().filter(in_court_on__isnull=True)


class ComplaintQuerySet(ScopedQuerySet):
    def unreported(self) -> Self:
        """Those the police have not disposed of, or took up again, and no court has.

        Adds `open_since`: filed, or taken up again.
        """
        reports = related(self.model, "reports").filter(complaint=OuterRef("pk"))
        last = reports.order_by("-reported_on", "-created_at")
        again = last.filter(kind=PoliceReportKind.REOPENED).values("reported_on")[:1]
        courts = related(self.model, "prosecutions").filter(complaint=OuterRef("pk"))
        return (
            self.filter(~Exists(courts))
            .annotate(last=Subquery(last.values("kind")[:1]))
            .filter(Q(last__isnull=True) | Q(last=PoliceReportKind.REOPENED))
            .annotate(open_since=Coalesce(Subquery(again), F("filed_on")))
        )
