"""The words for care."""

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


class Urgency(TextChoices):
    NOW = "now", _("At once")
    DAYS = "days", _("Within days")
    WEEKS = "weeks", _("Within weeks")
