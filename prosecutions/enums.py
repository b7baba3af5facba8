"""The words for those responsible and for what justice did."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PerpetratorKind(TextChoices):
    INDIVIDUAL = "individual", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class SuspectRole(TextChoices):
    RECRUITER = "recruiter", _("Recruiter")
    TRANSPORTER = "transporter", _("Transporter")
    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    GUARD = "guard", _("Guard")
    FACILITATOR = "facilitator", _("Facilitator")
    RELATIVE = "relative", _("Parent or relative")
    CUSTOMER = "customer", _("Customer")
    ONLINE_VIEWER = "online_viewer", _("Online viewer")
    PUBLIC_OFFICIAL = "public_official", _("Public official")
    MONEY_MULE = "money_mule", _("Money mule")
    OTHER = "other", _("Other, or not known yet")


class Attribution(TextChoices):
    """Whose work led to an arrest or a judgment."""

    OWN = "own", _("Own casework")
    SUPPORTED = "supported", _("Supported")
    STATE_ONLY = "state_only", _("State only")
    EXTERNAL = "external", _("External")


class Disposition(TextChoices):
    """How a charge ended. Convicted and acquitted are verdicts; the others are not."""

    CONVICTED_TRIAL = "convicted_trial", _("Convicted at trial")
    CONVICTED_PLEA = "convicted_plea", _("Convicted on plea")
    ACQUITTED = "acquitted", _("Acquitted")
    DISCHARGED = "discharged", _("Discharged")
    DISMISSED = "dismissed", _("Dismissed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ABATED = "abated", _("Abated")
    QUASHED = "quashed", _("Quashed")
    TRANSFERRED = "transferred", _("Transferred")
    ARCHIVED = "archived", _("Archived")

    CONVICTED = nonmember(("convicted_trial", "convicted_plea"))
    VERDICTS = nonmember(("convicted_trial", "convicted_plea", "acquitted"))


class Instance(TextChoices):
    FIRST = "first", _("First instance")
    APPEAL = "appeal", _("Appeal")
