"""The life of a case, and of what opens it to more people, as tables."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import CaseStatus as S
from casework.enums import DisclosureStatus as D
from casework.enums import GlassStatus as G
from casework.enums import SealStatus as L
from casework.enums import TaskStatus as T
from casework.models import BreakGlass, Case, Disclosure, Seal, Task
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

# Each step is a verb of its own, for each asks for something else.
disclosure_workflow = Workflow[Disclosure](
    Transition(
        "confirm", _("Confirm"), {D.PROPOSED}, D.CONFIRMED, Perm.DISCLOSURE_CONFIRM, manual=False
    ),
    Transition(
        "refuse", _("Refuse"), {D.PROPOSED}, D.REFUSED, Perm.DISCLOSURE_CONFIRM, manual=False
    ),
    Transition(
        "end",
        _("End now"),
        {D.PROPOSED, D.CONFIRMED},
        D.ENDED,
        Perm.DISCLOSURE_PROPOSE,
        manual=False,
    ),
    # Of whoever writes down that a consent is withdrawn, or adds a person who gave none.
    Transition(
        "lapse",
        _("Ends with the consent"),
        {D.PROPOSED, D.CONFIRMED},
        D.ENDED,
        Perm.CONSENT_KEEP,
        manual=False,
    ),
)

glass_workflow = Workflow[BreakGlass](
    Transition("end", _("End now"), {G.OPEN}, G.ENDED, Perm.GLASS_BREAK, manual=False),
    Transition(
        "review", _("Review"), {G.OPEN, G.ENDED}, G.REVIEWED, Perm.GLASS_REVIEW, manual=False
    ),
)

# Asking and withdrawing are of whoever writes in the case; the other two of a second person.
seal_workflow = Workflow[Seal](
    Transition("ask", _("Ask to open again"), {L.SEALED}, L.ASKED, Perm.CASE_SEAL, manual=False),
    Transition("withdraw", _("Withdraw"), {L.ASKED}, L.SEALED, Perm.CASE_SEAL, manual=False),
    Transition("confirm", _("Open the case again"), {L.ASKED}, L.OPENED, Perm.CASE_UNSEAL),
    Transition("refuse", _("Keep it sealed"), {L.ASKED}, L.SEALED, Perm.CASE_UNSEAL),
)

task_workflow = Workflow[Task](
    Transition("finish", _("Done"), {T.OPEN}, T.DONE, Perm.TASK_KEEP, manual=False),
    Transition("cancel", _("Not needed"), {T.OPEN}, T.CANCELLED, Perm.TASK_KEEP, manual=False),
    Transition(
        "reopen", _("Open again"), {T.DONE, T.CANCELLED}, T.OPEN, Perm.TASK_KEEP, manual=False
    ),
)
