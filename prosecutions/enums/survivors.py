"""The words for survivors before police and courts."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.choices import ChoiceList


class TakingPart(TextChoices):
    """How a survivor took part in the matter against the suspects."""

    WILLING = "willing", _("Willing to take part")
    STATEMENT = "statement", _("Gave a statement")
    TESTIFIED = "testified", _("Testified in court")
    VIDEO = "video", _("Testified by video")
    DEPOSITION = "deposition", _("Testified by deposition")
    DECLINED = "declined", _("Declined")

    TESTIMONY = nonmember(("testified", "video", "deposition"))


class DeclineReason(ChoiceList):
    """Why a survivor does not take part."""

    FEAR_OF_SUSPECTS = "fear_of_suspects", _("Fear of the suspects")
    FEAR_OF_DETENTION = "fear_of_detention", _("Fear of being detained")
    WANTS_TO_GO_HOME = "wants_to_go_home", _("Wants to go home")
    DISTRUST = "distrust", _("Distrust of police or courts")
    FAMILY_PRESSURE = "family_pressure", _("Pressure from the family")
    TRAUMA = "trauma", _("Trauma")
    COST = "cost", _("Cost")
    OTHER = "other", _("Other reason")

    TITLE = nonmember(_("Reasons for not taking part"))
    OWN = nonmember(20)


class Companion(TextChoices):
    """Who went to the court or the police with a survivor."""

    CASEWORKER = "caseworker", _("Caseworker")
    LAWYER = "lawyer", _("Lawyer")
    RELATIVE = "relative", _("Relative or guardian")
    SUPPORT_PERSON = "support_person", _("Support person")
    NOBODY = "nobody", _("Nobody")


class Measure(TextChoices):
    """What a court or the police can do to protect a survivor who takes part."""

    SCREEN = "screen", _("Screen in court")
    VIDEO_LINK = "video_link", _("Video link")
    CLOSED_COURT = "closed_court", _("Closed court")
    RECORDED = "recorded", _("Recorded statement in place of testimony")
    ANONYMITY = "anonymity", _("Name kept out of the record")
    SUPPORT_PERSON = "support_person", _("Support person in court")
    INTERPRETER = "interpreter", _("Interpreter")
    NO_CONTACT = "no_contact", _("No contact with the accused")
    POLICE_PROTECTION = "police_protection", _("Police protection")
    RELOCATION = "relocation", _("Moved to a safe place")


class MeasureAnswer(TextChoices):
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class Accused(TextChoices):
    """What a survivor is accused of herself; often what she was made to do."""

    IMMIGRATION = "immigration", _("Illegal entry or stay")
    PROSTITUTION = "prostitution", _("Prostitution or soliciting")
    DOCUMENTS = "documents", _("False documents")
    THEFT = "theft", _("Theft")
    DRUGS = "drugs", _("Drugs")
    FRAUD = "fraud", _("Online fraud")
    TRAFFICKING = "trafficking", _("Trafficking")
    OTHER = "other", _("Other offence")


class AccusedEnd(TextChoices):
    """How a matter against a survivor ended."""

    DROPPED = "dropped", _("Dropped")
    ACQUITTED = "acquitted", _("Acquitted")
    CONVICTED = "convicted", _("Convicted")
    SET_ASIDE = "set_aside", _("Conviction set aside")
