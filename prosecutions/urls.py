from django.urls import path
from django.utils.translation import gettext_lazy as _

from casework.views import page
from prosecutions.forms import corrections, courts, custody, requests, survivors
from prosecutions.forms.networks import CorridorForm
from prosecutions.models import (
    Accusation,
    Appeal,
    Arrest,
    AssistanceRequest,
    Charge,
    Complaint,
    Corridor,
    CorridorLeg,
    Custody,
    Hearing,
    Judgment,
    NetworkMember,
    Participation,
    PoliceReport,
    Prosecution,
    ProtectiveMeasure,
    Sentence,
    StageReached,
    Suspect,
)
from prosecutions.services.arrests import correct_arrest, release_arrested
from prosecutions.services.attribution import correct_attribution
from prosecutions.services.corrections import correct_record, enter_in_error
from prosecutions.services.corridors import record_corridor
from prosecutions.services.courts import file_appeal, record_sentence, withdraw_appeal
from prosecutions.services.custody import end_custody, record_breach
from prosecutions.services.hearings import move_hearing
from prosecutions.services.networks import change_member
from prosecutions.services.requests import answer_request, relate_request, remind_request
from prosecutions.services.striking import strike
from prosecutions.services.survivors import (
    answer_protection,
    ask_protection,
    end_accusation,
    record_accusation,
    record_participation,
)
from prosecutions.views.charges import (
    AmendCharge,
    FileCharge,
    FrameCharges,
    NameSurvivors,
    RecordPlea,
    ReviveCharges,
)
from prosecutions.views.compensation import CorrectPayment, RecordPayment, StrikePayment
from prosecutions.views.corrections import (
    CORRECT,
    STRIKE,
    CorrectNetwork,
    SetAccused,
    StrikeMember,
    TakeBackResult,
    TakeOffList,
)
from prosecutions.views.courts import (
    JudgeAppeal,
    OpenProsecution,
    ReachStage,
    RecordComplaint,
    RecordJudgment,
    RecordPoliceReport,
)
from prosecutions.views.custody import (
    BeginCustody,
    CorrectCustody,
    RecordArrest,
)
from prosecutions.views.docket import CauseList, Docket
from prosecutions.views.feeds import Feed, FeedPage
from prosecutions.views.hearings import (
    CorrectResult,
    ListHearing,
    RecordHearing,
)
from prosecutions.views.met import SetSuspectsMet
from prosecutions.views.networks import (
    AddMember,
    BeginNetwork,
    MarkNetwork,
    NetworkPage,
    Networks,
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
    RecordRequest,
)
from prosecutions.views.survivors import (
    AccusedGuide,
    CorrectParticipation,
)
from prosecutions.views.suspects import AddSuspect, NameSuspect, RecordDeath
from prosecutions.views.warned import page as court_page

