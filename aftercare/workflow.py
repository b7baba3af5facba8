"""The life of a referral, of an assessment and of a journey, as tables."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.codes import JourneyStatus as J
from aftercare.codes import Wish
from aftercare.enums import AssessmentStatus as A
from aftercare.enums import ReferralStatus as S
from aftercare.models import Assessment, Referral, Repatriation
from core import refusals
from core.refusals import Words
from core.workflow import Transition, Workflow

referral_workflow = Workflow[Referral](
    Transition("send", _("Send"), {S.DRAFT}, S.SENT, Perm.REFERRAL_SEND, manual=False),
    Transition("accept", _("Accept"), {S.SENT}, S.ACCEPTED, Perm.REFERRAL_ANSWER, manual=False),
    Transition("decline", _("Decline"), {S.SENT}, S.DECLINED, Perm.REFERRAL_ANSWER, manual=False),
    Transition("begin", _("Begin"), {S.ACCEPTED}, S.IN_PROGRESS, Perm.SERVICE_RECORD, manual=False),
    Transition(
        "start", _("Begin"), {S.ACCEPTED}, S.IN_PROGRESS, Perm.REFERRAL_ANSWER, manual=False
    ),
    Transition(
        "finish",
        _("Complete"),
        {S.ACCEPTED, S.IN_PROGRESS},
        S.COMPLETED,
        Perm.REFERRAL_ANSWER,
        manual=False,
    ),
    Transition(
        "complete", _("Complete"), {S.ACCEPTED, S.IN_PROGRESS}, S.COMPLETED, Perm.REFERRAL_SEND
    ),
    Transition(
        "withdraw",
        _("Withdraw"),
        {S.DRAFT, S.SENT, S.ACCEPTED, S.IN_PROGRESS},
        S.WITHDRAWN,
        Perm.REFERRAL_SEND,
    ),
    # A consent was withdrawn: of whoever writes that down.
    Transition(
        "lapse",
        _("Ends with the consent"),
        {S.SENT},
        S.WITHDRAWN,
        Perm.CONSENT_KEEP,
        manual=False,
    ),
)


def _nothing_answered(assessment: Assessment) -> Words | None:
    return None if assessment.answers else refusals.gettext("No question has been answered yet.")


def _another_begun(assessment: Assessment) -> Words | None:
    begun = Assessment.objects.filter(plan=assessment.plan_id, status=A.BEGUN)
    words = refusals.gettext("Another assessment is in progress. Complete or drop it first.")
    return words if begun.exists() else None


assessment_workflow = Workflow[Assessment](
    Transition(
        "complete",
        _("Complete"),
        {A.BEGUN},
        A.COMPLETED,
        Perm.ASSESSMENT_RECORD,
        blocked=_nothing_answered,
    ),
    Transition("drop", _("Drop"), {A.BEGUN}, A.DROPPED, Perm.ASSESSMENT_RECORD),
    Transition(
        "take_up",
        _("Take up again"),
        {A.COMPLETED, A.DROPPED},
        A.BEGUN,
        Perm.ASSESSMENT_RECORD,
        blocked=_another_begun,
    ),
)


def _not_ready(journey: Repatriation) -> Words | None:
    if journey.wish != Wish.WANTS:
        return refusals.gettext(
            "The survivor has not said that they want to go. Record their wish first."
        )
    if not (journey.receiver_id or journey.provider_id):
        return refusals.gettext(
            "The plan does not say who receives the survivor there. Add that first."
        )
    return None


journey_workflow = Workflow[Repatriation](
    Transition(
        "travel",
        _("Has left"),
        {J.PLANNED},
        J.TRAVELLED,
        Perm.REPATRIATION_RECORD,
        blocked=_not_ready,
    ),
    Transition("arrive", _("Has arrived"), {J.TRAVELLED}, J.ARRIVED, Perm.REPATRIATION_RECORD),
    Transition(
        "cancel",
        _("Cancel"),
        {J.PLANNED, J.TRAVELLED},
        J.CANCELLED,
        Perm.REPATRIATION_RECORD,
    ),
)
