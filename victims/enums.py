"""The words for people who were harmed."""

from __future__ import annotations

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.days.ages import OLDEST_MONTHS


class Sex(TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other sex")
    UNKNOWN = "unknown", _("Sex not known")


class AgeBand(TextChoices):
    """Bands of the age at identification: before the 13th birthday, to 17, adult."""

    CHILD = "0-12", _("12 or younger")
    TEENAGER = "13-17", _("13–17")
    ADULT = "18+", _("18 and over")
    UNKNOWN = "unknown", _("Age not known")


class ConsentGiver(TextChoices):
    SELF = "self", _("The person")
    GUARDIAN = "guardian", _("A parent or guardian")


class NameReason(TextChoices):
    """Why someone needs to see who a person is."""

    CONTACT = "contact", _("To reach the person")
    MEDICAL = "medical", _("Medical care")
    COURT = "court", _("Police or court")
    DOCUMENTS = "documents", _("Identity documents")
    FAMILY = "family", _("Family and return home")
    SAFETY = "safety", _("Safety of the person")
    CORRECTION = "correction", _("To check or correct the record")
    OTHER = "other", _("Something else")


class IdentityField(TextChoices):
    """What may be known of who a person is."""

    FULL_NAME = "full_name", _("Full name")
    LATIN_NAME = "latin_name", _("Name in Latin letters")
    BORN_ON = "born_on", _("Date of birth")
    CONTACTS = "contacts", _("Contacts")
    DOCUMENTS = "documents", _("Documents")


class Outcome(TextChoices):
    """What became of a person in a rescue."""

    RESCUED = "rescued", _("Brought to safety")
    DECLINED = "declined", _("Declined")
    NOT_FOUND = "not_found", _("Not found")
    RETURNED = "returned", _("Returned")


class ConfirmationStatus(TextChoices):
    """What a case manager answers who is asked about a record."""

    ASKED = "asked", _("Asked")
    YES = "yes", _("Yes, this is our person as recorded")
    NO = "no", _("No, the record is wrong")
    UNSURE = "unsure", _("I cannot say")


RANGES: dict[str, tuple[int | None, int | None]] = {
    AgeBand.CHILD: (0, 155),
    AgeBand.TEENAGER: (156, 215),
    AgeBand.ADULT: (216, OLDEST_MONTHS),
    AgeBand.UNKNOWN: (None, None),
}


def band_of(low: int | None, high: int | None) -> AgeBand:
    """The band that holds the whole range of months; unknown where the range crosses one."""
    if low is None or high is None:
        return AgeBand.UNKNOWN
    for band, (start, end) in RANGES.items():
        if start is not None and end is not None and start <= low and high <= end:
            return AgeBand(band)
    return AgeBand.UNKNOWN


CHILD_WORDS = {Sex.FEMALE: _("Girl"), Sex.MALE: _("Boy")}
ADULT_WORDS = {Sex.FEMALE: _("Woman"), Sex.MALE: _("Man")}


def person_words(sex: str, band: str) -> str:
    """“Girl, 12 or younger”: how a person is named where there is no name."""
    words = {AgeBand.CHILD: CHILD_WORDS, AgeBand.TEENAGER: CHILD_WORDS, AgeBand.ADULT: ADULT_WORDS}
    who = words.get(AgeBand(band), {}).get(Sex(sex)) or Sex(sex).label
    age = str(AgeBand(band).label)
    return f"{who}, {age[:1].lower()}{age[1:]}"  # within a sentence


NOT_KNOWN = "not_known"  # how a form says that a question was asked and nobody knows


class Safety(TextChoices):
    """Whether a person is in danger now; it puts a flag on the person in every case."""

    DANGER = "danger", _("In danger")
    SAFE = "safe", _("Not in danger")


class Papers(TextChoices):
    """Who has the identity papers of a person."""

    HELD = "held", _("The person has them")
    WITHHELD = "withheld", _("Somebody keeps them back")
    SOME = "some", _("Some are kept back")
    NONE = "none", _("There never were any")


class Exploiter(TextChoices):
    """What the exploiter was to the person; said to HTCDS by `victims/crosswalk.py`."""

    NONE = "none", _("A stranger")
    ACQUAINTANCE = "acquaintance", _("An acquaintance")
    FRIEND = "friend", _("A friend")
    NEIGHBOUR = "neighbour", _("A neighbour")
    EMPLOYER = "employer", _("An employer, also of before")
    PARTNER = "partner", _("Husband, wife or partner")
    PARENT = "parent", _("A parent")
    SIBLING = "sibling", _("A brother or sister")
    RELATIVE = "relative", _("Another relative")

    OF_FAMILY = nonmember(("parent", "sibling", "relative"))


class Leg(TextChoices):
    """A stage of the way people were taken, and taken back."""

    RECRUITMENT = "recruitment", _("Recruited in")
    TRANSIT = "transit", _("Through")
    EXPLOITATION = "exploitation", _("Exploited in")
    IDENTIFIED = "identified", _("Identified in")
    REPATRIATED = "repatriated", _("Brought home to")


class Sign(TextChoices):
    """The eleven indicators of forced labour of the ILO. None of them decides anything here."""

    VULNERABILITY = "abuse_of_vulnerability", _("Abuse of vulnerability")
    DECEPTION = "deception", _("Deception")
    MOVEMENT = "restriction_of_movement", _("Restriction of movement")
    ISOLATION = "isolation", _("Isolation")
    VIOLENCE = "violence", _("Physical and sexual violence")
    THREATS = "threats", _("Intimidation and threats")
    DOCUMENTS = "retention_of_documents", _("Identity papers kept back")
    WAGES = "withholding_of_wages", _("Wages kept back")
    DEBT = "debt_bondage", _("Debt bondage")
    CONDITIONS = "abusive_conditions", _("Abusive working and living conditions")
    OVERTIME = "excessive_overtime", _("Excessive overtime")


class Topic(TextChoices):
    """What is told of a person in words, encrypted."""

    PAPERS = "papers", _("Identity papers")
    SAFETY = "safety", _("Safety")


class Purpose(TextChoices):
    """What a person agrees that is done with what they told."""

    CARE = "care", _("Referral and care")
    COURT = "court", _("The matter before police and courts")
    PROSECUTOR = "prosecutor", _("To be shown to a prosecutor")
    STATISTICS = "statistics", _("Figures without names")
    PUBLICATION = "publication", _("Publication, media")
    PHOTO = "photo", _("Photos and films")


class RecipientKind(TextChoices):
    """Who may be told: one of three by name, or everyone of a kind."""

    PROVIDER = "provider", _("One provider")
    AGENCY = "agency", _("One police unit, court or authority")
    PROSECUTOR = "prosecutor", _("One prosecutor")
    ANY_PROVIDER = "any_provider", _("Any shelter or service")
    AUTHORITIES = "authorities", _("Police, prosecutors and courts")
    PARTNERS = "partners", _("Organisations we work with")
    PUBLIC = "public", _("The public")

    NAMED = nonmember(("provider", "agency", "prosecutor"))


# Whom one recipient belongs to: who agreed to the kind, agreed to each.
KIND_OF: dict[str, str] = {
    RecipientKind.PROVIDER: RecipientKind.ANY_PROVIDER,
    RecipientKind.AGENCY: RecipientKind.AUTHORITIES,
    RecipientKind.PROSECUTOR: RecipientKind.AUTHORITIES,
}
# Who may be among those told, when everyone of a kind is: a no to one of them is one to the kind.
AMONG: dict[str, tuple[str, ...]] = {
    RecipientKind.ANY_PROVIDER: (RecipientKind.PROVIDER,),
    RecipientKind.AUTHORITIES: (RecipientKind.AGENCY, RecipientKind.PROSECUTOR),
    RecipientKind.PARTNERS: (RecipientKind.PROVIDER,),
    RecipientKind.PUBLIC: RecipientKind.NAMED,
}


class Relation(TextChoices):
    """What a guardian who agrees is to the person."""

    PARENT = "parent", _("Parent")
    RELATIVE = "relative", _("Relative")
    APPOINTED = "appointed", _("Appointed by a court or committee")
    OFFICIAL = "official", _("Official of child welfare")

    OF_FAMILY = nonmember(("parent", "relative"))
