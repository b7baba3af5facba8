from django.urls import path
from django.utils.translation import gettext_lazy as _

from casework.views import page
from prosecutions import law_urls
from prosecutions.answers import urls as answer_urls
from prosecutions.corrections import urls as correction_urls
from prosecutions.corrections.forms import ErrorForm
from prosecutions.corrections.services.hearings import take_back_result
from prosecutions.corrections.services.records import enter_in_error, take_off_list
from prosecutions.corrections.views import CorrectNetwork, SetAccused, StrikeMember
from prosecutions.docket.views import Causes, Docket
from prosecutions.feeds.views import Feed, FeedPage
from prosecutions.forms import courts, custody, judgments, requests, survivors
from prosecutions.forms.hearings import ListingForm, RecordHearingForm
from prosecutions.forms.networks import CorridorForm
from prosecutions.services.arrests import correct_arrest, record_arrest, release_arrested
from prosecutions.services.attribution import correct_attribution
from prosecutions.services.corridors import record_corridor
from prosecutions.services.courts import file_appeal, record_sentence, withdraw_appeal
from prosecutions.services.custody import end_custody, record_breach
from prosecutions.services.deaths import record_death
from prosecutions.services.hearings import list_hearing, move_hearing, record_hearing
from prosecutions.services.networks import change_member
from prosecutions.services.requests import answer_request, relate_request, remind_request
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
from prosecutions.views.courts import (
    JudgeAppeal,
    OpenProsecution,
    ReachStage,
    RecordComplaint,
    RecordJudgment,
    RecordPoliceReport,
    ShareCompensation,
)
from prosecutions.views.custody import BeginCustody, CorrectCustody
from prosecutions.views.hearings import CorrectResult, result
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
from prosecutions.views.requests import RecordRequest
from prosecutions.views.survivors import AccusedGuide, CorrectParticipation
from prosecutions.views.suspects import AddSuspect, NameSuspect
from prosecutions.warned import page as court_page

app_name = "prosecutions"
DOCKET = {"docket": "prosecutions:docket"}  # whoever works through it goes on there
urlpatterns = [
    *correction_urls.urlpatterns,
    *law_urls.urlpatterns,
    *answer_urls.urlpatterns,
    path("cases/<uuid:pk>/suspects/new/", AddSuspect.as_view(), name="add-suspect"),
    court_page(
        record_arrest,
        "suspects/<uuid:pk>/arrests/new/",
        form_class=custody.ArrestForm,
        submit_label=_("Save the arrest"),
    ),
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
        take_off_list,
        "hearings/<uuid:pk>/take-off/",
        button=_("Take off the list"),
        lists=DOCKET,
        submit_label=_("Take it off the list"),
    ),
    court_page(
        take_back_result,
        "hearings/<uuid:pk>/take-back/",
        button=_("Take back the result"),
        tells=(result,),
        submit_label=_("Take the result back"),
    ),
    court_page(
        enter_in_error,
        "judgments/<uuid:pk>/error/",
        form_class=ErrorForm,
        submit_label=_("It was entered in error"),
    ),
    path("networks/<uuid:pk>/correct/", CorrectNetwork.as_view(), name="correct-network"),
    path("network-members/<uuid:pk>/strike/", StrikeMember.as_view(), name="strike-member"),
    path("payments/<uuid:pk>/strike/", StrikePayment.as_view(), name="strike-payment"),
    path("complaints/<uuid:pk>/accused/", SetAccused.as_view(), name="set-accused"),
    path("custodies/<uuid:pk>/correct/", CorrectCustody.as_view(), name="correct-custody"),
    court_page(record_breach, "custodies/<uuid:pk>/breach/", submit_label=_("Save the breach")),
    court_page(record_death, "suspects/<uuid:pk>/death/", submit_label=_("Save the death")),
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
    path("docket/cause-list/", Causes.as_view(), name="cause-list"),
    court_page(
        list_hearing,
        "prosecutions/<uuid:pk>/hearings/new/",
        lists=DOCKET,
        form_class=ListingForm,
        submit_label=_("List the hearing"),
    ),
    court_page(
        record_hearing,
        "hearings/<uuid:pk>/record/",
        button=_("Record the result"),
        lists=DOCKET,
        form_class=RecordHearingForm,
        submit_label=_("Save the result"),
    ),
    court_page(move_hearing, "hearings/<uuid:pk>/move/", button=_("Change")),
    path("hearings/<uuid:pk>/correct/", CorrectResult.as_view(), name="correct-result"),
    court_page(
        record_sentence,
        "judgments/<uuid:pk>/sentences/new/",
        form_class=judgments.SentenceForm,
        submit_label=_("Save the sentence"),
    ),
    path("sentences/<uuid:pk>/shares/", ShareCompensation.as_view(), name="share-compensation"),
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
        submit_label=_("Save the route"),
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
        button=_("Record a step"),
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
        button=_("Record an accusation"),
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
