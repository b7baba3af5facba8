"""Arrests, charges, decisions and sentences of natural persons and what the records of these say:
read once for all figures of a sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Q
from django.db.models.functions import Coalesce

from prosecutions.enums import Instance
from prosecutions.models import Arrest, Charge, Perpetrator, Sentence
from reports.rows import read
from reports.sets import PROGRAMME, of_programme, within
from reports.survivors import CASE, RESCUE, RESCUED_ON
from reports.together import is_alone
from reports.verdicts import CONVICTED, VERDICT, arrests_of, decisions, natural, person

if TYPE_CHECKING:
    from accounts.models import User
    from prosecutions.sentencing import SentenceQuerySet
    from reports.params import Params
    from reports.rows import Column, Rows

SUSPECT, ACCUSED = "suspect__perpetrator", "charge__suspect__perpetrator"
COURT, CHARGED_AT = "judgment__prosecution__jurisdiction", "prosecution__jurisdiction"
ARRESTED_ON, FILED_ON, FRAMED_ON = "arrested_on", "filed_on", "framed_on"
DECIDED_ON = "judgment__decided_on"
ARRESTED_BY, JUDGED_BY = "attribution", "judgment__attribution"
OTHER_ENDINGS = ("discharged", "dismissed", "withdrawn", "abated")


def arrests(reader: User, params: Params, place: str = "") -> Rows:
    """Of whomever; of the place asked for, where one is named."""
    rows = Arrest.objects.countable_by(reader)
    return read(
        within(rows, params, place) if place else rows,
        person(SUSPECT),
        texts=(PROGRAMME, ARRESTED_BY),
        keys=(RESCUE, CASE),
        days=(ARRESTED_ON, RESCUED_ON),
        individual=natural(SUSPECT),
    )


def charges(reader: User, params: Params, place: str = "") -> Rows:
    """Filed by the as-of day."""
    rows = Charge.objects.countable_by(reader).filed_by(params.as_of).filter(natural(SUSPECT))
    return read(
        within(rows, params, place) if place else rows,
        person(SUSPECT),
        texts=(PROGRAMME,),
        keys=(CHARGED_AT,),
        days=(FILED_ON, FRAMED_ON),
    )


def decided(reader: User, params: Params, instance: str | None = None, *, place: str = "") -> Rows:
    """Decisions as `decisions` of `reports/verdicts.py` has them."""
    rows = decisions(reader, params, instance).filter(natural(ACCUSED))
    if is_alone():  # a report by place leaves out other programmes in any case
        rows = of_programme(rows, params)
    endings: dict[str, Any] = {name: Q(disposition=name) for name in OTHER_ENDINGS}
    return read(
        within(rows, params, place) if place else rows,
        person(ACCUSED),
        texts=(PROGRAMME, JUDGED_BY),
        keys=(COURT,),
        days=(DECIDED_ON,),
        convicted=CONVICTED,
        verdict=VERDICT,
        **endings,
    )


def sentences(reader: User, params: Params) -> SentenceQuerySet:
    """Those that rest on a conviction of their own judgment, of first instance, that stands."""
    rows = Sentence.objects.countable_by(reader).given_by(params.as_of)
    return rows.filter(natural(SUSPECT), judgment__instance=Instance.FIRST)


def sentenced(reader: User, params: Params, place: str = "") -> Rows:
    rows = sentences(reader, params)
    return read(
        within(rows, params, place) if place else rows,
        person(SUSPECT),
        texts=(PROGRAMME, JUDGED_BY),
        keys=(COURT,),
        days=(DECIDED_ON,),
        numbers=("months",),
        life=Q(life=True),
        suspended=Q(suspended=True),
        fined=Q(fine__isnull=False) & ~Q(fine=0),
    )


def attributed(rows: Rows, params: Params, by: str) -> Column:
    """The arrests or judgments of the attributions asked for."""
    if not params.attribution:
        return rows.every
    return rows.said(by, *params.attribution)


def accused(reader: User) -> Rows:
    """Sex and nationality of each, as the record says that stands for them."""
    facts = {f"whose_{it}": Coalesce(f"merged_into__{it}", it) for it in ("sex", "nationality")}
    rows = Perpetrator.objects.countable_by(reader).annotate(
        **facts, who=Coalesce("merged_into", "pk")
    )
    return read(rows, "who", texts=tuple(facts))


def undecided(reader: User, params: Params) -> Rows:
    """Charges that had come to no ending by the as-of day."""
    rows = Charge.objects.countable_by(reader).without_end_on(params.as_of).filter(natural(SUSPECT))
    if params.attribution:
        rows = rows.filter(Exists(arrests_of("suspect", params)))
    if is_alone():
        rows = of_programme(rows, params)
    return read(rows, person(SUSPECT), texts=(PROGRAMME,), keys=(CHARGED_AT,))
