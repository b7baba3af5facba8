"""The life of a referral, as a table."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.enums import ReferralStatus as S
from aftercare.models import Referral
from core.workflow import Transition, Workflow

referral_workflow = Workflow[Referral](
    Transition("send", _("Send"), {S.DRAFT}, S.SENT, Perm.REFERRAL_SEND, manual=False),
    Transition("accept", _("Accept"), {S.SENT}, S.ACCEPTED, Perm.REFERRAL_ANSWER, manual=False),
    Transition("decline", _("Decline"), {S.SENT}, S.DECLINED, Perm.REFERRAL_ANSWER, manual=False),
    Transition("begin", _("Begin"), {S.ACCEPTED}, S.IN_PROGRESS, Perm.SERVICE_RECORD, manual=False),
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
