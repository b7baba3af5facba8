"""What is counted by studies and said by others. No row leads to a person.

Nobody can be found through these rows, so every reader's figures are made of all of them and no
row security stands on them. A rule is a constraint with words and a field, which services and
database both apply. Not done is no number; found nobody is 0. Weights of respondent-driven or
time-location samples were left out: their published estimate is entered with its method.
"""

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
