"""The open proceedings with what a row of the docket needs of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from prosecutions.enums import Standing, TakingPart
from prosecutions.models import (
    Charge,
    ComplaintSuspect,
    Hearing,
    Participation,
    Prosecution,
    Suspect,
)
from prosecutions.services.docket.asking import Asked, Only
from victims.enums import RANGES, AgeBand

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

OLDEST_CHILD = RANGES[AgeBand.TEENAGER][1]  # in months
LISTED = ("id", "listed_on", "listed_at", "purpose", "no_next_date")


def open_proceedings(user: Any, asked: Asked) -> Any:
    """Proceedings to be heard, each with every listing to come and the last that was recorded."""
    hearings = Hearing.objects.visible_to(user).filter(prosecution=OuterRef("pk"))
    to_come = hearings.to_come().order_by("listed_on", "listed_at", "pk")
    return (
        asked.narrow(told_apart(user, {Only.CHILD, *asked.only}))
        .select_related("case", "court", "jurisdiction")
        .annotate(
            to_come=ArraySubquery(_listed(to_come)),
            last=Subquery(_listed(hearings.recorded().order_by("-listed_on", "-created_at"))[:1]),
            due=Subquery(to_come.values("listed_on")[:1]),
        )
        .order_by(F("due").asc(nulls_first=True), "filed_on", "pk")  # without a date: not cut off
    )


def asleep(user: Any, asked: Asked) -> Any:
    """Proceedings with charges that are archived, whatever else is open in them."""
    rows = Prosecution.objects.visible_to(user).with_asleep().filter(asleep_since__isnull=False)
    return (
        asked.narrow(_told_apart(rows, user, asked.only))
        .select_related("case", "court", "jurisdiction")
        .order_by("asleep_since", "pk")
    )


def told_apart(user: Any, flags: Collection[str]) -> Any:
    """Proceedings to be heard with what they are filtered by: stage, and which of the flags hold.

    No more than is asked for: each flag is looked up for every proceeding there is.
    """
    return _told_apart(Prosecution.objects.visible_to(user).to_be_heard(), user, flags)


def _told_apart(rows: Any, user: Any, flags: Collection[str]) -> Any:
    known = {
        Only.CHILD: Exists(_children(user)),
        Only.HELD: _accused(user, Standing.HELD),
        Only.LARGE: _accused(user, Standing.LARGE),
    }
    chosen = {flag.value: how for flag, how in known.items() if flag in flags}
    return rows.with_stage().annotate(**chosen)


def _accused(user: Any, standing: str) -> Any:
    """Whether one of the accused stands so: of the charges, or of the complaint it rests on."""
    accused = Suspect.objects.visible_to(user).filter(pk=OuterRef("suspect")).with_standing()
    so = Exists(accused.filter(standing=standing))
    charged = Charge.objects.visible_to(user).filter(so, prosecution=OuterRef("pk"))
    named = ComplaintSuspect.objects.visible_to(user).filter(so, complaint=OuterRef("complaint"))
    return Exists(charged) | Exists(named)


def _children(user: Any) -> Any:
    """Survivors below 18 who take part, in this proceeding or whatever becomes of the case.

    Who declined later takes no part any more.
    """
    parts = Participation.objects.visible_to(user)
    later = parts.filter(
        involvement=OuterRef("involvement"),
        kind=TakingPart.DECLINED,
        happened_on__gte=OuterRef("happened_on"),
    )
    return parts.exclude(kind=TakingPart.DECLINED).filter(
        Q(prosecution=OuterRef("pk")) | Q(prosecution__isnull=True, case=OuterRef("case")),
        ~Exists(later),
        involvement__victim__age_max_months__lte=OLDEST_CHILD,
    )


def standings(proceedings: list[UUID], user: Any) -> dict[UUID, list[str]]:
    """How the accused of each proceeding stand: those charged in it, or named in its complaint."""
    charged = Charge.objects.visible_to(user).filter(prosecution__any_of=proceedings)
    named = ComplaintSuspect.objects.visible_to(user).filter(
        complaint__prosecutions__any_of=proceedings
    )
    pairs = set(
        charged.values_list("prosecution", "suspect").union(
            named.values_list("complaint__prosecutions", "suspect")
        )
    )
    people = Suspect.objects.visible_to(user).filter(pk__any_of=[who for _of, who in pairs])
    stand = dict(people.with_standing().values_list("pk", "standing"))
    found: dict[UUID, list[str]] = {}
    for of, who in pairs:
        if who in stand:
            found.setdefault(of, []).append(stand[who])
    return found


def _listed(hearings: Any) -> Any:
    return hearings.values(found=JSONObject(**{name: name for name in LISTED}))
