"""How codes are shown: tones of tags, and what Today says of what was done elsewhere."""

from django.utils.translation import gettext_lazy as _

from aftercare.enums import ReferralStatus
from casework.enums import CaseStatus
from prosecutions.enums import (
    AccusedEnd,
    HearingResult,
    MeasureAnswer,
    PoliceReportKind,
    RequestAnswer,
    TakingPart,
)
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
POLICE_TONES: dict[str, str] = dict.fromkeys(PoliceReportKind.values, "") | {
    PoliceReportKind.CHARGE_SHEET: "ok",
    PoliceReportKind.REOPENED: "warn",
}
HEARING_TONES: dict[str, str] = {
    "": "info",
    HearingResult.HELD: "ok",
    HearingResult.ADJOURNED: "warn",
    HearingResult.VACATED: "",
}
REFERRAL_TONES: dict[str, str] = {
    ReferralStatus.DRAFT: "",
    ReferralStatus.SENT: "info",
    ReferralStatus.ACCEPTED: "ok",
    ReferralStatus.DECLINED: "warn",
    ReferralStatus.IN_PROGRESS: "ok",
    ReferralStatus.COMPLETED: "ok",
    ReferralStatus.WITHDRAWN: "",
}
TAKING_PART_TONES: dict[str, str] = dict.fromkeys(TakingPart.TESTIMONY, "ok") | {
    TakingPart.WILLING: "info",
    TakingPart.STATEMENT: "info",
    TakingPart.DECLINED: "warn",
}
MEASURE_TONES: dict[str, str] = {
    "": "warn",
    MeasureAnswer.GRANTED: "ok",
    MeasureAnswer.REFUSED: "danger",
}
ACCUSED_TONES: dict[str, str] = {
    "": "danger",
    AccusedEnd.DROPPED: "ok",
    AccusedEnd.ACQUITTED: "ok",
    AccusedEnd.CONVICTED: "danger",
    AccusedEnd.SET_ASIDE: "ok",
}
REQUEST_TONES: dict[str, str] = {
    "": "warn",
    RequestAnswer.GIVEN: "ok",
    RequestAnswer.IN_PART: "warn",
    RequestAnswer.REFUSED: "danger",
    RequestAnswer.WITHDRAWN: "",
}
NOTES = {
    "conflict-declared": _("Your conflict of interest is recorded. The case is closed to you now."),
    "access-given-up": _("You are no longer named on the case. It is now closed to you."),
}
CERTIFICATE_TONES = {"pending": "warn", "issued": "ok", "refused": "danger"}
CLAIM_TONES = {"asked": "warn", "awarded": "ok", "refused": "danger", "withdrawn": ""}
JOURNEY_TONES = {"planned": "info", "travelled": "warn", "arrived": "ok", "cancelled": ""}
