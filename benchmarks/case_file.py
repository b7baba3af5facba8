"""The list of cases, the page of a case and the search at 250,000 cases, each against the SQL that
fetches the same rows.

Ours is what the page calls, with its scope, its walls and the record of the read; the other side
runs as the same person behind the same row security, in as many statements as there are tables,
and puts nothing together. The page of a case and Today are measured a second time against their
own statements, sent again as they were: what is left is what Python adds. Rendering is left out on
all sides. `--scale 1` is the measurement of record; a scan of a table of cases from end to end
stops it.
"""

from __future__ import annotations

import argparse
import itertools
import re
from functools import cached_property, partial
from typing import Any

from benchmarks.again import READING, Again, statements
from benchmarks.harness import Side, compare, connect, load, scratch_database
from benchmarks.names import FIRST, LAST
from benchmarks.offenders import rename

READER = "load-3"  # a case manager of one of forty offices, on the team of 250 of its cases
SITES = """
insert into casework_site (id, version, created_at, updated_at, case_id, office_id, level, code,
                           kind, setting, jurisdiction_id)
select md5('site' || id)::uuid, 1, now(), now(), id, office_id, greatest(level, 2), 'P-1',
       'brothel', 'public', jurisdiction_id from casework_case
"""
COMPLAINTS = """
insert into prosecutions_complaint (id, version, created_at, updated_at, case_id, office_id, level,
                                    number, jurisdiction_id, filed_on)
select md5('complaint' || id)::uuid, 1, now(), now(), id, office_id, greatest(level, 2),
       substr(reference, 3) || '/' || extract(year from opened_on), jurisdiction_id, opened_on
  from casework_case
"""
MINE = "(level < 4 and office_id = any (%(offices)s::uuid[]) or {case} = any (%(cases)s::uuid[]))"
LIST = f"""
select c.*, o.name, p.name from
  (select * from casework_case where {MINE.format(case="id")}
    order by opened_on desc, id desc limit 51) c
  join accounts_office o on o.id = c.office_id
  join places_jurisdiction p on p.id = c.jurisdiction_id
 order by c.opened_on desc, c.id desc
"""
SURVIVORS = "select case_id, count(*) from victims_involvement where case_id = any (%s) group by 1"
FOUND = (
    f"select id from casework_case where {MINE.format(case='id')} and reference like %(typed)s"
    " order by opened_on desc, id desc limit 11",
    f"select id from prosecutions_prosecution where {MINE.format(case='case_id')}"
    " and upper(docket) like %(typed)s order by filed_on desc, id limit 11",
    f"select id from prosecutions_complaint where {MINE.format(case='case_id')}"
    " and upper(number) like %(typed)s order by filed_on desc, id limit 11",
    f"select id from casework_site where {MINE.format(case='case_id')}"
    " and code = %(typed)s limit 11",
)
OF_CASE = "select * from {table} where case_id = %s"
WITH_A_CASE = """
select table_name from information_schema.columns
 where column_name = 'case_id' and table_schema = 'public' and table_name = any (%s)
"""
# The same rows of the page on both sides: what it calls a part, and the table.
SAME = {
    "survivors": "victims_involvement",
    "rescues": "casework_rescue",
}
CODED = {"suspects": "prosecutions_suspect", "sites": "casework_site"}
NAMED = "select person from prosecutions_sounding_like(%s, %s, %s, %s)"
PARTS = "select id from prosecutions_suspect where perpetrator_id = any (%s) order by id limit 100"
COLUMN = "select {column} from {table} where case_id = %s"
TABLE = re.compile(r'(?:from|join) "(\w+)"', re.IGNORECASE)
MANY = 5_000  # rows; smaller tables are read as a whole with reason


def fill(owner: Any) -> None:
    """What the load lacks: sites, complaints, names of offenders, and of the reader's survivors."""
    from intake.management.commands.generate_load import NUMBERED  # noqa: PLC0415 - set up just now

    with owner.cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
        for table, rows in (("casework_site", SITES), ("prosecutions_complaint", COMPLAINTS)):
            cursor.execute(f"alter table {table} disable trigger user; {NUMBERED}")
            cursor.execute(rows)
            cursor.execute(f"alter table {table} enable trigger user")
        rename(owner)
        _name_survivors()
        _ask_again(owner)
        cursor.execute("vacuum analyze")


