"""The wall as the database has it, and where that is not what the files say.

With each piece stands a mark, as its comment: of the text it was made from, and of what the
database made of it. So whatever is changed by hand is found, and what stands is left alone.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from core.wall.pieces import Name, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.utils import CursorWrapper

# Those of extensions, of types and of pgtrigger, which keeps marks of its own, are not ours.
FUNCTIONS = """
select 'function', p.proname, '', p.oid::regprocedure::text,
       pg_get_functiondef(p.oid) || (
         select string_agg(x.grantee || ' ' || x.privilege_type, ',' order by x.grantee)
           from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x),
       obj_description(p.oid, 'pg_proc')
  from pg_proc p
 where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
   and p.proname !~ '^_?pgtrigger_'
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass
                      and d.objid = p.oid and d.deptype in ('e', 'i'))
"""
TRIGGERS = """
select 'trigger', t.tgname, c.relname, '', pg_get_triggerdef(t.oid) || t.tgenabled::text,
       obj_description(t.oid, 'pg_trigger')
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
 where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
   and t.tgname !~ '^pgtrigger_'
"""
POLICIES = """
select 'policy', p.polname, c.relname, '',
       concat_ws('|', p.polcmd::text, p.polpermissive, p.polroles::regrole[]::text,
                 pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)),
       obj_description(p.oid, 'pg_policy')
  from pg_policy p join pg_class c on c.oid = p.polrelid
 where c.relnamespace = 'public'::regnamespace
"""
EVERYTHING = f"{FUNCTIONS} union all {TRIGGERS} union all {POLICIES}"


class Installed(NamedTuple):
    """A piece in the database: how it is called there, what it says, the mark that stands by it."""

    called: str
    says: str
    mark: str | None


def pieces_in(cursor: CursorWrapper) -> dict[Name, list[Installed]]:
    """Functions may be there several times under one name, with other arguments."""
    cursor.execute("set local search_path = public, pg_temp")
    cursor.execute(EVERYTHING)
    there: dict[Name, list[Installed]] = {}
    for kind, name, table, *rest in cursor.fetchall():
        there.setdefault(Name(kind, name, table), []).append(Installed(*rest))
    return there


def mark(piece: Piece, says: str) -> str:
    digest = sha256("\n".join([piece.sql, says]).encode()).hexdigest()
    return f"{piece.source} {digest[:16]}"


def stands(piece: Piece, there: Iterable[Installed]) -> bool:
    """Whether this is in the database once, as it was made from this text."""
    return [copy.mark for copy in there] == [mark(piece, copy.says) for copy in there][:1]


def differences(cursor: CursorWrapper, wanted: dict[Name, Piece]) -> dict[Name, str]:
    """What is missing, what is otherwise, and what is there and stands in no file."""
    there = pieces_in(cursor)
    missing = dict.fromkeys(wanted.keys() - there.keys(), "missing")
    otherwise = {
        name: f"not as {wanted[name].source} says"
        for name in wanted.keys() & there.keys()
        if not stands(wanted[name], there[name])
    }
    return missing | otherwise | dict.fromkeys(there.keys() - wanted.keys(), "in no file")
