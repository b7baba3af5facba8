"""Arrests, custody, complaints and what the police made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from casework.contradictions import happened
from core.contradictions import Rule, declare
from core.refusals import gettext_lazy as _
from prosecutions.enums import PoliceReportKind, Release
from prosecutions.models import Arrest, Custody, PoliceReport

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

DEAD = _("This person is recorded as dead by then.")
DEATH_ENDS_IT = _("Record or correct the death and its date. The custody ends with it.")
HELD_TWICE = _("This person was already in custody on that day.")
LEFT_EARLY = _("A member cannot leave a network before joining it.")
NOT_HELD_THEN = _("The court date must fall within the custody.")
REPORTED_EARLY = _("The police cannot report before the complaint.")
TAKE_TURNS = _("Two closing reports need a reopening between them.")


def _twin_arrest() -> Exists:
    same = Arrest.objects.filter(suspect=OuterRef("suspect"), arrested_on=OuterRef("arrested_on"))
    return Exists(same.exclude(pk=OuterRef("pk")))


def _held_twice() -> Exists:
    """Another custody of the person had begun and not ended when this one began."""
    others = Custody.objects.filter(suspect=OuterRef("suspect")).exclude(pk=OuterRef("pk"))
    begun = Q(since__lt=OuterRef("since")) | Q(since=OuterRef("since"), pk__lt=OuterRef("pk"))
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef("since"))
    return Exists(others.filter(begun, lasting))


def _outlived() -> Q:
    """It goes on after the death, or is said to have ended by one of another day."""
    goes_on = Q(ended_on__isnull=True) | Q(ended_on__gt=F("suspect__died_on"))
    alive = Q(suspect__died_on__isnull=True) | Q(suspect__died_on__gt=F("ended_on"))
    in_it = Q(suspect__died_on__gte=F("since"))
    return (in_it & goes_on) | (Q(ended=Release.DIED) & alive)


def _out_of_turn() -> Combinable | Q:
    """Two disposals with no reopening between, two reopenings with no disposal between, or a
    reopening of what was open. Of one day any may have come first."""
    reopened = Q(kind=PoliceReportKind.REOPENED)
    of_it = PoliceReport.objects.filter(complaint=OuterRef("complaint"))
    before = of_it.filter(reported_on__lte=OuterRef("reported_on")).exclude(pk=OuterRef("pk"))

    def twice(alike: Q) -> Combinable | Q:
        between = PoliceReport.objects.filter(
            ~alike,
            complaint=OuterRef("complaint"),
            reported_on__gte=OuterRef("reported_on"),
            reported_on__lte=OuterRef(OuterRef("reported_on")),
        )
        return alike & Exists(before.filter(alike, ~Exists(between)))

    never_closed = reopened & ~Exists(before.exclude(reopened))
    return twice(reopened) | twice(~reopened) | never_closed


declare(
    "prosecutions.Arrest",
    Rule(
        "arrest_twice",
        "arrested_on",
        _("An arrest on this day is already recorded."),
        _twin_arrest,
    ),
    Rule(
        "arrest_after_death",
        "arrested_on",
        DEAD,
        lambda: Q(suspect__died_on__lt=F("arrested_on")),
    ),
)
declare(
    "prosecutions.PoliceReport",
    Rule(
        "report_before_complaint",
        "reported_on",
        REPORTED_EARLY,
        lambda: Q(reported_on__lt=F("complaint__filed_on")),
    ),
    Rule("report_out_of_turn", "reported_on", TAKE_TURNS, _out_of_turn),
)
declare(
    "prosecutions.Custody",
    Rule("held_twice", "since", HELD_TWICE, _held_twice),
    Rule(
        "held_after_death",
        "since",
        DEAD,
        lambda: Q(suspect__died_on__lt=F("since")) | Q(suspect__died_on__lt=F("in_court_on")),
    ),
    Rule("outlived", "ended_on", DEATH_ENDS_IT, _outlived),
    Rule(
        "in_court_after_the_end",
        "in_court_on",
        NOT_HELD_THEN,
        lambda: Q(in_court_on__gt=F("ended_on")),
    ),
)
declare(
    "prosecutions.NetworkMember",
    Rule("left_before_known", "left_on", LEFT_EARLY, lambda: Q(left_on__lt=F("known_on"))),
)
happened("prosecutions.Arrest", "arrested_on")
happened("prosecutions.Suspect", "died_on", "identified_on")
happened("prosecutions.Custody", "since", "in_court_on", "ended_on", "breached_on")
happened("prosecutions.NetworkMember", "known_on", "left_on")
happened("prosecutions.Complaint", "filed_on")
happened("prosecutions.PoliceReport", "reported_on")
