"""HTCDS 2.0: records by code as a file, and the file of somebody else looked at, then taken in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from accounts.permissions import Perm
from casework.models import Case
from core import audit
from core.access import CONTENT, SEALED
from core.database.turns import one_at_a_time
from core.moment import of_one_moment
from core.refusals import gettext as _
from core.services import Refused, service
from exchange.enums import GivenFor, GivenTo
from exchange.services.taking import own_office, require_looked_at
from exchange.standards import htcds, sheets
from exchange.standards.looking import Looked, Preview
from exchange.standards.saying import PARTNERS, HtcdsRecord, HtcdsRows, records_of
from exchange.standards.writing import Whose, Writing
from prosecutions.models import Suspect
from victims.enums import Purpose
from victims.models import Involvement
from victims.services.basis import share, who_agreed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Office, User
    from places.models import Jurisdiction

MOST_TOLD = 5_000  # people of one file
LABEL = "victims.Involvement"


@dataclass(frozen=True)
class Exported:
    """A file as its table, and how many are not in it because they have not agreed."""

    table: sheets.Table
    people: int
    left_out: int

    @property
    def text(self) -> str:
        """As CSV."""
        return sheets.as_text(self.table)


@service(Perm.CASE_EXPORT, fresh=True)
def export_htcds(
    *, to: str, reason: str, office: Office | None = None, programme: str = "", actor: User
) -> Exported:
    """The people of the cases open to the actor by code, for who goes on with the work.

    No name, address or free text, and nobody of a sealed case. To partners only who agreed to it,
    and each is written down as told, so that a withdrawal calls it back; suspects only of cases
    in which everybody agreed.
    """
    if to not in GivenTo.values or reason not in GivenFor.values:
        raise Refused(_("Say what the file is for."))
    narrow: dict[str, Any] = {"level__lt": SEALED}
    narrow |= {"office": office} if office else {}
    case = narrow | ({"programme": programme} if programme else {})
    part = narrow | ({"case__programme": programme} if programme else {})
    asked, people, left_out = of_one_moment(partial(_told, to, case, part, actor))
    if to == GivenTo.PARTNERS:
        for row in asked.survivors:
            share(row, Purpose.STATISTICS, PARTNERS, actor=actor)
    rows = (*asked.survivors, *asked.suspects)
    seen = [row.pk for row in rows]
    about = [*audit.about(rows, actor), *asked.cases]
    why = {"to": to, "reason": reason}
    audit.read_rows("htcds.exported", LABEL, seen, actor=actor, shown=about, **why)
    return Exported(htcds.lines(people), len(people), left_out)


def _told(
    to: str, case: dict[str, object], part: dict[str, object], actor: User
) -> tuple[HtcdsRows, list[HtcdsRecord], int]:
    """The rows of these cases and parts, what is told of each, and how many have not agreed."""
    survivors = _first(Involvement, part, actor, "victim")
    suspects = _first(Suspect, part, actor, "perpetrator")
    alone = _alone(actor, case) if to == GivenTo.OWN else []
    if len(survivors) + len(suspects) + len(alone) > MOST_TOLD:
        words = _("More than %(most)s people. Choose an office or a programme.")
        raise Refused(words % {"most": MOST_TOLD})
    left_out = 0
    if to == GivenTo.PARTNERS:
        survivors, suspects, left_out = _agreed(survivors, suspects)
    htcds_rows = HtcdsRows(actor, survivors, suspects, alone)
    # Of two records of one person in a case the first is said.
    people = list({person.key: person for person in reversed(records_of(htcds_rows))}.values())
    return htcds_rows, people, left_out


@service(Perm.CASE_IMPORT)
def preview_htcds(
    *,
    text: str,
    source: str,
    office: Office | None = None,
    programme: str,
    jurisdiction: Jurisdiction,
    actor: User,
) -> Preview:
    """Look at what a file would add, or at every fault for which nothing of it is taken. Nothing is
    kept but that it was looked at."""
    whose = _whose(source, office, programme, jurisdiction, actor)
    looked = Looked(text, whose, actor)
    if not looked.read.faults:
        looked.read.faults += Writing(whose, looked.cases, actor).tried(looked.new)
    ids, about = [row.pk for row in looked.imported], audit.about(looked.imported, actor)
    audit.read_rows("htcds.preview", "exchange.Imported", ids, actor=actor, shown=about)
    return looked.preview()


@service(Perm.CASE_IMPORT)
def import_htcds(
    *,
    text: str,
    source: str,
    office: Office | None = None,
    programme: str,
    jurisdiction: Jurisdiction,
    digest: str,
    actor: User,
) -> Preview:
    """Take in what was looked at, said by its digest: all of it or nothing.

    Who is known already under the same keys, and of whom the file says the same, is left as it is.
    """
    whose = _whose(source, office, programme, jurisdiction, actor)
    one_at_a_time(f"htcds {whose.office.pk}")  # the same file twice at once is taken in once
    looked = Looked(text, whose, actor)
    preview = looked.preview()
    if preview.faults:
        raise Refused(preview.faults[0].words, "text")
    require_looked_at(digest, preview.digest)
    Writing(whose, looked.cases, actor).write(looked.new)
    audit.record(
        "htcds.imported",
        whose.office,
        actor=actor,
        cases=preview.cases,
        survivors=preview.survivors,
        suspects=preview.suspects,
        known=preview.known,
    )
    return preview


def _whose(
    source: str, office: Office | None, programme: str, jurisdiction: Jurisdiction, actor: User
) -> Whose:
    return Whose(source.strip(), own_office(office, actor), programme, jurisdiction)


def _alone(actor: User, narrow: dict[str, object]) -> list[Case]:
    """Cases whose content is open to the actor, and of which nobody is known."""
    reach = actor.scope.rows(CONTENT, case="pk", office="office")
    people = (
        Involvement.objects.filter(case=OuterRef("pk")),
        Suspect.objects.filter(case=OuterRef("pk")),
    )
    rows = Case.objects.visible_to(actor).filter(
        reach, *(~Exists(some) for some in people), **narrow
    )
    return list(rows.select_related("jurisdiction", "office")[: MOST_TOLD + 1])


def _first(
    model: type[Involvement] | type[Suspect], narrow: Mapping[str, object], actor: User, person: str
) -> list[Any]:
    rows = model.objects.visible_to(actor).filter(**narrow).order_by("created_at", "pk")
    rows = rows.select_related(person, "case__jurisdiction", "case__office")
    return list(rows[: MOST_TOLD + 1])


def _agreed(
    everybody: list[Any], suspects: list[Any]
) -> tuple[list[Involvement], list[object], int]:
    """Who agreed; the suspects of cases in which everybody did; how many did not."""
    agreed, left_out = who_agreed(everybody, Purpose.STATISTICS, PARTNERS)
    told_of = {row.pk for row in agreed}
    open_cases = {row.case_id for row in agreed}
    open_cases -= {row.case_id for row in everybody if row.pk not in told_of}
    return agreed, [row for row in suspects if row.case_id in open_cases], left_out
