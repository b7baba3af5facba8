"""Hearings: listed, held, adjourned and why, and the proceedings that fell out of the list."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from places.querysets import DayThere
from prosecutions.enums import Adjournment, HearingResult
from prosecutions.models import Hearing, Prosecution
from reports.base import NUMBER, ByPlace, Column
from reports.charts.reasons import NO_REASON
from reports.dispositions import open_on
from reports.sets import EVERY, gather

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from prosecutions.court_querysets import HearingQuerySet
    from reports.params import Params
    from reports.sets import Ids, Sets

REASONS = (*Adjournment.choices, (NO_REASON, _("No reason given")))


class Hearings(ByPlace):
    """What became of the hearings listed in a period, and what nobody listed again."""

    slug = "hearings"
    version = 3
    title = _("Hearings and adjournments")
    unit = _("hearings")
    people = "prosecutions.Hearing"
    chart = "reasons"
    sums = (
        ("listed", ("held", "adjourned", "result_missing")),
        ("adjourned", tuple(code for code, _label in REASONS)),
    )
    others = dict.fromkeys(("proceedings", "no_next_date"), "prosecutions.Prosecution")
    definition = _(
        "Hearings listed in the period, by place of the court: held, adjourned, and those listed "
        "before the as-of day that have no result. A hearing taken off the list because everything "
        "was decided does not count. Reasons are counted for adjourned hearings, including “no "
        "reason given”. Hearings per proceeding: of the proceedings with a hearing in the period. "
        "No next date: proceedings open on the as-of day whose latest hearing listed by then has a "
        "result, but neither a next date nor a reason for none. A next date counts from the day of "
        "the hearing that gave it, or else from the day it was entered. The reason “nothing left "
        "to hear” ends when something is left again, and every reason ends with a later judgment, "
        "appeal or charge."
    )
    columns = (
        Column("listed", _("Listed")),
        Column("held", _("Held")),
        Column("adjourned", _("Adjourned")),
        Column("result_missing", _("Result missing")),
        Column("no_next_date", _("No next date")),
        Column("proceedings", _("Proceedings heard")),
        Column("per_proceeding", _("Hearings per proceeding"), kind=NUMBER, of="proceedings"),
        *(Column(code, label) for code, label in REASONS),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        adjourned = Q(result=HearingResult.ADJOURNED)
        hearings = hearings_on_list(reader).filter(**params.period("listed_on"))
        place = "prosecution__jurisdiction"
        sets = gather(
            hearings,
            place,
            "pk",
            listed=EVERY,
            held=Q(result=HearingResult.HELD),
            adjourned=adjourned,
            result_missing=Q(result="", listed_on__lt=params.as_of),
            **{code: adjourned & _because(code) for code in Adjournment.shipped},
            **{NO_REASON: adjourned & Q(adjourned_for="")},
        )
        sets |= gather(hearings, place, "prosecution", proceedings=EVERY)
        lost = open_on(Prosecution.objects.countable_by(reader), params.as_of).filter(
            pk__in=_left_hanging(reader, params)
        )
        return sets | gather(lost, "jurisdiction", "pk", no_next_date=EVERY)

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        counts: dict[str, Any] = {name: len(ids) for name, ids in at.items()}
        heard = counts["proceedings"]
        return counts | {"per_proceeding": counts["listed"] / heard if heard else None}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        return dict(at)


def _because(code: str) -> Q:
    """A code of the organisation's own counts as the one it names, else as another reason."""
    if code != Adjournment.OTHER:
        return Q(adjourned_for__in=Adjournment.counted(code))
    others = [Adjournment.counted(ours) for ours in Adjournment.shipped if ours != code]
    return ~Q(adjourned_for__in=["", *chain.from_iterable(others)])


def hearings_on_list(reader: User) -> HearingQuerySet:
    """Hearings but those taken off the list, which nobody waited for."""
    return Hearing.objects.countable_by(reader).exclude(result=HearingResult.VACATED)


def _left_hanging(reader: User, params: Params) -> Any:
    """Proceedings whose latest listed hearing took place and says nothing of what comes next.

    By what was listed, and by a reason that holds, on the day: what the list of that day did not
    have yet is no next date.
    Of two hearings on one day the one counts that still leads on: without a result, with a reason.
    """
    day = params.as_of
    latest = (
        hearings_on_list(reader)
        .alias(entered=DayThere("prosecution__jurisdiction__time_zone", "created_at"))
        .filter(Q(listed_on__lte=day) | Q(follows__listed_on__lte=day) | Q(entered__lte=day))
        .order_by("prosecution", "-listed_on", "result", "-no_next_date")
        .distinct("prosecution")
    )
    ended = Hearing.objects.filter(pk__in=latest.values("pk")).exclude(result="")
    silent = ended.with_reason(day).filter(reason="")
    return silent.filter(listed_on__lte=day).values("prosecution")
