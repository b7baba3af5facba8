"""What is told a survivor of each table, and which are left out and why."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

PERSON, PART = "victim", "involvement"
# Title, table, by which column it leads to the person, and what is told of each row.
SECTIONS: tuple[tuple[Any, str, str, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Who you are"),
        "victims.Identity",
        "victim__in",
        ("full_name", "latin_name", "born_on", "documents"),
    ),
    (
        gettext_lazy("What we know of you"),
        "victims.Victim",
        "pk__in",
        ("sex", "age_min_months", "age_max_months", "nationality", "languages"),
    ),
    (
        gettext_lazy("Former values of your record"),
        "victims.FormerIdentity",
        "victim__in",
        ("field", "value", "replaced_at"),
    ),
    (
        gettext_lazy("Your life before"),
        "victims.Background",
        "victim__in",
        ("age_estimated", "marital_status", "education", "papers", "safety"),
    ),
    (
        gettext_lazy("Your part in our work"),
        "victims.Involvement",
        "pk__in",
        ("outcome", "identified_on"),
    ),
    (
        gettext_lazy("What was done to you"),
        "victims.Exploitation",
        "involvement__in",
        (
            *("status", "decided_on", "forms", "sexual_kinds", "industries", "controls"),
            *("recruitment", "relationship", "months"),
        ),
    ),
    (
        gettext_lazy("Signs that were looked for"),
        "victims.Indicator",
        "involvement__in",
        ("sign", "answer"),
    ),
    (
        gettext_lazy("The way you were taken"),
        "victims.RouteStop",
        "involvement__in",
        ("position", "kind", "jurisdiction", "since", "until"),
    ),
    (
        gettext_lazy("What you are accused of"),
        "prosecutions.Accusation",
        "involvement__in",
        ("offence", "accused_on", "ended", "ended_on"),
    ),
    (
        gettext_lazy("What you agreed to"),
        "victims.Consent",
        "involvement__in",
        ("purpose", "recipient_kind", "given_by", "given_on", "expires_on", "withdrawn_on"),
    ),
    (
        gettext_lazy("Who was told about you"),
        "victims.Share",
        "involvement__in",
        ("recipient_kind", "told_on"),
    ),
    (
        gettext_lazy("Who was told that you no longer agree"),
        "victims.Withdrawal",
        "involvement__in",
        ("recipient_kind", "told_on"),
    ),
    (
        gettext_lazy("Where we asked for help for you"),
        "aftercare.Referral",
        "involvement__in",
        ("need", "status", "sent_at", "answered_at"),
    ),
    (
        gettext_lazy("Help you received"),
        "aftercare.ServiceRecord",
        "involvement__in",
        ("kind", "provided_on"),
    ),
    (
        gettext_lazy("Where you stayed"),
        "aftercare.Placement",
        "involvement__in",
        ("kind", "since", "until"),
    ),
    (
        gettext_lazy("Plans made with you"),
        "aftercare.CarePlan",
        "involvement__in",
        ("status", "opened_on", "closed_on"),
    ),
    (
        gettext_lazy("What you wanted to reach"),
        "aftercare.Goal",
        "plan__involvement__in",
        ("domain", "target_on", "status", "ended_on"),
    ),
    (
        gettext_lazy("How your plans were looked at again"),
        "aftercare.PlanReview",
        "plan__involvement__in",
        ("reviewed_on", "result"),
    ),
    (
        gettext_lazy("How you were afterwards"),
        "aftercare.FollowUp",
        "plan__involvement__in",
        ("months", "done_on", "contact_lost", "safe", "in_school_or_work", "revictimised"),
    ),
    (
        gettext_lazy("Questions you were asked"),
        "aftercare.Assessment",
        "involvement__in",
        ("assessed_on", "status"),
    ),
    (
        gettext_lazy("Your release certificate"),
        "aftercare.ReleaseCertificate",
        "involvement__in",
        ("number", "status", "applied_on", "answered_on"),
    ),
    (
        gettext_lazy("Money the state owes you"),
        "aftercare.Entitlement",
        "involvement__in",
        ("total", "deposit"),
    ),
    (
        gettext_lazy("What the state paid you"),
        "aftercare.RehabilitationPayment",
        "entitlement__involvement__in",
        ("payer", "tranche", "amount", "paid_on"),
    ),
    (
        gettext_lazy("Compensation a court ordered to you"),
        "prosecutions.CompensationShare",
        "involvement__in",
        ("amount",),
    ),
    (
        gettext_lazy("What was paid to you of it"),
        "prosecutions.CompensationPayment",
        "involvement__in",
        ("amount", "paid_on", "payer", "received_on"),
    ),
    (
        gettext_lazy("Compensation asked for you"),
        "aftercare.CompensationClaim",
        "involvement__in",
        ("kind", "status", "asked_on", "amount", "awarded", "currency"),
    ),
    (
        gettext_lazy("Compensation paid to you"),
        "aftercare.ClaimPayment",
        "claim__involvement__in",
        ("amount", "paid_on"),
    ),
    (
        gettext_lazy("Your way home"),
        "aftercare.Repatriation",
        "involvement__in",
        ("status", "planned_for", "travelled_on", "arrived_on"),
    ),
    (
        gettext_lazy("How you took part in court"),
        "prosecutions.Participation",
        "involvement__in",
        ("kind", "happened_on"),
    ),
    (
        gettext_lazy("How you were protected"),
        "prosecutions.ProtectiveMeasure",
        "involvement__in",
        ("kind", "asked_on", "answer", "answered_on"),
    ),
)
# Tables of a survivor that are not told, and why.
LEFT_OUT = {
    "aftercare.BankReference": "a number between two banks",
    "aftercare.Escort": "names who travelled along",
    "aftercare.ProgressNote": "in words of others, who may name others",
    "aftercare.SessionNote": "in words of others, who may name others",
    "exchange.Imported": "by which number another program knows the record",
    "prosecutions.ChargeVictim": "a charge names who is accused",
    "victims.Confirmation": "that two records may be of one person: the other may be somebody else",
    "victims.Evidence": "in words of others, who may name others",
    "victims.IncidentSurvivor": "what was seen online, with whoever else was seen",
    "victims.Match": "that two records may be of one person: the other may be somebody else",
    "victims.Particular": "in words of others, who may name others",
    "victims.Sibling": "who else is a survivor",
    "victims.VictimMerge": "that two records are one; both are told",
}
