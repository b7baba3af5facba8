"""Which rows a call changed, as the owner sees it, and whether the matrix lets this person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.meta.calls import case_of, relation_of
from tests.meta.canaries import RECEIVED, RECEIVED_TABLES, standing
from tests.meta.matrix import holds
from tests.meta.relations import reaches
from tests.meta.tables import LEVELS, is_event, our_models, query, table, walled

if TYPE_CHECKING:
    from tests.meta.calls import Call, World
    from tests.meta.relations import Person

# Written by whatever happens: the trail, sessions, keys of repeated sends, counters, notices,
# messages to programs, numbers of rows that figures count, what the rules ask of a case.
BY_THE_SYSTEM = {
    "core_auditevent",
    "core_idempotencykey",
    "core_job",
    "django_session",
    "accounts_apikey",
    "accounts_notice",
    "casework_askagain",
    "casework_derivedtask",
    "casework_openedcase",
    "casework_referencecounter",
    "exchange_delivery",
    "reports_rownumber",
}
# Written only by those who hold the verb; a role is given by the second person who confirms it.
BY_VERB = {
    "accounts_user": "manage_people",
    "socialaccount_socialaccount": "manage_people",
    "accounts_membership": "decide_change",
    "accounts_invitation": "manage_people",
    "accounts_accountchange": "decide_change",
    "prosecutions_calendarfeed": "keep_feed",
    "intake_phone": "keep_phone",
    "intake_box": "keep_phone",
    "intake_boxpart": "keep_phone",
    "aftercare_provider": "manage_provider",
    "aftercare_providerstaff": "manage_provider",
    "accounts_office": "keep_office",
    "casework_taskrule": "keep_rule",
    "accounts_savedview": "keep_view",
    "accounts_languagereading": "confirm_words",
    "places_agency": "keep_agency",
    "places_choice": "keep_choice",
    "places_jurisdiction": "keep_place",
    "places_jurisdictionclosure": "keep_place",
    "places_outline": "keep_place",
    "instruments_instrument": "import_instrument",
    "questions_questionset": "keep_questions",
    "casework_storedfile": "receive_document",
    "accounts_serviceaccount": "issue_key",
    "exchange_export": "view_export",
    "exchange_workbookimport": "import_cases",
    "exchange_webhook": "manage_webhook",
    "exchange_webhookhost": "manage_webhook",
    "reports_outsideaddress": "decide_release",
    "reports_release": "decide_release",
    "reports_releaseproposal": "decide_release",
    "reports_schedule": "keep_schedule",
    "retention_erasure": "decide_erasure",
    "retention_policy": "decide_policy",
    "prosecutions_lawversion": "decide_law",
    "prosecutions_provision": "decide_law",
    "studies_districtsurvey": "keep_study",
    "studies_estimate": "keep_study",
    "studies_evaluation": "keep_study",
    "studies_externalstatistic": "keep_study",
    "studies_finding": "keep_study",
    "studies_observation": "keep_study",
    "studies_pair": "keep_study",
    "studies_programmeplace": "keep_study",
    "studies_recapture": "keep_study",
    "studies_stratum": "keep_study",
    "studies_study": "keep_study",
    "studies_training": "keep_study",
    "studies_visit": "keep_study",
}
# What everybody sets of their own row, by its route.
OF_ONES_OWN = {("me-choose-language", "accounts_user")}
# A phone that ended shows no case any more, of whatever office.
OF_ANY_CASE = {("intake:end-phone", "intake_extract"), ("phone-end", "intake_extract")}
# Rows about oneself, written by whoever holds the verb wherever the verb allows it.
ABOUT_ONESELF = {
    "casework_conflict": "declare_conflict",
    "casework_breakglass": "break_glass",
    "prosecutions_answer": "send_answer",
}


class Changes:
    """Counts of writes by table, and what stood there before."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known = {case.pk: name for name, case in world.cases.items()}
        self.before: dict[str, int] = {}
        self.stood = {model: versions(model) for model in walled()}

    def begin(self) -> None:
        self.before = writes()

    def tables(self) -> set[str]:
        return {name for name, count in writes().items() if count != self.before.get(name, 0)}

    def beyond(self, call: Call, person: Person, user: Any) -> list[str]:
        """Rows and tables this call changed without a right to."""
        found = []
        by_table = {table(model): model for model in walled()}
        events = {table(model) for model in our_models() if is_event(model)}
        for name in sorted(self.tables() - BY_THE_SYSTEM - events):
            if name not in by_table:
                if not may_write(person, name) and (call.address.name, name) not in OF_ONES_OWN:
                    found.append(f"{call}: writes {name}")
            elif call.method == "get":
                found.append(f"{call}: a look changes {name}")
            else:
                found += self.rows_beyond(call, person, user, by_table[name])
        return found

    def rows_beyond(self, call: Call, person: Person, user: Any, model: Any) -> list[str]:
        now, stood = versions(model), self.stood[model]
        changed = [pk for pk, mark in now.items() if stood.get(pk) != mark]
        found = [
            f"{call}: deletes of {table(model)}"
            for pk in stood.keys() - now.keys()
            if not self.may_delete(person, model, pk)
        ]
        if (call.address.name, table(model)) in OF_ANY_CASE:
            return found
        for row in model.objects.filter(pk__in=changed):
            relation = self.relation(row)
            if not self.right(person, user, row, relation):
                found.append(f"{call}: changes {table(model)} ({relation})")
        return found

    def may_delete(self, person: Person, model: Any, pk: Any) -> bool:
        canary = self.world.register.known.get(str(pk))
        known = canary is not None and reaches(
            person, standing(canary.relation), LEVELS[table(model)]
        )
        return model.deletable and known

    def relation(self, row: Any) -> str:
        """As it was before the call: sealing a case makes no other case of it."""
        known = self.world.register.known
        under = str(row.referral_id) if table(type(row)) == "aftercare_progressnote" else ""
        canary = known.get(str(row.pk)) or known.get(under) or known.get(str(case_of(row).pk))
        return canary.relation if canary else relation_of(case_of(row), self.known)

    def right(self, person: Person, user: Any, row: Any, relation: str) -> bool:
        name = table(type(row))
        if relation == RECEIVED:
            return name in RECEIVED_TABLES
        if name in ABOUT_ONESELF and row.user_id == user.pk:
            return any(holds(role, ABOUT_ONESELF[name]) for role, _at in person.roles)
        return reaches(person, standing(relation), LEVELS[name]) or self.mine(person, row)

    def mine(self, person: Person, row: Any) -> bool:
        """Of a case this very call opened, in an office of the person."""
        case = case_of(row)
        is_new = str(case.pk) not in self.world.register.known
        offices = {at for _role, at in person.roles}
        return is_new and bool({case.office.code, "global"} & offices)


def may_write(person: Person, name: str) -> bool:
    verb = BY_VERB.get(name)
    return verb is not None and any(holds(role, verb) for role, _at in person.roles)


def versions(model: Any) -> dict[Any, str]:
    """The version of every row, by the database's own marks."""
    key = model._meta.pk.column
    return dict(query(f"select {key}, xmin::text || ctid::text from {table(model)}"))


def writes() -> dict[str, int]:
    return dict(
        query(
            "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
            " where schemaname = 'public'"
        )
    )
