"""What a plan of a rescue says, as its verbs take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from django.utils.translation import gettext_lazy as _

from casework.enums import Decision
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, time

    from accounts.models import User
    from casework.models import Rescue, Site
    from places.models import Agency, Jurisdiction

LONGEST = 4000  # signs
MOST_MET = 500
WHY = 5  # signs, of why a plan goes or does not

Day = Annotated["date", Column(ahead=True, label=_("Day"))]
Hour = Annotated["time", Column(null=True, label=_("Hour"), help=_("By the clock of the place."))]
PlaceThen = Annotated["Jurisdiction", Column(label=_("Place"))]
SUCH_AS = _("Such as: leads, drives, films.")
OwnPart = Annotated[str, Column(length=200, label=_("Your part"), help=SUCH_AS)]
ItsPart = Annotated[str, Column(length=200, label=_("Part"), help=SUCH_AS)]
Person = Annotated["User", Column(label=_("Person"))]
ItsRescue = Annotated["Rescue", Column(label=_("Rescue"))]
GoOrNot = Annotated[str, Column(codes=Decision, label=_("Go or no go"))]
Reason = Annotated[str, Column(length=1000, least=WHY, label=_("Reason"))]


class PlanColumns(TypedDict, total=False):
    """What may be known later."""

    hour: Hour | None
    site: Annotated[Site | None, Column(null=True, label=_("Site"))]
    meeting_point: Annotated[str, Column(length=1000, blank=True, label=_("Meeting point"))]
    partners: Annotated[
        Collection[Agency],
        Column(blank=True, label=_("Partners"), help=_("Police, labour officers, others.")),
    ]
    children: Annotated[int | None, Column(most=MOST_MET, null=True, label=_("Children expected"))]
    adults: Annotated[int | None, Column(most=MOST_MET, null=True, label=_("Adults expected"))]
    risks: Annotated[
        str,
        Column(
            length=LONGEST,
            blank=True,
            label=_("Risks"),
            help=_("One on each line, and after a colon what is done about it."),
        ),
    ]
    beds: Annotated[
        str,
        Column(
            length=1000,
            blank=True,
            label=_("Beds"),
            help=_("With which provider, and how many. Say what is not arranged yet."),
        ),
    ]
    medical: Annotated[str, Column(length=1000, blank=True, label=_("Doctors"))]
    interpreters: Annotated[
        str, Column(length=1000, blank=True, label=_("Interpreters, and for which languages"))
    ]
    evidence: Annotated[
        str,
        Column(
            length=LONGEST,
            blank=True,
            label=_("Evidence"),
            help=_("Who films, who seizes, who keeps it."),
        ),
    ]


class PlanChanges(PlanColumns, total=False):
    day: Day
    jurisdiction: PlaceThen
