from django.urls import path
from django.utils.translation import gettext_lazy as _

from victims.forms import consents as forms
from victims.models import Involvement
from victims.services.consents import grant_consent, record_told, withdraw_consent
from victims.services.shares import record_share
from victims.services.siblings import join_siblings
from victims.views import consents, matches, sections
from victims.views.field import AddMet, AmendOutcome, SetIncidentSurvivors
from victims.views.names import CorrectIdentity, RecordIdentity, RevealName, SearchNames

app_name = "victims"
urlpatterns = [
    path("people/<uuid:pk>/name/", RevealName.as_view(), name="reveal"),
    path("people/<uuid:pk>/identify/", RecordIdentity.as_view(), name="identify"),
    path("people/<uuid:pk>/correct/", CorrectIdentity.as_view(), name="correct"),
    path("rescues/<uuid:pk>/people/new/", AddMet.as_view(), name="add-met"),
    path("people/<uuid:pk>/outcome/", AmendOutcome.as_view(), name="amend-outcome"),
    path("online/<uuid:pk>/survivors/", SetIncidentSurvivors.as_view(), name="incident-survivors"),
    path("people/<uuid:pk>/alike/", matches.Alike.as_view(), name="alike"),
    path("people/<uuid:pk>/judge/", matches.Judge.as_view(), name="judge"),
    path("duplicates/", matches.Duplicates.as_view(), name="duplicates"),
    path("duplicates/<uuid:pk>/", matches.Duplicate.as_view(), name="duplicate"),
    path("duplicates/<uuid:pk>/decide/", matches.Decide.as_view(), name="decide-match"),
    path("duplicates/<uuid:pk>/merge/", matches.MergeMatch.as_view(), name="merge-match"),
    path("duplicates/<uuid:pk>/ask/", matches.AskConfirmations.as_view(), name="ask-confirmations"),
    path("duplicates/<uuid:pk>/names/", matches.CompareNames.as_view(), name="compare-names"),
    path("survivor-merges/<uuid:pk>/undo/", matches.UndoMerge.as_view(), name="undo-merge"),
    path("confirmations/", matches.Confirmations.as_view(), name="confirmations"),
    path("confirmations/<uuid:pk>/", matches.AnswerConfirmation.as_view(), name="answer"),
    path("search/name/", SearchNames.as_view(), name="search"),
    path("survivors/<uuid:pk>/complete/", sections.Tasks.as_view(), name="tasks"),
    path("survivors/<uuid:pk>/told/", sections.ReadTold.as_view(), name="told"),
    path("survivors/<uuid:pk>/age/", sections.Age.as_view(), name="age"),
    path("survivors/<uuid:pk>/background/", sections.Background.as_view(), name="background"),
    path("survivors/<uuid:pk>/safety/", sections.Safety.as_view(), name="safety"),
    path("survivors/<uuid:pk>/papers/", sections.Papers.as_view(), name="papers"),
    path(
        "survivors/<uuid:pk>/identification/",
        sections.Identification.as_view(),
        name="identification",
    ),
    path("survivors/<uuid:pk>/exploitation/", sections.What.as_view(), name="exploitation"),
    path("survivors/<uuid:pk>/control/", sections.How.as_view(), name="control"),
    path("survivors/<uuid:pk>/route/", sections.Route.as_view(), name="route"),
    path("survivors/<uuid:pk>/indicators/", sections.Indicators.as_view(), name="indicators"),
    path("survivors/<uuid:pk>/involve/", consents.Involve.as_view(), name="involve"),
    consents.page(
        join_siblings,
        "survivors/<uuid:pk>/siblings/new/",
        model=Involvement,
        done_to="victim",
        part="siblings",
        form_class=forms.SiblingForm,
        submit_label=_("They are siblings"),
    ),
    path("siblings/<uuid:pk>/leave/", consents.LeaveSiblings.as_view(), name="leave-siblings"),
    consents.page(
        grant_consent,
        "survivors/<uuid:pk>/consents/new/",
        part="consents",
        form_class=forms.ConsentForm,
        submit_label=_("Save the consent"),
    ),
    path("consents/<uuid:pk>/renew/", consents.RenewConsent.as_view(), name="renew-consent"),
    consents.consent_page(
        withdraw_consent,
        "consents/<uuid:pk>/withdraw/",
        form_class=forms.WithdrawForm,
        submit_label=_("Withdraw it"),
    ),
    consents.consent_page(
        record_share, "consents/<uuid:pk>/told/", form_class=forms.ShareForm, submit_label=_("Save")
    ),
    consents.consent_page(
        record_told,
        "withdrawals/<uuid:pk>/told/",
        form_class=forms.ToldForm,
        submit_label=_("Save"),
    ),
]