def _ask_again(owner: Any) -> None:
    """What was filled in past the triggers, as the worker does it."""
    from desk.to_do.derived import NOTE_ALL  # noqa: PLC0415 - needs the scratch database

    with owner.cursor() as cursor:
        cursor.execute(NOTE_ALL)
        number = 1
        while number:
            cursor.execute("select ask_longest_noted(500)")
            (number,) = cursor.fetchone()


def _name_survivors() -> None:
    from core.context import acting_as  # noqa: PLC0415 - needs the scratch database
    from victims.models import Identity, Involvement  # noqa: PLC0415

    user, names = _reader(), itertools.cycle(itertools.product(FIRST, LAST))
    with acting_as(user.pk):
        people = list(Involvement.objects.visible_to(user).values_list("victim", flat=True))
        for start in range(0, len(people), 1000):
            part = zip(people[start : start + 1000], names, strict=False)
            Identity.objects.bulk_create(
                Identity(victim_id=person, full_name=" ".join(name)) for person, name in part
            )


def _reader() -> Any:
    from accounts.models import User  # noqa: PLC0415

    return User.objects.get(username=READER)


class Reads:
    """What is measured: each read as the pages make it, and its rows by plain statements."""

    def __init__(self) -> None:
        from casework.models import Case  # noqa: PLC0415 - set up just now
        from core.context import acting_as  # noqa: PLC0415

        self.user, self.acting_as, self.cases = _reader(), acting_as, Case.objects
        with acting_as(self.user.pk):
            scope = self.user.scope
            self.scope = {"offices": list(scope.offices[2]), "cases": list(scope.cases[2])}
            mine = self.cases.visible_to(self.user).filter(office=self.user.home_office)
            self.case = mine.order_by("-opened_on", "pk")[3].pk

    def ask(self, statement: str, *given: Any) -> list[Any]:
        from django.db import connection  # noqa: PLC0415

        with connection.cursor() as cursor:
            cursor.execute(statement, *given)
            return list(cursor.fetchall())

    def listed(self) -> Any:
        from desk.services import read_case_list  # noqa: PLC0415

        with self.acting_as(self.user.pk):
            return [row["id"] for row in read_case_list({}, actor=self.user)["cases"]]

    def raw_list(self) -> Any:
        with self.acting_as(self.user.pk):
            rows = self.ask(LIST, self.scope)
            self.ask(SURVIVORS, [[row[0] for row in rows]])
            return [row[0] for row in rows][:50]

    def page(self) -> Any:
        from desk.services import read_case  # noqa: PLC0415

        with self.acting_as(self.user.pk):
            case = self.cases.visible_to(self.user).get(pk=self.case)
            shown = {}
            for page in ("overview", "investigation", "people"):
                shown |= read_case(case, page=page, actor=self.user)
            same = {name: {row["id"] for row in shown[name]} for name in SAME}
            return same | {name: {row["code"] for row in shown[name]} for name in CODED}

    @cached_property
    def tables(self) -> list[str]:
        """Every table of a case that the statements of the page name, whether it holds anything."""
        named = {name for sql, _given in statements(self.page) for name in TABLE.findall(sql)}
        return sorted(row[0] for row in self.ask(WITH_A_CASE, [list(named)]))

    def raw_page(self) -> Any:
        with self.acting_as(self.user.pk):
            self.ask("select * from casework_case where id = %s", [self.case])
            for table in self.tables:
                self.ask(OF_CASE.format(table=table), [self.case])

    def rows_of_page(self) -> Any:
        """By plain statements what the page must show."""
        with self.acting_as(self.user.pk):
            return {
                name: {
                    row[0] for row in self.ask(COLUMN.format(column=column, table=t), [self.case])
                }
                for column, tables in (("id", SAME), ("code", CODED))
                for name, t in tables.items()
            }

    def today(self) -> Any:
        from desk.services import read_today  # noqa: PLC0415

        with self.acting_as(self.user.pk):
            return read_today(actor=self.user)

    def search(self, typed: str) -> Any:
        from desk.services import search  # noqa: PLC0415

        with self.acting_as(self.user.pk):
            return [len(kind.hits) for kind in search(typed, actor=self.user)][:3]

    def raw_search(self, typed: str) -> Any:
        from core.sounds import words  # noqa: PLC0415
        from desk.search import MOST_PEOPLE  # noqa: PLC0415

        with self.acting_as(self.user.pk):
            given = self.scope | {"typed": f"{typed.upper()}%"}
            found = [min(len(self.ask(statement, given)), 10) for statement in FOUND]
            if typed.replace(" ", "").isalpha():
                asked = words(typed)
                spelt, heard = [word.latin for word in asked], [word.heard for word in asked]
                people = self.ask(NAMED, [spelt, heard, [0] * len(asked), MOST_PEOPLE])
                self.ask(PARTS, [[row[0] for row in people]])
                self.open_names()
            return found[:3]

    def survivor(self) -> Any:
        from victims.services.identities import search_names  # noqa: PLC0415

        with self.acting_as(self.user.pk):
            return bool(search_names("wanjiru ruth", actor=self.user).people)

    def open_names(self) -> Any:
        """The names of the reader's survivors, opened and not compared."""
        from victims.services.identities import names_open_to  # noqa: PLC0415

        with self.acting_as(self.user.pk):
            return any("Wanjiru" in name for _victim, name in list(names_open_to(self.user)))


