"""The hot lists of the interface, a deep page, one row, and what changed: each beside plain
ModelViewSet code and beside the SQL that gives the same.

Ours is the whole request, with the audited read. The SQL is one connection that looks the key up,
opens the context and lets PostgreSQL write the JSON, under the same row security and with the same
scope spelled out; it records nothing. The plain views (`naive/plain.py`) read as the owner, with no
row security, and record nothing either. The reader is a case manager of one of forty offices.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from functools import partial
from typing import Any

from benchmarks.harness import Side, compare, connect, load, scratch_database
from benchmarks.naive.application import application
from benchmarks.office import Caller, key_of

READER = "load-3"
DEEP = 20_000  # or as deep as the list of the reader goes
SINCE = "2020-01-01T00:00:00Z"
HEARINGS = """
insert into prosecutions_hearing (id, version, created_at, updated_at, case_id, office_id, level,
  prosecution_id, listed_on, listed_at, purpose, result, adjourned_for, no_next_date)
select md5('hearing' || p.id || n)::uuid, 1, now(), now(), case_id, office_id, level, id,
       filed_on + 30 * n, '10:30', 'evidence', 'held', '', ''
  from prosecutions_prosecution p, generate_series(1, 2) n
"""
MINE = "({t}.level < 4 and {t}.office_id = any (%s::uuid[]) or {case} = any (%s::uuid[]))"
OF_CASE = MINE.format(t="c", case="c.id")
OF_PART = MINE.format(t="c", case="c.case_id")
TIMES = """to_char(c.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at,
    to_char(c.updated_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as updated_at"""
CASES = f"""
  select c.id, c.reference, c.programme, o.code as office, p.code as jurisdiction, c.status,
    c.support_level, c.level = 4 as sealed, c.opened_on, c.closed_on, c.version, {TIMES}
  from casework_case c
  join accounts_office o on o.id = c.office_id
  join places_jurisdiction p on p.id = c.jurisdiction_id
  where {OF_CASE}"""
HEARING_ROWS = f"""
  select c.id, c.case_id as case, c.prosecution_id as prosecution, c.follows_id as follows,
    c.listed_on, to_char(c.listed_at, 'HH24:MI') as listed_at, c.purpose,
    c.room, c.judge, c.counsel, c.result, c.adjourned_for, c.no_next_date, c.version, {TIMES}
  from prosecutions_hearing c where {OF_PART}"""
SURVIVORS = f"""
  select c.id, c.case_id as case, c.victim_id as victim, c.rescue_id as rescue, c.code, c.outcome,
    case when e.id is not null then to_jsonb(e) end as exploitation, c.version
  from victims_involvement c left join victims_exploitation e on e.involvement_id = c.id
  where {OF_PART}"""
LISTS = {
    "cases": (CASES, "c.opened_on desc, c.id desc"),
    "hearings": (HEARING_ROWS, "c.listed_on desc, c.id desc"),
    "involvements": (SURVIVORS, "c.created_at desc, c.id desc"),
}


class Raw:
    """Sign-in, scope and the rows as JSON, in four statements."""

    def __init__(self, connection: Any, key: str, rows: str, more: list[Any] | None = None) -> None:
        self.connection, self.key, self.more = connection, key, more or []
        self.statement = f"select coalesce(json_agg(page), '[]')::text from ({rows}) page"
        connection.autocommit = False

    def __call__(self) -> Any:
        _kind, prefix, secret = self.key.split("_", 2)
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(
                "select k.user_id, k.digest, array_agg(m.office_id)::uuid[] from accounts_apikey k"
                " join accounts_user u on u.id = k.user_id and u.is_active"
                " join accounts_membership m on m.user_id = u.id and m.ended_at is null"
                " where k.prefix = %s and k.revoked_at is null and k.expires_at > now()"
                " group by k.id",
                [prefix],
            )
            user, digest, offices = cursor.fetchone()
            if bytes(digest) != hashlib.sha256(secret.encode()).digest():
                raise PermissionError
            cursor.execute("select open_context(%s)", [user])
            cursor.execute(
                "select coalesce(array_agg(case_id), '{}')::uuid[] from casework_assignment"
                " where user_id = %s and ended_at is null",
                [user],
            )
            (team,) = cursor.fetchone()
            cursor.execute(self.statement, [offices, team, *self.more])
            return cursor.fetchone()[0]


def rows_of(answer: Any) -> list[dict[str, Any]]:
    """The rows of an answer, in a form that both ways of writing a moment come to."""
    found = json.loads(answer)
    found = found.get("results", [found]) if isinstance(found, dict) else found
    return [{key: _plain(value) for key, value in sorted(row.items())} for row in found]


def _plain(value: Any) -> Any:
    is_moment = isinstance(value, str) and value.endswith("Z") and value[10:11] == "T"
    return value.rstrip("Z").rstrip("0").rstrip(".") if is_moment else value


class Measurement:
    """The three sides, each with a backend of its own."""

    def __init__(self, urls: dict[str, str], owner: Any) -> None:
        from django.db import connections  # noqa: PLC0415 - set up just now
        from psycopg2.extras import register_uuid  # noqa: PLC0415

        from casework.conf import wsgi  # noqa: PLC0415

        register_uuid()
        self.rounds: Any = {"owner": owner, "rounds": 7}
        self.key = key_of(READER)
        self.application = wsgi.application
        self.plain = application("benchmarks.naive.plain")
        self.connection, self.connections = connect(urls["app"]), connections

    def beside(self, name: str, path: str, plain: str, rows: str, *more: Any, reach: str) -> None:
        """Ours at `path` against the SQL of the same rows, and against the plain view."""
        ours = Caller(self.application, f"/api/v1/{path}", self.key)
        raw = Raw(self.connection, self.key, rows, list(more))
        usual = Caller(self.plain, f"/{plain}", self.key)
        us = self._side("ours", ours, "default", ours)
        sql = Side("json_agg SQL", raw, lambda: self.connection.info.backend_pid, _same(raw))
        compare(f"{name} against SQL", us, sql, reach=reach, calls=10, **self.rounds)
        naive = self._side("ModelViewSet", usual, "plain", usual)
        sides = us, naive
        promised = ">= 15" if reach else ""
        compare(f"{name} against ModelViewSet", *sides, reach=promised, calls=3, **self.rounds)

    def deep(self, noun: str) -> None:
        """The page far down against the first one, ours both."""
        first = Caller(self.application, f"/api/v1/{noun}/", self.key)
        at, cursor = deep_cursor(noun)
        deep = Caller(self.application, f"/api/v1/{noun}/?cursor={cursor}", self.key)
        us = self._side("ours", deep, "default", deep, len)
        page1 = self._side("page 1", first, "default", first, len)
        compare(f"page of {noun} at row {at:,}", us, page1, reach="<= 2", calls=10, **self.rounds)
        page = at // 50 + 1
        usual = Caller(self.plain, f"/{noun}/?page={page}", self.key)
        naive = self._side("ModelViewSet", usual, "plain", usual, len)
        name = f"page of {noun} at row {at:,} against ModelViewSet"
        compare(name, us, naive, calls=3, **self.rounds)

    def _side(self, name: str, call: Any, alias: str, seen: Any, what: Any = None) -> Side:
        def backend() -> int:
            return int(self.connections[alias].connection.info.backend_pid)

        return Side(name, call, backend, partial(_outcome, seen, what))


def _outcome(call: Any, what: Any) -> Any:
    rows = rows_of(call())
    return what(rows) if what else rows


def _same(raw: Any) -> Any:
    return lambda: rows_of(raw())


def deep_cursor(noun: str) -> tuple[int, str]:
    """How deep the list of the reader goes, and where the last page begins."""
    from accounts.models import User  # noqa: PLC0415
    from core.context import acting_as  # noqa: PLC0415
    from core.lists.declared import list_of  # noqa: PLC0415

    listed, _shape = list_of(noun)
    user = User.objects.get(username=READER)
    sort = listed.usual
    with acting_as(user.pk):
        rows = listed.reach(user).order_by(*sort.order(backwards=False))
        at = max(50, min(DEEP, (rows.count() - 51) // 50 * 50))
        return at, sort.cursor(rows[at - 1], backwards=False)


def add_hearings(owner: Any) -> None:
    """Two of each prosecution, for which the load has none."""
    with owner.cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
        cursor.execute("alter table prosecutions_hearing disable trigger user")
        cursor.execute(HEARINGS)
        cursor.execute("alter table prosecutions_hearing enable trigger user")
        cursor.execute("vacuum analyze")


def main(scale: float) -> None:
    with scratch_database() as urls:
        load(urls, scale)
        from django.conf import settings  # noqa: PLC0415 - set up just now

        settings.ALLOWED_HOSTS = ["localhost"]
        owner = connect(urls["owner"])
        add_hearings(owner)
        measured, said = Measurement(urls, owner), f"{int(250_000 * scale):,} cases"
        for noun, (rows, order) in LISTS.items():
            page = f"{rows} order by {order} limit 50"
            name = f"list of 50 {noun}, {said}"
            measured.beside(name, f"{noun}/", f"{noun}/", page, reach="<= 2")
        measured.deep("cases")
        case = json.loads(Caller(measured.application, "/api/v1/cases/", measured.key)())
        pk = case["results"][3]["id"]
        one = f"{CASES} and c.id = %s"
        measured.beside(f"one case, {said}", f"cases/{pk}/", f"cases/{pk}/", one, pk, reach="")
        plain = f"cases/?updated_since={SINCE}"
        asked = plain.replace("/", "/changes/", 1)
        since = f"{CASES} and c.updated_at >= %s order by c.updated_at, c.id limit 50"
        measured.beside(f"what changed of cases, {said}", asked, plain, since, SINCE, reach="")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    main(parser.parse_args().scale)
