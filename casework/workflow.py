"""The life of a case, and of what opens it to more people, as tables."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import CaseStatus as S
from casework.enums import DisclosureStatus as D
from casework.enums import GlassStatus as G
from casework.enums import SealStatus as L
from casework.enums import TaskStatus as T
from casework.enums import TransferStatus as H
from casework.inquiry_codes import StepStatus as I
from casework.models import BreakGlass, Case, Disclosure, InvestigationStep, Seal, Task, Transfer
from core.workflow import Transition, Workflow


def where_it_stood(case: Case) -> str:
    """Before it was closed this time: there a reopened case goes on."""
    closing = case.closing_set.in_force().first()
    return closing.stood if closing else S.ASSESSMENT


case_workflow = Workflow[Case](
    Transition("assess", _("Start assessment"), {S.LEAD}, S.ASSESSMENT, Perm.CASE_MOVE),
    Transition(
        "investigate",
        _("Start investigation"),
        # One whose rescue was planned for everybody to see is told of no more (`RescuePlan`).
        {S.LEAD, S.ASSESSMENT, S.RESCUE_PLANNED},
        S.INVESTIGATION,
        Perm.CASE_MOVE,
    ),
    Transition(
        "prosecute",
        _("Open a prosecution"),
        S.BEFORE_TRIAL | {S.AFTERCARE_ONLY},
        S.PROSECUTION,
        Perm.PROSECUTION_OPEN,
        manual=False,
    ),
    Transition(
        "rescued", _("Log a rescue"), S.BEFORE_RESCUE, S.RESCUED, Perm.RESCUE_LOG, manual=False
    ),
    # What these three ask of every app stands in `desk/closing`.
    Transition(
        "only_aftercare",
        _("Aftercare only"),
        {S.RESCUED, S.PROSECUTION},
        S.AFTERCARE_ONLY,
        Perm.CASE_MOVE,
        manual=False,
    ),
    Transition(
        "close", _("Close the case"), frozenset(S.OPEN), S.CLOSED, Perm.CASE_CLOSE, manual=False
    ),
    Transition(
        "reopen", _("Reopen the case"), {S.CLOSED}, where_it_stood, Perm.CASE_CLOSE, manual=False
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

step_workflow = Workflow[InvestigationStep](
    Transition("finish", _("Done"), {I.PLANNED}, I.DONE, Perm.INQUIRY_RECORD, manual=False),
    Transition("drop", _("Not done"), {I.PLANNED}, I.DROPPED, Perm.INQUIRY_RECORD, manual=False),
)

transfer_workflow = Workflow[Transfer](
    Transition(
        "accept", _("Take it over"), {H.WAITING}, H.ACCEPTED, Perm.TRANSFER_ANSWER, manual=False
    ),
    Transition("refuse", _("Refuse"), {H.WAITING}, H.REFUSED, Perm.TRANSFER_ANSWER, manual=False),
    Transition(
        "withdraw", _("Withdraw"), {H.WAITING}, H.WITHDRAWN, Perm.CASE_TRANSFER, manual=False
    ),
)
