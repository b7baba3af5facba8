"""The words for networks and the ways people were taken."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NetworkRole(TextChoices):
    """What a member does in a network, whatever the role in a single case."""

    ORGANISER = "organiser", _("Organiser")
    RECRUITER = "recruiter", _("Recruiter")
    TRANSPORTER = "transporter", _("Transporter")
    HARBOURER = "harbourer", _("Keeps people")
    EXPLOITER = "exploiter", _("Exploiter")
    FINANCIER = "financier", _("Handles the money")
    OFFICIAL = "official", _("Public official")
    CUSTOMER = "customer", _("Customer")
    OTHER = "other", _("Other, or not known yet")


class NetworkStatus(TextChoices):
    ACTIVE = "active", pgettext_lazy("network", "Active")
    DORMANT = "dormant", _("Dormant")
    BROKEN_UP = "broken_up", _("Broken up")
