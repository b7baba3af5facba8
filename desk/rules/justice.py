"""Questions about what follows a judgment, about others who were asked, and survivors in court."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from desk.rules.fixed import HARM_TO_SURVIVOR, LAW, SECOND_PERSON
from desk.rules.rule import Harm, Rule, Urgency, after, day_of
from desk.rules.terms import (
    ANSWERED_WITHIN,
    COMPENSATION_WITHIN,
    LIMITATION_AHEAD,
    MEASURE_AHEAD,
    REMINDED_AFTER,
    SENTENCE_WITHIN,
    WITNESS_AHEAD,
)
from prosecutions.enums import AnswerStatus, Direction, HearingPurpose, RequestKind, TakingPart
from prosecutions.models import (
    Accusation,
    Answer,
    AssistanceRequest,
    ChargeDecision,
    Hearing,
    Participation,
    ProtectiveMeasure,
    Sentence,
    Suspect,
)
from prosecutions.money import with_paid

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.access import ScopedQuerySet
    from prosecutions.court_querysets import HearingQuerySet
    from prosecutions.querysets import DecisionQuerySet
    from prosecutions.statuses import SuspectQuerySet


def unsentenced(_today: date) -> DecisionQuerySet:
    """The first conviction of each person in a proceeding that has brought no sentence."""
    # Of a person in a proceeding all convictions that hold wait for it, or none.
    of = {name: OuterRef(name) for name in ("judgment__prosecution", "charge__suspect")}
    same = ChargeDecision.objects.standing_convictions().filter(**of)
    first = same.order_by("judgment__decided_on", "pk").values("pk")[:1]
    return ChargeDecision.objects.without_sentence().filter(pk=Subquery(first))


def answers_to_accept(_today: date) -> ScopedQuerySet:
    return Answer.objects.filter(status=AnswerStatus.WAITING)


def unpaid(_today: date) -> ScopedQuerySet:
    """Sentences whose compensation is not paid in full; of one that was lifted nothing is open."""
    return with_paid(Sentence.objects.all()).filter(left__gt=0)


def asked_of(direction: str) -> ScopedQuerySet:
    """Requests that wait for an answer or its rest, with the day somebody last spoke of them."""
    rows = AssistanceRequest.objects.waiting().filter(direction=direction)
    days = (Coalesce(day, "asked_on") for day in ("reminded_on", "answered_on"))
    return rows.annotate(last_said=Greatest("asked_on", *days))


def unprotected(today: date) -> QuerySet[ProtectiveMeasure]:
    """Protection asked and not answered, with the next hearing of its proceeding or its case."""
    its_own = Coalesce(OuterRef("prosecution"), F("prosecution"))
    hearings = Hearing.objects.to_come().filter(case=OuterRef("case"), prosecution=its_own)
    first = hearings.filter(listed_on__gte=today).order_by("listed_on").values("listed_on")[:1]
    rows = ProtectiveMeasure.objects.filter(answer="").annotate(heard_on=Subquery(first))
    return rows.filter(heard_on__isnull=False)


def unwitnessed(today: date) -> HearingQuerySet:
    """Hearings of witnesses for which no survivor of the case is on record as taking part: nobody
    is, or everybody's last word was no."""
    its_own = Q(prosecution__isnull=True) | Q(prosecution=OuterRef("prosecution"))
    steps = Participation.objects.filter(its_own, case=OuterRef("case"))
    refused = Participation.objects.filter(
        involvement=OuterRef("involvement"),
        happened_on__gte=OuterRef("happened_on"),
        kind=TakingPart.DECLINED,
    )
    comes = steps.exclude(kind=TakingPart.DECLINED).filter(~Exists(refused))
    rows = Hearing.objects.to_come().filter(purpose__in=HearingPurpose.OF_WITNESSES)
    return rows.filter(~Exists(comes), listed_on__gte=today)


