"""The kinds of place and of institution."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class JurisdictionLevel(models.TextChoices):
    """From the widest to the narrowest; a place lies in a place of a wider level.

    What a country calls its parts does not matter: a Philippine region is a state and a
    Philippine province a district, because provinces lie in regions; an Indian state and a
    Thai province are both states.
    """

    COUNTRY = "country", _("Country")
    STATE = "state", _("State, region or province")
    DISTRICT = "district", _("District or province within a region")
    CITY = "city", _("City")


class AgencyKind(models.TextChoices):
    """What an institution does in a case."""

    POLICE_UNIT = "police_unit", _("Police unit")
    PROSECUTOR = "prosecutor", _("Prosecutor's office")
    COURT = "court", _("Court")
    SHELTER = "shelter", _("Shelter")
    MINISTRY = "ministry", _("Ministry")
    NGO = "ngo", _("Non-governmental organisation")
    CHILD_WELFARE = "child_welfare", _("Child welfare authority")
    OTHER = "other", _("Other")
