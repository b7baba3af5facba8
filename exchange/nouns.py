"""What a webhook can be about: each list by its address, with its table.

A noun has triggers on its table (`exchange/outbox.py`); a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Noun(TextChoices):
    CASES = "cases", _("Cases")
    RESCUES = "rescues", _("Rescues")
    SITES = "sites", _("Sites")
    INVOLVEMENTS = "involvements", _("Survivors in cases")
    SUSPECTS = "suspects", _("Suspects")
    ARRESTS = "arrests", _("Arrests")
    COMPLAINTS = "complaints", _("Complaints")
    PROSECUTIONS = "prosecutions", _("Proceedings")
    CHARGES = "charges", _("Charges")
    HEARINGS = "hearings", _("Hearings")
    JUDGMENTS = "judgments", _("Judgments")
    SENTENCES = "sentences", _("Sentences")
    REFERRALS = "referrals", _("Referrals")
    PLACEMENTS = "placements", _("Placements")
    CERTIFICATES = "release-certificates", _("Release certificates")


LABELS: dict[str, str] = {
    Noun.CASES: "casework.Case",
    Noun.RESCUES: "casework.Rescue",
    Noun.SITES: "casework.Site",
    Noun.INVOLVEMENTS: "victims.Involvement",
    Noun.SUSPECTS: "prosecutions.Suspect",
    Noun.ARRESTS: "prosecutions.Arrest",
    Noun.COMPLAINTS: "prosecutions.Complaint",
    Noun.PROSECUTIONS: "prosecutions.Prosecution",
    Noun.CHARGES: "prosecutions.Charge",
    Noun.HEARINGS: "prosecutions.Hearing",
    Noun.JUDGMENTS: "prosecutions.Judgment",
    Noun.SENTENCES: "prosecutions.Sentence",
    Noun.REFERRALS: "aftercare.Referral",
    Noun.PLACEMENTS: "aftercare.Placement",
    Noun.CERTIFICATES: "aftercare.ReleaseCertificate",
}


def model_of(noun: str) -> Any:
    return apps.get_model(LABELS[noun])
