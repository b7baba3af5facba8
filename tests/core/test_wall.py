"""The database says what core/wall says, and nothing else; putting it up again changes nothing."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from core import wall
from core.wall import catalogue, installing
from core.wall.pieces import Name, sources
from tests import factories
from tests.meta.tables import execute, query, table, walled

pytestmark = pytest.mark.django_db
CHANGES = ("create", "drop", "alter", "comment", "grant", "revoke")


def differences():
    with connection.cursor() as cursor:
        return catalogue.differences(cursor, wall.pieces())


def put_up():
    """The statements by which something was changed."""
    with CaptureQueriesContext(connection) as asked:
        assert wall.install()
    return [one["sql"] for one in asked if one["sql"].lstrip().startswith(CHANGES)]


def everything():
    """All that the wall is made of, as the catalogue has it: marks and rights, too."""
    with connection.cursor() as cursor:
        there = catalogue.pieces_in(cursor)
    secured = query(
        "select relname, relrowsecurity, relforcerowsecurity, relacl::text from pg_class"
        " where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') order by 1"
    )
    columns = query(
        "select attrelid::regclass::text, attname, attacl::text from pg_attribute"
        " where attacl is not null order by 1, 2"
    )
    return there, [(name, on, forced, rights(acl)) for name, on, forced, acl in secured], columns


def rights(acl):
    """What the owner may do to its own goes without saying."""
    return sorted(
        one for one in (acl or "{}").strip("{}").split(",") if "owner=" not in one and one
    )


def test_the_database_says_what_the_files_say():
    assert differences() == {}


def test_what_stands_is_left_alone_also_under_rows_that_are_in_use():
    factories.FACTORIES[walled()[0]]()
    assert put_up() == []


@pytest.mark.django_db(databases=["default", "aside"])
def test_nobody_who_works_is_waited_for():
    """Whoever reads while the wall is put up again keeps reading, and holds nobody up."""
    with connections["aside"].cursor() as reader, connection.cursor() as owner:
        for model in walled():
            reader.execute(f"select from {table(model)} limit 1")
        owner.execute("set local lock_timeout = '1s'")
        assert put_up() == []


@pytest.mark.nightly
def test_a_wall_put_up_from_nothing_is_the_same():
    """Everything taken away, and made of the files alone."""
    before = everything()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for name in before[0]:
            if name.kind != "function":
                cursor.execute(f"drop {name}")
        for name, found in before[0].items():
            if name.kind == "function":
                cursor.execute(f"drop function {found[0].called}")
        cursor.execute(
            "revoke all on all tables in schema public"
            " from casework_app, casework_worker, casework_report"
        )
    assert len(differences()) == len(wall.pieces()) > 1000
    put_up()
    after = everything()
    assert after[0] == before[0]
    assert after[1] == before[1]
    assert after[2] == before[2]


BY_HAND = {
    "a function": (
        "create or replace function office_depth(role text) returns integer immutable language sql"
        " as 'select 3'",
        Name("function", "office_depth", ""),
        "not as context.sql says",
    ),
    "a right": (
        "grant execute on function victims_identities_to_match() to casework_app",
        Name("function", "victims_identities_to_match", ""),
        "not as matching.sql says",
    ),
    "a setting": (
        "alter function open_context(uuid) reset search_path",
        Name("function", "open_context", ""),
        "not as context.sql says",
    ),
    "the same name with other arguments": (
        "create function vouched(said text) returns boolean language sql as 'select true'",
        Name("function", "vouched", ""),
        "not as vouching.sql says",
    ),
    "a function that calls": (
        "drop function casework_copy_scope() cascade",
        Name("trigger", "casework_site_scope", "casework_site"),
        "missing",
    ),
    "a trigger": (
        "alter table accounts_user disable trigger accounts_user_guard",
        Name("trigger", "accounts_user_guard", "accounts_user"),
        "not as accounts.sql says",
    ),
    "a policy": (
        "alter policy in_scope on casework_case using (true)",
        Name("policy", "in_scope", "casework_case"),
        "not as tables.py says",
    ),
    "one more policy": (
        "create policy everybody on casework_case using (true)",
        Name("policy", "everybody", "casework_case"),
        "in no file",
    ),
    "one more function": (
        "create function peek() returns bigint language sql as 'select 1::bigint'",
        Name("function", "peek", ""),
        "in no file",
    ),
}


@pytest.mark.parametrize(("statement", "name", "why"), BY_HAND.values(), ids=BY_HAND)
@pytest.mark.by_turns(9)
def test_what_is_changed_by_hand_is_found_and_put_right(statement, name, why):
    before = everything()
    execute(statement)
    assert differences()[name] == why
    put_up()
    assert everything() == before


def test_row_security_that_was_switched_off_is_on_again():
    execute("alter table casework_case no force row level security")
    execute("alter table victims_identity disable row level security")
    (statements,) = put_up()
    assert "alter table casework_case" in statements
    assert "alter table victims_identity" in statements
    assert put_up() == []


def planted(monkeypatch, text):
    monkeypatch.setitem(wall.makers, "planted", lambda: text)


SEEN = "create function seen({}) returns boolean language sql as 'select true';\n"
BARRED = "create policy barred on casework_site for select to casework_report using (seen({}));"


def test_a_function_takes_other_arguments_and_what_calls_it_follows(monkeypatch):
    planted(monkeypatch, SEEN.format("") + BARRED.format(""))
    put_up()
    planted(monkeypatch, SEEN.format("level int") + BARRED.format("2"))
    put_up()
    assert query("select oid::regprocedure::text from pg_proc where proname = 'seen'") == [
        ("seen(integer)",)
    ]
    assert differences() == {}


def test_what_no_file_says_any_more_is_taken_away(monkeypatch):
    before = everything()
    planted(monkeypatch, SEEN.format("") + BARRED.format(""))
    put_up()
    assert everything() != before
    monkeypatch.delitem(wall.makers, "planted")
    put_up()
    assert everything() == before


def test_a_body_that_names_what_is_not_there_is_refused(monkeypatch):
    body = "create function seen() returns int language sql as 'select nobody from casework_case'"
    planted(monkeypatch, body)
    with pytest.raises(DatabaseError, match="nobody"), transaction.atomic():
        wall.install()


def test_while_migrations_are_missing_nobody_serves(monkeypatch):
    monkeypatch.setattr(installing, "is_whole", lambda using: False)
    with transaction.atomic():
        assert not wall.install()
        asked = query("select has_table_privilege('casework_app', 'casework_case', 'select')")
        assert asked == [(False,)]
        transaction.set_rollback(True)


def test_every_piece_of_a_file_is_read():
    """One that begins otherwise would be taken for a part of the piece before it."""
    begins = re.compile(r"^\s*create\s+(?!temp\b)", re.IGNORECASE | re.MULTILINE)
    for piece in wall.pieces().values():
        assert len(begins.findall(piece.sql)) == 1, piece.name
        assert piece.name.table or piece.name.kind == "function", piece.name


def test_every_file_says_what_it_is_for():
    for source, text in sources():
        if source.endswith(".sql"):
            assert text.startswith("-- "), source


def test_one_name_is_said_once(monkeypatch):
    planted(monkeypatch, "create function vouched() returns boolean language sql as 'select true'")
    with pytest.raises(ValueError, match="function vouched"):
        wall.pieces()
