"""The matching service: each night the names of offenders are compared over all offices.

Nobody reads what it leaves but who sees both: across offices, the data officer.
"""

from __future__ import annotations

from django.db import connection

from core.alike.comparing import Names, as_worker, note
from core.jobs import Run, job
from prosecutions.services.matches import may_be_one

MATCHING = "nightly-offender-matching"


@job(MATCHING)
def nightly_offender_matching(run: Run) -> dict[str, int]:
    """Note the pairs of offenders whose names are alike. The result says how many are new."""
    with as_worker():
        names = Names(may_be_one)
        with connection.cursor() as cursor:
            cursor.execute("select record, person, kind, sex, name from prosecutions_to_match()")
            for record, person, kind, sex, name in cursor.fetchall():
                names.know(record, person, (kind, sex))
                names.call(record, [name])
        new = note("prosecutions_note_matches", names.pairs(run))
        return {"people": len(names.facts), "new": new}
