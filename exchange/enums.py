"""The words of files that leave and arrive."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GivenTo(TextChoices):
    """Who gets a file of records by code, which decides whose consent it rests on."""

    OWN = "own", _("Another office of our own organisation")
    PARTNERS = "partners", _("A partner organisation: only people who agreed to it")


class GivenFor(TextChoices):
    """Why a file leaves."""

    HANDOVER = "handover", _("The work goes on there")
    COMPARISON = "comparison", _("Data of several organisations are compared")
    MOVING = "moving", _("Our records move to another installation")
    OTHER = "other", _("Another reason")


class GivenAs(TextChoices):
    """The form of a table that leaves."""

    CSV = "csv", _("CSV, for any program")
    XLSX = "xlsx", _("XLSX, for a spreadsheet")
