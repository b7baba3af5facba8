"""The matching service: each night the names of survivors are compared over all offices.

Nobody reads what it leaves but who sees both persons: across offices, the data officer.

That somebody of this name is known elsewhere is itself a secret. So the job asks two functions of
the database that the web may not call, and whoever is known in sealed cases only is compared with
nobody. Across offices the data officer sees no names: each case manager is asked about the own
record, with no word of the other, and both must say yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.alike.comparing import Names, as_worker, note
from core.jobs import Run, job
from victims.models import FormerIdentity, Identity
from victims.services.matches import may_be_one

if TYPE_CHECKING:
    from typing import Any

MATCHING = "nightly-matching"
IDENTITIES = (
    "select id, victim_id, full_name, latin_name, person, sex from victims_identities_to_match()"
)
FORMER = "select id, victim_id, value from victims_former_to_match()"


@job(MATCHING)
def nightly_matching(run: Run) -> dict[str, int]:
    """Note the pairs of persons whose names are alike. The result says how many are new."""
    with as_worker():
        names = Names(may_be_one)
        row: Any
        for row in Identity.objects.raw(IDENTITIES):
            names.know(row.victim_id, row.person, row.sex)
            names.call(row.victim_id, (row.full_name, row.latin_name))
        for former in FormerIdentity.objects.raw(FORMER):
            names.call(former.victim_id, [str(former.value)])
        new = note("victims_note_matches", names.pairs(run))
        return {"people": len(names.facts), "new": new}
