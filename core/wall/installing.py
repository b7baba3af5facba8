"""One step puts the wall up after `migrate`, as often as one likes: what stands is not touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import ProgrammingError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from core.wall import catalogue, grants
from core.wall.pieces import Name, Piece, pieces

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

LOCK = 20_250_002  # one at a time
HANGS = """
select format('drop trigger %%I on %%s', tgname, tgrelid::regclass) from pg_trigger
 where tgfoid = any (%s::regprocedure[]) and not tgisinternal
union all
select format('drop policy %%I on %%s', p.polname, p.polrelid::regclass)
  from pg_policy p join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
 where d.refclassid = 'pg_proc'::regclass and d.refobjid = any (%s::regprocedure[])
"""
RIGHTS = """
select format('revoke all on function %%s from %%s', p.oid::regprocedure, x.grantee::regrole)
  from pg_proc p, aclexplode(p.proacl) x
 where p.oid = %s::regprocedure and x.grantee not in (0, p.proowner)
union all select format('grant execute on function %%s to public', %s)
"""
CALLED = """
select count(*) from pg_proc where pronamespace = 'public'::regnamespace and proname = %s
"""
ROW_SECURITY = """
select format('alter table %I %s row level security, %s row level security', c.relname,
              case when walled then 'enable' else 'disable' end,
              case when walled then 'force' else 'no force' end)
  from pg_class c
  join lateral (select exists (select from pg_policy where polrelid = c.oid) as walled) w on true
 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
   and (c.relrowsecurity, c.relforcerowsecurity) <> (walled, walled)
"""


def install(using: str = "default") -> bool:
    """Make the database say what the files say, and nothing else; whether it could.

    Of a schema that is not whole (migrated to a point, or backwards) nobody serves: all rights are
    taken until the wall stands again.
    """
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        whole = is_whole(using)
        if whole:
            wanted = pieces()
            if changed := catalogue.differences(cursor, wanted):
                _mend(cursor, wanted, changed)
            _run(cursor, _asked(cursor, ROW_SECURITY))
        grants.apply(cursor, serving=whole)
    return whole


def is_whole(using: str = "default") -> bool:
    """Whether every migration of this code was made."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _mend(cursor: CursorWrapper, wanted: dict[Name, Piece], changed: dict[Name, str]) -> None:
    """Functions first, since triggers and policies call them; those that no file names go last."""
    # A setting of an extension is known once the extension is used (`sounds.sql`).
    cursor.execute("select word_similarity('', '')")
    cursor.execute("set local check_function_bodies = off")
    there = catalogue.pieces_in(cursor)
    functions = [p for name, p in wanted.items() if name.kind == "function" and name in changed]
    for piece in functions:
        _put(cursor, piece, there.get(piece.name, []))
    hanging = catalogue.differences(cursor, wanted)
    calling = [name for name in hanging if name.kind != "function"]
    _run(cursor, [f"drop {name}" for name in calling if hanging[name] != "missing"])
    _run(cursor, [wanted[name].sql for name in calling if name in wanted])
    for name in hanging.keys() - wanted.keys():
        if name.kind == "function":
            _drop(cursor, [copy.called for copy in catalogue.pieces_in(cursor)[name]])
    # Once more, now that all that they call is there: PostgreSQL reads their bodies.
    cursor.execute("set local check_function_bodies = on")
    _run(cursor, [_replacing(piece) for piece in functions])
    _mark(cursor, wanted)


def _put(cursor: CursorWrapper, piece: Piece, there: list[catalogue.Installed]) -> None:
    """In its place, where that can be; else what hangs from it goes and is made anew after it."""
    called = [copy.called for copy in there]
    try:
        with transaction.atomic(cursor.db.alias):
            for name in called:
                _run(cursor, _asked(cursor, RIGHTS, name, name))
            cursor.execute(_replacing(piece))
            if _asked(cursor, CALLED, piece.name.name) == [1]:
                return
            raise ProgrammingError("The same name, other arguments.")
    except ProgrammingError:
        if not called:
            raise
    _drop(cursor, called)
    cursor.execute(piece.sql)


def _drop(cursor: CursorWrapper, functions: list[str]) -> None:
    _run(cursor, _asked(cursor, HANGS, functions, functions))
    _run(cursor, [f"drop function {function}" for function in functions])


def _replacing(piece: Piece) -> str:
    return piece.sql.replace("create function", "create or replace function", 1)


def _mark(cursor: CursorWrapper, wanted: dict[Name, Piece]) -> None:
    there = catalogue.pieces_in(cursor)
    marks = []
    for name in catalogue.differences(cursor, wanted):
        (copy,) = there[name]
        at = f"function {copy.called}" if name.kind == "function" else name
        marks.append(f"comment on {at} is '{catalogue.mark(wanted[name], copy.says)}'")
    _run(cursor, marks)


def _asked(cursor: CursorWrapper, question: str, *values: Any) -> list[Any]:
    """The one column of an answer: statements, as the database words them."""
    cursor.execute(question, values or None)
    return [answer for (answer,) in cursor.fetchall()]


def _run(cursor: CursorWrapper, statements: list[str]) -> None:
    if statements:
        cursor.execute(";\n".join(statement.rstrip().rstrip(";") for statement in statements))
