"""The pages by which what is recorded of police and courts is put right or struck, by noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.views import page
from prosecutions.corrections import forms
from prosecutions.corrections.services.records import correct_record
from prosecutions.corrections.services.striking import strike
from prosecutions.corrections.views import CORRECT, STRIKE
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
from prosecutions.warned import page as court_page

if TYPE_CHECKING:
    from django.urls import URLPattern

IN_COURT = {
    Appeal,
    Arrest,
    Charge,
    Complaint,
    Custody,
    Hearing,
    Judgment,
    PoliceReport,
    Prosecution,
    Sentence,
    StageReached,
    Suspect,
}  # after which new warnings are looked for


def correct(
    name: str, model: object, address: str, form_class: object, title: object, **options: object
) -> URLPattern:
    words = {"title": title, "form_class": form_class} | CORRECT | options
    kind = court_page if model in IN_COURT else page
    return kind(correct_record, address, name=name, model=model, **words)


def struck(name: str, model: object, address: str) -> URLPattern:
    kind = court_page if model in IN_COURT else page
    return kind(strike, address, name=name, model=model, **STRIKE)


urlpatterns = [
    correct(
        "correct-suspect",
        Suspect,
        "suspects/<uuid:pk>/correct/",
        forms.CorrectSuspectForm,
        _("Correct a suspect"),
    ),
    correct(
        "correct-complaint",
        Complaint,
        "complaints/<uuid:pk>/correct/",
        forms.CorrectComplaintForm,
        _("Correct a complaint"),
    ),
    correct(
        "correct-prosecution",
        Prosecution,
        "prosecutions/<uuid:pk>/correct/",
        forms.CorrectProsecutionForm,
        _("Correct a prosecution"),
    ),
    correct(
        "correct-report",
        PoliceReport,
        "police-reports/<uuid:pk>/correct/",
        forms.CorrectReportForm,
        _("Correct a report of the police"),
    ),
    correct(
        "correct-end",
        Custody,
        "custodies/<uuid:pk>/correct-end/",
        forms.CorrectEndForm,
        _("Correct a release or the bail"),
    ),
    correct(
        "correct-stage",
        StageReached,
        "stages/<uuid:pk>/correct/",
        forms.CorrectStageForm,
        _("Correct the day of a stage"),
    ),
    correct(
        "correct-listing",
        Hearing,
        "hearings/<uuid:pk>/correct-listing/",
        forms.CorrectListingForm,
        _("Correct the day or purpose of a hearing"),
        button=_("Correct the day or purpose"),
    ),
    correct(
        "correct-charge",
        Charge,
        "charges/<uuid:pk>/correct/",
        forms.CorrectChargeForm,
        _("Correct a charge"),
        template_name="prosecutions/charge_form.html",
    ),
    correct(
        "correct-judgment",
        Judgment,
        "judgments/<uuid:pk>/correct/",
        forms.CorrectJudgmentForm,
        _("Correct the day of a judgment"),
    ),
    correct(
        "correct-appeal",
        Appeal,
        "appeals/<uuid:pk>/correct/",
        forms.CorrectAppealForm,
        _("Correct an appeal"),
    ),
    correct(
        "correct-sentence",
        Sentence,
        "sentences/<uuid:pk>/correct/",
        forms.CorrectSentenceForm,
        _("Correct a sentence"),
    ),
    correct(
        "correct-member",
        NetworkMember,
        "network-members/<uuid:pk>/correct/",
        forms.CorrectMemberForm,
        _("Correct a member of a network"),
    ),
    correct(
        "correct-leg",
        CorridorLeg,
        "corridor-legs/<uuid:pk>/correct/",
        forms.CorrectLegForm,
        _("Correct a place on a route"),
    ),
    correct(
        "correct-request",
        AssistanceRequest,
        "requests/<uuid:pk>/correct/",
        forms.CorrectRequestForm,
        _("Correct a request or its answer"),
    ),
    correct(
        "correct-protection",
        ProtectiveMeasure,
        "protection/<uuid:pk>/correct/",
        forms.CorrectProtectionForm,
        _("Correct what protects a survivor"),
    ),
    correct(
        "correct-accusation",
        Accusation,
        "accusations/<uuid:pk>/correct/",
        forms.CorrectAccusationForm,
        _("Correct an accusation of a survivor"),
    ),
    struck("strike-accusation", Accusation, "accusations/<uuid:pk>/strike/"),
    struck("strike-appeal", Appeal, "appeals/<uuid:pk>/strike/"),
    struck("strike-arrest", Arrest, "arrests/<uuid:pk>/strike/"),
    struck("strike-charge", Charge, "charges/<uuid:pk>/strike/"),
    struck("strike-complaint", Complaint, "complaints/<uuid:pk>/strike/"),
    struck("strike-way", Corridor, "corridors/<uuid:pk>/strike/"),
    struck("strike-custody", Custody, "custodies/<uuid:pk>/strike/"),
    struck("strike-hearing", Hearing, "hearings/<uuid:pk>/strike/"),
    struck("strike-report", PoliceReport, "police-reports/<uuid:pk>/strike/"),
    struck("strike-prosecution", Prosecution, "prosecutions/<uuid:pk>/strike/"),
    struck("strike-protection", ProtectiveMeasure, "protection/<uuid:pk>/strike/"),
    struck("strike-request", AssistanceRequest, "requests/<uuid:pk>/strike/"),
    struck("strike-sentence", Sentence, "sentences/<uuid:pk>/strike/"),
    struck("strike-stage", StageReached, "stages/<uuid:pk>/strike/"),
    struck("strike-suspect", Suspect, "suspects/<uuid:pk>/strike/"),
    struck("strike-participation", Participation, "taking-part/<uuid:pk>/strike/"),
]
