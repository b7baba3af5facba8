"""Codes of what the law of a country says from a day on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LawKind(TextChoices):
    PROVISION = "provision", _("A provision")
    END = "end", _("The end of a provision")
    COURT = "court", _("Hours until a court must see who is held")
    CHARGE = "charge", _("Days until who is held must be charged")
    LIMITATION = "limitation", _("Years until an offence can no longer be prosecuted")
    SCHEME = "scheme", _("A version of a rehabilitation scheme")
    STAGES = "stages", _("Stages of proceedings")
