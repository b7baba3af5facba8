"""The words of an organisation's own questions."""

from __future__ import annotations

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Noun(TextChoices):
    """What is asked about. `questions/subjects.py` says how each is found."""

    CASE = "case", _("Case")
    RESCUE = "rescue", _("Rescue")
    SURVIVOR = "survivor", _("Survivor")
    SUSPECT = "suspect", _("Suspect")
    HEARING = "hearing", _("Hearing")
    REFERRAL = "referral", _("Referral")
    CLOSING = "closing", _("Closing a case")  # what must be confirmed before

    OF_CASE = nonmember(("case", "closing"))  # they are about the case itself


class Kind(TextChoices):
    """What an answer is."""

    TEXT = "text", _("Words")
    NUMBER = "number", _("Number")
    DAY = "day", _("Day")
    CHOICE = "choice", _("One of a list")
    SEVERAL = "several", _("Several of a list")
    YES_NO = "yes_no", _("Yes or no")


LISTED = frozenset({Kind.CHOICE, Kind.SEVERAL})
DECIDING = LISTED | {Kind.YES_NO}  # an answer to these says whether another question is asked


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")
