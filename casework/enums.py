"""The words a case may use."""

from datetime import timedelta
from enum import nonmember
from itertools import chain

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.choices import ChoiceList


class Programme(ChoiceList):
    """The form of exploitation a case is about."""

    BONDED_LABOUR = "bonded_labour", _("Bonded labour")
    OSEC = "osec", _("Online sexual exploitation of children")
    CSEC = "csec", _("Commercial sexual exploitation of children")
    SEX_TRAFFICKING = "sex_trafficking", _("Sex trafficking of adults")
    TRAFFICKED_LABOUR = "trafficked_labour", _("Trafficked labour, fishing and other")
    CHILD_LABOUR = "child_labour", _("Child labour slavery")
    DOMESTIC_SERVITUDE = "domestic_servitude", _("Domestic servitude")
    OTHER = "other", _("Other, or not sure yet")

    TITLE = nonmember(_("Forms of exploitation"))
    STANDARD = nonmember(
        {
            "bonded_labour": "ForcedLabour",
            "osec": "SexualExploitation",
            "csec": "SexualExploitation",
            "sex_trafficking": "SexualExploitation",
            "trafficked_labour": "ForcedLabour",
            "child_labour": "ChildLabour",
            "domestic_servitude": "Servitude",
        }
    )


class CaseStatus(TextChoices):
    LEAD = "lead", _("Lead")
    ASSESSMENT = "assessment", _("Assessment")
    INVESTIGATION = "investigation", _("Investigation")
    RESCUE_PLANNED = "rescue_planned", _("Rescue planned")
    RESCUED = "rescued", _("Rescued")
    PROSECUTION = "prosecution", _("Prosecution")
    AFTERCARE_ONLY = "aftercare_only", _("Aftercare only")
    CLOSED = "closed", _("Closed")

    FORMER = nonmember(frozenset({"rescue_planned"}))  # of the history; a plan is a row of its own
    BEFORE_RESCUE = nonmember(frozenset({"lead", "assessment", "investigation", "rescue_planned"}))
    BEFORE_TRIAL = nonmember(
        frozenset({"lead", "assessment", "investigation", "rescue_planned", "rescued"})
    )
    OPEN = nonmember(
        (
            "lead",
            "assessment",
            "investigation",
            "rescue_planned",
            "rescued",
            "prosecution",
            "aftercare_only",
        )
    )


class LinkKind(TextChoices):
    """How a case stands to another, as read on its own page."""

    TWIN = "twin", _("The same matter in another country")
    NETWORK = "network", _("The same network")
    RELATED = "related", _("Related")
    MERGED_INTO = "merged_into", _("Goes on in")
    MERGED_FROM = "merged_from", _("Took over")
    SPLIT_INTO = "split_into", _("Split off into")
    SPLIT_FROM = "split_from", _("Split off from")

    SEEN_FROM_THE_OTHER = nonmember(
        {
            "merged_into": "merged_from",
            "merged_from": "merged_into",
            "split_into": "split_from",
            "split_from": "split_into",
        }
    )


class SupportLevel(TextChoices):
    OWN = "own", _("Own casework")
    SUPPORTED = "supported", _("Supported")
    STATE_ONLY = "state_only", _("State only")


class SiteKind(ChoiceList):
    BROTHEL = "brothel", _("Brothel")
    BAR = "bar", _("Bar")
    HOTEL = "hotel", _("Hotel")
    PRIVATE_RESIDENCE = "private_residence", _("Private residence")
    KILN = "kiln", _("Brick kiln")
    RICE_MILL = "rice_mill", _("Rice mill")
    QUARRY = "quarry", _("Quarry")
    FARM = "farm", _("Farm")
    FACTORY = "factory", _("Factory")
    FISHING_VESSEL = "fishing_vessel", _("Fishing vessel")
    ONLINE = "online", _("Online")
    OTHER = "other", _("Other")

    TITLE = nonmember(_("Kinds of site"))
    OWN = nonmember(20)


class Setting(TextChoices):
    PUBLIC = "public", _("Public establishment")
    PRIVATE = "private", _("Private network")
    UNKNOWN = "unknown", _("Not known")


class SealStatus(TextChoices):
    SEALED = "sealed", _("Sealed")
    ASKED = "asked", _("Sealed; opening asked for")
    OPENED = "opened", _("Opened again")


SEAL_REASON_LENGTH = 10  # characters, of why a case was sealed, should open, may be seen again


class ConflictKind(TextChoices):
    RELATIVE = "relative", _("Relative")
    FRIEND = "friend", _("Friend or neighbour")
    EMPLOYER = "employer", _("Employer, landlord or creditor")
    PARTY = "party", _("Party or witness in the matter")
    OTHER = "other", _("Another tie")


