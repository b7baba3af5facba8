"""What kinds of things the timeline tells."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """By what the timeline is narrowed."""

    COURT = "court", _("Court")
    PEOPLE = "people", _("People")
    CARE = "care", _("Care")
    FILE = "file", _("File")
