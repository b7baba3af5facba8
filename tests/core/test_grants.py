"""What each database role may do, below every rule of the application."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from core.wall import grants
from core.wall.grants import append_only_tables, deletable_tables
from tests import factories
from tests.meta.tables import execute, histories, query, table

pytestmark = pytest.mark.django_db

APP, WORKER, REPORT = "casework_app", "casework_worker", "casework_report"
RUN_AS_OWNER = {  # functions that run with the rights of the owner, each with its reason
    "accounts_change_effect": "gives and ends roles, resets factors, as two persons decided",
    "begin_administration": "the first administrators, while there are none",
    **dict.fromkeys(("manages_people", "decides_changes"), "by anyone's roles; a yes or no"),
    **dict.fromkeys(("off_boards", "two_manage_without"), "by anyone's keys, roles; a yes or no"),
    "vouched": "compares a word with what the key makes of it; a yes or no",
    "vouched_person": "who acts, by the same key",
    "aftercare_consent_carries": "whether a consent still carries a referral, for its provider",
    "aftercare_follow_merge": "moves placements and titles the one who merges need not see",
    **dict.fromkeys(("aftercare_place_person", "aftercare_title_person"), "under which record"),
    "aftercare_stays": "nights and sexes at a provider, of cases the asker may not see",
    "casework_statement_has_one_version": "reads the document of a version, whoever adds one",
    "casework_copy_scope": "reads the case of a row, whoever writes it",
    "prosecutions_follow_custody": "writes the clock of a custody, which nobody else does",
    "prosecutions_sounding_like": "finds names by index; the rows come through the wall",
    "victims_in_no_sealed_case_only": "whom the nightly comparison leaves out, for the worker",
    "victims_identities_to_match": "names for the nightly comparison, for the worker alone",
    "victims_former_to_match": "the same of former names",
    "victims_note_matches": "pairs found at night, of persons the worker may not see",
    "prosecutions_to_match": "names of offenders for the same comparison, for the worker alone",
    "prosecutions_note_matches": "pairs of offenders found at night, as of survivors",
    "casework_kind_stays": "reads whether a file is left, whoever changes the kind of a document",
    "casework_destroy_material": "takes files away that nobody may change, said by two persons",
    "casework_known_material": "whether a hash is on record in any case; a yes or no",
    "victims_out_of_figures": "who said no to figures that leave, for the report role alone",
    "casework_known_elsewhere": "numbers of versions; the rows come through the wall",
    "victims_wholly_open": "whether anything of a person is closed to the asker; a yes or no",
    "changes_of_reference": "who changed rows of reference data, which hold nobody's data",
    "events_naming": "numbers of events by what they name; the rows come through the wall",
    "is_auditor": "reads memberships of anyone",
    "casework_follow_case": "moves rows the writer may not see",
    **dict.fromkeys(("intake_case_ends_extracts", "intake_phone_ends_extracts"), "of any case"),
    **dict.fromkeys(("intake_phone_said", "intake_extracts_out"), "own phones, of any case"),
    **dict.fromkeys(("intake_cases_meant", "intake_case_takes_boxes"), "where a box waits"),
    "casework_conflict_declared": "writes it into cases the declarer may not see",
    **dict.fromkeys(("casework_person_placed", "casework_persons_merged"), "the same, later"),
    "casework_never_stored": "reads the kind of a document, whoever writes its versions",
    "casework_transfer_accepted": "moves a case into which who takes it over cannot write before",
    "forget_with_person": "takes away what a person kept who is deactivated, by whomever",
    "open_count_of_all": "reads offices, for the worker alone",
    **dict.fromkeys(("open_context", "open_count_context"), "reads memberships of anyone"),
    **dict.fromkeys(("note_asked_of_all", "follow_law"), "cases follow a rule or law"),
    "stage_outside": "whether a stage is on record that a version leaves out; a yes or no",
    "count_asked": "how many are asked of a rule, rounded up to tens, for who sees no case",
    "held_by": "numbers of what rests on a person by office, for who sees no case",
    "chain_settled": "a number of an event",
    "chain_events": "chains the history, which no role could; for workers",
    "chain_waits_since": "a moment, of events that most who ask may not see",
    "chain_left": "notes where the head of the chain went; for workers",
    "read_after_leaving": "how many cases, for an auditor alone",
    "retention_victims_of": "ids of persons who are in no other case, for the erasure of one",
    "retention_records_of": "all records of a person, for the erasure of one",
    "retention_person_is_held": "whether a case of a person is held; a yes or no",
    **dict.fromkeys(("retention_case_stays", "retention_person_stays"), "why it stays, in a word"),
    "retention_old_events": "numbers of events that have had their time",
    "retention_old_ranges": "the same as runs of numbers, for the worker",
    "retention_old_figures": "figures that have had their time",
    "retention_has_old": "whether there are any, for the worker; a yes or no",
    "retention_take_old": "takes away what two persons confirmed, for the worker",
    **dict.fromkeys(("retention_offenders_of", "retention_networks_of"), "the same of these"),
    "retention_cases_of": "all cases of a person, for a hold on the person",
    "retention_hold_locks": "locks cases that the one who holds may not see",
    "retention_is_held": "whether a case is held; a yes or no",
    "retention_country_of": "the country of a place",
    "retention_clock": "cases that have had their time, for the worker",
    "retention_leave_anonymous": "counts by country, year and band in place of an erased case",
    "retention_erase": "erases what two persons confirmed and nothing holds, for the worker",
    **dict.fromkeys(("is_practice", "on_cases_across"), "what is for practice; a yes or no"),
    "practice_is_all_one_does": "reads roles of anyone, whoever gives one",
    "begin_practice": "lets somebody write invented cases who cannot sign in",
    "take_practice_away": "deletes cases of an office for practice, and no others",
    "retention_erase_rows": "its rows, by retention/declared.py",
    "stranded_by": "numbers of what would be left to nobody, for who sees no case",
    "sealings_in": "a number for a digest, of rows most who ask may not see",
    "note_asked": "that rules are to be asked again of a case, whoever writes in it",
    "note_asked_of_case": "the same as the case itself changes",
    "forget_noted": "takes what is noted of a case that is erased, by whomever",
    "note_asked_of_team": "the same as somebody begins or stops to work on cases",
    **dict.fromkeys(("note_asked_of_persons", "note_asked_of_merged"), "of all a person is in"),
    "ask_again": "what the rules ask of a case is kept for all, whoever reads it first",
    "ask_longest_noted": "the same for the worker, of whatever office",
    "check_asked": "asks the rules of every case, for the worker at night",
    "note_change": "a mark that something was written, whoever writes",
    "number_rows": "gives what is written its number, whoever writes",
    "data_state": "how many marks there are; no row of anyone",
    "open_release_context": "which cases are sealed, for the report role alone, to be counted",
    "merge_reference": "moves what names a place, an agency or a provider, in whichever case",
    **{f"places_jurisdiction_{does}": "the closure of places" for does in ("link", "unlink")},
}


def rights(role, *kinds):
    """(table, right) this role holds, asked of the database itself."""
    return set(
        query(
            "select relname, kind from pg_class, unnest(%s) kind"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')"
            " and (has_table_privilege(%s, oid, kind) or kind in ('INSERT', 'UPDATE')"
            "      and has_any_column_privilege(%s, oid, kind))",
            list(kinds),
            role,
            role,
        )
    )


def rewritable_history():
    """Ways in which the application could change what was recorded."""
    return [
        f"{role} may {kind} {name}"
        for role in (APP, WORKER, REPORT)
        for name, kind in sorted(rights(role, "UPDATE", "DELETE", "TRUNCATE", "TRIGGER"))
        if name in append_only_tables()
    ]


def too_many_rights():
    """Rights beyond: the report role reads, app and worker write, delete what is declared."""
    found = [
        f"{REPORT} may {kind} {name}"
        for name, kind in rights(REPORT, "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
    ]
    for role in (APP, WORKER):
        found += [
            f"{role} may {kind} {name}"
            for name, kind in rights(role, "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES")
            if not (kind == "DELETE" and name in deletable_tables())
        ]
    kinds = ("SELECT", "INSERT", "UPDATE", "DELETE")
    apart = rights(APP, *kinds) ^ rights(WORKER, *kinds)
    return found + [f"app and worker differ: {one}" for one in apart]


def powerful_roles():
    """Roles that could step over the second wall."""
    rows = query(
        "select rolname from pg_roles where rolname = any(%s) and (rolsuper or rolbypassrls or"
        " rolcreaterole or rolreplication or pg_has_role(rolname, 'casework_owner', 'MEMBER')"
        " or has_schema_privilege(rolname, 'public', 'CREATE'))",
        [APP, WORKER, REPORT],
    )
    return [role for (role,) in rows]


def owners_functions():
    """Functions with the owner's rights that nobody listed, or that a search path could divert."""
    rows = query(
        "select proname, coalesce(array_to_string(proconfig, ','), '') from pg_proc"
        " where pronamespace = 'public'::regnamespace and prosecdef order by 1"
    )
    return [
        name
        for name, config in rows
        if name not in RUN_AS_OWNER or not config.startswith("search_path=public, pg_temp")
    ]


