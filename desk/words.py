"""How codes are shown: tones of tags."""

from casework.enums import CaseStatus
from victims.enums import Outcome

STATUS_TONES: dict[str, str] = {
    CaseStatus.LEAD: "info",
    CaseStatus.ASSESSMENT: "info",
    CaseStatus.INVESTIGATION: "info",
    CaseStatus.RESCUE_PLANNED: "warn",
    CaseStatus.RESCUED: "ok",
    CaseStatus.PROSECUTION: "brand",
    CaseStatus.AFTERCARE_ONLY: "ok",
    CaseStatus.CLOSED: "",
}
OUTCOME_TONES: dict[str, str] = {
    Outcome.RESCUED: "ok",
    Outcome.DECLINED: "warn",
    Outcome.NOT_FOUND: "warn",
    Outcome.RETURNED: "danger",
}
