from django.urls import path

from casework.views import Assign, CorrectCase, MoveCase, OpenCase, ReadNarrative, RegisterSite
from casework.views.conflicts import DeclareConflict, LiftConflict
from casework.views.documents import (
    AddVersion,
    Download,
    DownloadOriginal,
    ReceiveDocument,
    RecordCustody,
    RecordHash,
    ShowDocument,
)
from casework.views.links import LinkCases, UnlinkCases
from casework.views.notes import CorrectNote, Notes, ReadNote, WriteNote
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
    path("cases/<uuid:pk>/notes/", Notes.as_view(), name="notes"),
    path("cases/<uuid:pk>/notes/new/", WriteNote.as_view(), name="write-note"),
    path("notes/<uuid:pk>/", ReadNote.as_view(), name="note"),
    path("notes/<uuid:pk>/correct/", CorrectNote.as_view(), name="correct-note"),
    path("cases/<uuid:pk>/documents/new/", ReceiveDocument.as_view(), name="receive-document"),
    path("cases/<uuid:pk>/documents/hash/", RecordHash.as_view(), name="record-hash"),
    path("documents/<uuid:pk>/", ShowDocument.as_view(), name="document"),
    path("documents/<uuid:pk>/versions/new/", AddVersion.as_view(), name="add-version"),
    path("documents/<uuid:pk>/custody/new/", RecordCustody.as_view(), name="record-custody"),
    path("versions/<uuid:pk>/file/", Download.as_view(), name="download"),
    path("versions/<uuid:pk>/original/", DownloadOriginal.as_view(), name="download-original"),
    path("emergencies/", Emergencies.as_view(), name="emergencies"),
    path("emergencies/<uuid:pk>/end/", EndEmergency.as_view(), name="end-emergency"),
    path("emergencies/<uuid:pk>/review/", ReviewEmergency.as_view(), name="review-emergency"),
]
