"""The sentences of row-level security, as SQL, for the tables of `core/wall/tables.py`.

Policies read only transaction-local settings filled by `open_context(user)` in the database.
Unset settings mean no rows: `x = ANY(NULL)` is never true, nor is its negation.
"""

from __future__ import annotations

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
    "document",
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
    """The same sentence as `Scope.rows`, written apart from it. Offices first: they are few, and of
    a hundred cases each would be compared with every row."""
    case, office, sealed = prefix + case, prefix + "office_id", prefix + "level"
    return (
        f"(({sealed} < 4 and {office} = any ({array(f'app.offices_l{level}')}))"
        f" or {case} = any ({array(f'app.cases_l{level}')}))"
        f" and not ({case} = any ({array('app.conflicts')}))"
    )


def is_shown(part: str, *, case: str = "case_id", prefix: str = "") -> str:
    """A case of which this part is shown to the person, and no conflict forbids it."""
    case = prefix + case
    return (
        f"{case} = any ({array(f'app.shown_{part}')})"
        f" and not ({case} = any ({array('app.conflicts')}))"
    )


def is_named(opened: str) -> str:
    """The same sentence as `Named.reach` adds to that of its level."""
    reader = "(select nullif(current_setting('app.user_id', true), '')::uuid)"
    return f"({reader} = any (named) or {opened} is not null)"


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


def pair_conditions(
    table: str, level: int, *, through: str, key: str, pair: tuple[str, str]
) -> tuple[str, str]:
    links = [{"through": through, "key": key, "own": own} for own in pair]
    mine = " and ".join(link_condition(table, level, **link) for link in links)
    return mine, " and ".join(countable_link(**link) for link in links)
