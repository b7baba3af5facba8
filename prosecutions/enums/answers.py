"""What a prosecutor from outside may tell or ask, and what becomes of it."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AnswerKind(TextChoices):
    RESULT = "result", _("Result of a hearing")
    NEXT_DATE = "next_date", _("Next date")
    REQUEST = "request", _("Request to you")


class AnswerStatus(TextChoices):
    WAITING = "waiting", _("Waiting for the team")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")

    DECIDED = nonmember(("accepted", "refused"))
