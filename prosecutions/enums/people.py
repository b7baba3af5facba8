"""The words for those responsible."""

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


class Release(TextChoices):
    """How custody ended."""

    BAIL = "bail", _("Bail")
    DEFAULT_BAIL = "default_bail", _("Bail because no charge was filed in time")
    ACQUITTED = "acquitted", _("Acquitted or discharged")
    SERVED = "served", _("Sentence served")
    ESCAPED = "escaped", _("Escaped")
    DIED = "died", _("Died")
    OTHER = "other", _("Other")

    ON_BAIL = nonmember(("bail", "default_bail"))


class SuspectStatus(TextChoices):
    """Where a suspect stands in a case: derived from the record, never typed."""

    IDENTIFIED = "identified", _("Identified")
    AT_LARGE = "at_large", _("At large")
    ARRESTED = "arrested", _("Arrested")
    CHARGED = "charged", _("Charged")
    ON_TRIAL = "on_trial", _("On trial")
    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    DISCHARGED = "discharged", _("Discharged")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DIED = "died", _("Died")


class Standing(TextChoices):
    """Where an accused person is kept, or not: derived from arrests and custody, never typed."""

    HELD = "held", _("in custody")
    BAIL = "bail", _("on bail")
    LARGE = "large", _("at large")
    FREE = "free", _("not held")
