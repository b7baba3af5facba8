"""Questions about survivors and the help they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DurationField,
    F,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from aftercare.enums import Need, ReferralStatus
from aftercare.models import Referral
from core.access import IDENTITY
from desk.rules.rule import Rule, Urgency, after, day_of
from desk.rules.terms import ANSWER_WITHIN, CONFIRMED_WITHIN, DRAFT_WITHIN
from victims.enums import ConfirmationStatus
from victims.models import Confirmation

if TYPE_CHECKING:
    from datetime import date


def drafts(_today: date) -> Any:
    """The oldest draft of each case stands for all of its drafts."""
    drafts = Referral.objects.filter(status=ReferralStatus.DRAFT)
    of_case = drafts.filter(case=OuterRef("case"))
    number = of_case.order_by().values("case").annotate(n=Count("pk")).values("n")
    first = of_case.order_by("created_at", "pk").values("pk")[:1]
    return drafts.filter(pk=Subquery(first)).annotate(number=Subquery(number))


def unanswered(_today: date) -> Any:
    return Referral.objects.filter(status=ReferralStatus.SENT)


def asked_about(_today: date) -> Any:
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
        _("See referrals"),
        "#care",
        Perm.REFERRAL_SEND,
        drafts,
        due=after("created_at", DRAFT_WITHIN),
        ahead=None,
        urgency=Urgency.AT_ONCE,
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
        due=day_of(F("sent_at") + _limit),
        urgency=Urgency.AT_ONCE,
        about=F("need"),
        label=Need,
    ),
    Rule(
        "record-asked",
        _("Say whether this is your person, as recorded"),
        _("Answer"),
        "victims:answer",
        Perm.CONFIRMATION_ANSWER,
        asked_about,
        due=after("created_at", CONFIRMED_WITHIN),
        ahead=None,
        about=F("involvement__code"),
        level=IDENTITY,
    ),
)
