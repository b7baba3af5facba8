"""What a reader's figures are made of: both walls agree, and the report role reads no names.

Wall 1 is `countable_by`, run as the owner; wall 2 is what the report role is given within
`counting_as`. The oracle is written apart from both.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from aftercare.models import Referral
from casework.models import Case
from core import scopes
from core.context import acting_as, counting_as
from core.fields import EncryptedTextField
from reports.readers import Reporter
from tests import factories
from tests.meta.matrix import NAMED, sees
from tests.meta.relations import PEOPLE, RELATIONS, place
from tests.meta.rows import sent_referral
from tests.meta.tables import execute, histories, is_event, query, table, walled
from tests.meta.test_walls import by_case
from tests.meta.test_walls import world as world  # noqa: PLC0414 - a fixture, made once here too
from tests.whole import some

pytestmark = pytest.mark.django_db

# decisions.md: whoever reads reports counts whole offices, and the sealed cases naming the reader.
READERS = {
    "field_officer",
    "aftercare_worker",
    "legal_officer",
    "case_manager",
    "programme_manager",
    "data_officer",
}
# Names and secrets: the report role reads none of them.
HIDDEN = {
    "aftercare_bankreference": ("text",),
    "aftercare_escort": ("text",),
    "aftercare_goal": ("text",),
    "aftercare_placement": ("override", "apart"),
    "aftercare_progressnote": ("text",),
    "aftercare_sessionnote": ("text",),
    "accounts_savedview": ("name",),
    "accounts_user": ("username", "name", "email", "password"),
    "accounts_apikey": ("digest",),
    "casework_breakglass": ("reason", "remark"),
    "casework_closingwords": ("note", "override", "reopened_for"),
    "casework_conflict": ("lifted_reason",),
    "casework_disclosure": ("document", "reason"),
    "prosecutions_answer": ("words", "reason"),
    "casework_leadwords": ("text", "informant", "exact_place"),
    "casework_narrative": ("text",),
    "casework_rescueplan": ("content",),
    "casework_note": ("text",),
    "casework_formernote": ("text",),
    "casework_documentversion": ("name", "remark"),
    "casework_custodyevent": ("person", "remark"),
    "casework_storedfile": ("data_key",),
    "casework_recognition": ("reason",),
    "casework_seal": ("reason", "asked_reason"),
    "casework_siteplace": ("text",),
    "casework_snooze": ("reason",),
    "casework_stepwords": ("text",),
    "casework_task": ("what", "reason"),
    "core_installation": ("sealed",),
    "casework_transfer": ("reason", "answer"),
    "casework_openedcase": ("of_case",),
    "core_draft": ("address", "about", "content"),
    "core_idempotencykey": ("digest", "answer"),
    "django_session": ("session_key", "session_data"),
    "exchange_export": ("passphrase", "data_key"),
    "exchange_imported": ("outside_case", "outside_person", "kept"),
    "exchange_webhook": ("secret", "former_secret"),
    "exchange_workbookimport": ("data_key", "found"),
    "intake_box": ("digest", "words"),
    "intake_boxpart": ("sealed",),
    "intake_extract": ("reason", "share"),
    "intake_phone": ("name", "key", "fingerprint", "private", "digest", "word", "word_before"),
    "prosecutions_calendarfeed": ("digest",),
    "questions_reply": ("answers",),
    "questions_replyevent": ("answers",),
    "questions_replywords": ("text",),
    "reports_outsideaddress": ("contact", "email", "organisation", "purpose"),
    "retention_erasure": ("kept_for",),
    "retention_legalhold": ("reason", "lifting_reason"),
    "prosecutions_alias": ("name", "latin"),
    "prosecutions_aliasevent": ("name", "latin"),
    "prosecutions_perpetrator": ("name", "latin"),
    "prosecutions_perpetratorevent": ("name", "latin"),
    "victims_evidence": ("text",),
    "victims_formeridentity": ("value",),
    "victims_particular": ("text",),
    "victims_identity": ("full_name", "latin_name", "born_on", "documents", "contacts"),
}


def counts(person, relation):
    """Are the rows of such a case in this person's figures?"""
    reads = [at for role, at in person.roles if role in READERS]
    if not person.active or person.over or person.to_come or not reads:
        return False
    if relation.sealed:  # named are those who work on cases
        works = any(sees(role, "sealed and named") for role, _at in person.roles)
        return relation.named and bool(relation.team) and works
    return bool({relation.at, "global"} & {*reads})


def in_wall_1(reader):
    return {m: set(m.objects.countable_by(reader).values_list("pk", flat=True)) for m in walled()}


def in_wall_2(reader):
    with counting_as(reader.pk):
        return {
            m: {pk for (pk,) in query(f"select {m._meta.pk.column} from {table(m)}")}
            for m in [*walled(), *histories()]
        }


def disagreements(reader, world, right):
    """Where a wall counts what the oracle leaves out, or leaves out what it counts."""
    walls = {"wall 1": in_wall_1(reader), "wall 2": in_wall_2(reader)}
    found = []
    for model in [*walled(), *histories()]:
        files = by_case(model)
        for name in RELATIONS:
            rows = files[world[name].pk]
            assert rows, f"{table(model)} has no row for {name}"
            counted = name in right and table(model) not in NAMED  # those are in no figure
            found += [
                f"{table(model)}: {name}: {wall} {'hides' if counted else 'shows'}"
                for wall, shown in walls.items()
                if model in shown and shown[model] & rows != (rows if counted else set())
            ]
    return found