SWEEPS = [rewritable_history, too_many_rights, powerful_roles, owners_functions]


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda s: s.__name__)
def test_nothing_is_found(sweep):
    assert sweep() == []


FAULTS = {
    "audit can be changed": (
        "grant update on core_auditevent to casework_app",
        rewritable_history,
        ["casework_app may UPDATE core_auditevent"],
    ),
    "a column of history can be changed": (
        "grant update (level) on casework_caseevent to casework_worker",
        rewritable_history,
        ["casework_worker may UPDATE casework_caseevent"],
    ),
    "the report role writes": (
        "grant insert on casework_case to casework_report",
        too_many_rights,
        ["casework_report may INSERT casework_case"],
    ),
    "cases can be deleted": (
        "grant delete on casework_case to casework_app, casework_worker",
        too_many_rights,
        ["casework_app may DELETE casework_case", "casework_worker may DELETE casework_case"],
    ),
    "the worker lacks a table": (
        "revoke insert on core_job from casework_worker",
        too_many_rights,
        ["app and worker differ: ('core_job', 'INSERT')"],
    ),
    "a role makes tables": (
        "grant create on schema public to casework_app",
        powerful_roles,
        ["casework_app"],
    ),
    "a function of the owner": (
        "create function peek() returns bigint language sql security definer"
        " set search_path = public, pg_temp as 'select count(*) from casework_case'",
        owners_functions,
        ["peek"],
    ),
    "an open search path": (
        "alter function open_context(uuid) reset search_path",
        owners_functions,
        ["open_context"],
    ),
}


