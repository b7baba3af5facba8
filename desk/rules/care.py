"""Questions about survivors and the help they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    CharField,
    Count,
    DurationField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from aftercare.enums import ANSWER_WITHIN, Need, PlanStatus, ReferralStatus
from aftercare.enums import Urgency as Wanted
from aftercare.models import CarePlan, FollowUp, Placement, Referral
from casework.enums import Answer
from core.access import IDENTITY
from desk.rules.fixed import HARM_TO_SURVIVOR
from desk.rules.rule import Harm, Rule, Urgency, after, day_of
from desk.rules.terms import CARE_AHEAD, CONFIRMED_WITHIN, DRAFT_WITHIN, PLAN_WITHIN
from victims.enums import ConfirmationStatus, Outcome
from victims.models import Confirmation, Involvement
from victims.persons import also_of_person, has_none

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from aftercare.querysets import PlanQuerySet, ReferralQuerySet
    from core.access import ScopedQuerySet


# What comes of it when nobody helps with a need that was asked at once.
NEEDED = Case(
    When(urgency=Wanted.NOW, need=Need.POLICE_GUARD, then=Value(int(Harm.DANGER))),
    When(urgency=Wanted.NOW, need=Need.MEDICAL, then=Value(int(Harm.MEDICAL))),
    When(urgency=Wanted.NOW, need=Need.SAFE_PLACE, then=Value(int(Harm.NO_BED))),
    default=Value(int(Harm.REST)),
    output_field=IntegerField(),
)


def drafts(_today: date) -> ScopedQuerySet:
    """The newest draft of each case stands for all of its drafts: a rescue of tonight does not
    hide behind one that was forgotten. The gravest need among them says how it is ordered."""
    drafts = Referral.objects.filter(status=ReferralStatus.DRAFT)
    of_case = drafts.filter(case=OuterRef("case"))
    together = of_case.order_by().values("case")
    number = together.annotate(n=Count("pk")).values("n")
    gravest = together.annotate(least=Min(NEEDED)).values("least")
    newest = of_case.order_by("-created_at", "-pk").values("pk")[:1]
    rows = drafts.filter(pk=Subquery(newest))
    return rows.annotate(number=Subquery(number), gravest=Subquery(gravest))


def unanswered(_today: date) -> ScopedQuerySet:
    """Sent, with the moment when the hours or days that its urgency allows have passed."""
    sent = Referral.objects.filter(status=ReferralStatus.SENT)
    return sent.annotate(answer_by=F("sent_at") + _limit)


def declined(_today: date) -> ReferralQuerySet:
    """Needs for which a provider said no, where nobody else was asked later, is still asked or
    has helped since. For whoever is no longer in care nothing is looked for."""
    ours = also_of_person(Referral.objects.filter(need=OuterRef("need")), here="involvement__")
    goes_on = [code for code in ReferralStatus.values if code not in ReferralStatus.OVER]
    helped = Q(status=ReferralStatus.COMPLETED, updated_at__gt=OuterRef("answered_at"))
    later = Q(created_at__gt=OuterRef("created_at"))
    others = ours.filter(later | Q(status__in=goes_on) | helped)
    plans = also_of_person(CarePlan.objects, here="involvement__")
    over = plans.filter(closed_on__gte=day_of(OuterRef("answered_at")))
    referrals = Referral.objects.filter(status=ReferralStatus.DECLINED)
    return referrals.filter(has_none(others), has_none(over))


def without_plan(_today: date) -> QuerySet[Involvement]:
    """Survivors brought to safety or placed for whom no care plan was ever opened, of whatever
    record and in any case."""
    opened = also_of_person(CarePlan.objects)
    nights = Placement.objects.filter(involvement=OuterRef("pk")).order_by("since")
    involvements = Involvement.objects.annotate(
        begun=Coalesce("rescue__occurred_on", Subquery(nights.values("since")[:1]))
    )
    safe = Q(outcome=Outcome.RESCUED) | Exists(nights)
    return involvements.filter(safe, has_none(opened), begun__isnull=False)


def assessed(_today: date) -> PlanQuerySet:
    return CarePlan.objects.open().filter(assess_by__isnull=False)


def reviewed(_today: date) -> QuerySet[Involvement]:
    """Asked of the survivor: no two rules ask of one plan on one day."""
    rows = Involvement.objects.filter(plans__status=PlanStatus.OPEN)
    return rows.annotate(plan=F("plans"), review_by=F("plans__review_by"))


def followed_up(_today: date) -> PlanQuerySet:
    return CarePlan.objects.filter(follow_up_by__isnull=False)


def alarming(_today: date) -> QuerySet[FollowUp]:
    """Calls that found somebody not safe or exploited again, after which no plan was opened and no
    later call found the person safe. The last one of a plan stands for all of it."""
    alarm, well = Q(safe=Answer.NO) | Q(revictimised=Answer.YES), Q(safe=Answer.YES)
    later = FollowUp.objects.filter(plan=OuterRef("plan"), months__gt=OuterRef("months"))
    opened = also_of_person(CarePlan.objects, here="plan__involvement__").filter(
        Q(opened_on__gte=OuterRef("done_on")) | Q(status=PlanStatus.OPEN)
    )
    follow_ups = FollowUp.objects.filter(alarm).annotate(person=F("plan__involvement"))
    return follow_ups.filter(~Exists(later.filter(alarm | well)), has_none(opened))


def asked_about(_today: date) -> QuerySet[Confirmation]:
    """Records of which the data officer asks whether they are of the person they say."""
    return Confirmation.objects.filter(status=ConfirmationStatus.ASKED)


def _not_sent(number: str) -> str:
    return ngettext("%(n)s not sent", "%(n)s not sent", int(number)) % {"n": number}


_limit = Case(
    *(When(urgency=code, then=Value(term)) for code, term in ANSWER_WITHIN.items()),
    output_field=DurationField(),
)

RULES = (
    Rule(
        "referral-draft",
        _("Send the referrals that are drafted"),
        _("Send them"),
        "aftercare:send-together",
        Perm.REFERRAL_SEND,
        drafts,
        due=day_of("created_at"),
        term=DRAFT_WITHIN,
        ahead=None,
        urgency=Urgency.AT_ONCE,
        harm=F("gravest"),
        of="case",
        about=Cast("number", CharField()),
        label=_not_sent,
    ),
    Rule(
        "referral-unanswered",
        _("Ask the provider for an answer to a referral"),
        _("See referrals"),
        "#care",
        Perm.REFERRAL_SEND,
        unanswered,
        due=day_of("answer_by"),
        at=F("answer_by"),
        urgency=Urgency.AT_ONCE,
        harm=NEEDED,
        about=F("need"),
        label=Need,
    ),
    Rule(
        "referral-declined",
        _("Find another provider: one could not help"),
        _("Ask another provider"),
        "aftercare:draft",
        Perm.REFERRAL_SEND,
        declined,
        due=day_of("answered_at"),
        ahead=None,
        urgency=Urgency.AT_ONCE,
        harm=NEEDED,
        of="involvement",
        about=F("need"),
        label=Need,
    ),
    Rule(
        "care-plan-missing",
        _("Open a care plan with a survivor"),
        _("Open a plan"),
        "aftercare:open-plan",
        Perm.PLAN_KEEP,
        without_plan,
        due=after("begun"),
        term=PLAN_WITHIN,
        urgency=Urgency.THIS_WEEK,
        about=F("code"),
    ),
    Rule(
        "assessment-due",
        _("Assess a survivor again"),
        _("Assess"),
        "aftercare:begin-assessment",
        Perm.ASSESSMENT_RECORD,
        assessed,
        due=after("assess_by"),
        ahead=CARE_AHEAD,
        about=F("involvement__code"),
    ),
    Rule(
        "plan-review-due",
        _("Review a care plan with the survivor"),
        _("Record the review"),
        "aftercare:review-plan",
        Perm.PLAN_KEEP,
        reviewed,
        due=after("review_by"),
        ahead=CARE_AHEAD,
        of="plan",
        about=F("code"),
    ),
    Rule(
        "follow-up-due",
        _("Ask how a survivor is, after the care plan"),
        _("Record the follow-up"),
        "aftercare:follow-up",
        Perm.PLAN_KEEP,
        followed_up,
        due=after("follow_up_by"),
        ahead=CARE_AHEAD,
        about=F("involvement__code"),
        after_closing=True,
    ),
    Rule(
        "follow-up-alarm",
        _("Help again: a survivor is not safe or exploited again"),
        _("Open a plan"),
        "aftercare:open-plan",
        Perm.PLAN_KEEP,
        alarming,
        due=after("done_on"),
        ahead=None,
        urgency=Urgency.AT_ONCE,
        harm=Harm.DANGER,
        of="person",
        about=F("plan__involvement__code"),
        after_closing=True,
        fixed=HARM_TO_SURVIVOR,
    ),
    Rule(
        "record-asked",
        _("Say whether this is your person, as recorded"),
        _("Answer"),
        "victims:answer",
        Perm.CONFIRMATION_ANSWER,
        asked_about,
        due=day_of("created_at"),
        term=CONFIRMED_WITHIN,
        ahead=None,
        about=F("involvement__code"),
        level=IDENTITY,
        after_closing=True,
        live="few, and read at another level",
    ),
)
