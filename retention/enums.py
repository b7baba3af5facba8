"""Codes of what is kept, for how long, and what ends it."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

UNDO_DAYS = 30
YEARS_AT_MOST = 100
REASON_LENGTH = 10
LAW_LENGTH = 5


class Kind(TextChoices):
    """What a policy is about."""

    SURVIVORS = "survivors", _("Cases with survivors")
    INQUIRY = "inquiry", _("Cases without a survivor on record")
    HISTORY = "history", _("The history: who did and read what")
    FIGURES = "figures", _("Stored figures")

    EVERYWHERE = nonmember(frozenset({"history", "figures"}))  # of no one country


class Person(TextChoices):
    """Of whom a case with survivors is; whoever's age is not known counts as a child."""

    ADULT = "adult", _("Adult when found")
    CHILD = "child", _("Child when found, or age not known")


class Decision(TextChoices):
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")


class HoldStatus(TextChoices):
    """It holds from the moment it is asked for; a second person confirms or refuses it."""

    ASKED = "asked", _("Holds, waits for a second person")
    HOLDS = "holds", _("Holds")
    LIFTING = "lifting", _("Holds, lifting waits for a second person")
    LIFTED = "lifted", _("Lifted")
    REFUSED = "refused", _("Refused")


HOLDING = (HoldStatus.ASKED, HoldStatus.HOLDS, HoldStatus.LIFTING)


class ErasureStatus(TextChoices):
    PROPOSED = "proposed", _("Due")
    ONCE = "once", _("Confirmed by one person")
    CONFIRMED = "confirmed", _("Confirmed by two persons")
    KEPT = "kept", _("Kept for now")
    ERASING = "erasing", _("Being erased")
    ERASED = "erased", _("Erased")


BEFORE = (ErasureStatus.PROPOSED, ErasureStatus.ONCE, ErasureStatus.CONFIRMED)
UNDER_WAY = (*BEFORE, ErasureStatus.ERASING)