@pytest.mark.parametrize(("fault", "sweep", "finding"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(fault, sweep, finding):
    execute(fault)
    assert sweep() == finding


def test_every_table_of_history_is_append_only():
    assert {table(m) for m in histories()} | {"core_auditevent"} <= set(append_only_tables())


REWRITES = {  # every way to change or to lose what was recorded
    "change": "update {table} set {key} = {key}",
    "delete": "delete from {table}",
    "empty": "truncate {table}",
    "alter": "alter table {table} drop column {key}",
    "silence": "alter table {table} disable trigger all",
    "unwall": "alter table {table} disable row level security",
    "drop": "drop table {table}",
}


def history_keys():
    """The tables declared append-only, each with its key; one that was dropped is gone."""
    keys = {table(model): model._meta.pk.column for model in apps.get_models()}
    there = connection.introspection.table_names()
    return {name: keys[name] for name in append_only_tables() if name in there}


def accepted(statement):
    """(role, table) for which the database does what this statement says."""
    found = []
    for role in (APP, WORKER, REPORT):
        for name, key in history_keys().items():
            try:
                refused(role, statement.format(table=name, key=key))
                found.append((role, name))
            except DatabaseError as exc:
                if not re.search("permission denied|must be owner", str(exc)):
                    raise
    return found


@pytest.mark.parametrize("statement", REWRITES.values(), ids=REWRITES)
def test_the_database_refuses_to_change_the_trail(statement):
    """Not only by the list of rights: the statement itself, on every table of history."""
    assert {"core_auditevent", "casework_caseevent"} <= set(history_keys())
    assert accepted(statement) == []


@pytest.mark.parametrize(
    ("grant", "statement"),
    [
        ("grant delete on {table} to casework_worker", "delete"),
        ("grant truncate on {table} to casework_worker", "empty"),
        ("alter table {table} owner to casework_worker", "silence"),
        ("alter table {table} owner to casework_worker", "drop"),
    ],
)
def test_a_statement_that_is_not_refused_is_found(grant, statement):
    execute("grant create on schema public to casework_worker")
    execute(grant.format(table="victims_victimevent"))
    assert accepted(REWRITES[statement]) == [(WORKER, "victims_victimevent")]


def refused(role, statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', %s, true)", [role])
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["update {} set {} = {}", "delete from {}"])
def test_not_even_the_owner_changes_the_trail_by_mistake(statement):
    factories.case()
    AuditEvent.objects.create(kind="read", action="planted")
    for name, key in (("core_auditevent", "id"), ("casework_caseevent", "pgh_id")):
        with pytest.raises(DatabaseError, match=r"append-only|Cannot (update|delete)"):
            refused("none", statement.format(name, key, key))


def test_the_report_role_cannot_write():
    case = factories.case()
    for statement in (
        f"update casework_case set status = 'lead' where id = '{case.pk}'",
        "insert into core_idempotencykey default values",
        "delete from django_session",
    ):
        with pytest.raises(DatabaseError, match="permission denied"):
            refused(REPORT, statement)


def apply(**options):
    """As at the end of `migrate`; how many statements it took."""
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        grants.apply(cursor, **options)
    return [one["sql"] for one in asked if one["sql"].startswith(("grant", "revoke"))]


def test_grants_are_set_anew_after_a_fault():
    """`migrate` takes away what somebody gave by hand, and gives what somebody took."""
    execute("grant update, delete on core_auditevent to casework_app, casework_report")
    execute("grant select on victims_identity to public, casework_report")
    execute("revoke insert on casework_case from casework_worker")
    apply()
    assert [sweep() for sweep in SWEEPS] == [[]] * len(SWEEPS)
    assert query("select has_any_column_privilege('public', 'victims_identity', 'select')") == [
        (False,)
    ]
    assert query(
        "select has_column_privilege('casework_report', 'victims_identity', 'full_name', 'select'),"
        " has_table_privilege('casework_worker', 'casework_case', 'insert')"
    ) == [(False, True)]


def test_grants_that_stand_are_not_touched():
    assert apply() == []


def test_of_a_schema_that_is_not_whole_nobody_has_a_right():
    apply(serving=False)
    assert rights(APP, "SELECT", "INSERT") | rights(REPORT, "SELECT") == set()
    apply()
    assert too_many_rights() == []


def test_a_missing_role_is_named(settings):
    settings.GRANTED_ROLES = settings.GRANTED_ROLES | {"report": "casework_nobody"}
    with pytest.raises(SystemExit, match=r"lacks the roles casework_nobody\..*provision_roles"):
        apply()


def test_every_deletable_table_is_meant():
    """A new one needs a second look, and its name here."""
    marked = {m._meta.label for m in apps.get_models() if getattr(m, "deletable", False)}
    assert marked == {
        *("core.IdempotencyKey", "core.Draft", "intake.BoxPart"),
        *("accounts.SavedView", "casework.OpenedCase"),  # of one person, and no record of a case
        # What was told, and each try: a log of 30 days, of ids.
        "exchange.Attempt",
        "exchange.Delivery",
        "exchange.ExportedCase",  # what a file holds, while the file is there
        # Links and spellings put right; what stood there stays in the history of values.
        "prosecutions.Alias",
        *("prosecutions.ChargeVictim", "prosecutions.CompensationShare"),
        "prosecutions.CorridorLeg",
        *("places.Outline", "studies.Pair"),
        "victims.RouteStop",
        # Entered in error, and struck; likewise in the history of values.
        "prosecutions.Accusation",
        "prosecutions.Appeal",
        "prosecutions.Arrest",
        "prosecutions.AssistanceRequest",
        "prosecutions.Charge",
        "prosecutions.ChargeDecision",
        "prosecutions.CompensationPayment",
        "prosecutions.Complaint",
        "prosecutions.ComplaintSuspect",
        "prosecutions.Corridor",
        "prosecutions.Custody",
        "prosecutions.Hearing",
        "prosecutions.Judgment",
        "prosecutions.NetworkMember",
        "prosecutions.Participation",
        "prosecutions.PoliceReport",
        "prosecutions.Prosecution",
        "prosecutions.ProtectiveMeasure",
        "prosecutions.Sentence",
        "prosecutions.StageReached",
        "prosecutions.Suspect",
        "prosecutions.SuspectMet",
    }
