"""What records of police and courts must not say: steps out of their order, acts after a death."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casework.contradictions import happened
from core.contradictions import Rule, declare
from prosecutions.enums import Disposition, HearingPurpose, HearingResult, Instance, Lifted
from prosecutions.models import Appeal, Arrest, ChargeDecision, Custody, Prosecution

DEAD = _("This person had died by then, as is recorded.")
HEARD_EARLY = _("A hearing cannot be listed before the prosecution was filed.")
HELD_TWICE = _("This person was in custody on that day already.")
LEFT_EARLY = _("Nobody leaves a network before being known as a member.")


def _twin_arrest() -> Any:
    same = Arrest.objects.filter(suspect=OuterRef("suspect"), arrested_on=OuterRef("arrested_on"))
    return Exists(same.exclude(pk=OuterRef("pk")))


def _held_twice() -> Any:
    """Another custody of the person had begun and not ended when this one began."""
    others = Custody.objects.filter(suspect=OuterRef("suspect")).exclude(pk=OuterRef("pk"))
    begun = Q(since__lt=OuterRef("since")) | Q(since=OuterRef("since"), pk__lt=OuterRef("pk"))
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef("since"))
    return Exists(others.filter(begun, lasting))


def after_the_end() -> Any:
    """Of a hearing: later than what ended its proceeding, where nothing is left to decide.

    The court sits on after its judgment to sentence whom it convicted.
    """
    of = Q(judgment__prosecution=OuterRef("prosecution"), case=OuterRef("case"))
    decided = ChargeDecision.objects.filter(of)
    true = decided.exclude(lifted_for=Lifted.ERROR)
    stood = ChargeDecision.objects.filter(judgment=OuterRef("judgment"))
    withdrawn = Appeal.objects.filter(
        of,
        Exists(stood.exclude(lifted_for=Lifted.ERROR)),
        withdrawn_on__gte=OuterRef("listed_on"),
    )
    not_over = Prosecution.objects.filter(pk=OuterRef("prosecution")).open()
    of_sentence = Q(purpose__in=HearingPurpose.OF_SENTENCE) & Exists(decided.standing_convictions())
    return (
        Exists(true)
        & ~Exists(true.filter(judgment__decided_on__gte=OuterRef("listed_on")))
        & ~Exists(withdrawn)
        & ~Exists(not_over)
        & ~of_sentence
    )


def _listed_after_the_end() -> Any:
    return ~Q(result=HearingResult.VACATED) & after_the_end()


def _something_later() -> Any:
    steps = Q()
    for name in ("framed_on", "pleaded_on", "amended_on"):
        steps |= Q(**{f"charge__{name}__gt": F("judgment__decided_on")})
    return Q(lifted_on__isnull=True) & steps


def _verdict_on_the_dead() -> Any:
    return Q(
        judgment__instance=Instance.FIRST,
        disposition__in=Disposition.VERDICTS,
        charge__suspect__died_on__lt=F("judgment__decided_on"),
    ) & ~Q(lifted_for=Lifted.ERROR)


def _decided_before_filed() -> Any:
    return Q(charge__filed_on__gt=F("judgment__decided_on")) & ~Q(lifted_for=Lifted.ERROR)


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
        _("The police cannot report before the complaint."),
        lambda: Q(reported_on__lt=F("complaint__filed_on")),
    ),
)
declare(
    "prosecutions.StageReached",
    Rule(
        "stage_before_filing",
        "reached_on",
        _("A stage cannot be reached before the prosecution was filed."),
        lambda: Q(reached_on__lt=F("prosecution__filed_on")),
    ),
)
declare(
    "prosecutions.Charge",
    Rule(
        "charge_before_prosecution",
        "filed_on",
        _("A charge cannot be filed before its prosecution."),
        lambda: Q(filed_on__lt=F("prosecution__filed_on")),
    ),
    Rule(
        "charge_after_death",
        "filed_on",
        DEAD,
        lambda: Q(suspect__died_on__lt=F("filed_on")),
    ),
)
declare(
    "prosecutions.Hearing",
    Rule(
        "hearing_after_the_end",
        "listed_on",
        _("Everything before this court was decided before that day."),
        _listed_after_the_end,
    ),
    Rule(
        "hearing_before_the_one_before",
        "listed_on",
        _("The next hearing lies after the one before."),
        lambda: Q(follows__listed_on__gte=F("listed_on")),
    ),
    Rule(
        "hearing_before_filing",
        "listed_on",
        HEARD_EARLY,
        lambda: Q(listed_on__lt=F("prosecution__filed_on")),
    ),
)
declare("prosecutions.Custody", Rule("held_twice", "since", HELD_TWICE, _held_twice))
declare(
    "prosecutions.NetworkMember",
    Rule("left_before_known", "left_on", LEFT_EARLY, lambda: Q(left_on__lt=F("known_on"))),
)
declare(
    "prosecutions.ChargeDecision",
    Rule(
        "decided_before_filed",
        "judgment",
        _("A charge cannot be decided before it was filed."),
        _decided_before_filed,
    ),
    Rule(
        "decided_before_a_step",
        "judgment",
        _("Something of a later day is recorded of one of these charges."),
        _something_later,
    ),
    Rule(
        "verdict_on_the_dead",
        "judgment",
        _("One of the accused had died by then, as is recorded: those charges abate."),
        _verdict_on_the_dead,
    ),
)
declare(
    "prosecutions.Judgment",
    Rule(
        "appeal_decided_before_filed",
        "decided_on",
        _("An appeal cannot be decided before it was filed."),
        lambda: Q(appeal__filed_on__gt=F("decided_on")),
    ),
)
declare(
    "prosecutions.Appeal",
    Rule(
        "appeal_before_judgment",
        "filed_on",
        _("An appeal cannot be filed before the judgment."),
        lambda: Q(filed_on__lt=F("judgment__decided_on")),
    ),
)
declare(
    "prosecutions.CompensationPayment",
    Rule(
        "paid_before_judgment",
        "paid_on",
        _("Compensation cannot be paid before the judgment."),
        lambda: Q(paid_on__lt=F("sentence__judgment__decided_on")),
    ),
)
happened("prosecutions.Arrest", "arrested_on")
happened("prosecutions.Suspect", "died_on", "identified_on")
happened("prosecutions.Custody", "since", "in_court_on", "ended_on", "breached_on")
happened("prosecutions.NetworkMember", "known_on", "left_on")
happened("prosecutions.Complaint", "filed_on")
happened("prosecutions.PoliceReport", "reported_on")
happened("prosecutions.Prosecution", "filed_on")
happened("prosecutions.StageReached", "reached_on")
happened("prosecutions.AssistanceRequest", "asked_on", "reminded_on", "answered_on")
happened("prosecutions.Charge", "filed_on", "framed_on", "pleaded_on", "amended_on")
happened("prosecutions.Judgment", "decided_on")
happened("prosecutions.Appeal", "filed_on", "withdrawn_on")
happened("prosecutions.CompensationPayment", "paid_on")
happened("prosecutions.Participation", "happened_on")
happened("prosecutions.ProtectiveMeasure", "asked_on", "answered_on")
happened("prosecutions.Accusation", "accused_on", "ended_on")