app_name = "prosecutions"
urlpatterns = [
    path("cases/<uuid:pk>/suspects/new/", AddSuspect.as_view(), name="add-suspect"),
    path("suspects/<uuid:pk>/arrests/new/", RecordArrest.as_view(), name="record-arrest"),
    path("suspects/<uuid:pk>/custody/new/", BeginCustody.as_view(), name="begin-custody"),
    court_page(correct_arrest, "arrests/<uuid:pk>/correct/", form_class=custody.ArrestForm),
    court_page(
        release_arrested,
        "arrests/<uuid:pk>/release/",
        form_class=custody.ReleaseForm,
        submit_label=_("Save the release"),
    ),
    court_page(
        end_custody,
        "custodies/<uuid:pk>/release/",
        form_class=custody.ReleaseForm,
        submit_label=_("Save the release"),
    ),
    court_page(
        correct_record,
        "suspects/<uuid:pk>/correct/",
        name="correct-suspect",
        model=Suspect,
        form_class=corrections.CorrectSuspectForm,
        title=_("Correct a suspect"),
        **CORRECT,
    ),
    court_page(
        correct_record,
        "complaints/<uuid:pk>/correct/",
        name="correct-complaint",
        model=Complaint,
        form_class=corrections.CorrectComplaintForm,
        title=_("Correct a complaint"),
        **CORRECT,
    ),
    court_page(
        correct_record,
        "prosecutions/<uuid:pk>/correct/",
        name="correct-prosecution",
        model=Prosecution,
        form_class=corrections.CorrectProsecutionForm,
        title=_("Correct a prosecution"),
        **CORRECT,
    ),
    court_page(
        correct_record,
        "police-reports/<uuid:pk>/correct/",
        name="correct-report",
        model=PoliceReport,
        form_class=corrections.CorrectReportForm,
        title=_("Correct a report of the police"),
        **CORRECT,
    ),
    court_page(
        correct_record,
        "custodies/<uuid:pk>/correct-end/",
        name="correct-end",
        model=Custody,
        form_class=corrections.CorrectEndForm,
        title=_("Correct a release or the bail"),
        **CORRECT,
    ),
    court_page(
        correct_record,
        "stages/<uuid:pk>/correct/",
        name="correct-stage",
        model=StageReached,
        form_class=corrections.CorrectStageForm,
        title=_("Correct the day of a stage"),
        **CORRECT,
    ),
    path("hearings/<uuid:pk>/take-off/", TakeOffList.as_view(), name="take-off-list"),
    court_page(
        correct_record,
        "hearings/<uuid:pk>/correct-listing/",
        name="correct-listing",
        model=Hearing,
        form_class=corrections.CorrectListingForm,
        title=_("Correct when and what for a hearing was"),
        **CORRECT,
    ),
    path("hearings/<uuid:pk>/take-back/", TakeBackResult.as_view(), name="take-back-result"),
    court_page(
        correct_record,
        "charges/<uuid:pk>/correct/",
        name="correct-charge",
        model=Charge,
        form_class=corrections.CorrectChargeForm,
        title=_("Correct a charge"),
        template_name="prosecutions/charge_form.html",
        **CORRECT,
    ),
    court_page(
        correct_record,
        "judgments/<uuid:pk>/correct/",
        name="correct-judgment",
        model=Judgment,
        form_class=corrections.CorrectJudgmentForm,
        title=_("Correct the day of a judgment"),
        **CORRECT,
    ),
    court_page(
        correct_record,
        "appeals/<uuid:pk>/correct/",
        name="correct-appeal",
        model=Appeal,
        form_class=corrections.CorrectAppealForm,
        title=_("Correct an appeal"),
        **CORRECT,
    ),
    court_page(
        correct_record,
        "sentences/<uuid:pk>/correct/",
        name="correct-sentence",
        model=Sentence,
        form_class=corrections.CorrectSentenceForm,
        title=_("Correct a sentence"),
        **CORRECT,
    ),
    court_page(
        enter_in_error,
        "judgments/<uuid:pk>/error/",
        form_class=corrections.ErrorForm,
        intro=_("The charges are open again, as before. Then record what was decided."),
        submit_label=_("It was entered in error"),
    ),
    path("networks/<uuid:pk>/correct/", CorrectNetwork.as_view(), name="correct-network"),
    page(
        correct_record,
        "network-members/<uuid:pk>/correct/",
        name="correct-member",
        model=NetworkMember,
        form_class=corrections.CorrectMemberForm,
        title=_("Correct a member of a network"),
        **CORRECT,
    ),
    page(
        correct_record,
        "corridor-legs/<uuid:pk>/correct/",
        name="correct-leg",
        model=CorridorLeg,
        form_class=corrections.CorrectLegForm,
        title=_("Correct a place on a way"),
        **CORRECT,
    ),
    page(
        correct_record,
        "requests/<uuid:pk>/correct/",
        name="correct-request",
        model=AssistanceRequest,
        form_class=corrections.CorrectRequestForm,
        title=_("Correct a request or its answer"),
        **CORRECT,
    ),
    page(
        correct_record,
        "protection/<uuid:pk>/correct/",
        name="correct-protection",
        model=ProtectiveMeasure,
        form_class=corrections.CorrectProtectionForm,
        title=_("Correct what protects a survivor"),
        **CORRECT,
    ),
    page(
        correct_record,
        "accusations/<uuid:pk>/correct/",
        name="correct-accusation",
        model=Accusation,
        form_class=corrections.CorrectAccusationForm,
        title=_("Correct an accusation of a survivor"),
        **CORRECT,
    ),
    page(
        strike,
        "accusations/<uuid:pk>/strike/",
        name="strike-accusation",
        model=Accusation,
        **STRIKE,
    ),
    court_page(strike, "appeals/<uuid:pk>/strike/", name="strike-appeal", model=Appeal, **STRIKE),
    court_page(strike, "arrests/<uuid:pk>/strike/", name="strike-arrest", model=Arrest, **STRIKE),
    court_page(strike, "charges/<uuid:pk>/strike/", name="strike-charge", model=Charge, **STRIKE),
    court_page(
        strike, "complaints/<uuid:pk>/strike/", name="strike-complaint", model=Complaint, **STRIKE
    ),
    page(strike, "corridors/<uuid:pk>/strike/", name="strike-way", model=Corridor, **STRIKE),
    court_page(
        strike, "custodies/<uuid:pk>/strike/", name="strike-custody", model=Custody, **STRIKE
    ),
    court_page(
        strike, "hearings/<uuid:pk>/strike/", name="strike-hearing", model=Hearing, **STRIKE
    ),
    path("network-members/<uuid:pk>/strike/", StrikeMember.as_view(), name="strike-member"),
    path("payments/<uuid:pk>/strike/", StrikePayment.as_view(), name="strike-payment"),
    court_page(
        strike,
        "police-reports/<uuid:pk>/strike/",
        name="strike-report",
        model=PoliceReport,
        **STRIKE,
    ),
    court_page(
        strike,
        "prosecutions/<uuid:pk>/strike/",
        name="strike-prosecution",
        model=Prosecution,
        **STRIKE,
    ),
    page(
        strike,
        "protection/<uuid:pk>/strike/",
        name="strike-protection",
        model=ProtectiveMeasure,
        **STRIKE,
    ),
    page(
        strike,
        "requests/<uuid:pk>/strike/",
        name="strike-request",
        model=AssistanceRequest,
        **STRIKE,
    ),
    court_page(
        strike, "sentences/<uuid:pk>/strike/", name="strike-sentence", model=Sentence, **STRIKE
    ),
    court_page(
        strike, "stages/<uuid:pk>/strike/", name="strike-stage", model=StageReached, **STRIKE
    ),
    court_page(
        strike, "suspects/<uuid:pk>/strike/", name="strike-suspect", model=Suspect, **STRIKE
    ),
    page(
        strike,
        "taking-part/<uuid:pk>/strike/",
        name="strike-participation",
        model=Participation,
        **STRIKE,
    ),
    path("complaints/<uuid:pk>/accused/", SetAccused.as_view(), name="set-accused"),
    path("custodies/<uuid:pk>/correct/", CorrectCustody.as_view(), name="correct-custody"),
    court_page(record_breach, "custodies/<uuid:pk>/breach/", submit_label=_("Save the breach")),
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
    court_page(move_hearing, "hearings/<uuid:pk>/move/"),
    path("hearings/<uuid:pk>/correct/", CorrectResult.as_view(), name="correct-result"),
    court_page(
        record_sentence,
        "judgments/<uuid:pk>/sentences/new/",
        form_class=courts.SentenceForm,
        submit_label=_("Save the sentence"),
    ),
    court_page(correct_attribution, "judgments/<uuid:pk>/attribution/"),
    path("sentences/<uuid:pk>/payments/new/", RecordPayment.as_view(), name="record-payment"),
    path("payments/<uuid:pk>/correct/", CorrectPayment.as_view(), name="correct-payment"),
    court_page(
        file_appeal,
        "judgments/<uuid:pk>/appeals/new/",
        form_class=courts.AppealForm,
        submit_label=_("Save the appeal"),
    ),
    court_page(
        withdraw_appeal, "appeals/<uuid:pk>/withdraw/", submit_label=_("Record the withdrawal")
    ),
    path("appeals/<uuid:pk>/judgment/", JudgeAppeal.as_view(), name="judge-appeal"),
    path("rescues/<uuid:pk>/suspects/", SetSuspectsMet.as_view(), name="suspects-met"),
    path("networks/", Networks.as_view(), name="networks"),
    path("networks/<uuid:pk>/", NetworkPage.as_view(), name="network"),
    path("networks/<uuid:pk>/status/", MarkNetwork.as_view(), name="mark-network"),
    path("cases/<uuid:pk>/networks/new/", BeginNetwork.as_view(), name="begin-network"),
    path("cases/<uuid:pk>/network-members/new/", AddMember.as_view(), name="add-member"),
    page(change_member, "network-members/<uuid:pk>/change/", submit_label=_("Save the member")),
    page(
        record_corridor,
        "cases/<uuid:pk>/corridors/new/",
        form_class=CorridorForm,
        submit_label=_("Save the way"),
    ),
    path("corridors/<uuid:pk>/change/", ReplaceCorridor.as_view(), name="replace-corridor"),
    path("cases/<uuid:pk>/requests/new/", RecordRequest.as_view(), name="record-request"),
    page(
        remind_request,
        "requests/<uuid:pk>/remind/",
        form_class=requests.ReminderForm,
        submit_label=_("Save the reminder"),
    ),
    page(relate_request, "requests/<uuid:pk>/relate/", form_class=requests.RelateForm),
    page(
        answer_request,
        "requests/<uuid:pk>/answer/",
        form_class=requests.RequestAnswerForm,
        submit_label=_("Save the answer"),
    ),
    page(
        record_participation,
        "survivors/<uuid:pk>/taking-part/new/",
        form_class=survivors.ParticipationForm,
        submit_label=_("Save the step"),
    ),
    path(
        "taking-part/<uuid:pk>/correct/",
        CorrectParticipation.as_view(),
        name="correct-participation",
    ),
    page(
        ask_protection,
        "survivors/<uuid:pk>/protection/new/",
        form_class=survivors.ProtectionForm,
        submit_label=_("Save the request"),
    ),
    page(
        answer_protection,
        "protection/<uuid:pk>/answer/",
        form_class=survivors.ProtectionAnswerForm,
        submit_label=_("Save the answer"),
    ),
    page(
        record_accusation,
        "survivors/<uuid:pk>/accusations/new/",
        form_class=survivors.AccusationForm,
        submit_label=_("Save the accusation"),
    ),
    page(
        end_accusation,
        "accusations/<uuid:pk>/end/",
        form_class=survivors.AccusationEndForm,
        submit_label=_("Save the end"),
    ),
    path("accused-survivors/", AccusedGuide.as_view(), name="accused"),
]
