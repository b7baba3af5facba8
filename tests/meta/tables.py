"""Which tables hold case data, and at which level: pinned here, apart from the models.

A new table needs its line in `LEVELS`; whoever adds it says twice what it holds.
"""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection
from pghistory.models import Event

from casework.models import Case, CaseRecord
from core.access import CaseRows, PairRows, PersonRows
from core.naming import Named
from core.wall.policies import (
    countable,
    countable_link,
    in_scope,
    is_named,
    is_shown,
    is_shown_link,
    link_condition,
    pair_conditions,
)

LEVELS = {
    "casework_case": 1,
    "casework_assignment": 1,
    "casework_site": 2,
    "casework_siteplace": 3,
    "casework_rescue": 2,
    "casework_rescuesite": 2,
    "casework_rescueagency": 2,
    "casework_narrative": 3,
    "casework_rescueplan": 3,
    "victims_involvement": 2,
    "victims_victim": 2,
    "victims_identity": 3,
    "victims_formeridentity": 3,
    "prosecutions_suspect": 2,
    "prosecutions_perpetrator": 2,
    "prosecutions_arrest": 2,
    "prosecutions_complaint": 2,
    "prosecutions_complaintsuspect": 2,
    "prosecutions_prosecution": 2,
    "prosecutions_charge": 2,
    "prosecutions_judgment": 2,
    "prosecutions_chargedecision": 2,
    "prosecutions_appeal": 2,
    "prosecutions_sentence": 2,
    "prosecutions_hearing": 2,
    "prosecutions_custody": 2,
    "prosecutions_custodyclock": 1,
    "casework_derivedtask": 2,
    "victims_consent": 2,
    "exchange_imported": 2,
    "intake_extract": 2,
    "aftercare_referral": 2,
    "aftercare_servicerecord": 2,
    "aftercare_placement": 2,
    "aftercare_careplan": 2,
    "aftercare_goal": 3,
    "aftercare_planreview": 2,
    "aftercare_followup": 2,
    "aftercare_assessment": 2,
    "aftercare_progressnote": 3,
    "aftercare_sessionnote": 3,
    "casework_seal": 1,
    "casework_conflict": 1,
    "casework_disclosure": 2,
    "casework_breakglass": 1,
    "casework_caselink": 2,
    "casework_task": 2,
    "casework_snooze": 2,
    "casework_note": 3,
    "casework_formernote": 3,
    "casework_document": 2,
    "casework_documentversion": 3,
    "casework_custodyevent": 3,
    "casework_recognition": 3,
    "casework_closing": 2,
    "casework_closingwords": 3,
    "casework_transfer": 2,
    "prosecutions_chargevictim": 2,
    "prosecutions_compensationshare": 2,
    "prosecutions_policereport": 2,
    "prosecutions_stagereached": 2,
    "prosecutions_assistancerequest": 2,
    "prosecutions_answer": 2,
    "prosecutions_compensationpayment": 2,
    "prosecutions_participation": 2,
    "prosecutions_protectivemeasure": 2,
    "prosecutions_accusation": 2,
    "prosecutions_networkmember": 2,
    "prosecutions_corridor": 2,
    "prosecutions_corridorleg": 2,
    "prosecutions_alias": 2,
    "prosecutions_merge": 2,
    "prosecutions_offendermatch": 2,
    "prosecutions_suspectmet": 2,
    "prosecutions_network": 2,
    "aftercare_releasecertificate": 2,
    "aftercare_entitlement": 2,
    "aftercare_rehabilitationpayment": 2,
    "aftercare_compensationclaim": 2,
    "aftercare_claimpayment": 2,
    "aftercare_repatriation": 2,
    "aftercare_bankreference": 3,
    "aftercare_escort": 3,
    "casework_lead": 2,
    "casework_leadwords": 3,
    "casework_investigationstep": 2,
    "casework_stepwords": 3,
    "casework_onlineincident": 2,
    "casework_siteclosing": 2,
    "casework_samesite": 2,
    "victims_incidentsurvivor": 2,
    "victims_background": 2,
    "victims_particular": 3,
    "victims_sibling": 2,
    "victims_exploitation": 2,
    "victims_routestop": 2,
    "victims_indicator": 2,
    "victims_evidence": 3,
    "victims_share": 2,
    "victims_withdrawal": 2,
    "victims_victimmerge": 2,
    "victims_match": 2,
    "victims_confirmation": 2,
    "questions_reply": 2,
    "questions_replywords": 3,
    "retention_legalhold": 2,
}
# What a disclosure or an emergency shows to read: the part each table belongs to. The others no
# disclosure opens, nor does a broken glass.
PARTS = {
    "casework_case": "case",
    "casework_assignment": "team",
    "casework_rescue": "rescue",
    "casework_rescuesite": "rescue",
    "casework_rescueagency": "rescue",
    "casework_narrative": "narrative",
    "casework_site": "site",
    "casework_siteplace": "identity",
    "victims_involvement": "people",
    "victims_victim": "people",
    "victims_identity": "identity",
    "victims_formeridentity": "identity",
    "victims_consent": "care",
    "prosecutions_suspect": "suspect",
    "prosecutions_perpetrator": "suspect",
    "prosecutions_arrest": "suspect",
    "casework_document": "document",
    "casework_documentversion": "document",
    "casework_custodyevent": "document",
    "casework_recognition": "document",
    "prosecutions_complaint": "court",
    "prosecutions_complaintsuspect": "court",
    "prosecutions_prosecution": "court",
    "prosecutions_charge": "court",
    "prosecutions_judgment": "court",
    "prosecutions_chargedecision": "court",
    "prosecutions_appeal": "court",
    "prosecutions_sentence": "court",
    "prosecutions_hearing": "court",
    "prosecutions_custody": "suspect",
    "aftercare_referral": "care",
    "aftercare_servicerecord": "care",
    "aftercare_placement": "care",
    "aftercare_careplan": "care",
    "aftercare_goal": "care",
    "aftercare_planreview": "care",
    "aftercare_followup": "care",
    "aftercare_assessment": "care",
    "aftercare_progressnote": "care",
    "aftercare_sessionnote": "care",
    "prosecutions_chargevictim": "court",
    "prosecutions_compensationshare": "court",
    "prosecutions_policereport": "court",
    "prosecutions_stagereached": "court",
    "prosecutions_assistancerequest": "court",
    "prosecutions_compensationpayment": "court",
    "prosecutions_participation": "court",
    "prosecutions_protectivemeasure": "court",
    "prosecutions_accusation": "court",
    "prosecutions_networkmember": "suspect",
    "prosecutions_corridor": "suspect",
    "prosecutions_corridorleg": "suspect",
    "prosecutions_alias": "suspect",
    "prosecutions_merge": "suspect",
    "prosecutions_suspectmet": "suspect",
    "prosecutions_network": "suspect",
    "aftercare_releasecertificate": "care",
    "aftercare_entitlement": "care",
    "aftercare_rehabilitationpayment": "care",
    "aftercare_compensationclaim": "care",
    "aftercare_claimpayment": "care",
    "aftercare_repatriation": "care",
    "casework_siteclosing": "site",
    "casework_samesite": "site",
    "victims_incidentsurvivor": "people",
    "victims_background": "people",
    "victims_particular": "identity",
    "victims_sibling": "people",
    "victims_exploitation": "people",
    "victims_routestop": "people",
    "victims_indicator": "people",
    "victims_evidence": "identity",
    "victims_share": "care",
    "victims_withdrawal": "care",
    "victims_victimmerge": "people",
}
# Rows about a person, open to that person: always, or while by them the case is shown.
OWN = {"casework_conflict": "", "casework_disclosure": "case", "casework_breakglass": "case"}
OWN["prosecutions_answer"] = "court"
# Policies beside those every table has, each with its reason.
ALSO = {name: {"own": "a person's own row"} for name in OWN} | {
    "aftercare_referral": {"received": "a provider sees what was sent to it"},
    "aftercare_referralevent": {"received": "the history of a provider's answer is written"},
    "casework_transfer": {
        "offered": "who may take it over sees what is offered",
        "answered": "and answers it",
    },
    "aftercare_progressnote": {"received": "a provider writes and reads its own notes"},
    "victims_withdrawal": {"received": "a provider hears that a consent is withdrawn"},
    "victims_withdrawalevent": {"received": "the history of its acknowledging is written"},
    "intake_extract": {"outdated": "the worker takes the share from what is over"},
}
ALSO["prosecutions_answer"] |= {
    "told": "who is shown the court tells what waits for the team",
    "told_by_oneself": "and nobody tells in the name of another, or what is decided",
}
ALSO["casework_conflict"] |= {"declared": "whoever is shown a case keeps out of it on their own"}
# Not made by a factory: the database or the system writes them, and none holds case data.
WITHOUT_FACTORY = {
    "places.Jurisdiction": "loaded after migrations",
    "places.JurisdictionClosure": "written by triggers",
    "core.Job": "written by core.jobs only",
    "core.Heartbeat": "written by workers",
    "core.Installation": "written by migrate",
    "casework.AskAgain": "made by the database only, and gone when its case is asked",
    "core.ChainLink": "made by the database only",
    "core.ChainedEvent": "made by the database only",
    "core.ChainAnchor": "written by the job that sends the head away",
    "core.KeptList": "written by core.api.sync only",
    "core.KeptCopy": "written by core.api.sync only",
    "core.IdempotencyKey": "written by core.idempotency only",
    "core.Draft": "written by core.drafts only",
    "casework.OpenedCase": "written by casework.at_hand, of one person",
    "casework.ReferenceCounter": "written by opening a case",
    "aftercare.RehabilitationScheme": "loaded after migrations",
    "aftercare.SchemeRate": "loaded after migrations",
}
# Tables that point to cases or persons and are not behind the wall.
UNWALLED = {
    "casework_askagain": "ids only, for a minute at most; nobody's by its policy",
    "core_auditevent": "ids only; behind a wall of its own, see tests/core/test_audit_wall.py",
}


