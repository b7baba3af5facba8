"""Since when we work against what in which place, and whom we trained there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from reports.base import NUMBER, Column
from reports.measures import Figure, Measure, Measures
from reports.sets import within
from studies.models import ProgrammePlace, Training

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.params import Params

YEAR = 365.25  # days


class ProgrammeTimeline(Measures):
    """Programmes by place, from their first day to their last."""

    slug = "programme-timeline"
    title = _("Programmes by place and time")
    unit = _("programmes")
    definition = _(
        "Programmes under way in the period, as known on the as-of day: first and last day, years "
        "until the last day or the as-of day, and trainings held in that time in the place or a "
        "part of it, with the number of people trained. A person trained twice counts twice."
    )
    measures = {"years": Measure(_("Years"), kind=NUMBER)}
    keys = (
        Column("programme", _("Against"), words=dict(Programme.choices)),
        Column("place", _("Place")),
        Column("since", _("Since")),
        Column("until", _("Until")),
    )
    columns = (
        Column("value", _("Years"), kind=NUMBER),
        Column("trainings", _("Trainings")),
        Column("trained", _("People trained")),
    )
    lead = "programme"

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        rows = ProgrammePlace.objects.countable_by(reader).filter(starts_on__lte=params.until)
        if params.start:
            rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=params.start))
        rows = within(rows, params, "jurisdiction", "programme").select_related("jurisdiction")
        for row in rows.order_by("starts_on", "jurisdiction__name", "pk"):
            yield _figure(row, reader, params)


def _figure(row: ProgrammePlace, reader: User, params: Params) -> Figure:
    last = min(row.ends_on, params.until) if row.ends_on else params.until
    held = Training.objects.countable_by(reader).filter(
        agency__jurisdiction__ancestor_links__ancestor=row.jurisdiction,
        held_on__range=(row.starts_on, last),
    )
    trained = held.aggregate(people=Sum("people"))["people"]
    over = row.ends_on if row.ends_on and row.ends_on <= params.until else None
    return Figure(
        "years",
        value=((last - row.starts_on).days + 1) / YEAR,
        own={
            "programme": row.programme,
            "since": row.starts_on.isoformat(),
            "until": over.isoformat() if over else "",
        },
        beside={"trainings": held.count(), "trained": trained or 0},
        place=row.jurisdiction,
    )
