"""The list of cases, 50 rows of 50,000: ours against json_agg, and a deep page against page 1.

Ours is the whole request, with the audited read; the other side is one connection that looks the
key up, opens the context and lets PostgreSQL write the JSON, under the same row security and with
the same scope spelled out.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from benchmarks.harness import Side, compare, connect, scratch_database
from benchmarks.office import Caller, people

CASES = 50_000
DEEP = 20_000
LOAD = """
insert into accounts_office (id, version, created_at, updated_at, code, prefix, name, is_global)
values (gen_random_uuid(), 1, now(), now(), 'manila', 'MNL', 'Manila', false);
insert into casework_case (id, version, created_at, updated_at, reference, programme, office_id,
  level, jurisdiction_id, status, support_level, opened_on)
select md5(n::text)::uuid, 1, '2026-01-01', '2026-01-01', o.prefix || '-2026-' || n, 'csec', o.id,
  case when n %% 100 = 0 then 4 else 1 end, p.id, 'lead', 'own', date '2026-01-01' - n %% 3000
from generate_series(1, %(cases)s) n
join accounts_office o on o.code = (array['kolkata', 'manila'])[1 + n %% 2]
join places_jurisdiction p on p.code = 'IN-WB-KOL';
analyze
"""
PAGE = """
select json_agg(page) from (
  select c.id, c.reference, c.programme, o.code as office, p.code as jurisdiction, c.status,
    c.support_level, c.level = 4 as sealed, c.opened_on, c.closed_on, c.version,
    to_char(c.created_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
    to_char(c.updated_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as updated_at
  from casework_case c
  join accounts_office o on o.id = c.office_id
  join places_jurisdiction p on p.id = c.jurisdiction_id
  where c.level < 4 and c.office_id = any (%s::uuid[]) or c.id = any (%s::uuid[])
  order by c.opened_on desc, c.id desc limit 50) page
"""


class RawList:
    """Sign-in, scope and the list, in four statements."""

    def __init__(self, connection: Any, key: str) -> None:
        self.connection, self.key = connection, key
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
            cursor.execute(PAGE, [offices, team])
            return cursor.fetchone()[0]


def results(call: Caller) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(call())["results"]
    return rows


def deep_cursor() -> str:
    """Where the page after row 20,000 begins."""
    from accounts.models import User  # noqa: PLC0415
    from casework.api.viewsets import CaseViewSet  # noqa: PLC0415 - needs the scratch database
    from core.context import acting_as  # noqa: PLC0415

    sort = CaseViewSet.sorts["newest"]
    with acting_as(User.objects.get().pk):
        row = CaseViewSet.queryset.order_by(*sort.order(backwards=False))[DEEP]
    return sort.cursor(row, backwards=False)


def main() -> None:
    with scratch_database() as urls:
        from django.conf import settings  # noqa: PLC0415 - set up just now
        from django.db import connection  # noqa: PLC0415
        from psycopg2.extras import register_uuid  # noqa: PLC0415

        from casework.conf.wsgi import application  # noqa: PLC0415

        register_uuid()
        settings.ALLOWED_HOSTS = ["localhost"]
        owner = connect(urls["owner"])
        key = people("case_manager")
        with owner.cursor() as cursor:
            cursor.execute(LOAD, {"cases": CASES})
        raw_connection = connect(urls["app"])
        raw = RawList(raw_connection, key)
        first = Caller(application, "/api/v1/cases/", key)
        deep = Caller(application, f"/api/v1/cases/?cursor={deep_cursor()}", key)

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        us = Side("ours", first, backend, lambda: results(first))
        sql = Side("json_agg SQL", raw, lambda: raw_connection.info.backend_pid, raw)
        compare("list of 50 cases", us, sql, owner=owner, reach="<= 2")

        def shape(call: Caller) -> Any:
            keys = [(row["opened_on"], row["id"]) for row in results(call)]
            return len(keys), keys == sorted(keys, reverse=True)

        us = Side("ours", deep, backend, lambda: shape(deep))
        page1 = Side("page 1", first, backend, lambda: shape(first))
        compare(f"page at row {DEEP:,}", us, page1, owner=owner, reach="<= 2")
        connection.close()


if __name__ == "__main__":
    main()