def table(model):
    return model._meta.db_table


@cache
def our_models(auto_created=False):
    return [
        model
        for label in settings.OUR_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=auto_created)
    ]


def is_event(model):
    return issubclass(model, Event)


@cache
def walled():
    """The models whose rows belong to cases: cases, what hangs from them, and persons."""
    return [
        model
        for model in our_models()
        if not is_event(model)
        and (
            model is Case
            or issubclass(model, CaseRecord)
            or isinstance(getattr(model, "access", None), PersonRows | CaseRows)
        )
    ]


@cache
def histories():
    """The event models of walled models: former values."""
    tracked = set(walled())
    return [m for m in our_models() if is_event(m) and m.pgh_tracked_model in tracked]


def said(model):
    """What the policies of this table must say, by their names."""
    scope, counted = conditions(model)
    shown = shown_condition(model)
    return {"in_scope": scope, "counted": counted} | ({"shown": shown} if shown else {})


def shown_condition(model):
    if (part := PARTS.get(table(model))) is None:
        return None
    if isinstance(model.access, PersonRows):
        return is_shown_link(table(model), part, **_link(model))
    return is_shown(part, case="id" if model is Case else "case_id")


def _link(model):
    subject = model.pgh_tracked_model if is_event(model) else model
    rule = subject.access
    through = apps.get_model(rule.through)
    own = subject._meta.pk if rule.own == "pk" else subject._meta.get_field(rule.own)
    return {
        "through": table(through),
        "key": through._meta.get_field(rule.key).column,
        "own": "pgh_obj_id" if is_event(model) and rule.own == "pk" else own.column,
    }


