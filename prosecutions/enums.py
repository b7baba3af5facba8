"""The words for those responsible."""

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
