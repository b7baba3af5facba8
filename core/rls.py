"""The second wall: row-level security as SQL, used by migrations and checked by a sweep.

Policies read only transaction-local settings filled by `open_context(user)` in the database.
Unset settings mean no rows: `x = ANY(NULL)` is never true, nor is its negation.
"""

from __future__ import annotations

from django.db import migrations

# What is shown to a person of single cases: read only, by the permission that reads the table.
PARTS = (
    "case",
    "team",
    "rescue",
    "narrative",
    "site",
    "people",
    "identity",
    "suspect",
    "court",
    "care",
)
SETTINGS = (
    "app.user_id",
    "app.session",
    "app.vouched_person",
    "app.vouched",
    *(f"app.{kind}_l{level}" for level in (1, 2, 3) for kind in ("offices", "cases")),
    *(f"app.shown_{part}" for part in PARTS),
    "app.conflicts",
    "app.counted",
    "app.counted_cases",
)
WRITERS = "casework_app, casework_worker"
REPORT_ROLE = "casework_report"


def array(setting: str) -> str:
    """The array of a setting, read once per statement. Without the inner select PostgreSQL makes
    it anew from its text for every row: a third of a millisecond each, with a team of 250."""
    return f"(select nullif(current_setting('{setting}', true), '')::uuid[])::uuid[]"


def in_scope(level: int, *, case: str = "case_id", prefix: str = "") -> str:
    """The same sentence as `Scope.rows`, written apart from it."""
    case, office, sealed = prefix + case, prefix + "office_id", prefix + "level"
    return (
        f"({case} = any ({array(f'app.cases_l{level}')})"
        f" or ({sealed} < 4 and {office} = any ({array(f'app.offices_l{level}')})))"
        f" and not ({case} = any ({array('app.conflicts')}))"
    )


def is_shown(part: str, *, case: str = "case_id", prefix: str = "") -> str:
    """A case of which this part is shown to the person, and no conflict forbids it."""
    case = prefix + case
    return (
        f"{case} = any ({array(f'app.shown_{part}')})"
        f" and not ({case} = any ({array('app.conflicts')}))"
    )


def is_shown_link(
    table: str, part: str, *, through: str, key: str, own: str, case: str = "case_id"
) -> str:
    return (
        f"exists (select 1 from {through} link where link.{key} = {table}.{own}"
        f" and {is_shown(part, case=case, prefix='link.')})"
    )


def countable(*, case: str = "case_id") -> str:
    """The same sentence as `CountScope.rows`: what the report role may count for a reader."""
    return (
        f"(level < 4 and office_id = any ({array('app.counted')}))"
        f" or {case} = any ({array('app.counted_cases')})"
    )


def _protect(table: str, condition: str, counted: str) -> str:
    return f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy in_scope on {table} to {WRITERS} using ({condition}) with check ({condition});
create policy counted on {table} for select to {REPORT_ROLE} using ({counted});
create policy owner_maintains on {table} to current_user using (true) with check (true);
"""


def _release(table: str) -> str:
    return f"""
drop policy in_scope on {table};
drop policy counted on {table};
drop policy owner_maintains on {table};
alter table {table} no force row level security;
alter table {table} disable row level security;
"""


def cases(table: str) -> migrations.RunSQL:
    """Protect the table of cases itself (level 1)."""
    return migrations.RunSQL(
        _protect(table, in_scope(1, case="id"), countable(case="id")), _release(table)
    )


def case_rows(table: str, level: int) -> migrations.RunSQL:
    """Protect a table with `case_id`; keep its `office_id` and `level` copied from the case."""
    copy = f"""
create trigger {table}_scope before insert or update of case_id, office_id, level on {table}
  for each row execute function casework_copy_scope({level});
create trigger {table}_follow after update of office_id, level on casework_case
  for each row when (old.office_id is distinct from new.office_id
                     or old.level is distinct from new.level)
  execute function casework_follow_case('{table}');
