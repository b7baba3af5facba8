"""The words for those responsible and for what justice did."""

from prosecutions.enums.courts import (
    Adjournment,
    Direction,
    Disposition,
    HearingPurpose,
    HearingResult,
    Instance,
    NoNextDate,
    Plea,
    PoliceReportKind,
    RequestAnswer,
    RequestKind,
    StageMeaning,
)
from prosecutions.enums.networks import (
    NetworkRole,
    NetworkStatus,
)
from prosecutions.enums.people import (
    Attribution,
    PerpetratorKind,
    Release,
    Standing,
    SuspectRole,
    SuspectStatus,
)
from prosecutions.enums.survivors import (
    Accused,
    AccusedEnd,
    Companion,
    DeclineReason,
    Measure,
    MeasureAnswer,
    TakingPart,
)
from victims.enums import Leg  # the stages of a way, of a network or of a person

__all__ = [
    "Accused",
    "AccusedEnd",
    "Adjournment",
    "Attribution",
    "Companion",
    "DeclineReason",
    "Direction",
    "Disposition",
    "HearingPurpose",
    "HearingResult",
    "Instance",
    "Leg",
    "Measure",
    "MeasureAnswer",
    "NetworkRole",
    "NetworkStatus",
    "NoNextDate",
    "PerpetratorKind",
    "Plea",
    "PoliceReportKind",
    "Release",
    "RequestAnswer",
    "RequestKind",
    "StageMeaning",
    "Standing",
    "SuspectRole",
    "SuspectStatus",
    "TakingPart",
]