class ConflictStatus(TextChoices):
    HOLDS = "holds", _("Holds")
    LIFTED = "lifted", _("Lifted")


class Part(TextChoices):
    """What a disclosure may name, each the tables behind its permissions to read."""

    RESCUE = "rescue", _("Rescues")
    NARRATIVE = "narrative", _("What was told about rescues")
    SITE = "site", _("Sites, by kind and place")
    PEOPLE = "people", _("Survivors, by code and age band")
    IDENTITY = "identity", _("Names, contacts and exact places")
    SUSPECT = "suspect", _("Suspects and arrests")
    COURT = "court", _("Complaints, proceedings and judgments")
    DOCUMENT = "document", _("All documents and evidence, and whose hands they went through")


READ_BY: dict[str, tuple[Perm, ...]] = {
    Part.RESCUE: (Perm.RESCUE_VIEW,),
    Part.NARRATIVE: (Perm.NARRATIVE_VIEW,),
    Part.SITE: (Perm.SITE_VIEW,),
    Part.PEOPLE: (Perm.VICTIM_VIEW,),
    Part.IDENTITY: (Perm.IDENTITY_VIEW,),
    Part.SUSPECT: (Perm.SUSPECT_VIEW,),
    Part.COURT: (Perm.PROSECUTION_VIEW,),
    Part.DOCUMENT: (Perm.DOCUMENT_VIEW, Perm.DOCUMENT_OPEN),
}
# What cannot be read alone: a note without its rescue, a charge without its suspect.
READ_WITH = {
    Part.NARRATIVE: Part.RESCUE,
    Part.IDENTITY: Part.PEOPLE,
    Part.COURT: Part.SUSPECT,
}
DISCLOSED_AT_MOST = timedelta(days=180)
REASON_LENGTH = 20  # characters, of why a case was opened to someone
# What a broken glass opens: all that can be disclosed but documents and evidence, which save nobody
# within the hour; and who works on the case and cares.
READ_IN_EMERGENCY = (
    *chain(*(views for part, views in READ_BY.items() if part != Part.DOCUMENT)),
    Perm.TEAM_VIEW,
    Perm.REFERRAL_VIEW,
)


class LegalBasis(TextChoices):
    ORDER = "order", _("Order of a court")
    SUMMONS = "summons", _("Summons or warrant")
    STATUTE = "statute", _("Duty or power by statute")
    REQUEST = "request", _("Request for mutual legal assistance")
    CONSENT = "consent", _("Consent of the person concerned")


class DisclosureStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended early")


GLASS_MINUTES = timedelta(minutes=60)
REVIEW_WITHIN = timedelta(hours=72)


class GlassStatus(TextChoices):
    OPEN = "open", _("Opened")
    ENDED = "ended", _("Ended early")
    REVIEWED = "reviewed", _("Reviewed")


class GlassFinding(TextChoices):
    JUSTIFIED = "justified", _("Justified")
    UNJUSTIFIED = "unjustified", _("Not justified")


class TaskStatus(TextChoices):
    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("No longer needed")


SNOOZED_AT_MOST = timedelta(days=30)  # long enough for a court vacation, too short to forget


class ClosingReason(ChoiceList):
    """Why a case ended, by the codes of child-protection practice."""

    GOALS_MET = "goals_met", _("What was planned is reached")
    TRANSFERRED = "transferred", _("Handed to another organisation")
    RELOCATED = "relocated", _("Moved away")
    DECLINED = "declined", _("Help was declined, and it is safe to stop")
    LOST_CONTACT = "lost_contact", _("Contact is lost")
    AGED_OUT = "aged_out", _("Came of age, with a plan for the time after")
    DECEASED = "deceased", _("Death")
    NOT_A_VICTIM = "not_a_victim", _("Nobody was exploited")
    DUPLICATE = "duplicate", _("The same matter is another case")
    OTHER = "other", _("Another reason")

    TITLE = nonmember(_("Reasons for closing a case"))
    RULED = nonmember(frozenset({"transferred"}))
    OWN = nonmember(12)


class TransferStatus(TextChoices):
    WAITING = "waiting", _("Waits for an answer")
    ACCEPTED = "accepted", _("Taken over")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


MOST_AT_ONCE = 100  # cases put on a person or handed over in one step


class Answer(TextChoices):
    """To a question about a person or a deed; that nobody knows is an answer."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class PlanStatus(TextChoices):
    OPEN = "open", _("Open")
    CALLED_OFF = "called_off", _("Called off")
    CARRIED_OUT = "carried_out", _("Carried out")


class Decision(TextChoices):
    """Whether a planned rescue goes ahead."""

    GO = "go", _("Go")
    NO_GO = "no_go", _("No go")
