"""A rescue report of 20 people and 5 arrests: ours, by hand-written SQL, and as usually done.

Ours is the whole request through the WSGI handler: a real key, validation, permissions, row
security, idempotency, encryption, audit, history, the answer.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from benchmarks.harness import Side, compare, connect, scratch_database
from benchmarks.office import NUMBERS, Caller, people

if TYPE_CHECKING:
    from collections.abc import Callable

REPORT = {
    "occurred_at": "2026-11-20T05:52:00+05:30",
    "jurisdiction": "IN-WB-KOL",
    "programme": "csec",
    "narrative": "Invented: the door was opened without force.\n" * 20 + "That is all.",
    "people": [{"sex": "female", "age_months": 120 + n} for n in range(20)],
    "arrests": [{"role": "owner", "name": f"Invented Offender {n}"} for n in range(5)],
}
NAIVE = REPORT | {
    "people": [
        {"victim": {"sex": p["sex"]} | dict.fromkeys(AGES, p["age_months"])}  # type: ignore[index]
        for AGES in [("age_min_months", "age_max_months")]
        for p in REPORT["people"]
    ]
}
KEPT = ("accounts_", "places_", "django_", "pghistory_context")


def naive_application(owner: Any) -> Any:
    """The naive tables, and a handler with the middleware a new project has."""
    from django.db import connection  # noqa: PLC0415

    from benchmarks.naive.application import application  # noqa: PLC0415
    from benchmarks.naive.models import MODELS  # noqa: PLC0415

    with connection.schema_editor(collect_sql=True) as editor:
        for model in MODELS:
            editor.create_model(model)
            editor.create_model(model.history.model)
    with owner.cursor() as cursor:
        for statement in editor.collected_sql:
            cursor.execute(statement)
        cursor.execute("grant all on all tables in schema public to casework_app")
    return application("benchmarks.naive.views")


VOLATILE = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}"), "<uuid>"),
    (re.compile(r"\d{4}-\d\d-\d\dT[0-9:.+Z]+"), "<moment>"),
    (re.compile(r"V-[2-9A-Z]{8}"), "V-<code>"),
    (re.compile(r"KOL-\d{4}-\d{4}"), "<reference>"),
    (re.compile(r"key-\d+"), "<key>"),
    (re.compile(r'"(id|pgh_id|number)": \d+'), '"id": 0'),
    (re.compile(r'"transaction": \d+'), '"transaction": 0'),
    (re.compile(r"\\\\x[0-9a-f]+"), lambda match: f"<{len(match[0])} of bytes>"),
)


def written(owner: Any, call: Callable[[], bytes]) -> dict[str, list[str]]:
    """Every row of every table that one call wrote, without what differs by nature."""
    with owner.cursor() as cursor:
        cursor.execute("select pg_snapshot_xmax(pg_current_snapshot())::text")
        (since,) = cursor.fetchone()
        call()
        rows = {}
        for table in tables(cursor):
            cursor.execute(
                f"select to_jsonb(t)::text from {table} t where t.xmin::text::bigint >= %s",
                [int(since)],
            )
            found = sorted(_plain(text) for (text,) in cursor.fetchall())
            if found and table != "casework_referencecounter":
                rows[table] = found
    return rows


def _plain(text: str) -> str:
    for pattern, word in VOLATILE:
        text = pattern.sub(word, text)
    return text


def tables(cursor: Any) -> list[str]:
    cursor.execute(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    names = (name for (name,) in cursor.fetchall())
    return sorted(name for name in names if not name.startswith(KEPT))


def facts(owner: Any, call: Callable[[], bytes], app: str) -> dict[str, Any]:
    """What a call recorded, in the words of both schemas: who was met, who was arrested."""
    call()
    prefix = {"ours": ("victims", "prosecutions", "casework")}.get(app, ("naive",) * 3)
    victims, prosecutions, cases = prefix
    asked = {
        "people": f"select i.code, sex, age_min_months, age_max_months, outcome"
        f" from {victims}_involvement i join {victims}_victim v on v.id = i.victim_id",
        "arrests": f"select s.code, s.role, p.name, a.arrested_on from {prosecutions}_arrest a"
        f" join {prosecutions}_suspect s on s.id = a.suspect_id"
        f" join {prosecutions}_perpetrator p on p.id = s.perpetrator_id",
        "case": f"select programme, status, jurisdiction_id from {cases}_case",
        "rescue": f"select occurred_at, occurred_on from {cases}_rescue",
    }
    with owner.cursor() as cursor:
        answer = {}
        for name, query in asked.items():
            cursor.execute(query)
            answer[name] = sorted(cursor.fetchall())
    return answer


def main() -> None:
    with scratch_database() as urls:
        owner = connect(urls["owner"])

        def empty() -> None:
            """Between rounds: repeated runs must not grow, nor the officer's team."""
            with owner.cursor() as cursor:
                cursor.execute(f"truncate {', '.join(tables(cursor))}")

        from django.conf import settings  # noqa: PLC0415 - set up just now
        from django.db import connection  # noqa: PLC0415

        from benchmarks.raw_report import RawReport  # noqa: PLC0415
        from casework.conf.wsgi import application  # noqa: PLC0415

        settings.ALLOWED_HOSTS = ["localhost"]
        key = people("field_officer")
        naive = Caller(naive_application(owner), "/rescues/", key, NAIVE)
        ours = Caller(application, "/api/v1/rescue-reports/", key, REPORT)
        raw_connection = connect(urls["app"])
        log, body = RawReport(raw_connection, key), json.dumps(REPORT).encode()

        def raw() -> bytes:
            return log(body, f"key-{next(NUMBERS)}")

        def django_backend() -> int:
            return int(connection.connection.info.backend_pid)

        empty()
        by_hand = Side(
            "raw SQL", raw, lambda: raw_connection.info.backend_pid, lambda: written(owner, raw)
        )
        us = Side("ours", ours, django_backend, lambda: written(owner, ours))
        compare(
            "rescue report against raw SQL", us, by_hand, owner=owner, reach="<= 4", between=empty
        )

        def seen(call: Callable[[], bytes], app: str) -> Callable[[], Any]:
            def look() -> Any:
                empty()
                return facts(owner, call, app)

            return look

        us = Side("ours", ours, django_backend, seen(ours, "ours"))
        usual = Side("nested serializers + simple-history", naive, django_backend, seen(naive, ""))
        compare(
            "rescue report against the usual way",
            us,
            usual,
            owner=owner,
            reach=">= 4",
            between=empty,
        )
        connection.close()


if __name__ == "__main__":
    main()
