"""Giving the lines of CTDC out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.access import SEALED
from core.days import clock
from core.moment import of_one_moment
from core.refusals import gettext as _
from core.services import Refused, service
from reports.ctdc.anonymity import anonymous
from reports.ctdc.lines import BLANKED_FIRST, COLUMNS, lines
from reports.disclosure import K, hidden
from reports.params import Params
from reports.survivors import of_victims
from victims.enums import Outcome, Purpose, RecipientKind
from victims.models import Involvement
from victims.services.basis import Recipient, who_agreed

if TYPE_CHECKING:
    from accounts.models import User

PARTNERS = Recipient(RecipientKind.PARTNERS)
FIRST_YEAR = 1990
LABEL = "victims.Involvement"


class SentFor(TextChoices):
    """Why the lines leave."""

    CTDC = "ctdc", gettext_lazy("For the Counter Trafficking Data Collaborative")
    RESEARCH = "research", gettext_lazy("For research")
    OTHER = "other", gettext_lazy("Another reason")


@dataclass(frozen=True)
class CtdcTable:
    """A table with its head; how many agreed to be in it, and how many lines it has.

    `left_out`: who is in no line because they have not agreed; nothing where that is one to ten.
    """

    table: list[list[str]]
    agreed: int
    left_out: int | None


@service(Perm.CASE_EXPORT, fresh=True)
def export_ctdc(*, year: int, reason: str, actor: User) -> CtdcTable:
    """Survivors registered until the end of a year that is over, k-anonymous, without keys.

    Only who agreed to figures for partners; nobody of a sealed case, nobody found not to be a
    victim, and no combination of values that fewer than K persons share.
    """
    if reason not in SentFor.values:
        raise Refused(_("Say what the file is for."), "reason")
    if not FIRST_YEAR <= year < clock.today().year:
        # Two files a few days apart would tell who came between.
        raise Refused(_("Choose a year that is over."), "year")
    parts, left_out, table = of_one_moment(partial(_lines, year, actor))
    ids = [part.pk for part in parts]
    about = audit.about(parts, actor)
    audit.read_rows("ctdc.exported", LABEL, ids, actor=actor, shown=about, year=year, reason=reason)
    return CtdcTable(table, len(parts), None if hidden(left_out) else left_out)


def _lines(year: int, actor: User) -> tuple[list[Involvement], int, list[list[str]]]:
    """Who agreed, how many did not, and the table with its head."""
    rows = of_victims(Involvement.objects.visible_to(actor), Params())
    rows = rows.filter(level__lt=SEALED).exclude(outcome=Outcome.NOT_FOUND)
    rows = rows.alias(on=Coalesce("rescue__occurred_on", "case__opened_on"))
    rows = rows.filter(on__year__lte=year).select_related(
        "victim", "case__jurisdiction", "rescue__jurisdiction"
    )
    parts, left_out = who_agreed(list(rows.order_by("pk")), Purpose.STATISTICS, PARTNERS)
    table = anonymous(lines(parts, actor), BLANKED_FIRST, K)
    return parts, left_out, [COLUMNS, *([line[name] for name in COLUMNS] for line in table)]
