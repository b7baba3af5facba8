"""What is completed about a person. Null says: asked, and nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from casework.enums import Answer
from core.api.serializers import (
    Day,
    Input,
    Labelled,
    RowSerializer,
    Text,
    Truth,
    VisibleRow,
    WholeNumber,
    shown_as,
)
from places.models import Jurisdiction
from victims.enums import OLDEST_MONTHS, Exploiter, Leg, Sex, Sign
from victims.htcds import (
    Control,
    DecidedBy,
    Education,
    ExploitationForm,
    Industry,
    MaritalStatus,
    Recruitment,
    SexualKind,
    TraffickingStatus,
)
from victims.models import (
    Background,
    Evidence,
    Exploitation,
    Indicator,
    Particular,
    RouteStop,
    Sibling,
)
from victims.models.exploitation import LONGEST_MONTHS
from victims.sections import State
from victims.services.exploitation import MOST_STOPS, Stop
from victims.services.persons import MOST_LANGUAGES, MOST_TOLD

if TYPE_CHECKING:
    from rest_framework.fields import ListField


def _one(choices: object) -> Labelled:
    """One answer; empty takes it away, null says that nobody knows."""
    return Labelled(choices, required=False, allow_blank=True, allow_null=True)


def _several(choices: object) -> ListField:
    return serializers.ListField(
        child=Labelled(choices), max_length=30, required=False, allow_null=True
    )


def _months(most: int) -> WholeNumber:
    return WholeNumber(min_value=0, max_value=most, required=False, allow_null=True)


class BackgroundSerializer(RowSerializer[Background]):
    shows = "age_estimated marital_status education papers safety not_known"


class DescribePersonInput(Input):
    """Only what is named changes."""

    sex = _one([(code, label) for code, label in Sex.choices if code != Sex.UNKNOWN])
    age_min_months = _months(OLDEST_MONTHS)
    age_max_months = _months(OLDEST_MONTHS)
    age_estimated = Truth(required=False, allow_null=True)
    nationality = Text(max_length=2, required=False, allow_blank=True, allow_null=True)
    languages = serializers.ListField(
        child=serializers.RegexField(r"^[a-z]{2,3}$"),
        max_length=MOST_LANGUAGES,
        required=False,
        allow_null=True,
    )
    marital_status = _one(MaritalStatus)
    education = _one(Education)


class SiblingSerializer(RowSerializer[Sibling]):
    """A person in a group of siblings; without `left_on` it stands."""

    shows = "id group victim left_on version created_at updated_at"


class ParticularSerializer(RowSerializer[Particular]):
    """What was told of a person in words. The newest of a subject stands."""

    shows = "id victim about text created_at"

    text = serializers.CharField(read_only=True)


class ExploitationSerializer(RowSerializer[Exploitation]):
    shows = (
        "status decided_by decided_on forms sexual_kinds industries controls recruitment "
        "relationship months not_known"
    )


class DescribeExploitationInput(Input):
    """Codes of HTCDS 2.0 as they are. Only what is named changes. `identified_on`: the day the
    person was first known of."""

    identified_on = Day(required=False)

    status = _one(TraffickingStatus)
    decided_by = _one(DecidedBy)
    decided_on = Day(required=False, allow_null=True)
    forms = _several(ExploitationForm)
    sexual_kinds = _several(SexualKind)
    industries = _several(Industry)
    controls = _several(Control)
    recruitment = _several(Recruitment)
    relationship = _one(Exploiter)
    months = _months(LONGEST_MONTHS)


class StopInput(Input):
    kind = Labelled(Leg)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code")
    since = Day(required=False)
    until = Day(required=False)

    def to_internal_value(self, data: object) -> Stop:
        return Stop(**super().to_internal_value(data))


class SetRouteInput(Input):
    stops = serializers.ListField(child=StopInput(), max_length=MOST_STOPS, allow_null=True)


class RouteStopSerializer(RowSerializer[RouteStop]):
    shows = "id case involvement position kind jurisdiction since until"

    jurisdiction = shown_as("code")


class AnswerInput(Input):
    sign = Labelled(Sign)
    answer = Labelled(Answer)
    evidence = Text(max_length=MOST_TOLD, required=False)


class AnswerIndicatorsInput(Input):
    answers = serializers.ListField(child=AnswerInput(), min_length=1, max_length=len(Sign))

    def validate(self, attrs: Any) -> object:
        rows = attrs["answers"]
        return {
            "answers": {row["sign"]: row["answer"] for row in rows},
            "evidence": {row["sign"]: row.get("evidence", "") for row in rows},
        }


class IndicatorSerializer(RowSerializer[Indicator]):
    shows = "id case involvement sign answer version created_at updated_at"


class EvidenceSerializer(RowSerializer[Evidence]):
    """What an answer rests on, in words. The newest of an indicator stands."""

    shows = "id case indicator text created_at"

    text = serializers.CharField(read_only=True)


class SectionSerializer(serializers.Serializer[Any]):
    """One section of completing a person: not started, in progress, complete or not known."""

    code = serializers.CharField()
    label: Any = serializers.CharField()
    state = serializers.ChoiceField(State.choices)
