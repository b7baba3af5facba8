"""The words for care."""

from datetime import timedelta
from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.choices import ChoiceList


class Need(ChoiceList):
    """What a person needs first, as asked at a rescue; the service a referral is for."""

    MEDICAL = "medical", _("Medical")
    SAFE_PLACE = "safe_place", _("Safe place")
    INTERPRETER = "interpreter", _("Interpreter")
    FOOD_CLOTHES = "food_clothes", _("Food, clothes")
    CHILD_WELFARE = "child_welfare", _("Child welfare")
    POLICE_GUARD = "police_guard", _("Police guard")

    TITLE = nonmember(_("Needs"))
    RULED = nonmember(frozenset({"medical", "safe_place", "police_guard"}))
    OWN = nonmember(20)


LISTED = 200  # rows of a page that shows a list of everything; the interface pages through all


class ReferralStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent, not answered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", pgettext_lazy("referral", "Declined")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    TAKEN = nonmember(("accepted", "in_progress", "completed"))
    OVER = nonmember(("declined", "completed", "withdrawn"))


class ServiceKind(ChoiceList):
    """What was done for a survivor. All of these are restoration services."""

    SHELTER = "shelter", _("Shelter")
    MEDICAL = "medical", _("Medical care")
    COUNSELLING = "counselling", _("Counselling")
    LEGAL = "legal", _("Legal help")
    EDUCATION = "education", _("School")
    TRAINING = "training", _("Job training")
    LIVELIHOOD = "livelihood", _("Work or livelihood")
    FAMILY = "family", _("Work with the family")
    PRACTICAL = "practical", _("Food, clothes, documents, interpreting")
    PROTECTION = "protection", _("Protection")
    REPATRIATION = "repatriation", _("Journey home")

    TITLE = nonmember(_("Services"))
    OWN = nonmember(12)


class Urgency(TextChoices):
    NOW = "now", _("At once")
    DAYS = "days", _("Within days")
    WEEKS = "weeks", _("Within weeks")


# The house: what “at once”, “within days” and “within weeks” mean to a provider that was asked.
ANSWER_WITHIN = {
    Urgency.NOW: timedelta(hours=4),
    Urgency.DAYS: timedelta(hours=72),
    Urgency.WEEKS: timedelta(days=14),
}


class SessionKind(TextChoices):
    """How a survivor and a helper met; a service without one was no session."""

    ALONE = "alone", _("Alone with the person")
    GROUP = "group", _("In a group")
    FAMILY = "family", _("With the family")
    VISIT = "visit", _("Visit at home")
    PHONE = "phone", _("By phone or video")


class PlacementKind(TextChoices):
    """Where a survivor sleeps."""

    HOME = "home", _("At home")
    KINSHIP = "kinship", _("With relatives")
    THERAPEUTIC_FOSTER_CARE = "therapeutic_foster_care", _("Therapeutic foster care")
    FOSTER_CARE = "foster_care", _("Foster care")
    SMALL_GROUP_HOME = "small_group_home", _("Small group home")
    SHELTER = "shelter", _("Shelter")
    GOVERNMENT_HOME = "government_home", _("Government home")
    HOSPITAL = "hospital", _("Hospital")
    INDEPENDENT = "independent", _("On their own")

    AMONG_FAMILY = nonmember(("home", "kinship"))  # of no provider


class MoveReason(TextChoices):
    """Why a placement ended: the codes of Primero, and the ends that are none of its."""

    PLANNED = "planned", _("As planned")
    REUNIFIED = "reunified", _("Returned to the family")
    ABUSE_EXPLOITATION = "abuse_exploitation", _("Abuse or exploitation there")
    DEATH_OF_CAREGIVER = "death_of_caregiver", _("The caregiver died")
    EDUCATION = "education", _("School or training")
    ILL_HEALTH = "ill_health", _("Ill health")
    POVERTY = "poverty", _("Poverty")
    RELATIONSHIP_BREAKDOWN = "relationship_breakdown", _("It did not go well together")
    LEFT = "left", _("Left without notice")
    CLOSED = "closed", _("The place closed")
    OTHER = "other", _("Other reason")


class PlanStatus(TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class PlanEnd(TextChoices):
    """Why a care plan was closed."""

    GOALS_MET = "goals_met", _("Goals met, safe and cared for")
    TRANSFERRED = "transferred", _("Handed over to others")
    RELOCATED = "relocated", _("Moved away")
    DECLINED = "declined", _("Support declined, and safe to do so")
    LOST_CONTACT = "lost_contact", _("Contact lost")
    AGED_OUT = "aged_out", _("Came of age")
    DECEASED = "deceased", _("Died")
    NOT_A_VICTIM = "not_a_victim", _("Found to be no victim")
    DUPLICATE = "duplicate", _("Recorded twice")
    OTHER = "other", _("Other reason")

    FOLLOWED = nonmember(
        ("goals_met", "transferred", "relocated", "declined", "lost_contact", "aged_out", "other")
    )


class CareDomain(TextChoices):
    """The parts of a life in which a survivor recovers."""

    SAFETY = "safety", _("Safety")
    LEGAL = "legal", _("Legal protection")
    MENTAL = "mental", _("Mental wellbeing")
    ECONOMIC = "economic", _("Work, money and school")
    SOCIAL = "social", _("Social support")
    PHYSICAL = "physical", _("Physical wellbeing")


class GoalStatus(TextChoices):
    OPEN = "open", _("Open")
    MET = "met", _("Met")
    PARTLY = "partly", _("Met in part")
    GIVEN_UP = "given_up", _("Given up")


class ReviewResult(TextChoices):
    """What came of looking at a plan together with the survivor."""

    GOES_ON = "goes_on", _("Goes on as it is")
    CHANGED = "changed", _("Goals changed")
    MAY_CLOSE = "may_close", _("May be closed")


class AssessmentStatus(TextChoices):
    BEGUN = "begun", _("Begun")
    COMPLETED = "completed", _("Completed")
    DROPPED = "dropped", _("Dropped")
