from django.urls import path

from prosecutions.views.charges import (
    AmendCharge,
    FileCharge,
    FrameCharges,
    NameSurvivors,
    RecordPlea,
    ReviveCharges,
)
from prosecutions.views.compensation import CorrectPayment, RecordPayment
from prosecutions.views.corrections import (
    CorrectAppeal,
    CorrectCharge,
    CorrectComplaint,
    CorrectEnd,
    CorrectJudgment,
    CorrectProsecution,
    CorrectReport,
    CorrectSentence,
    CorrectStage,
    CorrectSuspect,
    EnterInError,
    TakeOffList,
)
from prosecutions.views.courts import (
    FileAppeal,
    JudgeAppeal,
    OpenProsecution,
    ReachStage,
    RecordComplaint,
    RecordJudgment,
    RecordPoliceReport,
    RecordSentence,
    WithdrawAppeal,
)
from prosecutions.views.custody import (
    BeginCustody,
    CorrectArrest,
    CorrectAttribution,
    CorrectCustody,
    EndCustody,
    RecordArrest,
    RecordBreach,
)
from prosecutions.views.docket import CauseList, Docket
from prosecutions.views.feeds import Feed, FeedPage
from prosecutions.views.hearings import (
    CorrectResult,
    ListHearing,
    MoveHearing,
    RecordHearing,
)
from prosecutions.views.met import SetSuspectsMet
from prosecutions.views.networks import (
    AddMember,
    BeginNetwork,
    ChangeMember,
    MarkNetwork,
    NetworkPage,
    Networks,
    RecordCorridor,
    ReplaceCorridor,
)
from prosecutions.views.perpetrators import (
    AddAlias,
    DescribePerpetrator,
    Duplicates,
    JudgePair,
    MergePerpetrators,
    PersonPage,
    RemoveAlias,
    UndoMerge,
)
from prosecutions.views.requests import (
    AnswerRequest,
    RecordRequest,
    RelateRequest,
    RemindRequest,
)
from prosecutions.views.survivors import (
    AccusedGuide,
    AnswerProtection,
    AskProtection,
    CorrectParticipation,
    EndAccusation,
    RecordAccusation,
    RecordParticipation,
)
from prosecutions.views.suspects import AddSuspect, NameSuspect, RecordDeath