def measure(owner: Any, cases: int) -> None:
    """The ratios, one line each."""
    from django.db import connection  # noqa: PLC0415 - set up just now

    connection.cursor().execute("set statement_timeout = '60s'")
    reads = Reads()
    find, raw_find = reads.search, reads.raw_search
    _no_scans([reads.listed, reads.page, lambda: find("hanak sorir"), lambda: find("123")], owner)

    def backend() -> int:
        return int(connection.connection.info.backend_pid)

    def beside(name: str, ours: Any, other: Any, reach: str, calls: int, *same: Any) -> None:
        mine, theirs = same or (ours, other)
        sides = Side("ours", ours, backend, mine), Side("SQL", other, backend, theirs)
        compare(f"{name}, {cases:,} cases", *sides, owner=owner, reach=reach, rounds=5, calls=calls)

    beside("list of 50", reads.listed, reads.raw_list, "<= 5", 10)
    page = f"page of a case, of {len(reads.tables)} tables"
    beside(page, reads.page, reads.raw_page, "<= 20", 3, reads.page, reads.rows_of_page)
    for name, call in (("page of a case", reads.page), ("Today", reads.today)):
        again = Again(call, reads.ask, partial(reads.acting_as, reads.user.pk))
        words = f"{name} against its own {len(again.statements)} statements"
        beside(words, call, again, "<= 3", 3, again.outcome, again)
    for typed in ("L-123", "1234/2015", "hanak sorir"):
        sides = partial(find, typed), partial(raw_find, typed)
        beside(f"search “{typed}”", *sides, "<= 3", 2)
    beside("survivor by name", reads.survivor, reads.open_names, "<= 3", 1)


def _no_scans(calls: list[Any], owner: Any) -> None:
    """No statement of these reads a large table from end to end."""
    from django.db import connection  # noqa: PLC0415

    with owner.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and reltuples > %s", [MANY]
        )
        large = {row[0] for row in cursor.fetchall()}
    found: set[str] = set()

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().lower().startswith(READING):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"explain {sql}", params)
                plan = "\n".join(row[0] for row in cursor.fetchall())
            found.update(set(re.findall(r"Seq Scan on (\w+)", plan)) & large)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        for call in calls:
            call()
    if found:
        raise SystemExit(f"Read from end to end: {', '.join(sorted(found))}.")


def main(scale: float) -> None:
    with scratch_database() as urls:
        load(urls, scale)
        owner = connect(urls["owner"])
        fill(owner)
        measure(owner, int(250_000 * scale))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    main(parser.parse_args().scale)