def conditions(model):
    """What the policies of this table must say: for those who work, and for those who count."""
    subject = model.pgh_tracked_model if is_event(model) else model
    level, rule = LEVELS[table(subject)], subject.access
    if isinstance(rule, PairRows):
        link, second = _link(model), subject._meta.get_field(rule.second).column
        pair = (link.pop("own"), second)
        return pair_conditions(table(model), level, **link, pair=pair)
    if isinstance(rule, PersonRows):
        link = _link(model)
        return link_condition(table(model), level, **link), countable_link(**link)
    if isinstance(rule, Named):
        return f"{in_scope(level)} and {is_named(f'{rule.opened}_id')}", "false"
    if is_event(model):
        own = "pgh_obj_id" if subject is Case else "case_id"
        link = {"through": "casework_case", "key": "id", "own": own}
        return link_condition(table(model), level, **link, case="id"), countable_link(**link)
    case = "id" if subject is Case else "case_id"
    return in_scope(level, case=case), countable(case=case)


def know_sizes() -> None:
    """Tell the planner how many rows there are, as the server does by itself after a commit.

    Rows of a transaction under way are unknown to it; what it then guesses may take minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def query(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def how_many(models):
    """The number of rows of each of these tables, asked at once."""
    counted = ", ".join(f"(select count(*) from {table(model)})" for model in models)
    ((*numbers,),) = query(f"select {counted}")
    return numbers


def execute(statement):
    """Run as the owner: a planted fault. Gone with the transaction of its test."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(statement)


def as_made(rows):
    """The rows in the order in which they were made: which comes first is not left to chance."""
    stamps = [each.name for each in rows.model._meta.fields if getattr(each, "auto_now_add", False)]
    made = {"victim": "victim__created_at", "case": "case__created_at"}
    columns = {each.name for each in rows.model._meta.fields}
    through = [path for name, path in made.items() if name in columns]
    return rows.order_by(*stamps or through[:1], "pk")
