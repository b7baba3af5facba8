"""The life of a case, as a table."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import CaseStatus as S
from casework.models import Case
from core.workflow import Transition, Workflow

case_workflow = Workflow[Case](
    Transition("assess", _("Start assessment"), {S.LEAD}, S.ASSESSMENT, Perm.CASE_MOVE),
    Transition(
        "investigate",
        _("Start investigation"),
        {S.LEAD, S.ASSESSMENT},
        S.INVESTIGATION,
        Perm.CASE_MOVE,
    ),
    Transition(
        "plan_rescue",
        _("Plan a rescue"),
        {S.ASSESSMENT, S.INVESTIGATION},
        S.RESCUE_PLANNED,
        Perm.CASE_MOVE,
    ),
    Transition(
        "prosecute",
        _("Open a prosecution"),
        S.BEFORE_TRIAL,
        S.PROSECUTION,
        Perm.PROSECUTION_OPEN,
        manual=False,
    ),
    Transition(
        "rescued", _("Log a rescue"), S.BEFORE_RESCUE, S.RESCUED, Perm.RESCUE_LOG, manual=False
    ),
)
