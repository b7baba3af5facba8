"""One search of everything among an office's cases, against the SQL that fetches the same rows."""

from __future__ import annotations

import argparse
import itertools
from datetime import date
from typing import Any

from benchmarks.harness import Side, compare, connect, scratch_database
from benchmarks.office import people

CASES = 2_000
FIRST = ("Rajesh", "Salma", "সুভাষ", "Sokha", "สมชาย", "Vikram", "Nguyễn Văn", "Lakshmi")
LAST = ("Kumar", "Begum", "দাস", "Chan", "Wanjiru", "Reddy", "dela Cruz")
TYPED = "wanjiru vikram"
# The same rows, in as many statements as there are kinds; no service, no audit, no names.
RAW = (
    "select id from casework_case where reference like 'WANJIRU VIKRAM%'"
    " order by opened_on desc, id desc limit 11",
    "select id from prosecutions_prosecution where upper(docket) like '%WANJIRU VIKRAM%'"
    " order by filed_on desc, id limit 11",
    "select id from prosecutions_complaint where upper(number) like '%WANJIRU VIKRAM%'"
    " order by filed_on desc, id limit 11",
    "select m.id from prosecutions_networkmember m join prosecutions_network n"
    " on n.id = m.network_id where n.code like 'WANJIRU VIKRAM%' order by n.code limit 11",
    "select id from casework_site where code = 'WANJIRU VIKRAM' limit 11",
)
NAMED = "select person from prosecutions_sounding_like(%s, %s, %s, %s)"
OFFENDERS = "select s.id from prosecutions_suspect s where s.perpetrator_id = any(%s) order by s.id"


def fill(user: Any, cases: int) -> None:
    """Cases of the office, each with a suspect, a complaint and a proceeding."""
    from casework.models import Case  # noqa: PLC0415 - needs the scratch database
    from core.names import latin_key  # noqa: PLC0415
    from core.sounds import sound_key  # noqa: PLC0415
    from places.models import Jurisdiction  # noqa: PLC0415
    from prosecutions.models import Complaint, Perpetrator, Prosecution, Suspect  # noqa: PLC0415

    place, day = Jurisdiction.objects.get(code="IN-WB-KOL"), date(2026, 3, 1)
    made = [
        Case(
            reference=f"KOL-2026-{n:06d}",
            programme="csec",
            office=user.home_office,
            jurisdiction=place,
            opened_on=day,
        )
        for n in range(cases)
    ]
    Case.objects.bulk_create(made)
    names = [" ".join(pair) for pair in itertools.product(FIRST, LAST)]
    persons = [
        Perpetrator(name=name, latin=latin_key(name), sound=sound_key(name))
        for name, _case in zip(itertools.cycle(names), made, strict=False)
    ]
    Suspect.objects.bulk_create(
        Suspect(case=case, perpetrator=person, code="A-1", role="owner")
        for case, person in zip(made, persons, strict=True)
    )
    Perpetrator.objects.bulk_create(persons)
    told = {"jurisdiction": place, "filed_on": day}
    Complaint.objects.bulk_create(
        Complaint(case=case, number=f"{n}/2026", **told) for n, case in enumerate(made)
    )
    Prosecution.objects.bulk_create(
        Prosecution(case=case, docket=f"SC {n}/2026", **told) for n, case in enumerate(made)
    )


def main(cases: int) -> None:
    with scratch_database() as urls:
        from django.db import connection  # noqa: PLC0415 - set up just now

        from accounts.models import User  # noqa: PLC0415
        from core.context import acting_as  # noqa: PLC0415
        from core.sounds import words  # noqa: PLC0415
        from desk.search import MOST, MOST_PEOPLE, find  # noqa: PLC0415

        owner = connect(urls["owner"])
        people("data_officer")
        user = User.objects.get()
        with acting_as(user.pk):
            fill(user, cases)
        with owner.cursor() as cursor:
            cursor.execute("analyze")

        asked = words(TYPED)
        spelt, heard = [word.latin for word in asked], [word.heard for word in asked]

        def ours() -> Any:
            with acting_as(user.pk):
                return find(TYPED, user)

        def raw() -> Any:
            with acting_as(user.pk), connection.cursor() as cursor:
                for statement in RAW:
                    cursor.execute(statement)
                    cursor.fetchall()
                cursor.execute(NAMED, [spelt, heard, [0, 0], MOST_PEOPLE])
                persons = [row[0] for row in cursor.fetchall()]
                cursor.execute(OFFENDERS, [persons])
                return len(cursor.fetchall())

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        found = Side("ours", ours, backend, lambda: len(ours()[3].hits))
        other = Side("SQL", raw, backend, lambda: min(raw(), MOST))
        name = f"search of everything among {cases:,} cases"
        compare(name, found, other, owner=owner, reach="<= 3", calls=5)
        connection.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=CASES)
    main(parser.parse_known_args()[0].cases)  # `make bench` says to all files what some take
