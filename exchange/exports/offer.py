"""What can be taken away, and what of it says who or which case it is about."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class What(TextChoices):
    """A list, by its address below /api/v1/; names; or a whole case."""

    CASES = "cases", _("Cases")
    RESCUES = "rescues", _("Rescues")
    SITES = "sites", _("Sites")
    VICTIMS = "victims", _("Survivors")
    INVOLVEMENTS = "involvements", _("Survivors in cases")
    SUSPECTS = "suspects", _("Suspects")
    ARRESTS = "arrests", _("Arrests")
    COMPLAINTS = "complaints", _("Complaints")
    PROSECUTIONS = "prosecutions", _("Proceedings")
    CHARGES = "charges", _("Charges")
    HEARINGS = "hearings", _("Hearings")
    JUDGMENTS = "judgments", _("Judgments")
    APPEALS = "appeals", _("Appeals")
    SENTENCES = "sentences", _("Sentences")
    REFERRALS = "referrals", _("Referrals")
    SERVICES = "service-records", _("Services given")
    PLACEMENTS = "placements", _("Placements")
    CERTIFICATES = "release-certificates", _("Release certificates")
    IDENTITIES = "identities", _("Names and contacts of survivors")
    CASE = "case", _("A whole case, with its documents")
    WORKBOOK = "workbook", _("The workbook of an office, to move elsewhere")


class Format(TextChoices):
    CSV = "csv", _("CSV, for any program")
    XLSX = "xlsx", _("XLSX, for a spreadsheet")
    JSONL = "jsonl", _("JSON Lines, for programs")


class Reason(TextChoices):
    """What it is taken away for."""

    SUPERVISION = "supervision", _("A meeting about these cases")
    FIGURES = "figures", _("To check or compute figures")
    AUTHORITY = "authority", _("A court or an authority asks for it")
    PARTNER = "partner", _("An organisation we work with needs it")
    HANDOVER = "handover", _("Handing over to somebody")
    OTHER = "other", _("Another reason")


# Columns that say neither who nor which case: a file without identifiers holds these, and the
# columns of `LINKS`, whose ids are replaced by others that are good within that file alone.
PLAIN: dict[str, str] = {
    What.CASES: "programme office jurisdiction status support_level opened_on closed_on",
    What.RESCUES: "occurred_on jurisdiction",
    What.SITES: "kind setting jurisdiction closed_on",
    What.VICTIMS: "sex age_band nationality",
    What.INVOLVEMENTS: "outcome",
    What.SUSPECTS: "role status",
    What.ARRESTS: "arrested_on attribution",
    What.COMPLAINTS: "filed_on jurisdiction",
    What.PROSECUTIONS: "jurisdiction filed_on stage",
    What.CHARGES: "provision final_provision offence_on filed_on framed_on plea",
    What.HEARINGS: "listed_on purpose result adjourned_for no_next_date",
    What.JUDGMENTS: "instance decided_on attribution decisions disposition",
    What.APPEALS: "appellant filed_on withdrawn_on",
    What.SENTENCES: "months life suspended in_force fine compensation paid received left currency",
    What.REFERRALS: "need urgency status sent_at answered_at decline_reason",
    What.SERVICES: "kind provided_on session minutes",
    What.PLACEMENTS: "kind since until ended_for",
    What.CERTIFICATES: "jurisdiction status applied_on answered_on",
}
LINKS = frozenset(
    {
        *("id", "case", "victim", "involvement", "rescue", "sites", "suspect", "suspects"),
        *("complaint", "prosecution", "charge", "judgment", "appeal", "referral", "follows"),
    }
)
ANSWERS = "replies"  # to own questions, in a part of their own beside a list of what they are about
ASKED_ABOUT = frozenset(
    (What.CASES, What.RESCUES, What.INVOLVEMENTS, What.SUSPECTS, What.HEARINGS, What.REFERRALS)
)
IDS = "ids"  # narrows any list to these rows, between commas
NAMED = (What.IDENTITIES, What.CASE, What.WORKBOOK)  # may hold names of survivors
# What a whole case holds besides the lists above, inside the house and with identifiers: every
# other list of a case whose rows are of that case alone.
BESIDE = (
    *("assignments", "closings", "site-closings", "notes", "documents"),
    *("document-versions", "custody-events", "leads", "investigation-steps", "online-incidents"),
    *(ANSWERS, "reply-words"),
    *("incident-survivors", "consents", "consent-shares", "withdrawals", "route-stops"),
    *("indicators", "evidence", "suspects-met", "custodies", "police-reports", "stages-reached"),
    *("participations", "protective-measures", "accusations", "assistance-requests"),
    *("compensation-payments", "progress-notes", "session-notes", "care-plans", "goals"),
    *("plan-reviews", "follow-ups", "assessments", "entitlements", "rehabilitation-payments"),
    *(
        "bank-references",
        "compensation-claims",
        "claim-payments",
        "repatriations",
        "escorts",
        "htcds-imports",
    ),
)


def lists_of(what: str, *, identifiers: bool, outside: bool) -> tuple[str, ...]:
    """The lists that such an export is made of, in their order."""
    if what != What.CASE:
        return (what,)
    if not identifiers or outside:
        return tuple(PLAIN)
    return (*PLAIN, What.IDENTITIES, *BESIDE)
