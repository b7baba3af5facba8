"""The words a case may use."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Programme(TextChoices):
    """The form of exploitation a case is about."""

    BONDED_LABOUR = "bonded_labour", _("Bonded labour")
    OSEC = "osec", _("Online sexual exploitation of children")
    CSEC = "csec", _("Commercial sexual exploitation of children")
    SEX_TRAFFICKING = "sex_trafficking", _("Sex trafficking of adults")
    TRAFFICKED_LABOUR = "trafficked_labour", _("Trafficked labour, fishing and other")
    CHILD_LABOUR = "child_labour", _("Child labour slavery")
    DOMESTIC_SERVITUDE = "domestic_servitude", _("Domestic servitude")
    OTHER = "other", _("Other, or not sure yet")


class CaseStatus(TextChoices):
    LEAD = "lead", _("Lead")
    ASSESSMENT = "assessment", _("Assessment")
    INVESTIGATION = "investigation", _("Investigation")
    RESCUE_PLANNED = "rescue_planned", _("Rescue planned")
    RESCUED = "rescued", _("Rescued")
    PROSECUTION = "prosecution", _("Prosecution")
    AFTERCARE_ONLY = "aftercare_only", _("Aftercare only")
    CLOSED = "closed", _("Closed")

    BEFORE_RESCUE = nonmember(frozenset({"lead", "assessment", "investigation", "rescue_planned"}))
    BEFORE_TRIAL = nonmember(
        frozenset({"lead", "assessment", "investigation", "rescue_planned", "rescued"})
    )
    OPEN = nonmember(
        (
            "lead",
            "assessment",
            "investigation",
            "rescue_planned",
            "rescued",
            "prosecution",
            "aftercare_only",
        )
    )


class SupportLevel(TextChoices):
    OWN = "own", _("Own casework")
    SUPPORTED = "supported", _("Supported")
    STATE_ONLY = "state_only", _("State only")


class SiteKind(TextChoices):
    BROTHEL = "brothel", _("Brothel")
    BAR = "bar", _("Bar")
    HOTEL = "hotel", _("Hotel")
    PRIVATE_RESIDENCE = "private_residence", _("Private residence")
    KILN = "kiln", _("Brick kiln")
    RICE_MILL = "rice_mill", _("Rice mill")
    QUARRY = "quarry", _("Quarry")
    FARM = "farm", _("Farm")
    FACTORY = "factory", _("Factory")
    FISHING_VESSEL = "fishing_vessel", _("Fishing vessel")
    ONLINE = "online", _("Online")
    OTHER = "other", _("Other")


class Setting(TextChoices):
    PUBLIC = "public", _("Public establishment")
    PRIVATE = "private", _("Private network")
    UNKNOWN = "unknown", _("Not known")
