"""The conviction rate of every place against one hand-written statement that gives the same.

Promise (performance.md): at most 1.2 times. Both sides give k, n, pending and the other endings
for every place and programme, and who stands behind k and n, as numbers of rows. Ours runs under
the report role, through both walls, in the code the worker runs; the other as the owner, with
nothing in between.
Run with `--scale 1` (250,000 cases) for the measurement of record; smaller for a look.
"""

from __future__ import annotations

import argparse
from typing import Any

from benchmarks.harness import Side, compare, connect, load, scratch_database

ONE_STATEMENT = """
with decided as (
  select p.jurisdiction_id leaf, c.programme, coalesce(o.merged_into_id, o.id) person,
         bool_or(d.disposition in ('convicted_trial', 'convicted_plea')) convicted,
         bool_or(d.disposition in ('convicted_trial', 'convicted_plea', 'acquitted')) verdict,
         bool_or(d.disposition = 'discharged') discharged,
         bool_or(d.disposition = 'dismissed') dismissed,
         bool_or(d.disposition = 'withdrawn') withdrawn,
         bool_or(d.disposition = 'abated') abated
    from prosecutions_chargedecision d
    join prosecutions_judgment j on j.id = d.judgment_id
    join prosecutions_prosecution p on p.id = j.prosecution_id
    join casework_case c on c.id = d.case_id
    join prosecutions_charge ch on ch.id = d.charge_id
    join prosecutions_suspect s on s.id = ch.suspect_id
    join prosecutions_perpetrator o on o.id = s.perpetrator_id
   where d.level < 4 and j.instance = 'first' and j.decided_on <= %(as_of)s
     and o.kind = 'individual'
   group by 1, 2, 3
), undecided as (
  select distinct p.jurisdiction_id leaf, c.programme, coalesce(o.merged_into_id, o.id) person
    from prosecutions_charge ch
    join prosecutions_prosecution p on p.id = ch.prosecution_id
    join casework_case c on c.id = ch.case_id
    join prosecutions_suspect s on s.id = ch.suspect_id
    join prosecutions_perpetrator o on o.id = s.perpetrator_id
   where ch.level < 4 and ch.filed_on <= %(as_of)s and o.kind = 'individual'
     and not exists (
       select from prosecutions_chargedecision d
         join prosecutions_judgment j on j.id = d.judgment_id
        where d.charge_id = ch.id and j.instance = 'first' and j.decided_on <= %(as_of)s)
), facts as (
  select leaf, programme, person, convicted, verdict, discharged, dismissed, withdrawn, abated,
         false undecided from decided
  union all
  select leaf, programme, person, false, false, false, false, false, false, true from undecided
), persons as (
  select a.ancestor_id place, case when g.every then null else f.programme end programme, person,
         bool_or(convicted) convicted, bool_or(verdict) verdict, bool_or(discharged) discharged,
         bool_or(dismissed) dismissed, bool_or(withdrawn) withdrawn, bool_or(abated) abated,
         bool_or(undecided) undecided
    from facts f
    join places_jurisdictionclosure a on a.descendant_id = f.leaf
    cross join (values (true), (false)) g (every)
   group by 1, 2, 3
)
select pl.code, programme,
       count(*) filter (where convicted), count(*) filter (where verdict),
       count(*) filter (where undecided and not verdict),
       count(*) filter (where discharged), count(*) filter (where dismissed),
       count(*) filter (where withdrawn), count(*) filter (where abated),
       array_agg(number) filter (where convicted),
       array_agg(number) filter (where verdict)
  from persons join places_jurisdiction pl on pl.id = place
  join reports_rownumber on row_id = person
 group by 1, 2
"""
ONE_PROCESS = "set max_parallel_workers_per_gather = 0"  # the CPU of helpers is not counted
COUNTS = ("k", "n", "pending", "discharged", "dismissed", "withdrawn", "abated")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    scale = parser.parse_args().scale
    with scratch_database() as urls:
        load(urls, scale)
        ours, other, owner = _ours(), _other(urls["owner"]), connect(urls["owner"])
        compare(
            f"conviction rate, all places, {int(250_000 * scale):,} cases",
            ours,
            other,
            owner=owner,
            reach="<= 1.2x",
            rounds=5,
            calls=1,
        )


def _ours() -> Side:
    from django.db import connection  # noqa: PLC0415 - Django is set up by now

    from reports.base import REPORTS  # noqa: PLC0415
    from reports.params import Params  # noqa: PLC0415
    from reports.run import compute  # noqa: PLC0415
    from tests.jobs.long_work import everywhere  # noqa: PLC0415

    made: list[Any] = [None]
    reader = everywhere()
    with connection.cursor() as cursor:
        cursor.execute(ONE_PROCESS)

    def call() -> None:
        made[0] = compute(REPORTS["conviction-rate"], reader, Params())

    def outcome() -> Any:
        result, found = made[0], {}
        for row in result.rows:
            cell = f"{row['jurisdiction']['code']}|{row['programme'] or ''}"
            behind = result.behind[cell]
            ids = (list(behind[name]) for name in ("k", "n"))
            found[cell] = (*(row[name] for name in COUNTS), *ids)
        return found

    return Side("ours", call, lambda: connection.connection.info.backend_pid, outcome)


def _other(url: str) -> Side:
    from reports.params import Params  # noqa: PLC0415 - Django is set up by now

    connection, made = connect(url), [[]]
    with connection.cursor() as cursor:
        cursor.execute(ONE_PROCESS)
    as_of = Params().as_of

    def call() -> None:
        with connection.cursor() as cursor:
            cursor.execute(ONE_STATEMENT, {"as_of": as_of})
            made[0] = cursor.fetchall()

    def outcome() -> Any:
        return {
            f"{code}|{programme or ''}": (*counts, sorted(k or []), sorted(n or []))
            for code, programme, *counts, k, n in made[0]
            if any(counts)
        }

    return Side("one statement", call, lambda: connection.info.backend_pid, outcome)


if __name__ == "__main__":
    main()
