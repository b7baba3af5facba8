"""What the walls cost: a list with its rule, its policy and its record against the bare one, a
list of a person of single cases against the same list unscoped, one row written with triggers,
history and policies against the same row in a bare table.

Both sides of a list find out who asks and by which roles, as anybody has to who signs in. Ours then
opens the context (the second wall's sum), asks how the person stands to cases (the first wall's),
reads by rule and policy and, for cases, writes the record of the read and commits it; the bare side
reads as the owner. Both by the ORM, its words made anew. Then the statements of the same lists
alone, in an open context: what rule and policy cost in PostgreSQL.

Both sides of a written row open the context in their transaction. Ours has the trigger that copies
the scope, the history, what tells figures of a change, foreign keys and policies; the bare table
has the same columns and indexes, and none of these.
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from benchmarks.harness import Side, compare, connect, load, scratch_database

ROWS = 20  # a team of the load has few cases at a small scale: take 0.1 or more
MANAGER, OFFICER = "load-3", "load-0"  # of a whole office, and of the cases of a team
BARE = """
create table bare_lead (like casework_lead including all);
create table bare_case (like casework_case including all)
"""
COLUMNS = """
insert into {table} (id, version, created_at, updated_at, case_id, {scope} code, source,
                     reliability, jurisdiction_id, received_on, ended)
select gen_random_uuid(), 1, now(), now(), id, {given} gen_random_uuid()::text::varchar(20),
       'hotline', 'unknown', jurisdiction_id, '2026-01-02', '' from {cases} where id = %s
"""


class Walls:
    """Reads through both walls, and the same without them as the owner."""

    def __init__(self, owner: Any, urls: dict[str, str]) -> None:
        from accounts.models import User  # noqa: PLC0415 - set up just now

        self.owner, self.app = owner, connect(urls["app"])
        self.app.autocommit = False
        self.bare = connect(urls["owner"])
        self.bare.autocommit = False
        self.manager, self.officer = (
            User.objects.get(username=name) for name in (MANAGER, OFFICER)
        )

    def read(self, model: Any, user: Any, order: list[str], record: bool) -> Any:
        """As a service reads: rule, policy, and where it is asked for the record of the read."""
        from core import audit  # noqa: PLC0415 - set up just now
        from core.context import acting_as  # noqa: PLC0415

        user = type(user).objects.get(pk=user.pk)  # the scope is resolved anew
        with acting_as(user.pk):
            rows = list(model.objects.visible_to(user).order_by(*order)[:ROWS])
            if record:
                label, ids = model._meta.label, [row.pk for row in rows]
                audit.read_rows("measured", label, ids, actor=user, shown=audit.about(rows, user))
        return len(rows)

    def unscoped(self, model: Any, user: Any, order: list[str]) -> Any:
        """Who asks, by which roles, and the list."""
        from django.db import connections  # noqa: PLC0415

        from accounts.models.people import _held  # noqa: PLC0415 - set up just now

        user = type(user).objects.using("plain").get(pk=user.pk)
        text, given = _held._words
        with connections["plain"].cursor() as cursor:
            cursor.execute(text, [user.pk if one == _held._stands else one for one in given])
            user.held = cursor.fetchall()
        if not user.has_perm(model.access.view):
            raise PermissionError
        return len(list(model.objects.using("plain").order_by(*order)[:ROWS]))

    def statements(self, model: Any, user: Any, order: list[str]) -> list[Any]:
        """The same two lists as statements alone, each in a transaction that stays open."""
        from core.context import acting_as  # noqa: PLC0415 - set up just now

        with acting_as(user.pk):
            ours = model.objects.visible_to(user).order_by(*order)[:ROWS].query.sql_with_params()
        bare = model.objects.order_by(*order)[:ROWS].query.sql_with_params()
        self.app.rollback()
        with self.app.cursor() as cursor:
            cursor.execute("select open_context(%s)", [str(user.pk)])
        calls = (partial(_fetch, c, *said) for c, said in ((self.app, ours), (self.bare, bare)))
        backends = partial(_pid, self.app), partial(_pid, self.bare)
        names = "ours", "bare statement"
        return [
            Side(name, call, backend, call)
            for name, call, backend in zip(names, calls, backends, strict=True)
        ]

    def write(self, connection: Any, statement: str, case: Any, user: Any) -> int:
        with connection, connection.cursor() as cursor:
            cursor.execute("select open_context(%s)", [user])
            cursor.execute(statement, [case])
            return int(cursor.rowcount)


def main(scale: float) -> None:
    with scratch_database() as urls:
        load(urls, scale)
        from django.db import connections  # noqa: PLC0415 - set up just now

        from casework.models import Case  # noqa: PLC0415
        from victims.models import Involvement  # noqa: PLC0415

        owner = connect(urls["owner"])
        with owner.cursor() as cursor:
            cursor.execute("set statement_timeout = 0")
            cursor.execute(BARE)
            cursor.execute("insert into bare_case select * from casework_case limit 1000")
            cursor.execute(
                "select id, office_id from bare_case where level = 1 and office_id ="
                " md5('office3')::uuid limit 1"
            )
            case, office = map(str, cursor.fetchone())
            cursor.execute("vacuum analyze")
        walls, said = Walls(owner, urls), f"{int(250_000 * scale):,} cases"

        def side(name: str, alias: str, call: Any) -> Side:
            return Side(name, call, lambda: _pid(connections[alias].connection), call)

        newest = ["-opened_on", "-id"]
        for name, model, user, order, record in (
            ("list of cases with rule, policy and record", Case, walls.manager, newest, True),
            ("list of survivors of a team's cases", Involvement, walls.officer, ["-id"], False),
        ):
            us = side("ours", "default", partial(walls.read, model, user, order, record))
            bare = side("bare list", "plain", partial(walls.unscoped, model, user, order))
            compare(f"{name}, {said}", us, bare, owner=owner, reach="<= 2", calls=10)
            us, bare = walls.statements(model, user, order)
            compare(f"{name}, the statement alone", us, bare, owner=owner)
            walls.app.rollback()
            walls.bare.rollback()

        ours = COLUMNS.format(table="casework_lead", scope="", given="", cases="casework_case")
        scope = f"'{office}', 2,"
        plain = COLUMNS.format(
            table="bare_lead", scope="office_id, level,", given=scope, cases="bare_case"
        )
        user = str(walls.manager.pk)
        us, bare = (
            Side(name, call, partial(_pid, connection), call)
            for name, connection, call in (
                ("ours", walls.app, partial(walls.write, walls.app, ours, case, user)),
                ("bare insert", walls.bare, partial(walls.write, walls.bare, plain, case, user)),
            )
        )
        compare("one row written", us, bare, owner=owner, reach="<= 1.5")


def _fetch(connection: Any, statement: str, values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return len(cursor.fetchall())


def _pid(connection: Any) -> int:
    return int(connection.info.backend_pid)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    main(parser.parse_args().scale)
