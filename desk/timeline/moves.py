"""The steps a case took in its life, from the history of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import F, Func, OuterRef, Subquery, TextField, UUIDField, Value
from django.db.models.functions import Cast, JSONObject, LPad, TruncDate
from django.utils.translation import gettext as _

from casework.enums import CaseStatus
from casework.models import Case
from core.access import CONTENT
from desk.timeline.kinds import Kind
from desk.timeline.stream import Source, zone_of

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from accounts.models import User
    from desk.timeline.stream import Facts


class Moves(Source):
    """Every change of the status but closing and reopening, which tell more by themselves.

    For those to whom the content is open: the second wall shows former values by where the case
    stands today.
    """

    def rows(self, case: Case, user: User) -> QuerySet[Model]:
        model: Any = apps.get_model("casework.CaseEvent")
        events = model.objects.filter(pgh_obj=case.pk)
        if not user.scope.reaches(case, CONTENT):
            events = events.none()
        earlier = model.objects.filter(pgh_obj=case.pk, pgh_id__lt=OuterRef("pgh_id"))
        before = earlier.order_by("-pgh_id").values("status")[:1]
        moved = events.annotate(before=Subquery(before)).exclude(before=F("status"))
        moved = moved.filter(before__in=CaseStatus.OPEN, status__in=CaseStatus.OPEN)
        # A number that orders as itself, in the shape of the other ids.
        number = Func(F("pgh_id"), function="to_hex", output_field=TextField())
        facts = JSONObject(before=F("before"), after=F("status"), of=Value(self.name))
        return moved.annotate(
            stream_source=Value(self.name),
            stream_day=TruncDate("pgh_created_at", tzinfo=zone_of(case)),
            stream_at=F("pgh_created_at"),
            stream_id=Cast(LPad(number, 32, Value("0")), UUIDField()),
            stream_facts=facts,
        )


def moved(facts: Facts) -> str:
    words = {name: CaseStatus(facts[name]).label for name in ("before", "after")}
    return _("Case moved on: %(before)s to %(after)s") % words


SOURCES = (Moves("moved", Case, "", moved, kind=Kind.FILE, icon="file-text"),)
