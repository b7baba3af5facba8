"""The words for complaints, charges, judgments and hearings."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.choices import ChoiceList


class PoliceReportKind(TextChoices):
    """How the police ended an investigation of a complaint, or took it up again.

    Everything but `reopened` is a disposal by the police (NCRB, “Crime in India”).
    """

    CHARGE_SHEET = "charge_sheet", _("Charge sheet")
    FALSE = "false", _("Closed: false")
    MISTAKE = "mistake", _("Closed: mistake of fact or law, or a civil dispute")
    NO_EVIDENCE = "no_evidence", _("Closed: true, but evidence is missing or untraced")
    NON_COGNIZABLE = "non_cognizable", _("Closed: not for the police")
    ABATED = "abated", _("Abated")
    QUASHED = "quashed", _("Quashed by a court")
    TRANSFERRED = "transferred", _("Transferred")
    REOPENED = "reopened", _("Reopened")


class StageMeaning(TextChoices):
    """What a stage of any country means to those who count."""

    FILED = "filed", _("Filed")
    FRAMED = "framed", _("Charges framed, or arraigned")
    TRIAL = "trial", _("Trial")
    ARGUMENTS = "arguments", _("Arguments")
    RESERVED = "reserved", _("Judgment reserved")
    JUDGMENT = "judgment", _("Judgment")
    SENTENCE = "sentence", _("Sentence")
    APPEAL = "appeal", _("Appeal")
    CLOSED = "closed", _("Closed")

    AFTER_JUDGMENT = nonmember(("sentence", "appeal", "closed"))
    DECIDED = nonmember(("judgment", "sentence", "appeal", "closed"))


class Plea(TextChoices):
    """What an accused person answered to a charge."""

    GUILTY = "guilty", _("Guilty")
    NOT_GUILTY = "not_guilty", _("Not guilty")
    NO_PLEA = "no_plea", _("No plea")


class Disposition(TextChoices):
    """How a charge ended. Convicted and acquitted are verdicts; the others are not.

    A provisional dismissal (the Philippines, Rule 117 s. 8) and a stay are no end for good.
    """

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
    PROVISIONAL = "provisional", _("Provisionally dismissed")
    STAYED = "stayed", _("Stayed")
    REMANDED = "remanded", _("Sent back for a new trial")

    CONVICTED = nonmember(("convicted_trial", "convicted_plea"))
    VERDICTS = nonmember(("convicted_trial", "convicted_plea", "acquitted"))
    STOPPED = nonmember(("discharged", "dismissed", "quashed"))
    ASLEEP = nonmember(("archived", "provisional", "stayed"))  # may be taken up again
    LEFT = nonmember(("archived", "provisional", "stayed", "transferred"))  # no ending at all


class Lifted(TextChoices):
    """Why a decision does not stand any more."""

    REVIVED = "revived", _("Taken up again")
    RETRIAL = "retrial", _("Set aside for a new trial")
    ERROR = "error", _("Entered in error")


class Correction(TextChoices):
    """Why a record of police or court is put right."""

    TYPING = "typing", _("A slip in typing")
    PERSON = "person", _("It was about somebody else")
    TWICE = "twice", _("It is recorded twice")
    PAPER = "paper", _("A paper of the court or the police says otherwise")
    COURT = "court", _("The court corrected it itself")
    OTHER = "other", _("Other reason")


class Appellant(TextChoices):
    """Who appealed."""

    ACCUSED = "accused", _("The accused")
    PROSECUTION = "prosecution", _("The prosecution")
    SURVIVOR = "survivor", _("A survivor, or their representative")
    OTHER = "other", _("Somebody else")


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

    OF_WITNESSES = nonmember(("witness", "evidence"))

    OF_SENTENCE = nonmember(("sentence", "compensation"))  # held after the judgment, too


class HearingResult(TextChoices):
    HELD = "held", _("Held")
    ADJOURNED = "adjourned", _("Adjourned")
    VACATED = "vacated", _("Not held: taken off the list")

    TOOK_PLACE = nonmember(("held", "adjourned"))
    RECORDED = nonmember(
        (("held", _("Held")), ("adjourned", _("Adjourned")))
    )  # what came of it; `vacated` is of a judgment or a mistake


class Adjournment(ChoiceList):
    """Why a listed hearing did not go ahead."""

    WITNESS_ABSENT = "witness_absent", _("Witness absent")
    WITNESS_HOSTILE = "witness_hostile", _("Witness turned hostile")
    NO_INTERPRETER = "no_interpreter", _("Interpreter missing")
    JUDGE_ABSENT = "judge_absent", _("Judge absent")
    NOT_PRODUCED = "not_produced", _("Accused not produced")
    LAWYER_ABSENT = "lawyer_absent", _("Lawyer absent")
    OTHER = "other", _("Other reason")

    TITLE = nonmember(_("Reasons for adjourning"))
    RULED = nonmember(frozenset({"other"}))
    OWN = nonmember(16)


class NoNextDate(TextChoices):
    """Why no next hearing is listed.

    Of the two that say nothing is left, `disposed` is said once everything is decided, any sentence
    included, and `finished` once a sentence may still come. Before that neither is a reason.
    """

    RESERVED = "reserved", _("Judgment reserved")
    TO_BE_TOLD = "to_be_told", _("The court will tell")
    RECORD_AWAY = "record_away", _("Record with another court")
    JUDGE_LEFT = "judge_left", _("Judge transferred or post vacant")
    STAYED = "stayed", _("Proceedings stayed")
    DISPOSED = "disposed", _("Everything is decided")
    FINISHED = "finished", _("Nothing left to hear")
    OTHER = "other", _("Other reason")

    NOTHING_LEFT = nonmember(("disposed", "finished"))


class CompensationPayer(TextChoices):
    """Whose hand compensation came from."""

    OFFENDER = "offender", _("The convicted person")
    COURT = "court", _("The court, from money paid in")
    STATE = "state", _("The state or a compensation fund")
    OTHER = "other", _("Somebody else")


class Direction(TextChoices):
    """Who asked whom."""

    TO = "to", _("We asked them")
    FROM = "from", _("They asked us")


class RequestKind(TextChoices):
    """What is asked of police, laboratories, courts and others, here or abroad."""

    INFORMATION = "information", _("Information")
    EVIDENCE = "evidence", _("Evidence")
    LABORATORY = "laboratory", _("Report of a laboratory")
    ORDER_SHEET = "order_sheet", _("Order sheet")
    SUMMONS = "summons", _("Summons served")
    VIDEO_LINK = "video_link", _("Video link")
    INTERPRETER = "interpreter", _("Interpreter")
    IDENTIFY = "identify", _("Identify or find a victim")
    ARREST = "arrest", _("Arrest")
    EXTRADITION = "extradition", _("Extradition")
    OTHER = "other", _("Something else")


class RequestAnswer(TextChoices):
    GIVEN = "given", _("Given in full")
    IN_PART = "in_part", _("Given in part")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("No longer needed")

    WAITS = nonmember(("", "in_part"))  # nothing came yet, or the rest is to come
