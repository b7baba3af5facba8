"""The words for those responsible."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.choices import ChoiceList


class PerpetratorKind(TextChoices):
    INDIVIDUAL = "individual", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class SuspectRole(ChoiceList):
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

    TITLE = nonmember(_("Roles of suspects"))
    ALWAYS = nonmember(frozenset({"other"}))  # as long as nobody knows
    STANDARD = nonmember(
        {
            "recruiter": "RecruiterOrIntermediary",
            "transporter": "Transporter",
            "owner": "Exploiter",
            "manager": "Exploiter",
            "guard": "Other",
            "facilitator": "RecruiterOrIntermediary",
            "relative": "Other",
            "customer": "Abuser",
            "online_viewer": "Abuser",
            "public_official": "Other",
            "money_mule": "Other",
            "other": "Other",
        }
    )
    OWN = nonmember(20)


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


class LimitReason(TextChoices):
    """Why a limit of custody is another than the law gives."""

    EXTENDED = "extended", _("Extended by a court or an officer")
    WAIVED = "waived", _("Waiver signed")
    OTHER_LAW = "other_law", _("Another law applies")
    CHARGED = "charged", _("Held on a charge already filed")
    COUNTED = "counted", _("The court counts otherwise")


class BailCondition(TextChoices):
    """What somebody on bail must do, or leave."""

    REPORT = "report", _("Report to the police")
    RESIDE = "reside", _("Live at a place the court knows")
    NO_CONTACT = "no_contact", _("No contact with survivors or witnesses")
    NO_CHILDREN = "no_children", _("No contact with children")
    STAY_AWAY = "stay_away", _("Stay away from a place")
    PASSPORT = "passport", _("Passport handed in, or not leave")
    CURFEW = "curfew", _("Curfew or tag")
    NO_DEVICES = "no_devices", _("No phone or internet")
    OTHER = "other", _("Another condition")
    NONE = "none", _("None: the court set no condition")


class Breach(TextChoices):
    """How somebody broke the bail."""

    ABSCONDED = "absconded", _("Absconded")
    CONTACT = "contact", _("Contacted a survivor or witness")
    MISSED = "missed", _("Did not come to court")
    OFFENCE = "offence", _("Another offence")
    OTHER = "other", _("Another condition broken")


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
    ABATED = "abated", _("Abated")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DIED = "died", _("Died")


class Standing(TextChoices):
    """Where an accused person is kept, or not: derived from arrests and custody, never typed."""

    HELD = "held", _("in custody")
    BAIL = "bail", _("on bail")
    LARGE = "large", _("at large")
    FREE = "free", _("not held")
