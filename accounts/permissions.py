"""Every verb in the system, in one list a reviewer can read."""

from enum import StrEnum


class Perm(StrEnum):
    CASE_VIEW = "casework.view_case"
    CASE_OPEN = "casework.open_case"
    CASE_CORRECT = "casework.correct_case"
    CASE_ASSIGN = "casework.assign_case"
    CASE_MOVE = "casework.move_case"
    SITE_VIEW = "casework.view_site"
    SITE_REGISTER = "casework.register_site"
    RESCUE_VIEW = "casework.view_rescue"
    NARRATIVE_VIEW = "casework.view_narrative"
    VICTIM_VIEW = "victims.view_victim"
    IDENTITY_VIEW = "victims.view_identity"
    SUSPECT_VIEW = "prosecutions.view_suspect"
    REFERRAL_VIEW = "aftercare.view_referral"
    RESCUE_LOG = "intake.log_rescue"
    KEY_ISSUE = "accounts.issue_key"
    SESSION_LOCK = "accounts.lock_session"
    AUDIT_VIEW = "core.view_audit"
