"""The words for care."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Need(TextChoices):
    """What a person needs first, as asked at a rescue; the service a referral is for."""

    MEDICAL = "medical", _("Medical")
    SAFE_PLACE = "safe_place", _("Safe place")
    INTERPRETER = "interpreter", _("Interpreter")
    FOOD_CLOTHES = "food_clothes", _("Food, clothes")
    CHILD_WELFARE = "child_welfare", _("Child welfare")
    POLICE_GUARD = "police_guard", _("Police guard")


class ReferralStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent, not answered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    TAKEN = nonmember(("accepted", "in_progress", "completed"))


class ServiceKind(TextChoices):
    """What was done for a survivor. All of these are restoration services."""

    SHELTER = "shelter", _("Shelter")
    MEDICAL = "medical", _("Medical care")
    COUNSELLING = "counselling", _("Counselling")
    LEGAL = "legal", _("Legal help")
    EDUCATION = "education", _("School")
    TRAINING = "training", _("Job training")
    LIVELIHOOD = "livelihood", _("Work or livelihood")
    FAMILY = "family", _("Work with the family")
    PRACTICAL = "practical", _("Food, clothes, documents, interpreting")
    PROTECTION = "protection", _("Protection")
    REPATRIATION = "repatriation", _("Journey home")


class Urgency(TextChoices):
    NOW = "now", _("At once")
    DAYS = "days", _("Within days")
    WEEKS = "weeks", _("Within weeks")
