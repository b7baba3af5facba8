"""What is counted by studies and said by others. No row leads to a person."""

from studies.models.estimates import Estimate, Pair
from studies.models.outside import DistrictSurvey, ExternalStatistic
from studies.models.programmes import Evaluation, Finding, ProgrammePlace, Training
from studies.models.studies import Observation, Recapture, Stratum, Study, Visit

__all__ = [
    "DistrictSurvey",
    "Estimate",
    "Evaluation",
    "ExternalStatistic",
    "Finding",
    "Observation",
    "Pair",
    "ProgrammePlace",
    "Recapture",
    "Stratum",
    "Study",
    "Training",
    "Visit",
]
