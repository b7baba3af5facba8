"""A snapshot as its reader may see it: small counts hidden, rows behind a figure within scope."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import Case
from prosecutions.models import Charge, Complaint, Hearing, Prosecution, Suspect
from reports.base import rate, report_of
from reports.models import RowNumber
from reports.numbers import Ids
from reports.readers import sees_periods_over
from victims.models import Involvement

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from reports.base import Report
    from reports.models import Snapshot

MOST = 200
FIGURE = frozenset({*rate(0, 0), "value"})  # of these, one gives the others away


def rows_for(snapshot: Snapshot, reader: Any) -> list[dict[str, Any]]:
    """The rows, if this reader may have them: without row rights those that `closed` left."""
    settled = snapshot.closed_for and not snapshot._state.adding
    if sees_periods_over(reader, report_of(snapshot)) and not settled:
        raise PermissionDenied(Perm.VICTIM_VIEW)
    return [report_of(snapshot).said(row) for row in snapshot.rows]


def without(report: Report, row: dict[str, object], small: set[str]) -> dict[str, object]:
    """The row without these counts, and without what would give them away.

    `hidden` names what is hidden in it, so that nothing looks like a zero.
    """
    if not small:
        return row
    small = set(small)
    if small & {"k", "n"}:  # a rate, or the other of the two, would give the hidden one away
        small |= {name for name in FIGURE if name in row}
    if small & report.together:
        small |= {name for name in report.together if row.get(name) is not None}
    return row | dict.fromkeys(small) | {"hidden": sorted(small)}


class IdsOfModel(NamedTuple):
    """How ids of one model, kept behind figures, open into rows of cases."""

    model: Any
    of: tuple[str, ...] = ("pk",)  # the paths to the id
    code: str = "code"
    called: StrOrPromise = _("Person")  # what stands beside the case, as a page heads it
    day: str = ""
    case: str = "case"
    only: Q = Q()  # the records of a case that break a rule


BEHIND = {
    "victims.Victim": IdsOfModel(Involvement, ("victim", "victim__merged_into")),
    "prosecutions.Perpetrator": IdsOfModel(Suspect, ("perpetrator", "perpetrator__merged_into")),
    "prosecutions.Suspect": IdsOfModel(Suspect),
    "prosecutions.Charge": IdsOfModel(Charge, code="suspect__code"),
    "prosecutions.Complaint": IdsOfModel(Complaint, code="number", called=_("Number")),
    "prosecutions.Prosecution": IdsOfModel(Prosecution, code="docket", called=_("Docket number")),
    "prosecutions.Hearing": IdsOfModel(
        Hearing, code="prosecution__docket", called=_("Docket number"), day="listed_on"
    ),
    "casework.Case": IdsOfModel(Case, code="", case=""),
}


def opened(report: Report, cell: str, of: str) -> IdsOfModel | None:
    """Into what a figure opens: if it counts cases in which records break a rule, into these
    records."""
    broken = report.broken_rule(cell)
    if broken is None:
        return BEHIND.get(report.counted(cell, of))
    label, rule = broken
    model = apps.get_model(label)
    of_case = {"of": ("pk",), "case": ""} if model is Case else {"of": ("case",)}
    is_day = isinstance(model._meta.get_field(rule.field), models.DateField)
    return IdsOfModel(
        model,
        code="",
        called=capfirst(model._meta.verbose_name),
        day=rule.field if is_day else "",
        only=rule.wrong(),
        **of_case,
    )


def rows_of(ids: Ids) -> QuerySet[RowNumber]:
    """The rows with these numbers: one parameter of a statement, however many there are."""
    written = "{" + ",".join(map(str, ids)) + "}"
    return RowNumber.objects.filter(number__in=RawSQL("select unnest(%s::int[])", [written]))


def may_open(report: Report, reader: User) -> bool:
    """Whether this reader holds row rights to those a report counts."""
    kept = BEHIND.get(report.people)
    return kept is not None and bool(reader.has_perm(kept.model.access.view))


def behind(
    snapshot: Snapshot, cell: str, of: str, reader: User
) -> tuple[list[dict[str, Any]], int]:
    """The records behind a figure that this reader may open, and how many there are in all."""
    ids = snapshot.behind.get(cell).get(of, Ids())
    kept = opened(report_of(snapshot), cell, of)
    if kept is None:
        return [], len(ids)
    among = Q()
    for path in kept.of:
        among |= Q(**{f"{path}__in": rows_of(ids).values("row_id")})
    rows = kept.model.objects.visible_to(reader).filter(among, kept.only)
    order = (
        "case__reference" if kept.case else "reference",
        *filter(None, [kept.code, kept.day]),
        "pk",
    )
    beside = (*kept.model.shown_with, *kept.code.split("__")[:-1])
    rows = rows.select_related(*beside).order_by(*order)[:MOST]
    return [_record(row, kept) for row in rows], len(ids)


def _record(row: Any, kept: IdsOfModel) -> dict[str, Any]:
    case = row.case if kept.case else row
    code = attrgetter(kept.code.replace("__", "."))(row) if kept.code else ""
    day = getattr(row, kept.day) if kept.day else None
    keys = {"reference": case.reference, "case": str(case.pk), "record": str(row.pk)}
    return keys | {"code": code, "day": day, "row": row}
