from django.urls import path

from casework.views import Assign, CorrectCase, MoveCase, OpenCase, ReadNarrative, RegisterSite
from casework.views.assigning import AssignMany
from casework.views.conflicts import DeclareConflict, LiftConflict
from casework.views.links import LinkCases, UnlinkCases
from casework.views.opening import (
    ConfirmDisclosure,
    Emergencies,
    EndDisclosure,
    EndEmergency,
    OpenInEmergency,
    ProposeDisclosure,
    RefuseDisclosure,
    ReviewEmergency,
)
from casework.views.sealing import (
    AskToOpen,
    ConfirmOpening,
    NamePerson,
    RefuseOpening,
    SealCase,
    TakeName,
    WithdrawAsking,
)
from casework.views.tasks import (
    AddTask,
    AssignTask,
    CancelTask,
    FinishTask,
    ReopenTask,
    WakeTask,
)
from casework.views.transfers import (
    AcceptTransfer,
    RefuseTransfer,
    TransferCase,
    TransferCaseload,
    Transfers,
    WithdrawTransfer,
)

app_name = "casework"
urlpatterns = [
    path("cases/new/", OpenCase.as_view(), name="open-case"),
    path("cases/<uuid:pk>/correct/", CorrectCase.as_view(), name="correct-case"),
    path("cases/<uuid:pk>/sites/new/", RegisterSite.as_view(), name="register-site"),
    path("cases/<uuid:pk>/assign/", Assign.as_view(), name="assign"),
    path("cases/<uuid:pk>/move/", MoveCase.as_view(), name="move"),
    path("rescues/<uuid:pk>/narrative/", ReadNarrative.as_view(), name="narrative"),
    path("cases/<uuid:pk>/seal/", SealCase.as_view(), name="seal"),
    path("cases/<uuid:pk>/name/", NamePerson.as_view(), name="name"),
    path("cases/<uuid:pk>/ask-to-open/", AskToOpen.as_view(), name="ask-to-open"),
    path("cases/<uuid:pk>/withdraw-asking/", WithdrawAsking.as_view(), name="withdraw-asking"),
    path("assignments/<uuid:pk>/take-name/", TakeName.as_view(), name="take-name"),
    path("seals/<uuid:pk>/confirm/", ConfirmOpening.as_view(), name="confirm-opening"),
    path("seals/<uuid:pk>/refuse/", RefuseOpening.as_view(), name="refuse-opening"),
    path("cases/<uuid:pk>/conflicts/new/", DeclareConflict.as_view(), name="declare-conflict"),
    path("conflicts/<uuid:pk>/lift/", LiftConflict.as_view(), name="lift-conflict"),
    path("cases/<uuid:pk>/links/new/", LinkCases.as_view(), name="link-cases"),
    path("case-links/<uuid:pk>/unlink/", UnlinkCases.as_view(), name="unlink-cases"),
    path("cases/<uuid:pk>/disclosures/new/", ProposeDisclosure.as_view(), name="disclose"),
    path("disclosures/<uuid:pk>/confirm/", ConfirmDisclosure.as_view(), name="confirm-disclosure"),
    path("disclosures/<uuid:pk>/refuse/", RefuseDisclosure.as_view(), name="refuse-disclosure"),
    path("disclosures/<uuid:pk>/end/", EndDisclosure.as_view(), name="end-disclosure"),
    path("cases/<uuid:pk>/emergency/", OpenInEmergency.as_view(), name="open-in-emergency"),
    path("cases/<uuid:pk>/tasks/new/", AddTask.as_view(), name="add-task"),
    path("tasks/<uuid:pk>/assign/", AssignTask.as_view(), name="assign-task"),
    path("tasks/<uuid:pk>/cancel/", CancelTask.as_view(), name="cancel-task"),
    path("tasks/<uuid:pk>/finish/", FinishTask.as_view(), name="finish-task"),
    path("tasks/<uuid:pk>/reopen/", ReopenTask.as_view(), name="reopen-task"),
    path("snoozes/<uuid:pk>/wake/", WakeTask.as_view(), name="wake-task"),
    path("cases/assign/", AssignMany.as_view(), name="assign-many"),
    path("cases/<uuid:pk>/transfer/", TransferCase.as_view(), name="transfer-case"),
    path("caseloads/<uuid:pk>/transfer/", TransferCaseload.as_view(), name="transfer-caseload"),
    path("transfers/", Transfers.as_view(), name="transfers"),
    path("transfers/<uuid:pk>/accept/", AcceptTransfer.as_view(), name="accept-transfer"),
    path("transfers/<uuid:pk>/refuse/", RefuseTransfer.as_view(), name="refuse-transfer"),
    path("transfers/<uuid:pk>/withdraw/", WithdrawTransfer.as_view(), name="withdraw-transfer"),
    path("emergencies/", Emergencies.as_view(), name="emergencies"),
    path("emergencies/<uuid:pk>/end/", EndEmergency.as_view(), name="end-emergency"),
    path("emergencies/<uuid:pk>/review/", ReviewEmergency.as_view(), name="review-emergency"),
]
