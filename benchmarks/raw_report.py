"""A rescue report by hand-written SQL: the least that writes the same rows, as the same role.

Same triggers, same row security, same encryption, same audit rows, same idempotency row, one
transaction. No validation, no permissions, no framework.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from psycopg2.extras import Json, execute_values, register_uuid

from core.keys import crypto
from core.names import latin_key
from core.sounds import sound_key
from victims.models import new_code

register_uuid()
NOW = "now(), now()"
RECORD = "(%s, 1, now(), now(), "


class RawReport:
    """One connection that logs reports."""

    def __init__(self, connection: Any, key: str) -> None:
        self.connection, self.key = connection, key
        connection.autocommit = False

    def __call__(self, body: bytes, idempotency_key: str) -> bytes:
        with self.connection, self.connection.cursor() as cursor:
            return self._log(cursor, body, idempotency_key)

    def _log(self, cursor: Any, body: bytes, idempotency_key: str) -> bytes:
        user, office, prefix = self._sign_in(cursor)
        report = orjson.loads(body)
        cursor.execute(
            "insert into core_idempotencykey (actor_id, key, digest, created_at)"
            " values (%s, %s, %s, now()) on conflict do nothing returning id",
            [user, idempotency_key, hashlib.sha256(body).digest()],
        )
        (row,) = cursor.fetchone()
        answer, audits = self._write(cursor, report, user, office, prefix)
        execute_values(
            cursor,
            "insert into core_auditevent (at, kind, action, actor_id, target_type, target_id,"
            " case_id, request_id, detail, subjects) values %s",
            audits,
            "(now(), %s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[])",
        )
        text = orjson.dumps(answer)
        cursor.execute(
            "update core_idempotencykey set status = 201, answer = %s where id = %s",
            [crypto.encrypt(text, f"core_idempotencykey|answer|{row}"), row],
        )
        return text

    def _sign_in(self, cursor: Any) -> Any:
        _kind, prefix, secret = self.key.split("_", 2)
        cursor.execute(
            "select k.user_id, o.id, o.prefix, k.digest from accounts_apikey k"
            " join accounts_user u on u.id = k.user_id and u.is_active"
            " join accounts_membership m on m.user_id = u.id and m.ended_at is null"
            " join accounts_office o on o.id = m.office_id"
            " where k.prefix = %s and k.revoked_at is null and k.expires_at > now()",
            [prefix],
        )
        user, office, office_prefix, digest = cursor.fetchone()
        if bytes(digest) != hashlib.sha256(secret.encode()).digest():
            raise PermissionError
        cursor.execute("select open_context(%s)", [user])
        return user, office, office_prefix

    def _write(self, cursor: Any, report: Any, user: Any, office: Any, prefix: str) -> Any:
        moment = datetime.fromisoformat(report["occurred_at"])
        cursor.execute(
            "with place as (select id, time_zone from places_jurisdiction where code = %s),"
            " counter as (insert into casework_referencecounter as c (office_id, year, last)"
            " values (%s, %s, 1) on conflict (office_id, year)"
            " do update set last = c.last + 1 returning last)"
            " select place.id, time_zone, last from place, counter",
            [report["jurisdiction"], office, datetime.now(UTC).year],
        )
        place, zone, number = cursor.fetchone()
        day = moment.astimezone(ZoneInfo(zone)).date()
        reference = f"{prefix}-{datetime.now(UTC).year}-{number:04d}"
        case, rescue, request = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
        cursor.execute(
            f"insert into casework_case (id, version, {TIMES}, reference, programme, office_id,"
            f" level, jurisdiction_id, status, support_level, opened_on)"
            f" values (%s, 1, {NOW}, %s, %s, %s, 1, %s, 'lead', 'own', %s)",
            [case, reference, report["programme"], office, place, datetime.now(UTC).date()],
        )
        cursor.execute(
            f"insert into casework_assignment (id, version, {TIMES}, case_id, user_id, named)"
            f" values (%s, 1, {NOW}, %s, %s, false); select open_context(%s)",
            [uuid.uuid4(), case, user, user],
        )
        cursor.execute(
            "update casework_case set status = 'rescued', version = 2, updated_at = now()"
            " where id = %s",
            [case],
        )
        cursor.execute(
            f"insert into casework_rescue (id, version, {TIMES}, case_id, occurred_at,"
            f" occurred_on, jurisdiction_id, led_by_id, amended_by_id)"
            f" values (%s, 1, {NOW}, %s, %s, %s, %s, %s, %s)",
            [rescue, case, moment, day, place, user, user],
        )
        narrative = uuid.uuid4()
        cursor.execute(
            f"insert into casework_narrative (id, version, {TIMES}, case_id, rescue_id,"
            f" told_by_id, text) values (%s, 1, {NOW}, %s, %s, %s, %s)",
            [
                narrative,
                case,
                rescue,
                user,
                crypto.encrypt(
                    report["narrative"].encode(), f"casework_narrative|text|{narrative}"
                ),
            ],
        )
        people = self._people(cursor, report["people"], case, rescue)
        arrests = self._arrests(cursor, report["arrests"], case, rescue, day)

        def said(action: str, kind: str, target: Any, **detail: Any) -> tuple[Any, ...]:
            about = list(dict.fromkeys([str(target), str(case)]))
            kept = Json(detail, orjson_text)
            return "intention", action, user, kind, str(target), case, request, kept, about

        audits = [
            said("case.opened", "casework.Case", case),
            said("case.rescued", "casework.Case", case, before="lead", after="rescued"),
            said("rescue.recorded", "casework.Rescue", rescue),
            said("survivors.added", "casework.Rescue", rescue, people=len(people)),
            said("arrests.recorded", "casework.Rescue", rescue, people=len(arrests)),
            said(
                "rescue.logged",
                "casework.Rescue",
                rescue,
                people=len(people),
                arrests=len(arrests),
            ),
        ]
        compared = Json({"ids": []}, orjson_text), "{}"
        met = "victims.Involvement"
        audits.append(("read", "names.compared", user, met, "", None, request, *compared))
        answer = {
            "id": rescue,
            "case": {"id": case, "reference": reference},
            "people": people,
            "arrests": arrests,
            "referrals": [],
            "warnings": [],
        }
        return answer, audits

    def _people(self, cursor: Any, people: Any, case: Any, rescue: Any) -> Any:
        rows = [(uuid.uuid4(), uuid.uuid4(), new_code(), person) for person in people]
        execute_values(
            cursor,
            f"insert into victims_involvement (id, version, {TIMES}, case_id, victim_id,"
            " rescue_id, code, outcome) values %s",
            [(i, case, v, rescue, f"S-{n}") for n, (i, v, _c, _p) in enumerate(rows, 1)],
            RECORD + "%s, %s, %s, %s, 'rescued')",
        )
        execute_values(
            cursor,
            f"insert into victims_victim (id, version, {TIMES}, code, sex, age_min_months,"
            " age_max_months, nationality, languages, safety_flag) values %s",
            [(v, c, p["sex"], p["age_months"], p["age_months"]) for _i, v, c, p in rows],
            RECORD + "%s, %s, %s, %s, '', '', false)",
        )
        return [
            {"id": i, "code": f"S-{n}", "victim": {"id": v, "code": c}, "client_id": None}
            for n, (i, v, c, _p) in enumerate(rows, 1)
        ]

    def _arrests(self, cursor: Any, arrests: Any, case: Any, rescue: Any, day: date) -> Any:
        rows = [(uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), one) for one in arrests]
        execute_values(
            cursor,
            f"insert into prosecutions_suspect (id, version, {TIMES}, case_id, perpetrator_id,"
            " code, role) values %s",
            [(s, case, p, f"A-{n}", a["role"]) for n, (_, s, p, a) in enumerate(rows, 1)],
            RECORD + "%s, %s, %s, %s)",
        )
        execute_values(
            cursor,
            f"insert into prosecutions_perpetrator (id, version, {TIMES}, kind, sex, nationality,"
            " name, latin, sound) values %s",
            [(p, *_keys(a["name"])) for _a, _s, p, a in rows],
            RECORD + "'individual', 'unknown', '', %s, %s, %s)",
        )
        execute_values(
            cursor,
            f"insert into prosecutions_arrest (id, version, {TIMES}, case_id, suspect_id,"
            " rescue_id, arrested_on, attribution) values %s",
            [(a, case, s, rescue, day) for a, s, _p, _a in rows],
            RECORD + "%s, %s, %s, %s, 'supported')",
        )
        return [
            {"id": a, "suspect": {"id": s, "code": f"A-{n}"}, "perpetrator": {"id": p}}
            for n, (a, s, p, _one) in enumerate(rows, 1)
        ]


TIMES = "created_at, updated_at"


def _keys(name: str) -> tuple[str, str, str]:
    """A name and by what it is found."""
    return name, latin_key(name), sound_key(name)


def orjson_text(value: Any) -> str:
    return orjson.dumps(value).decode()
