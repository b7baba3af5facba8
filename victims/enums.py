"""The words for people who were harmed."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class MatchStatus(TextChoices):
    """What somebody said of two records that may be of one person."""

    OPEN = "open", _("To be looked at")
    LATER = "later", _("Put off")
    SAME = "same", _("Said to be the same person")
    DIFFERENT = "different", _("Not the same person")


class ConfirmationStatus(TextChoices):
    """What a case manager answers who is asked about a record."""

    ASKED = "asked", _("Asked")
    YES = "yes", _("Yes, this is our person as recorded")
    NO = "no", _("No, the record is wrong")
    UNSURE = "unsure", _("I cannot say")


OLDEST_MONTHS = 1439  # 119 years
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
    return f"{who}, {AgeBand(band).label}"
