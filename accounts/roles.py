"""Who may do what: roles, the verbs they hold, and how deep they see.

The database keeps the depths a second time, apart from this page, in `open_context` (see
`core/wall/context.sql`); a sweep compares the two for every role and relation.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import CONTENT, EXISTS, IDENTITY


class Role(TextChoices):
    FIELD_OFFICER = "field_officer", _("Field officer")
    AFTERCARE_WORKER = "aftercare_worker", _("Aftercare worker")
    LEGAL_OFFICER = "legal_officer", _("Legal officer")
    CASE_MANAGER = "case_manager", _("Case manager")
    PROSECUTOR = "prosecutor", _("Prosecutor (external)")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    DATA_OFFICER = "data_officer", _("Data officer")
    SAFEGUARDING_LEAD = "safeguarding_lead", _("Safeguarding lead")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    PROVIDER_PARTNER = "provider_partner", _("Provider partner")
    API_CLIENT = "api_client", _("Partner system")


ANYONE = frozenset({Perm.SESSION_LOCK, Perm.NOTICE_SEE, Perm.VIEW_KEEP})
ANYONE |= {Perm.OFFICE_CHOOSE, Perm.LANGUAGE_CHOOSE}
CONTENT_VERBS = frozenset(
    {
        Perm.CASE_VIEW,
        Perm.TEAM_VIEW,
        Perm.TASK_VIEW,
        Perm.LINK_VIEW,
        Perm.INQUIRY_VIEW,
        Perm.CLOSING_VIEW,
        Perm.SITE_VIEW,
        Perm.RESCUE_VIEW,
        Perm.VICTIM_VIEW,
        Perm.SUSPECT_VIEW,
        Perm.PROSECUTION_VIEW,
        Perm.REFERRAL_VIEW,
        Perm.DOCUMENT_VIEW,
    }
)
REPORT_VERBS = frozenset({Perm.REPORT_VIEW, Perm.REPORT_RUN, Perm.RELEASE_VIEW, Perm.SCHEDULE_KEEP})
# Studies, figures of others, trainings and evaluations lead to nobody: who runs the work keeps
# them, and who answers for the figures publishes them.
STUDY_VERBS = {Perm.STUDY_KEEP, Perm.STUDY_PUBLISH}
# What the team writes and keeps beside the record; of documents, their content.
PAPER_VIEWS = {Perm.NOTE_VIEW, Perm.DOCUMENT_OPEN}
TEAM_VERBS = (
    CONTENT_VERBS
    | PAPER_VIEWS
    | {Perm.NARRATIVE_VIEW, Perm.IDENTITY_VIEW, Perm.INQUIRY_READ, Perm.CARE_PRIVATE_VIEW}
    | {Perm.RESCUE_PLAN_VIEW, Perm.REPLY_VIEW, Perm.REPLY_READ}
)
# What stays inside the house: an inquiry names who told us; own questions are ours alone.
INQUIRY_INSIDE = {Perm.INQUIRY_VIEW, Perm.INQUIRY_READ, Perm.REPLY_VIEW, Perm.REPLY_READ}
INSIDE_VERBS = INQUIRY_INSIDE | {Perm.TEAM_VIEW, Perm.TASK_VIEW, Perm.LINK_VIEW, Perm.NOTE_VIEW}
INSIDE_VERBS |= {Perm.CARE_PRIVATE_VIEW, Perm.CLOSING_VIEW, Perm.REFERRAL_VIEW}
INSIDE_VERBS |= {Perm.RESCUE_PLAN_VIEW}
DISCLOSED_VERBS = TEAM_VERBS - INSIDE_VERBS | {
    Perm.DISCLOSURE_VIEW,
    Perm.CONFLICT_DECLARE,
    Perm.ANSWER_SEND,
}
JUSTICE_VERBS = {
    Perm.SUSPECT_NAME,
    Perm.ARREST_RECORD,
    Perm.CUSTODY_RECORD,
    Perm.CUSTODY_CLOCK_VIEW,
    Perm.COMPLAINT_RECORD,
    Perm.PROSECUTION_OPEN,
    Perm.CHARGE_FILE,
    Perm.CHARGE_CHANGE,
    Perm.COURT_CORRECT,
    Perm.STAGE_REACH,
    Perm.HEARING_LIST,
    Perm.HEARING_RECORD,
    Perm.HEARING_FEED,
    Perm.JUDGMENT_RECORD,
    Perm.APPEAL_RECORD,
    Perm.SENTENCE_RECORD,
    Perm.NETWORK_RECORD,
    Perm.LINK_RECORD,
}
# What whoever works beside a survivor learns first: how she takes part, what she is accused of,
# what is asked of others and whether the money came.
BESIDE_VERBS = {
    Perm.REQUEST_RECORD,
    Perm.PARTICIPATION_RECORD,
    Perm.ACCUSATION_RECORD,
    Perm.COMPENSATION_RECORD,
}
# Everyone who works on a case writes down what happened, without a network too, keeps what was
# handed over, and takes along on a phone what a day needs.
PAPER_VERBS = {Perm.NOTE_WRITE, Perm.DOCUMENT_RECEIVE, Perm.PHONE_KEEP, Perm.EXTRACT_KEEP}
# Everyone who works on a case plans what is to be done in it, and may be handed one.
TASK_VERBS = {Perm.TASK_KEEP, Perm.TRANSFER_VIEW, Perm.TRANSFER_ANSWER}
# What becomes of a case as a whole.
LIFE_VERBS = {Perm.CASE_CLOSE, Perm.CASE_TRANSFER, Perm.CASE_EXPORT, Perm.CASE_IMPORT}
# Whoever works with a person learns the name, and may put it right.
NAME_VERBS = {Perm.IDENTITY_RECORD}
# Whoever learns a name is shown people of a like name, and says whether it is one of them.
MATCH_VERBS = {Perm.MATCH_VIEW, Perm.MATCH_DECIDE}
# Who says that two records are one survivor, or that a record is of the person it says.
PAIR_VERBS = {Perm.VICTIM_MERGE, Perm.CONFIRMATION_VIEW}
# Whoever works with a person completes what is known, keeps what the person agreed to, and finds
# the same person in another case.
PERSON_VERBS = {Perm.PERSON_COMPLETE, Perm.PERSON_INVOLVE, Perm.CONSENT_KEEP, Perm.REPLY_WRITE}
CARE_VERBS = {
    Perm.REFERRAL_SEND,
    Perm.SERVICE_RECORD,
    Perm.PLACEMENT_RECORD,
    Perm.PLAN_KEEP,
    Perm.ASSESSMENT_RECORD,
    Perm.REPATRIATION_RECORD,
}
# Whom we send survivors to and work with, and where the second look is a case manager's.
CARE_LEAD_VERBS = {
    Perm.PROVIDER_MANAGE,
    Perm.AGENCY_KEEP,
    Perm.PLACEMENT_OVERRIDE,
    Perm.PLAN_CLOSE,
    Perm.INSTRUMENT_IMPORT,
}
# Certificates, what is owed by them and what is claimed: care and law ask for it together.
MONEY_VERBS = {Perm.REHABILITATION_RECORD}
# What anyone on a team may do at once, because it is the safe direction or it is reviewed.
CAREFUL_VERBS = {Perm.CASE_SEAL, Perm.CONFLICT_DECLARE, Perm.GLASS_BREAK}
# What is open to those who watch over who knows what.
WATCH_VERBS = {
    Perm.READERS_VIEW,
    Perm.CASE_UNSEAL,
    Perm.CASE_NAME,
    Perm.SEAL_VIEW,
    Perm.CONFLICT_VIEW,
    Perm.CONFLICT_DECLARE,
    Perm.CONFLICT_LIFT,
    Perm.GLASS_VIEW,
}
# Rows taken away in a file: who asks for one, and who decides as the second person.
EXPORT_VERBS = {Perm.EXPORT_VIEW, Perm.EXPORT_MAKE, Perm.EXPORT_DECIDE}
# What must not be erased, and what is: who asks for a hold, who decides as the second person.
HOLD_VERBS = {Perm.HOLD_VIEW, Perm.HOLD_ASK}
ERASURE_VERBS = {Perm.RETENTION_VIEW, Perm.HOLD_VIEW, Perm.HOLD_DECIDE, Perm.ERASURE_DECIDE}
# Who confirms what an administrator asks for (`accounts/services/changes.py`).
SECOND_PERSON = {Perm.PEOPLE_VIEW, Perm.CHANGE_DECIDE}
# Where the organisation works, with whom, in what words, and what else it asks: no row of a case.
REFERENCE_VERBS = {Perm.PLACE_KEEP, Perm.AGENCY_KEEP, Perm.OFFICE_KEEP, Perm.CHOICE_KEEP}
REFERENCE_VERBS |= {Perm.QUESTIONS_KEEP}
# What the law of a country says: who works with it proposes, and a second person confirms.
LAW_VERBS = {Perm.LAW_PROPOSE, Perm.LAW_DECIDE}
DISCLOSURE_VERBS = {Perm.DISCLOSURE_VIEW, Perm.DISCLOSURE_PROPOSE, Perm.ANSWER_DECIDE}
FIELD_VERBS = {Perm.CASE_OPEN, Perm.CASE_MOVE, Perm.SITE_REGISTER, Perm.RESCUE_LOG}
FIELD_VERBS |= {Perm.RESCUE_AMEND, Perm.RESCUE_PLAN, Perm.INQUIRY_RECORD}
# Whoever was there says who was arrested, at night too.
FIELD_VERBS |= {Perm.SUSPECT_NAME, Perm.ARREST_RECORD}

# Who works in an office for practice does what is done in a case. Figures are made elsewhere, and
# from there nothing leaves Casework, nothing of all offices is changed, nobody outside is told.
PRACTISED = (Role.FIELD_OFFICER, Role.AFTERCARE_WORKER, Role.LEGAL_OFFICER, Role.CASE_MANAGER)
NOT_IN_PRACTICE = frozenset(
    REPORT_VERBS
    | STUDY_VERBS
    | EXPORT_VERBS
    | HOLD_VERBS
    | ERASURE_VERBS
    | LAW_VERBS
    | DISCLOSURE_VERBS
    | {Perm.CASE_EXPORT, Perm.CASE_IMPORT, Perm.CASE_TRANSFER}
    | {Perm.EXPORT_IDENTIFY, Perm.BUNDLE_MAKE, Perm.WORDS_CONFIRM}
    | {Perm.PROVIDER_MANAGE, Perm.AGENCY_KEEP, Perm.INSTRUMENT_IMPORT}
    | {Perm.DISCLOSURE_CONFIRM, Perm.REFERRAL_SEND, Perm.HEARING_FEED, Perm.WEBHOOK_MANAGE}
)

GRANTS: dict[str, frozenset[Perm]] = {
    Role.FIELD_OFFICER: ANYONE
    | TEAM_VERBS
    | TASK_VERBS
    | PAPER_VERBS
    | NAME_VERBS
    | PERSON_VERBS
    | MATCH_VERBS
    | CAREFUL_VERBS
    | FIELD_VERBS
    | (BESIDE_VERBS - {Perm.COMPENSATION_RECORD})
    | REPORT_VERBS,
    Role.AFTERCARE_WORKER: ANYONE
    | TEAM_VERBS
    | TASK_VERBS
    | PAPER_VERBS
    | NAME_VERBS
    | PERSON_VERBS
    | MATCH_VERBS
    | CAREFUL_VERBS
    | CARE_VERBS
    | BESIDE_VERBS
    | MONEY_VERBS
    | REPORT_VERBS,
    Role.LEGAL_OFFICER: ANYONE
    | TEAM_VERBS
    | TASK_VERBS
    | PAPER_VERBS
    | NAME_VERBS
    | PERSON_VERBS
    | MATCH_VERBS
    | CAREFUL_VERBS
    | JUSTICE_VERBS
    | BESIDE_VERBS
    | DISCLOSURE_VERBS
    | HOLD_VERBS
    | LAW_VERBS
    | MONEY_VERBS
    | REPORT_VERBS
    | {Perm.CASE_MOVE, Perm.INQUIRY_RECORD, Perm.DOCUMENT_ORIGINAL, Perm.DOCUMENT_DESTROY}
    | {Perm.RESCUE_PLAN},
    Role.CASE_MANAGER: ANYONE
    | TEAM_VERBS
    | TASK_VERBS
    | PAPER_VERBS
    | NAME_VERBS
    | PERSON_VERBS
    | MATCH_VERBS
    | PAIR_VERBS
    | CAREFUL_VERBS
    | WATCH_VERBS
    | DISCLOSURE_VERBS
    | FIELD_VERBS
    | JUSTICE_VERBS
    | BESIDE_VERBS
    | CARE_VERBS
    | MONEY_VERBS
    | CARE_LEAD_VERBS
    | REPORT_VERBS
    | LIFE_VERBS
    | EXPORT_VERBS
    | HOLD_VERBS
    | ERASURE_VERBS
    | LAW_VERBS
    | {Perm.EXPORT_IDENTIFY, Perm.BUNDLE_MAKE}
    | {Perm.CASE_CORRECT, Perm.CASE_ASSIGN, Perm.DISCLOSURE_CONFIRM, Perm.PERPETRATOR_MERGE}
    | {Perm.DOCUMENT_ORIGINAL, Perm.DOCUMENT_DESTROY, Perm.CONFIRMATION_ANSWER}
    | {Perm.STUDY_KEEP, Perm.WORDS_CONFIRM},
    Role.PROSECUTOR: ANYONE | DISCLOSED_VERBS,
    Role.PROGRAMME_MANAGER: ANYONE
    | REPORT_VERBS
    | STUDY_VERBS
    | {Perm.RELEASE_DECIDE, Perm.WORDS_CONFIRM, Perm.RULE_KEEP, Perm.LAW_DECIDE},
    Role.DATA_OFFICER: ANYONE
    | CONTENT_VERBS
    | REPORT_VERBS
    | STUDY_VERBS
    | MATCH_VERBS
    | PAIR_VERBS
    | EXPORT_VERBS
    | ERASURE_VERBS
    | {Perm.POLICY_PROPOSE, Perm.POLICY_DECIDE, Perm.QUESTIONS_KEEP, Perm.REPLY_VIEW}
    | {Perm.CONFIRMATION_ASK, Perm.PERPETRATOR_MERGE, Perm.CONFLICT_DECLARE, Perm.CASE_EXPORT}
    | {Perm.RELEASE_PROPOSE, Perm.RELEASE_DECIDE, Perm.WORDS_CONFIRM},
    Role.SAFEGUARDING_LEAD: ANYONE
    | WATCH_VERBS
    | SECOND_PERSON
    | {Perm.EXPORT_VIEW, Perm.EXPORT_DECIDE}
    | {Perm.RETENTION_VIEW, Perm.POLICY_DECIDE}
    | {Perm.CASE_VIEW, Perm.TEAM_VIEW, Perm.GLASS_REVIEW, Perm.READERS_REVIEW}
    | {Perm.WORDS_CONFIRM},
    Role.AUDITOR: ANYONE | {Perm.READERS_VIEW, Perm.AUDIT_VIEW, Perm.CHAIN_VIEW},
    Role.SYSTEM_ADMIN: ANYONE
    | SECOND_PERSON
    | REFERENCE_VERBS
    | {Perm.KEY_ISSUE, Perm.PEOPLE_MANAGE, Perm.WEBHOOK_MANAGE, Perm.CHAIN_VIEW, Perm.BACKUP_VIEW}
    | {Perm.RULE_KEEP},
    Role.PROVIDER_PARTNER: ANYONE | {Perm.REFERRAL_ANSWER},
    Role.API_CLIENT: ANYONE | {Perm.PEOPLE_OFF_BOARD},  # by a key that says so, of the provider
}

# How deep a role sees: on cases it is assigned to, and on every case of its office.
TEAM_LEVEL: dict[str, int] = {
    Role.FIELD_OFFICER: IDENTITY,
    Role.AFTERCARE_WORKER: IDENTITY,
    Role.LEGAL_OFFICER: IDENTITY,
    Role.CASE_MANAGER: IDENTITY,
    Role.SAFEGUARDING_LEAD: EXISTS,  # named in sealed cases, to watch over them
}
OFFICE_LEVEL: dict[str, int] = {
    Role.FIELD_OFFICER: EXISTS,
    Role.AFTERCARE_WORKER: EXISTS,
    Role.LEGAL_OFFICER: EXISTS,
    Role.CASE_MANAGER: IDENTITY,
    Role.DATA_OFFICER: CONTENT,
    Role.SAFEGUARDING_LEAD: EXISTS,
}