def found_for(name, world):
    person = PEOPLE[name]
    right = {of for of, relation in RELATIONS.items() if counts(person, relation)}
    return disagreements(place(person, world), world, right)


@pytest.mark.parametrize("name", some(tuple(PEOPLE), "counting", 12))
@pytest.mark.by_turns(10)
def test_both_walls_and_the_oracle_agree(world, name):
    assert found_for(name, world) == []


def test_the_reporter_counts_every_office_and_no_sealed_case(world):
    right = {name for name, relation in RELATIONS.items() if not relation.sealed}
    assert disagreements(Reporter(), world, right) == []


def test_the_oracle_says_both_yes_and_no_for_sealed_and_open_cases():
    for sealed in (True, False):
        relations = [r for r in RELATIONS.values() if r.sealed is sealed]
        assert {counts(p, r) for p in PEOPLE.values() for r in relations} == {True, False}


def test_working_for_a_provider_adds_nothing_to_the_figures():
    """The context of the request stays set while its reader counts."""
    reader = factories.user("data_officer", factories.office("manila", "PH-MNL"))
    referral = sent_referral(to=factories.provider_staff(user=reader).provider)
    assert referral.case.office != reader.memberships.get().office
    with acting_as(reader.pk):
        counted = in_wall_2(reader)[Referral]
        assert counted == in_wall_1(reader)[Referral]
    assert referral.pk not in counted


# Names and secrets; and nothing is written.


def refused(statement):
    """Whether the database denies this to whoever counts."""
    try:
        with transaction.atomic(), counting_as(None), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return "permission denied" in str(error)
    return False


def hidden_columns():
    return {(name, column) for name, columns in HIDDEN.items() for column in columns}


def readable():
    """Names and secrets that may be read, also by a condition or an order."""
    forms = ("select {c} from {t}", "select 1 from {t} where {c} is null", "select * from {t}")
    return [
        form.format(c=column, t=name)
        for name, columns in HIDDEN.items()
        for column in columns
        for form in forms
        if not refused(form.format(c=column, t=name))
    ]


def writable():
    forms = ("insert into {t} default values", "update {t} set {c} = {c}", "delete from {t}")
    statements = [
        form.format(t=table(m), c=m._meta.pk.column)
        for m in [*walled(), *histories(), *apps.get_app_config("reports").get_models()]
        for form in forms
    ]
    return [statement for statement in statements if not refused(statement)]


def test_names_and_secrets_cannot_be_read():
    assert readable() == []


def test_every_encrypted_column_is_in_the_list():
    columns = {
        (table(m), f.column)
        for m in apps.get_models()
        if not is_event(m)
        for f in m._meta.fields
        if isinstance(f, EncryptedTextField)
    }
    assert columns <= hidden_columns()


def test_history_tells_no_name():
    """Else a former value would tell what the row itself hides; or it is hidden there, too."""
    kept = {
        (table(m), f.column)
        for m in histories()
        for f in m._meta.fields
        if f.column in HIDDEN.get(table(m.pgh_tracked_model), ())
    }
    assert kept <= hidden_columns()


def test_only_the_worker_counts_without_a_reader():
    factories.case()
    unsealed = Case.objects.filter(level__lt=4).count()

    def count_as(role):
        with transaction.atomic():
            query("select set_config('role', %s, true)", role)
            with counting_as(None):
                found = query("select count(*) from casework_case")
            transaction.set_rollback(True)
        return found

    assert count_as("casework_worker") == [(unsealed,)]
    for role in ("casework_app", "casework_report"):
        with pytest.raises(DatabaseError, match="permission denied for function open_count_of_all"):
            count_as(role)


def test_as_nobody_the_application_counts_nothing():
    factories.case()
    with transaction.atomic():
        query("select open_count_context(null)")
        query("select set_config('role', 'casework_report', true)")
        assert query("select count(*) from casework_case") == [(0,)]
        transaction.set_rollback(True)


def test_nothing_can_be_written():
    assert writable() == []


def test_the_role_before_is_back_afterwards(case_manager):
    before = query("select current_user")
    with counting_as(case_manager.pk):
        assert query("select current_user") == [("casework_report",)]
    assert query("select current_user") == before
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'casework_report', true)")
        assert query("select count(*) from casework_case") == [(0,)]
        cursor.execute("select set_config('role', 'none', true)")


# Planted faults

LEAD = "case_manager in the office"
SEALED = ["sealed", "sealed, on the team, not named", "sealed and named, ended"]


def test_a_policy_that_counts_sealed_cases_is_found(world):
    arrays = "nullif(current_setting('app.counted', true), '')::uuid[]"
    execute(f"alter policy counted on casework_site using (office_id = any ({arrays}))")
    assert {line for line in found_for(LEAD, world) if "shows" in line} == {
        f"casework_site: {relation}: wall 2 shows" for relation in SEALED
    }


def test_a_count_in_python_that_forgets_sealing_is_found(world, monkeypatch):
    monkeypatch.setattr(scopes, "SEALED", 5)
    assert set(found_for(LEAD, world)) == {
        f"{table(m)}: {relation}: wall 1 shows"
        for m in walled()
        if table(m) not in NAMED
        for relation in SEALED
    }


def test_a_name_given_to_the_report_role_is_found():
    factories.case()
    execute("grant select (text) on casework_siteplace to casework_report")
    assert readable() == [
        "select text from casework_siteplace",
        "select 1 from casework_siteplace where text is null",
        "select * from casework_siteplace",  # the text was the last column refused
    ]


def test_a_right_to_write_is_found():
    execute(f"grant delete on {table(Case)} to casework_report")
    assert writable() == ["delete from casework_case"]