"""
    drop = f"drop trigger {table}_scope on {table}; drop trigger {table}_follow on casework_case;"
    protect = _protect(table, in_scope(level), countable())
    return migrations.RunSQL(copy + protect, _release(table) + drop)


def link_condition(
    table: str, level: int, *, through: str, key: str, own: str, case: str = "case_id"
) -> str:
    return (
        f"exists (select 1 from {through} link where link.{key} = {table}.{own}"
        f" and {in_scope(level, case=case, prefix='link.')})"
    )


def countable_link(*, through: str, key: str, own: str) -> str:
    """What may be counted of persons and history: under the policies of the rows they link to."""
    return f"{own} in (select link.{key} from {through} link)"


def _linked(
    table: str, level: int, *, through: str, key: str, own: str, case: str = "case_id"
) -> migrations.RunSQL:
    mine = link_condition(table, level, through=through, key=key, own=own, case=case)
    counted = countable_link(through=through, key=key, own=own)
    return migrations.RunSQL(_protect(table, mine, counted), _release(table))


def person_rows(
    table: str, level: int, *, through: str, key: str, own: str = "id"
) -> migrations.RunSQL:
    """Protect a table of persons, reached through the rows that place them in cases."""
    return _linked(table, level, through=through, key=key, own=own)


def pair_rows(
    table: str, level: int, *, through: str, key: str, pair: tuple[str, str]
) -> migrations.RunSQL:
    """Protect a table of pairs of persons: open to whoever reaches both."""
    mine, counted = pair_conditions(table, level, through=through, key=key, pair=pair)
    return migrations.RunSQL(_protect(table, mine, counted), _release(table))


def pair_conditions(
    table: str, level: int, *, through: str, key: str, pair: tuple[str, str]
) -> tuple[str, str]:
    links = [{"through": through, "key": key, "own": own} for own in pair]
    mine = " and ".join(link_condition(table, level, **link) for link in links)
    return mine, " and ".join(countable_link(**link) for link in links)


def case_history(table: str, level: int, *, own: str = "case_id") -> migrations.RunSQL:
    """Protect former values of a case's rows by where the case stands today, sealed or moved."""
    return _linked(table, level, through="casework_case", key="id", own=own, case="id")


def shown(table: str, part: str, **link: str) -> migrations.RunSQL:
    """Let persons read the rows of single cases shown to them: disclosed, or in an emergency.

    `link` as for `person_rows` where the table holds persons.
    """
    said = is_shown_link(table, part, **link) if "through" in link else is_shown(part, **link)
    return migrations.RunSQL(
        f"create policy shown on {table} for select to {WRITERS} using ({said})",
        f"drop policy shown on {table}",
    )


def own_rows(table: str, owner: str, *, while_shown: str = "") -> migrations.RunSQL:
    """Let a person read the rows about them; some only while by them a part is shown."""
    said = f"{owner} = nullif(current_setting('app.user_id', true), '')::uuid"
    if while_shown:
        said += f" and {is_shown(while_shown)}"
    return migrations.RunSQL(
        f"create policy own on {table} for select to {WRITERS} using ({said})",
        f"drop policy own on {table}",
    )


def own_declared(table: str, owner: str, by: str, *, while_shown: str) -> migrations.RunSQL:
    """Let a person to whom a part is shown write, of all its tables, rows about themselves here."""
    me = "nullif(current_setting('app.user_id', true), '')::uuid"
    said = f"{owner} = {me} and {by} = {me} and {is_shown(while_shown)}"
    return migrations.RunSQL(
        f"create policy declared on {table} for insert to {WRITERS} with check ({said})",
        f"drop policy declared on {table}",
    )


def noting(name: str, table: str, *, kept: str = "false") -> str:
    """The function by which the night notes its pairs in `table` (core/matching.py): new ones are
    written down, those nobody judged follow, those found no more go unless `kept`, of row m."""
    return f"""
create function {name}(ones uuid[], others uuid[], hundredths int[]) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  fresh int;
begin
  create temp table found on commit drop as
    select * from unnest(ones, others, hundredths) as t (one, other, likeness);
  delete from {table} m
   where status = 'open' and not ({kept})
     and not exists (select from found f where (f.one, f.other) = (m.one_id, m.other_id));
  update {table} m set likeness = f.likeness, updated_at = statement_timestamp()
    from found f where (f.one, f.other) = (m.one_id, m.other_id) and m.likeness <> f.likeness;
  insert into {table} (id, version, created_at, updated_at, one_id, other_id, likeness, status)
  select gen_random_uuid(), 1, statement_timestamp(), statement_timestamp(), one, other, likeness,
         'open'
    from found on conflict (one_id, other_id) do nothing;
  get diagnostics fresh = row_count;
  drop table found;
  return fresh;
end $$;
revoke all on function {name}(uuid[], uuid[], int[]) from public;
grant execute on function {name}(uuid[], uuid[], int[]) to casework_worker;
"""
