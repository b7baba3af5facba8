"""The life of a hold, as a table."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.workflow import Transition, Workflow
from retention.enums import HoldStatus as H
from retention.models import LegalHold

hold_workflow = Workflow[LegalHold](
    Transition("confirm", _("Confirm the hold"), {H.ASKED}, H.HOLDS, Perm.HOLD_DECIDE),
    Transition("refuse", _("Refuse the hold"), {H.ASKED}, H.REFUSED, Perm.HOLD_DECIDE),
    Transition("ask_lifting", _("Ask to lift it"), {H.HOLDS}, H.LIFTING, Perm.HOLD_ASK),
    Transition("lift", _("Lift the hold"), {H.LIFTING}, H.LIFTED, Perm.HOLD_DECIDE),
    Transition("keep", _("Keep it in force"), {H.LIFTING}, H.HOLDS, Perm.HOLD_DECIDE),
)
