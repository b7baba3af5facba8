"""The words for rehabilitation, claims for compensation and journeys home."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificateStatus(TextChoices):
    PENDING = "pending", _("Applied for, no answer")
    ISSUED = "issued", _("Issued")
    REFUSED = "refused", _("Refused")

    ANSWERS = nonmember(("issued", "refused"))


class Category(TextChoices):
    """Whom a rehabilitation scheme pays how much."""

    EVERYONE = "everyone", _("Everyone")
    ADULT_MAN = "adult_man", _("Adult man")
    WOMAN_OR_CHILD = "woman_or_child", _("Woman or child")
    EXTREME = "extreme", _("Extreme deprivation")


# What a scheme pays to one category: the parts lie inside the sum in all.
PARTS = {
    "total": _("In all"),
    "deposit": _("Deposited, at least"),
    "immediate": _("Immediate relief"),
}


class ExtremeReason(TextChoices):
    """Why somebody belongs to the category of extreme deprivation."""

    TRANSGENDER = "transgender", _("Transgender")
    TRAFFICKED = "trafficked", _("Rescued from a brothel or from trafficking")
    DISABILITY = "disability", _("Disability")
    MAGISTRATE = "magistrate", _("Finding of the District Magistrate")


class Payer(TextChoices):
    STATE = "state", _("State")
    CENTRE = "centre", _("Centre")


class Tranche(TextChoices):
    IMMEDIATE = "immediate", _("Immediate relief")
    DEPOSIT = "deposit", _("Deposit")
    CASH = "cash", _("Cash")


class NotCounted(TextChoices):
    """Why a payment on record counts no more."""

    TWICE = "twice", _("Recorded twice")
    RETURNED = "returned", _("The money went back")
    NEVER = "never", _("It never arrived")


class ClaimKind(TextChoices):
    SCHEME = "scheme", _("Victim compensation scheme")
    RESTITUTION = "restitution", _("Restitution")
    CIVIL = "civil", _("Civil claim")


class ClaimStatus(TextChoices):
    ASKED = "asked", _("Asked, no answer")
    AWARDED = "awarded", _("Awarded")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    ANSWERS = nonmember(("awarded", "refused", "withdrawn"))


class JourneyPurpose(TextChoices):
    HOME = "home", _("To go home")
    COURT = "court", _("To take part in a court abroad")


class Wish(TextChoices):
    """What the survivor said about it."""

    WANTS = "wants", _("Wants to go")
    UNSURE = "unsure", _("Not decided")
    REFUSES = "refuses", _("Does not want to go")
    NOT_ASKED = "not_asked", _("Not asked yet")


class JourneyStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    TRAVELLED = "travelled", _("On the way")
    ARRIVED = "arrived", _("Arrived")
    CANCELLED = "cancelled", _("Cancelled")

    OVER = nonmember(("arrived", "cancelled"))


class CancelReason(TextChoices):
    WISH = "wish", _("The survivor does not want to go")
    SAFETY = "safety", _("Not safe there")
    PAPERS = "papers", _("Papers missing")
    RECEIVER = "receiver", _("Nobody to receive the survivor")
    OTHER = "other", _("Other reason")
