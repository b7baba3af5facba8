"""Limits that the law of a country sets, from a day on: proposed here, confirmed as all law is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Perm
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from places.models import Jurisdiction
from prosecutions.enums import LawKind
from prosecutions.laws import LIMITS, Limit
from prosecutions.models import LawVersion, Provision
from prosecutions.models.laws import OFFENCES
from prosecutions.services.laws import (
    MOST_YEARS,
    Checked,
    Source,
    check_country,
    check_followed,
    propose,
)

if TYPE_CHECKING:
    from datetime import date

MOST = {LawKind.COURT: 720, LawKind.CHARGE: 3650, LawKind.LIMITATION: MOST_YEARS}
OF_LIMITATION = ("up_to", "statute")
OF_CUSTODY = ("life", "least", "above")
Kind = Annotated[
    str,
    Column(
        codes=[(kind.value, kind.label) for kind in LIMITS],
        label=gettext_lazy("What it is about"),
    ),
]
Long = Annotated[
    int | None,
    Column(
        most=3650,
        null=True,
        label=gettext_lazy("How long"),
        help=gettext_lazy("In hours, days or years, as above. If empty: none from that day on."),
    ),
]
FirstDay = Annotated["date", Column(ahead=True, needed=True, label=gettext_lazy("In force from"))]
Life = Annotated[bool, Column(label=OFFENCES["life"])]
Least = Annotated[Decimal | None, Column(null=True, label=OFFENCES["least"])]
Above = Annotated[Decimal | None, Column(null=True, label=OFFENCES["above"])]
UpTo = Annotated[Decimal | None, Column(null=True, label=OFFENCES["up_to"])]
Statute = Annotated[str, Column(length=40, blank=True, label=OFFENCES["statute"])]


@service(Perm.LAW_PROPOSE, fresh=True, label=gettext_lazy("Propose a limit"))
def propose_limit(
    *,
    country: Jurisdiction,
    kind: Kind,
    amount: Long = None,
    begins_on: FirstDay,
    life: Life = False,
    least: Least = None,
    above: Above = None,
    up_to: UpTo = None,
    statute: Statute = "",
    source: Source,
    verified: Checked = False,
    actor: User,
) -> LawVersion:
    """Propose a limit from a day on, for every offence or for some. It holds when a second person
    has confirmed it."""
    check_country(country)
    offences: dict[str, Any] = {"life": life, "least": least, "above": above, "up_to": up_to}
    offences["statute"] = statute.strip()
    limit = Limit(kind, country.code, begins_on, source, verified, amount, **offences)
    _check(limit)
    check_followed(limit)
    about = {"kind": kind, "country": country, "begins_on": begins_on, "terms": limit.terms}
    return propose(LawVersion(**about, source=source, verified=verified, proposed_by=actor))


def _check(limit: Limit) -> None:
    if limit.amount is not None and not 0 < limit.amount <= MOST[LawKind(limit.kind)]:
        words = _("Enter a number from 1 to %(most)s.")
        raise Refused(words % {"most": MOST[LawKind(limit.kind)]}, "amount")
    others = OF_CUSTODY if limit.kind == LawKind.LIMITATION else OF_LIMITATION
    for name in others:
        if getattr(limit, name):
            raise Refused(_("This is not for such a limit. Leave it empty."), name)
    for name in ("least", "above", "up_to"):
        years = getattr(limit, name)
        if years is not None and not 0 < years <= MOST_YEARS:
            raise Refused(_("Enter years between 0 and 100, or leave it empty."), name)
    if limit.statute and not _is_known(limit):
        raise Refused(_("No provision of this statute is on record."), "statute")


def _is_known(limit: Limit) -> bool:
    """By the name that provisions have."""
    there = Provision.objects.filter(jurisdiction__code__startswith=limit.country)
    return there.filter(statute=limit.statute).exists()
