"""Proceedings: filed, heard, decided, appealed, in this order."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import GreaterThan, IsNull

from casework.contradictions import ahead, happened
from core.contradictions import Rule, declare
from core.refusals import gettext_lazy as _
from prosecutions.contradictions.police import DEAD
from prosecutions.enums import Disposition, HearingPurpose, HearingResult, Instance, Lifted
from prosecutions.models import Appeal, ChargeDecision, Prosecution

DECIDED_TWICE = _("A court of first instance has already decided one of these charges.")
HEARD_AHEAD = _("A hearing with a result cannot be dated in the future.")
HEARD_EARLY = _("A hearing cannot be listed before the prosecution was filed.")
LIFTED_EARLY = _("A judgment cannot be lifted before the day it was given.")
PAID_EARLY = _("Compensation cannot be paid before the judgment.")
APPEALED_EARLY = _("An appeal cannot be filed before the judgment.")


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


def _listed_after_the_end() -> Q:
    return ~Q(result=HearingResult.VACATED) & after_the_end()


def _something_later() -> Q:
    steps = Q()
    for name in ("framed_on", "pleaded_on", "amended_on"):
        steps |= Q(**{f"charge__{name}__gt": F("judgment__decided_on")})
    return Q(lifted_on__isnull=True) & steps


def _verdict_on_the_dead() -> Q:
    return Q(
        judgment__instance=Instance.FIRST,
        disposition__in=Disposition.VERDICTS,
        charge__suspect__died_on__lt=F("judgment__decided_on"),
    ) & ~Q(lifted_for=Lifted.ERROR)


def _decided_before_filed() -> Q:
    return Q(charge__filed_on__gt=F("judgment__decided_on")) & ~Q(lifted_for=Lifted.ERROR)


def _decided_twice() -> Q:
    """Another decision of first instance stood on that day; one entered in error never did."""
    others = ChargeDecision.objects.first_instance().exclude(lifted_for=Lifted.ERROR)
    others = others.filter(charge=OuterRef("charge")).exclude(pk=OuterRef("pk"))
    day, lifted = OuterRef("judgment__decided_on"), OuterRef("lifted_on")
    lasting = others.filter(Q(lifted_on__isnull=True) | Q(lifted_on__gt=day))
    own: Any = Q(IsNull(lifted, True)) | Q(GreaterThan(lifted, day))
    same_day = Q(judgment__decided_on=day, pk__lt=OuterRef("pk")) & own
    stood: Any = Exists(lasting.filter(Q(judgment__decided_on__lt=day) | same_day))
    return Q(judgment__instance=Instance.FIRST) & ~Q(lifted_for=Lifted.ERROR) & stood


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
        _("All charges before this court were decided before that day."),
        _listed_after_the_end,
        apart=True,
    ),
    Rule(
        "hearing_before_the_one_before",
        "listed_on",
        _("The next hearing must be after the previous one."),
        lambda: Q(follows__listed_on__gte=F("listed_on")),
    ),
    Rule(
        "hearing_before_filing",
        "listed_on",
        HEARD_EARLY,
        lambda: Q(listed_on__lt=F("prosecution__filed_on")),
    ),
    Rule(
        "heard_ahead",
        "listed_on",
        HEARD_AHEAD,
        lambda: (
            Q(result__in=HearingResult.TOOK_PLACE)
            & ahead("listed_on", "prosecution__jurisdiction__time_zone")
        ),
    ),
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
        _("Something later is already recorded about one of these charges."),
        _something_later,
    ),
    Rule(
        "verdict_on_the_dead",
        "judgment",
        _("One of the accused is recorded as dead by then. Their charges abate."),
        _verdict_on_the_dead,
    ),
    Rule("decided_twice", "charge", DECIDED_TWICE, _decided_twice, apart=True),
    Rule(
        "lifted_early",
        "lifted_on",
        LIFTED_EARLY,
        lambda: Q(lifted_on__lt=F("judgment__decided_on")) & ~Q(lifted_for=Lifted.ERROR),
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
        APPEALED_EARLY,
        lambda: Q(filed_on__lt=F("judgment__decided_on")),
    ),
)
declare(
    "prosecutions.CompensationPayment",
    Rule(
        "paid_before_judgment",
        "paid_on",
        PAID_EARLY,
        lambda: Q(paid_on__lt=F("sentence__judgment__decided_on")),
    ),
)
happened("prosecutions.Prosecution", "filed_on")
happened("prosecutions.AssistanceRequest", "asked_on", "reminded_on", "answered_on")
happened("prosecutions.Charge", "filed_on", "framed_on", "pleaded_on", "amended_on")
happened("prosecutions.Judgment", "decided_on")
happened("prosecutions.Appeal", "filed_on", "withdrawn_on")
happened("prosecutions.CompensationPayment", "paid_on", "received_on")