app_name = "prosecutions"
urlpatterns = [
    path("cases/<uuid:pk>/suspects/new/", AddSuspect.as_view(), name="add-suspect"),
    path("suspects/<uuid:pk>/arrests/new/", RecordArrest.as_view(), name="record-arrest"),
    path("suspects/<uuid:pk>/custody/new/", BeginCustody.as_view(), name="begin-custody"),
    path("arrests/<uuid:pk>/correct/", CorrectArrest.as_view(), name="correct-arrest"),
    path("custodies/<uuid:pk>/release/", EndCustody.as_view(), name="end-custody"),
    path("suspects/<uuid:pk>/correct/", CorrectSuspect.as_view(), name="correct-suspect"),
    path("complaints/<uuid:pk>/correct/", CorrectComplaint.as_view(), name="correct-complaint"),
    path(
        "prosecutions/<uuid:pk>/correct/", CorrectProsecution.as_view(), name="correct-prosecution"
    ),
    path("police-reports/<uuid:pk>/correct/", CorrectReport.as_view(), name="correct-report"),
    path("custodies/<uuid:pk>/correct-end/", CorrectEnd.as_view(), name="correct-end"),
    path("stages/<uuid:pk>/correct/", CorrectStage.as_view(), name="correct-stage"),
    path("hearings/<uuid:pk>/take-off/", TakeOffList.as_view(), name="take-off-list"),
    path("charges/<uuid:pk>/correct/", CorrectCharge.as_view(), name="correct-charge"),
    path("judgments/<uuid:pk>/correct/", CorrectJudgment.as_view(), name="correct-judgment"),
    path("appeals/<uuid:pk>/correct/", CorrectAppeal.as_view(), name="correct-appeal"),
    path("sentences/<uuid:pk>/correct/", CorrectSentence.as_view(), name="correct-sentence"),
    path("judgments/<uuid:pk>/error/", EnterInError.as_view(), name="enter-in-error"),
    path("custodies/<uuid:pk>/correct/", CorrectCustody.as_view(), name="correct-custody"),
    path("custodies/<uuid:pk>/breach/", RecordBreach.as_view(), name="record-breach"),
    path("suspects/<uuid:pk>/death/", RecordDeath.as_view(), name="record-death"),
    path("suspects/<uuid:pk>/name/", NameSuspect.as_view(), name="name-suspect"),
    path("perpetrators/<uuid:pk>/", PersonPage.as_view(), name="perpetrator"),
    path(
        "perpetrators/<uuid:pk>/describe/",
        DescribePerpetrator.as_view(),
        name="describe-perpetrator",
    ),
    path("perpetrators/<uuid:pk>/aliases/new/", AddAlias.as_view(), name="add-alias"),
    path("aliases/<uuid:pk>/remove/", RemoveAlias.as_view(), name="remove-alias"),
    path("offenders/duplicates/", Duplicates.as_view(), name="duplicates"),
    path("perpetrators/<uuid:pk>/judge/", JudgePair.as_view(), name="judge-pair"),
    path("perpetrators/<uuid:pk>/merge/", MergePerpetrators.as_view(), name="merge-perpetrators"),
    path("merges/<uuid:pk>/undo/", UndoMerge.as_view(), name="undo-merge"),
    path("cases/<uuid:pk>/complaints/new/", RecordComplaint.as_view(), name="record-complaint"),
    path("cases/<uuid:pk>/prosecutions/new/", OpenProsecution.as_view(), name="open-prosecution"),
    path(
        "complaints/<uuid:pk>/reports/new/",
        RecordPoliceReport.as_view(),
        name="record-police-report",
    ),
    path("prosecutions/<uuid:pk>/stages/new/", ReachStage.as_view(), name="reach-stage"),
    path("prosecutions/<uuid:pk>/charges/new/", FileCharge.as_view(), name="file-charge"),
    path("prosecutions/<uuid:pk>/charges/frame/", FrameCharges.as_view(), name="frame-charges"),
    path("prosecutions/<uuid:pk>/charges/revive/", ReviveCharges.as_view(), name="revive-charges"),
    path("charges/<uuid:pk>/plea/", RecordPlea.as_view(), name="record-plea"),
    path("charges/<uuid:pk>/amend/", AmendCharge.as_view(), name="amend-charge"),
    path("charges/<uuid:pk>/survivors/", NameSurvivors.as_view(), name="name-survivors"),
    path("prosecutions/<uuid:pk>/judgments/new/", RecordJudgment.as_view(), name="record-judgment"),
    path("calendar/", FeedPage.as_view(), name="calendar"),
    path("calendar/<slug:secret>.ics", Feed.as_view(), name="feed"),
    path("docket/", Docket.as_view(), name="docket"),
    path("docket/cause-list/", CauseList.as_view(), name="cause-list"),
    path("prosecutions/<uuid:pk>/hearings/new/", ListHearing.as_view(), name="list-hearing"),
    path("hearings/<uuid:pk>/record/", RecordHearing.as_view(), name="record-hearing"),
    path("hearings/<uuid:pk>/move/", MoveHearing.as_view(), name="move-hearing"),
    path("hearings/<uuid:pk>/correct/", CorrectResult.as_view(), name="correct-result"),
    path("judgments/<uuid:pk>/sentences/new/", RecordSentence.as_view(), name="record-sentence"),
    path(
        "judgments/<uuid:pk>/attribution/",
        CorrectAttribution.as_view(),
        name="correct-attribution",
    ),
    path("sentences/<uuid:pk>/payments/new/", RecordPayment.as_view(), name="record-payment"),
    path("payments/<uuid:pk>/correct/", CorrectPayment.as_view(), name="correct-payment"),
    path("judgments/<uuid:pk>/appeals/new/", FileAppeal.as_view(), name="file-appeal"),
    path("appeals/<uuid:pk>/withdraw/", WithdrawAppeal.as_view(), name="withdraw-appeal"),
    path("appeals/<uuid:pk>/judgment/", JudgeAppeal.as_view(), name="judge-appeal"),
    path("rescues/<uuid:pk>/suspects/", SetSuspectsMet.as_view(), name="suspects-met"),
    path("networks/", Networks.as_view(), name="networks"),
    path("networks/<uuid:pk>/", NetworkPage.as_view(), name="network"),
    path("networks/<uuid:pk>/status/", MarkNetwork.as_view(), name="mark-network"),
    path("cases/<uuid:pk>/networks/new/", BeginNetwork.as_view(), name="begin-network"),
    path("cases/<uuid:pk>/network-members/new/", AddMember.as_view(), name="add-member"),
    path("network-members/<uuid:pk>/change/", ChangeMember.as_view(), name="change-member"),
    path("cases/<uuid:pk>/corridors/new/", RecordCorridor.as_view(), name="record-corridor"),
    path("corridors/<uuid:pk>/change/", ReplaceCorridor.as_view(), name="replace-corridor"),
    path("cases/<uuid:pk>/requests/new/", RecordRequest.as_view(), name="record-request"),
    path("requests/<uuid:pk>/remind/", RemindRequest.as_view(), name="remind-request"),
    path("requests/<uuid:pk>/relate/", RelateRequest.as_view(), name="relate-request"),
    path("requests/<uuid:pk>/answer/", AnswerRequest.as_view(), name="answer-request"),
    path(
        "survivors/<uuid:pk>/taking-part/new/",
        RecordParticipation.as_view(),
        name="record-participation",
    ),
    path(
        "taking-part/<uuid:pk>/correct/",
        CorrectParticipation.as_view(),
        name="correct-participation",
    ),
    path("survivors/<uuid:pk>/protection/new/", AskProtection.as_view(), name="ask-protection"),
    path("protection/<uuid:pk>/answer/", AnswerProtection.as_view(), name="answer-protection"),
    path(
        "survivors/<uuid:pk>/accusations/new/", RecordAccusation.as_view(), name="record-accusation"
    ),
    path("accusations/<uuid:pk>/end/", EndAccusation.as_view(), name="end-accusation"),
    path("accused-survivors/", AccusedGuide.as_view(), name="accused"),
]
