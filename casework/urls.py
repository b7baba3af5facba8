from django.forms import Form
from django.urls import path
from django.utils.translation import gettext_lazy as _

from casework.forms import inquiry as inquiry_forms
from casework.forms import plans as plan_forms
from casework.forms import sites as site_forms
from casework.forms.opening import DisclosureForm
from casework.forms.papers import RecogniseForm
from casework.services.amending import add_narrative
from casework.services.cases import require_content
from casework.services.disclosures import (
    confirm_disclosure,
    end_disclosure,
    propose_disclosure,
    refuse_disclosure,
)
from casework.services.incidents import correct_incident, record_incident
from casework.services.leads import correct_lead, end_lead
from casework.services.plans import (
    call_off_plan,
    carry_out_plan,
    decide_plan,
    name_in_plan,
    plan_rescue,
    unname_in_plan,
)
from casework.services.recognising import recognise_material
from casework.services.sealing import ask_to_open
from casework.services.sites import (
    close_site,
    correct_closing,
    correct_site,
    place_site,
    reopen_site,
)
from casework.services.steps import add_step, finish_step, tell_result
from casework.views import (
    Assign,
    CorrectCase,
    MoveCase,
    OpenCase,
    ReadNarrative,
    RegisterSite,
    page,
)
from casework.views.amending import AmendRescue
from casework.views.assigning import TakeOff
from casework.views.conflicts import DeclareConflict, LiftConflict
from casework.views.documents import (
    AddVersion,
    DestroyMaterial,
    Download,
    DownloadOriginal,
    ReceiveDocument,
    RecordCustody,
    RecordHash,
    RefuseRecognition,
    ShowDocument,
)
from casework.views.inquiry import DropStep, OpenLead, OpenStep, PlanStep, RecordLead
from casework.views.links import LinkCases, UnlinkCases
from casework.views.notes import CorrectNote, Notes, ReadNote, WriteNote
from casework.views.opening import Emergencies, EndEmergency, OpenInEmergency, ReviewEmergency
from casework.views.pinning import PinCase, UnpinCase
from casework.views.plans import PLAN_FORM, ChangePlan, ShowPlan, plan_page
from casework.views.redacting import CourtBundle, RedactVersion, ShowPage
from casework.views.sealing import (
    ConfirmOpening,
    NamePerson,
    RefuseOpening,
    SealCase,
    TakeName,
    WithdrawAsking,
)
from casework.views.sites import MarkOther, MarkSame, OpenPlace, SitePage, Sites
from casework.views.tasks import AddTask, AssignTask, CancelTask, FinishTask, ReopenTask, WakeTask
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
    path("sites/<uuid:pk>/", SitePage.as_view(), name="site"),
    page(correct_site, "sites/<uuid:pk>/correct/"),
    page(close_site, "sites/<uuid:pk>/close/", form_class=site_forms.CloseSiteForm),
    page(reopen_site, "sites/<uuid:pk>/reopen/", form_class=site_forms.ReopenSiteForm),
    path("sites/<uuid:pk>/same/", MarkSame.as_view(), name="same-site"),
    path("same-sites/<uuid:pk>/other/", MarkOther.as_view(), name="other-site"),
    path("site-places/<uuid:pk>/", OpenPlace.as_view(), name="site-place"),
    path("cases/<uuid:pk>/leads/new/", RecordLead.as_view(), name="record-lead"),
    page(correct_lead, "leads/<uuid:pk>/correct/"),
    page(end_lead, "leads/<uuid:pk>/end/", form_class=inquiry_forms.LeadEndForm),
    path("lead-words/<uuid:pk>/", OpenLead.as_view(), name="lead-words"),
    path("cases/<uuid:pk>/steps/plan/", PlanStep.as_view(), name="plan-step"),
    page(
        add_step,
        "cases/<uuid:pk>/steps/new/",
        name="record-step",
        part="inquiry",
        form_class=inquiry_forms.DoneStepForm,
        title=_("Record a step"),
        intro=_("What was done to find out, and what it brought."),
        submit_label=_("Save the step"),
    ),
    page(finish_step, "steps/<uuid:pk>/finish/", form_class=inquiry_forms.DoneForm),
    page(tell_result, "steps/<uuid:pk>/result/", form_class=inquiry_forms.ResultForm),
    page(
        plan_rescue,
        "cases/<uuid:pk>/rescue-plans/new/",
        form_class=plan_forms.RescuePlanForm,
        template_name=PLAN_FORM,
    ),
    path("rescue-plans/<uuid:pk>/", ShowPlan.as_view(), name="rescue-plan"),
    path("rescue-plans/<uuid:pk>/change/", ChangePlan.as_view(), name="change-plan"),
    plan_page(name_in_plan, "name", form_class=plan_forms.NameForm),
    plan_page(unname_in_plan, "unname", form_class=plan_forms.UnnameForm),
    plan_page(decide_plan, "decide"),
    plan_page(call_off_plan, "call-off"),
    plan_page(carry_out_plan, "carry-out", form_class=plan_forms.CarriedOutForm),
    path("steps/<uuid:pk>/drop/", DropStep.as_view(), name="drop-step"),
    path("step-words/<uuid:pk>/", OpenStep.as_view(), name="step-words"),
    page(
        record_incident,
        "cases/<uuid:pk>/online/new/",
        form_class=inquiry_forms.IncidentForm,
        submit_label=_("Save"),
    ),
    page(correct_incident, "online/<uuid:pk>/correct/", form_class=inquiry_forms.IncidentForm),
    path("rescues/<uuid:pk>/amend/", AmendRescue.as_view(), name="amend-rescue"),
    page(
        add_narrative,
        "rescues/<uuid:pk>/tell/",
        button=_("Tell more"),
        submit_label=_("Add it"),
    ),
    path("sites/", Sites.as_view(), name="sites"),
    page(place_site, "sites/<uuid:pk>/place/write/"),
    page(correct_closing, "site-closings/<uuid:pk>/correct/", form_class=site_forms.CloseSiteForm),
    path("cases/<uuid:pk>/assign/", Assign.as_view(), name="assign"),
    path("cases/<uuid:pk>/move/", MoveCase.as_view(), name="move"),
    path("cases/<uuid:pk>/pin/", PinCase.as_view(), name="pin"),
    path("cases/<uuid:pk>/unpin/", UnpinCase.as_view(), name="unpin"),
    path("rescues/<uuid:pk>/narrative/", ReadNarrative.as_view(), name="narrative"),
    path("cases/<uuid:pk>/seal/", SealCase.as_view(), name="seal"),
    path("cases/<uuid:pk>/name/", NamePerson.as_view(), name="name"),
    page(
        ask_to_open,
        "cases/<uuid:pk>/ask-to-open/",
        form_base=Form,
        requires=(require_content,),
        submit_label=_("Ask"),
    ),
    path("cases/<uuid:pk>/withdraw-asking/", WithdrawAsking.as_view(), name="withdraw-asking"),
    path("assignments/<uuid:pk>/take-name/", TakeName.as_view(), name="take-name"),
    path("seals/<uuid:pk>/confirm/", ConfirmOpening.as_view(), name="confirm-opening"),
    path("seals/<uuid:pk>/refuse/", RefuseOpening.as_view(), name="refuse-opening"),
    path("cases/<uuid:pk>/conflicts/new/", DeclareConflict.as_view(), name="declare-conflict"),
    path("conflicts/<uuid:pk>/lift/", LiftConflict.as_view(), name="lift-conflict"),
    path("cases/<uuid:pk>/links/new/", LinkCases.as_view(), name="link-cases"),
    path("case-links/<uuid:pk>/unlink/", UnlinkCases.as_view(), name="unlink-cases"),
    page(
        propose_disclosure,
        "cases/<uuid:pk>/disclosures/new/",
        name="disclose",
        form_class=DisclosureForm,
        submit_label=_("Propose"),
    ),
    page(confirm_disclosure, "disclosures/<uuid:pk>/confirm/", submit_label=_("Confirm")),
    page(refuse_disclosure, "disclosures/<uuid:pk>/refuse/", submit_label=_("Refuse")),
    page(end_disclosure, "disclosures/<uuid:pk>/end/", submit_label=_("End it now")),
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
    path("cases/<uuid:pk>/court-bundle/", CourtBundle.as_view(), name="court-bundle"),
    path("document-versions/<uuid:pk>/redact/", RedactVersion.as_view(), name="redact"),
    path("document-versions/<uuid:pk>/page/", ShowPage.as_view(), name="page"),
    path("documents/<uuid:pk>/", ShowDocument.as_view(), name="document"),
    path("documents/<uuid:pk>/versions/new/", AddVersion.as_view(), name="add-version"),
    path("documents/<uuid:pk>/custody/new/", RecordCustody.as_view(), name="record-custody"),
    page(
        recognise_material,
        "documents/<uuid:pk>/recognise/",
        form_class=RecogniseForm,
        submit_label=_("Close it now"),
    ),
    path("recognitions/<uuid:pk>/destroy/", DestroyMaterial.as_view(), name="destroy-material"),
    path("recognitions/<uuid:pk>/refuse/", RefuseRecognition.as_view(), name="refuse-recognition"),
    path("versions/<uuid:pk>/file/", Download.as_view(), name="download"),
    path("versions/<uuid:pk>/original/", DownloadOriginal.as_view(), name="download-original"),
    path("assignments/<uuid:pk>/take-off/", TakeOff.as_view(), name="take-off"),
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