def accused(_today: date) -> QuerySet[Accusation]:
    return Accusation.objects.filter(ended="")


def unaccused(_today: date) -> SuspectQuerySet:
    """Suspects in no complaint and without a charge, where the law gives a time for it."""
    return Suspect.objects.unaccused()


RULES = (
    Rule(
        "survivor-accused",
        _("Stand by a survivor who is accused"),
        _("See survivors"),
        "#survivors",
        Perm.ACCUSATION_RECORD,
        accused,
        due=after("accused_on"),
        urgency=Urgency.AT_ONCE,
        about=F("involvement__code"),
        fixed=HARM_TO_SURVIVOR,
    ),
    Rule(
        "protection-unanswered",
        _("Get an answer about protection before the hearing"),
        _("Record the answer"),
        "prosecutions:answer-protection",
        Perm.PARTICIPATION_RECORD,
        unprotected,
        due=after("heard_on"),
        ahead=MEASURE_AHEAD,
        about=F("involvement__code"),
        live="hearings pass by the clock",
    ),
    Rule(
        "hearing-without-witness",
        _("Find a witness for a hearing: nobody is on record as willing"),
        _("See who takes part"),
        "#taking-part",
        Perm.PARTICIPATION_RECORD,
        unwitnessed,
        due=after("listed_on"),
        ahead=WITNESS_AHEAD,
        harm=Harm.HEARING,
        about=F("purpose"),
        label=HearingPurpose,
        live="hearings pass by the clock",
    ),
    Rule(
        "limitation-near",
        _("File a complaint or a charge before the time for it ends"),
        _("Record the complaint"),
        "prosecutions:record-complaint",
        Perm.COMPLAINT_RECORD,
        unaccused,
        due=after("time_ends_on"),
        ahead=LIMITATION_AHEAD,
        of="case",
        about=F("code"),
        fixed=LAW,
    ),
    Rule(
        "conviction-without-sentence",
        _("Record the sentence after a conviction"),
        _("Record the sentence"),
        "prosecutions:record-sentence",
        Perm.SENTENCE_RECORD,
        unsentenced,
        due=after("judgment__decided_on"),
        term=SENTENCE_WITHIN,
        urgency=Urgency.THIS_WEEK,
        of="judgment",
        about=F("charge__suspect__code"),
    ),
    Rule(
        "answer-waiting",
        _("Decide on what a prosecutor told or asked"),
        _("Decide"),
        "prosecutions:accept-answer",
        Perm.ANSWER_DECIDE,
        answers_to_accept,
        due=day_of("created_at"),
        urgency=Urgency.THIS_WEEK,
        may_wait=False,
        about=F("kind"),
        fixed=SECOND_PERSON,
    ),
    Rule(
        "compensation-unpaid",
        _("Ask where the compensation is"),
        _("Record a payment"),
        "prosecutions:record-payment",
        Perm.COMPENSATION_RECORD,
        unpaid,
        due=after("judgment__decided_on"),
        term=COMPENSATION_WITHIN,
        urgency=Urgency.THIS_WEEK,
        about=F("suspect__code"),
        after_closing=True,
    ),
    Rule(
        "request-unanswered",
        _("Remind of a request without an answer"),
        _("Record the reminder"),
        "prosecutions:remind-request",
        Perm.REQUEST_RECORD,
        lambda _today: asked_of(Direction.TO),
        due=after("last_said"),
        term=REMINDED_AFTER,
        urgency=Urgency.THIS_WEEK,
        about=F("kind"),
        label=RequestKind,
    ),
    Rule(
        "request-to-answer",
        _("Answer a request of others"),
        _("Record the answer"),
        "prosecutions:answer-request",
        Perm.REQUEST_RECORD,
        lambda _today: asked_of(Direction.FROM),
        due=after("last_said"),
        term=ANSWERED_WITHIN,
        urgency=Urgency.THIS_WEEK,
        about=F("kind"),
        label=RequestKind,
    ),
)
