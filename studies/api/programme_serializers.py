from __future__ import annotations

from core.api.serializers import RowSerializer, shown_as
from studies.models import Evaluation, Finding, ProgrammePlace, Training


class ProgrammePlaceSerializer(RowSerializer[ProgrammePlace]):
    shows = (
        "id programme jurisdiction starts_on ends_on source office version created_at updated_at"
    )

    jurisdiction = shown_as("code")
    office = shown_as("code")


class TrainingSerializer(RowSerializer[Training]):
    shows = (
        "id topic agency held_on people hours score_before score_after office version "
        "created_at updated_at"
    )

    office = shown_as("code")


class EvaluationSerializer(RowSerializer[Evaluation]):
    shows = (
        "id title evaluator is_external programme jurisdiction first_year last_year "
        "published_on source office version created_at updated_at"
    )

    jurisdiction = shown_as("code")
    office = shown_as("code")


class FindingSerializer(RowSerializer[Finding]):
    shows = "id evaluation question k n quote version created_at updated_at"
