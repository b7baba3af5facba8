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
    STOPPED = nonmember(("discharged", "dismissed", "quashed"))


class Instance(TextChoices):
    FIRST = "first", _("First instance")
    APPEAL = "appeal", _("Appeal")


class HearingPurpose(TextChoices):
    FIRST = "first", _("First hearing")
    BAIL = "bail", _("Bail")
    CHARGE = "charge", _("Charges")
    PLEA = "plea", _("Plea")
    EVIDENCE = "evidence", _("Evidence")
    WITNESS = "witness", _("Examination of a witness")
    ARGUMENTS = "arguments", _("Arguments")
    JUDGMENT = "judgment", _("Judgment")
    SENTENCE = "sentence", _("Sentence")
    COMPENSATION = "compensation", _("Compensation")
    APPEAL = "appeal", _("Appeal")
    MENTION = "mention", _("Mention")
    OTHER = "other", _("Other")


class HearingResult(TextChoices):
    HELD = "held", _("Held")
    ADJOURNED = "adjourned", _("Adjourned")


class Adjournment(TextChoices):
    """Why a listed hearing did not go ahead."""

    WITNESS_ABSENT = "witness_absent", _("Witness absent")
    WITNESS_HOSTILE = "witness_hostile", _("Witness turned hostile")
    NO_INTERPRETER = "no_interpreter", _("Interpreter missing")
    JUDGE_ABSENT = "judge_absent", _("Judge absent")
    NOT_PRODUCED = "not_produced", _("Accused not produced")
    LAWYER_ABSENT = "lawyer_absent", _("Lawyer absent")
    OTHER = "other", _("Other reason")


class NoNextDate(TextChoices):
    """Why no next hearing is listed."""

    RESERVED = "reserved", _("Judgment reserved")
    TO_BE_TOLD = "to_be_told", _("The court will tell")
    RECORD_AWAY = "record_away", _("Record with another court")
    JUDGE_LEFT = "judge_left", _("Judge transferred or post vacant")
    STAYED = "stayed", _("Proceedings stayed")
    FINISHED = "finished", _("Nothing left to hear")
    OTHER = "other", _("Other reason")


class Release(TextChoices):
    """How custody ended."""

    BAIL = "bail", _("Bail")
    DEFAULT_BAIL = "default_bail", _("Bail because no charge was filed in time")
    ACQUITTED = "acquitted", _("Acquitted or discharged")
    SERVED = "served", _("Sentence served")
    ESCAPED = "escaped", _("Escaped")
    DIED = "died", _("Died")
    OTHER = "other", _("Other")


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
