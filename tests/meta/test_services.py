"""Every verb is a Service with a permission somebody holds; no function goes around it."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

import pytest
from django.conf import settings

from accounts.permissions import Perm
from accounts.roles import GRANTS, Role
from casework.services import cases
from core import services
from core.services import SERVICES, Service

# Public functions beside the verbs, each with its reason.
NOT_VERBS = {
    "accounts.services.leaving.close_whatever_rests": "part of verbs that close an account",
    "accounts.services.leaving.held_administrators": "locks and reads rows; changes nothing",
    "accounts.services.off_boarding.tell_of_refusal": "tells others after a verb was refused",
    "retention.services.erasures.require_not_held": "a check that verbs share; changes nothing",
    "retention.services.erasures.is_held": "asks the database; changes nothing",
    "casework.services.statements.require_unsigned": "a check of verbs; changes nothing",
    "casework.services.statements.require_statements": "a check of verbs; changes nothing",
    "retention.services.old.propose": "part of the nightly job; nobody asks for it",
    "retention.services.old.begin": "part of the job; two persons confirmed, the database asks",
    "retention.services.old.finish": "part of the job, after the act is linked",
    "retention.services.steps.propose_due": "part of the nightly job; nobody asks for it",
    "retention.services.steps.to_erase": "reads what the nightly job does; changes nothing",
    "retention.services.steps.erase_rows": "part of the job; the database asks for two persons",
    "retention.services.steps.finish": "part of the job, after the rows are gone",
    "exchange.services.taking.own_office": "a check that verbs share; changes nothing",
    "exchange.services.taking.require_looked_at": "a check that verbs share; changes nothing",
    "casework.services.cases.require_content": "a check that verbs share; changes nothing",
    "casework.services.cases.hold_each": "locks and reads rows; changes nothing",
    "casework.services.cases.open_each": "part of the verb that takes in a file",
    "casework.services.cases.require_not_closed": "a check that verbs share; changes nothing",
    "casework.services.notes.new_note": "a row within the rules, not kept; changes nothing",
    "casework.services.notes.write_each": "part of the verb that takes in a file",
    "casework.services.cases.require_unconflicted": "a check that verbs share; changes nothing",
    "casework.services.cases.require_open_case": "a check that verbs share; changes nothing",
    "casework.services.amending.require_open": "a check that verbs share; changes nothing",
    "casework.services.amending.touch": "part of the verbs that change what hangs on a rescue",
    "prosecutions.feeds.services.feed_of": "whether the caller has a feed; its address is in none",
    "prosecutions.feeds.services.path_of": "works out a value; changes nothing",
    "casework.services.documents.digest_of": "works out a value; changes nothing",
    "casework.services.numbers.next_code": "the next code in a case; changes nothing",
    "casework.services.numbers.last_number": "the last code in a case; changes nothing",
    "casework.services.numbers.last_numbers": "the last codes in cases; changes nothing",
    "casework.services.numbers.highest": "works out a value; changes nothing",
    "prosecutions.services.perpetrators.describe_each": "part of the verb that takes in a file",
    "prosecutions.services.perpetrators.told_of": "a check that verbs share; changes nothing",
    "prosecutions.services.suspects.add_each": "part of the verb that takes in a file",
    "prosecutions.services.suspects.last_numbers": "the last codes in cases; changes nothing",
    "prosecutions.services.suspects.new_suspect": "a row, not kept; changes nothing",
    "victims.services.exploitation.describe_each": "part of the verb that takes in a file",
    "victims.services.exploitation.new_exploitation": "a row within the rules, not kept",
    "victims.services.exploitation.new_way": "rows within the rules, not kept; changes nothing",
    "victims.services.exploitation.set_routes": "part of the verb that takes in a file",
    "victims.services.identities.new_identity": "a row within the rules, not kept",
    "victims.services.identities.record_each": "part of the verb that takes in a file",
    "victims.services.involving.bring_in_each": "part of the verb that takes in a file",
    "victims.services.involving.new_part": "a row, not kept; changes nothing",
    "victims.services.persons.answers": "a check that verbs share; changes nothing",
    "victims.services.persons.describe_each": "part of the verb that takes in a file",
    "victims.services.identities.warnings_of": "asks services of others; each writes its history",
    "victims.services.identities.names_open_to": "names to compare with, within a verb; shows none",
    "prosecutions.services.matches.may_be_one": "compares two values; changes nothing",
    "casework.services.recognising.being_recognised": "asks whether somebody said so",
    "casework.services.recognising.known_material": "asks the database: yes or no",
    "casework.services.recognising.known_elsewhere": "numbers; the rows come by the walls",
    "victims.services.matches.may_be_one": "compares two values; changes nothing",
    "victims.services.merges.confirmed": "whether a side said yes; changes nothing",
    "victims.services.merges.require_person": "a check that verbs share; changes nothing",
    "victims.services.merges.side_of": "one side of a comparison, read within verbs",
    "aftercare.services.assessments.usual_instrument": "the one to begin with; changes nothing",
    "aftercare.services.entitlements.check_paid": "a check that verbs share; changes nothing",
    "instruments.services.load_shipped": "run by migrate, which is nobody",
    "instruments.services.added": "part of the verb; run by a command as well",
    "instruments.services.parsed": "reads a text; changes nothing",
    "instruments.services.previewed": "works out a value; changes nothing",
    "aftercare.services.plans.reschedule": "part of the verbs that change a plan",
    "aftercare.services.plans.require_open": "a check that verbs share; changes nothing",
    "casework.services.sealing.require_named": "a check that verbs share; changes nothing",
    "casework.services.plans.may_be_named": "people to choose from; changes nothing",
    "casework.services.sealing.may_be_named": "people to choose from; changes nothing",
    "casework.services.opening.require_reason": "a check that verbs share; changes nothing",
    "casework.services.opening.require_words": "the same for an emergency",
    "casework.services.opening.prosecutors": "people to choose from; changes nothing",
    "casework.services.opening.holding_on": "people to be told; changes nothing",
    "casework.services.opening.team_of": "people to be told; changes nothing",
    "casework.services.tasks.may_be_given": "people to choose from; changes nothing",
    "casework.services.offering.may_take_over": "people to choose from; changes nothing",
    "casework.services.offering.at_work_of": "where somebody works; changes nothing",
    "casework.services.offering.teams_of": "who is on cases; changes nothing",
    "casework.services.offering.shown_of": "what who has to answer is told; changes nothing",
    "casework.services.offering.offer_all": "part of the verbs that offer cases",
    "casework.services.cases.members_of": "people to choose from; changes nothing",
    "casework.services.disclosures.require_no_photo": "a check of files; changes nothing",
    "casework.services.cases.require_past": "a check that verbs share; changes nothing",
    "casework.services.cases.require_identity": "a check that verbs share; changes nothing",
    "victims.services.identities.identity_of": "the row that verbs are about; shows nothing",
    "victims.services.reach.require_person": "a check that verbs share; changes nothing",
    "victims.services.basis.live_consent": "says whether a consent is live; changes nothing",
    "victims.services.basis.live_consents": "the same for several; changes nothing",
    "victims.services.basis.said_no": "says whether a no stands; changes nothing",
    "victims.services.basis.who_agreed": "whom an export may show; changes nothing",
    "victims.services.basis.out_of_figures": "whom a publication may not count; changes nothing",
    "victims.services.basis.share": "part of every verb that tells somebody",
    "victims.services.basis.told_already": "of whom somebody was told; changes nothing",
    "victims.services.coverage.require_coverage": "part of the verbs of disclosures",
    "victims.services.coverage.end_uncovered": "part of the verbs that change consents",
    "victims.services.consents.tell_recipients": "part of the verbs that withdraw and tell",
    "aftercare.services.certificates.two_certificates": "words for a refusal; changes nothing",
    "aftercare.services.certificates.two_titles": "words for a refusal; changes nothing",
    "aftercare.services.entitlements.check_category": "a check that verbs share",
    "aftercare.services.reach.answers_for": "whether somebody may; changes nothing",
    "aftercare.services.reach.require_answers_for": "a check that verbs share",
    "aftercare.services.reach.who_answers": "finds whom to tell; changes nothing",
    "aftercare.services.staff.partners": "people to choose from; changes nothing",
    "aftercare.services.staff.leave_providers": "part of the verbs that end a role or an account",
    "prosecutions.services.withdrawn.tell_prosecutors": "part of the verb that withdraws a consent",
    "victims.services.photos.require_photo_consent": "part of the verb that hands a document over",
    "victims.services.persons.still_unknown": "works out a value; changes nothing",
    "victims.services.siblings.siblings_of": "siblings by person; changes nothing",
    "victims.services.siblings.kin_of": "siblings by person; changes nothing",
    "victims.services.telling.label_of": "words for a value; changes nothing",
    "aftercare.services.withdrawals.take_back": "part of the verb that withdraws a consent",
    "aftercare.services.withdrawals.tell_houses": "part of the verbs that withdraw and tell",
    "prosecutions.services.courts.same_case": "a check that verbs share; changes nothing",
    "prosecutions.services.perpetrators.require_person": "a check that verbs share",
    "prosecutions.services.charges.check_provision": "a check that verbs share",
    "prosecutions.services.judgment_rules.appealed_charges": "works out a value; changes nothing",
    "prosecutions.services.judgment_rules.check_appeal": "a check that verbs share",
    "prosecutions.services.judgment_rules.check_appeal_decided": "a check of the verb that judges",
    "prosecutions.services.judgment_rules.check_charges": "a check of the verb that judges",
    "prosecutions.services.judgment_rules.check_first": "a check of the verb that judges",
    "prosecutions.services.judgment_rules.require_living": "a check that verbs share",
    "prosecutions.corrections.services.judgment_days.check_judgment": "a check of the correction",
    "prosecutions.corrections.services.judgment_days.days": "works out a value; changes nothing",
    "prosecutions.corrections.services.judgment_days.follow_judgment": "part of the correction",
    "prosecutions.corrections.services.judgment_days.order": "a check of the verb that corrects",
    "prosecutions.services.courts.check_sentence": "a check that verbs share",
    "prosecutions.services.deaths.died_in_custody": "part of the verb that ends a custody",
    "prosecutions.services.deaths.hold": "reads a row behind its lock; changes nothing",
    "prosecutions.services.deaths.require_alive": "a check that verbs share; changes nothing",
    "prosecutions.services.custody.bail_terms": "a check that verbs share; changes nothing",
    "prosecutions.corrections.services.rules.check_report": "a check within the verb",
    "prosecutions.corrections.services.rules.check_custody": "a check within the verb",
    "prosecutions.corrections.services.rules.check_stage": "a check within the verb",
    "prosecutions.corrections.services.rules.check_stage_day": "a check within the verb",
    "prosecutions.corrections.services.rules.check_framing": "a check within the verb",
    "prosecutions.corrections.services.rules.check_answer": "a check within the verb",
    "prosecutions.corrections.services.rules.follow_framing": "part of the verb that corrects",
    "prosecutions.services.hearings.check_twins": "a check that verbs share; changes nothing",
    "prosecutions.services.hearings.following": "reads a row; changes nothing",
    "prosecutions.corrections.services.hearings.check_hearing": "a check within the verb",
    "prosecutions.corrections.services.hearings.follow_hearing": "a check within the verb",
    "prosecutions.corrections.services.hearings.require_result": "a check that verbs share",
    "prosecutions.services.corridors.check_order": "a check that verbs share; changes nothing",
    "prosecutions.services.networks.case_of_ours": "a check that verbs share; changes nothing",
    "prosecutions.services.networks.check_membership": "a check that verbs share",
    "prosecutions.services.courts.check_office": "a check that verbs share; changes nothing",
    "prosecutions.services.survivors.check_accusation": "a check that verbs share",
    "prosecutions.services.survivors.check_protection": "a check that verbs share",
    "prosecutions.corrections.services.outside_court.check_accused": "a check within the verb",
    "prosecutions.corrections.services.outside_court.check_leg": "a check within the verb",
    "prosecutions.corrections.services.outside_court.check_measure": "a check within the verb",
    "prosecutions.corrections.services.outside_court.check_member": "a check within the verb",
    "prosecutions.corrections.services.outside_court.check_network": "a check within the verb",
    "prosecutions.corrections.services.outside_court.check_request": "a check within the verb",
    "prosecutions.corrections.services.outside_court.follow_leg": "part of the verb that corrects",
    "prosecutions.corrections.services.outside_court.follow_request": "part of the correction",
    "prosecutions.corrections.services.rules.unframe": "part of the verb that strikes",
    "prosecutions.corrections.services.records.locked": "reads a row behind its lock",
    "prosecutions.services.courts.lift": "part of the verbs that open a charge again",
    "prosecutions.services.ending.after_the_end": "works out a value; changes nothing",
    "prosecutions.services.ending.awaits_sentence": "works out a value; changes nothing",
    "prosecutions.services.hearings.sitting_of": "works out a value; changes nothing",
    "prosecutions.services.shares.void_sentences": "works out a value; changes nothing",
    "prosecutions.services.shares.sum_of": "works out a value; changes nothing",
    "prosecutions.services.shares.in_all": "works out a value; changes nothing",
    "prosecutions.services.shares.check_shared": "a check that verbs share",
    "prosecutions.services.shares.check_shares": "a check that verbs share",
    "prosecutions.services.shares.check_sum": "a check that verbs share",
    "prosecutions.services.shares.write_shares": "part of the verbs that record a sentence",
    "prosecutions.services.ending.end_hearings": "part of the verbs that decide the last charge",
    "prosecutions.services.ending.end_sentencing": "part of the verb that records a sentence",
    "prosecutions.services.ending.ended_on": "works out a value; changes nothing",
    "prosecutions.services.ending.is_open": "works out a value; changes nothing",
    "prosecutions.services.ending.put_back": "part of the verb that corrects",
    "prosecutions.services.ending.reasons": "works out a value; changes nothing",
    "prosecutions.services.stages.note_appeal": "part of the verbs from which a stage follows",
    "prosecutions.services.stages.note_decided": "part of the verbs from which a stage follows",
    "prosecutions.services.stages.note_stage": "part of the verbs from which a stage follows",
    "prosecutions.services.provisions.load_provisions": "run by migrate, which is nobody",
    "prosecutions.services.provisions.load_limits": "run by migrate, which is nobody",
    "prosecutions.services.law_effects.effect_before": "rolls back the verb that it tries",
    "prosecutions.services.laws.check_country": "a check that verbs share",
    "prosecutions.services.laws.check_followed": "a check that verbs share",
    "prosecutions.services.laws.propose": "part of the verbs that propose; records it",
    "aftercare.services.showing.shown_to_provider": "works out a value; changes nothing",
    "aftercare.services.showing.digest_of": "works out a value; changes nothing",
    "aftercare.services.showing.in_words": "words for a value; changes nothing",
    "exchange.services.telling.message_of": "part of the job that sends; records what it told",
    "exchange.services.telling.pause_for": "part of the job that sends; records it",
    "exchange.services.giving.require_mine": "a check that verbs share; changes nothing",
    "exchange.services.giving.may_still": "a check that verbs and the job share",
    "exchange.services.giving.identified": "counts; changes nothing",
    "exchange.services.giving.note_given": "part of the job that writes; records what it gave",
    "exchange.services.workbooks.note_found": "part of the jobs that look; records it",
    "exchange.services.workbooks.note_taken": "part of the job that takes in; records it",
    "exchange.services.workbooks.into": "a check that verbs and the job share; changes nothing",
    "exchange.services.workbooks.let_go": "part of the verb that ends one, and of the jobs",
    "exchange.services.giving.note_written": "part of the job that writes; records it",
    "places.services.loading.load_jurisdictions": "run by migrate, which is nobody",
}
# Permissions no role holds yet, each with its reason.
FOR_NOBODY: dict[str, str] = {}


# What a docket shows: these modules read, and change nothing.
READ = "prosecutions.docket."


def service_modules():
    for app in settings.OUR_APPS:
        try:
            module = import_module(f"{app}.services")
        except ModuleNotFoundError as missing:
            if missing.name != f"{app}.services":
                raise
            continue
        yield module
        inside = getattr(module, "__path__", [])
        for _finder, name, _package in pkgutil.walk_packages(inside, f"{app}.services."):
            if not name.startswith(READ):
                yield import_module(name)


def around(modules):
    """Public functions of service modules that are no Service."""
    return [
        f"{module.__name__}.{name}"
        for module in modules
        if module is not services
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and not name.startswith("_")
        and value.__module__ == module.__name__
        and f"{module.__name__}.{name}" not in NOT_VERBS
    ]


def permission_faults():
    """Verbs whose permission stands in no list, and permissions that nobody can hold."""
    held = frozenset().union(*GRANTS.values())
    ours = [v for v in SERVICES if v.__module__.partition(".")[0] in settings.OUR_APPS]
    found = [
        f"{verb.__module__}.{verb.__qualname__}: {verb.permission} is not a permission"
        for verb in ours
        if verb.permission not in list(Perm)
    ]
    found += [f"{perm}: no role holds it" for perm in Perm if perm not in held | FOR_NOBODY.keys()]
    found += [f"{role}: has no line in GRANTS" for role in Role if role not in GRANTS]
    return found


def test_every_public_function_is_a_verb():
    modules = list(service_modules())
    assert around(modules) == []
    assert len(modules) > 6
    assert len(SERVICES) > 10


def test_the_exceptions_exist():
    for name in NOT_VERBS:
        module, _, function = name.rpartition(".")
        assert inspect.isfunction(getattr(import_module(module), function)), name


def test_every_permission_is_listed_and_held():
    assert permission_faults() == []


# Planted faults


def test_a_function_around_the_verbs_is_found(monkeypatch):
    def delete_case(case):
        case.delete()

    delete_case.__module__ = cases.__name__
    monkeypatch.setattr(cases, "delete_case", delete_case, raising=False)
    assert around(service_modules()) == ["casework.services.cases.delete_case"]


def test_a_verb_with_an_unknown_permission_is_found(monkeypatch):
    def burn(*, actor):
        raise NotImplementedError

    burn.__module__ = cases.__name__
    monkeypatch.setattr(services, "SERVICES", [])
    verb = Service(burn, "casework.burn_case")
    monkeypatch.setitem(globals(), "SERVICES", [*SERVICES, verb])
    assert permission_faults() == [
        f"{cases.__name__}.{burn.__qualname__}: casework.burn_case is not a permission"
    ]


def test_a_permission_nobody_holds_is_found(monkeypatch):
    monkeypatch.setitem(GRANTS, Role.SYSTEM_ADMIN, frozenset())
    assert permission_faults() == [
        f"{perm}: no role holds it"
        for perm in (
            *(Perm.PLACE_KEEP, Perm.CHOICE_KEEP, Perm.KEY_ISSUE, Perm.BACKUP_VIEW),
            *(Perm.OFFICE_KEEP, Perm.PEOPLE_MANAGE),
            Perm.WEBHOOK_MANAGE,
        )
    ]


def test_a_role_without_grants_is_found(monkeypatch):
    """A role with one verb of its own, which nobody holds then either."""
    monkeypatch.delitem(GRANTS, Role.PROSECUTOR)
    assert permission_faults() == [
        "prosecutions.send_answer: no role holds it",
        "prosecutor: has no line in GRANTS",
    ]


@pytest.mark.parametrize("module", list(service_modules()), ids=lambda m: m.__name__)
def test_every_verb_says_what_it_does(module):
    """The docstring of a verb is what a reviewer reads in the list of verbs."""
    silent = [n for n, v in vars(module).items() if isinstance(v, Service) and not v.__doc__]
    assert silent == []
