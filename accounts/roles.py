"""Who may do what: roles, the verbs they hold, and how deep they see.

The database keeps the depths a second time, apart from this page, in `open_context` (see
`casework/migrations/0002_walls.py`); a sweep compares the two for every role and relation.
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


ANYONE = frozenset({Perm.SESSION_LOCK, Perm.NOTICE_SEE})
CONTENT_VERBS = frozenset(
    {
        Perm.CASE_VIEW,
        Perm.TEAM_VIEW,
        Perm.TASK_VIEW,
        Perm.LINK_VIEW,
        Perm.SITE_VIEW,
        Perm.RESCUE_VIEW,
        Perm.VICTIM_VIEW,
        Perm.SUSPECT_VIEW,
        Perm.PROSECUTION_VIEW,
        Perm.REFERRAL_VIEW,
    }
)
REPORT_VERBS = frozenset({Perm.REPORT_VIEW, Perm.REPORT_RUN})
TEAM_VERBS = CONTENT_VERBS | {Perm.NARRATIVE_VIEW, Perm.IDENTITY_VIEW, Perm.CARE_PRIVATE_VIEW}
INSIDE_VERBS = {
    Perm.TEAM_VIEW,
    Perm.TASK_VIEW,
    Perm.LINK_VIEW,
    Perm.REFERRAL_VIEW,
    Perm.CARE_PRIVATE_VIEW,
}
DISCLOSED_VERBS = TEAM_VERBS - INSIDE_VERBS | {
    Perm.DISCLOSURE_VIEW,
    Perm.CONFLICT_DECLARE,
}
JUSTICE_VERBS = {
    Perm.SUSPECT_NAME,
    Perm.ARREST_RECORD,
    Perm.CUSTODY_RECORD,
    Perm.COMPLAINT_RECORD,
    Perm.PROSECUTION_OPEN,
    Perm.CHARGE_FILE,
    Perm.CHARGE_CHANGE,
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
# Everyone who works on a case plans what is to be done in it.
TASK_VERBS = {Perm.TASK_KEEP}
# Whoever works with a person learns the name, and may put it right.
NAME_VERBS = {Perm.IDENTITY_RECORD}
CARE_VERBS = {Perm.REFERRAL_SEND, Perm.SERVICE_RECORD, Perm.REPATRIATION_RECORD}
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
# Who confirms what an administrator asks for (docs/adr/0018).
SECOND_PERSON = {Perm.PEOPLE_VIEW, Perm.CHANGE_DECIDE}
DISCLOSURE_VERBS = {Perm.DISCLOSURE_VIEW, Perm.DISCLOSURE_PROPOSE}
FIELD_VERBS = {Perm.CASE_OPEN, Perm.CASE_MOVE, Perm.SITE_REGISTER, Perm.RESCUE_LOG}

GRANTS: dict[str, frozenset[Perm]] = {
    Role.FIELD_OFFICER: ANYONE
    | TEAM_VERBS
    | TASK_VERBS
    | NAME_VERBS
    | CAREFUL_VERBS
    | FIELD_VERBS
    | (BESIDE_VERBS - {Perm.COMPENSATION_RECORD})
    | REPORT_VERBS,
    Role.AFTERCARE_WORKER: ANYONE
    | TEAM_VERBS
    | TASK_VERBS
    | NAME_VERBS
    | CAREFUL_VERBS
    | CARE_VERBS
    | BESIDE_VERBS
    | MONEY_VERBS
    | REPORT_VERBS,
    Role.LEGAL_OFFICER: ANYONE
    | TEAM_VERBS
    | TASK_VERBS
    | NAME_VERBS
    | CAREFUL_VERBS
    | JUSTICE_VERBS
    | BESIDE_VERBS
    | DISCLOSURE_VERBS
    | MONEY_VERBS
    | REPORT_VERBS
    | {Perm.CASE_MOVE},
    Role.CASE_MANAGER: ANYONE
    | TEAM_VERBS
    | TASK_VERBS
    | NAME_VERBS
    | CAREFUL_VERBS
    | WATCH_VERBS
    | DISCLOSURE_VERBS
    | FIELD_VERBS
    | JUSTICE_VERBS
    | BESIDE_VERBS
    | CARE_VERBS
    | MONEY_VERBS
    | REPORT_VERBS
    | {Perm.CASE_CORRECT, Perm.CASE_ASSIGN, Perm.DISCLOSURE_CONFIRM, Perm.PERPETRATOR_MERGE},
    Role.PROSECUTOR: ANYONE | DISCLOSED_VERBS,
    Role.PROGRAMME_MANAGER: ANYONE | REPORT_VERBS,
    Role.DATA_OFFICER: ANYONE
    | CONTENT_VERBS
    | REPORT_VERBS
    | {Perm.PERPETRATOR_MERGE, Perm.CONFLICT_DECLARE},
    Role.SAFEGUARDING_LEAD: ANYONE
    | WATCH_VERBS
    | SECOND_PERSON
    | {Perm.CASE_VIEW, Perm.TEAM_VIEW, Perm.GLASS_REVIEW, Perm.READERS_REVIEW},
    Role.AUDITOR: ANYONE | {Perm.READERS_VIEW, Perm.AUDIT_VIEW},
    Role.SYSTEM_ADMIN: ANYONE | SECOND_PERSON | {Perm.KEY_ISSUE, Perm.PEOPLE_MANAGE},
    Role.PROVIDER_PARTNER: ANYONE | {Perm.REFERRAL_ANSWER},
    Role.API_CLIENT: ANYONE,
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
