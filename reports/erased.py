"""What figures count of cases that were erased (`retention/`): a year, a country, nobody.

A row has a year and no day, so it is in a period that holds the whole year, and as of a day that
lies behind it. It has no office: it is counted for whoever counts every office of its country.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import Numbers
from reports.sets import gather

if TYPE_CHECKING:
    from accounts.models import User
    from core.access import ScopedQuerySet
    from reports.params import Params
    from reports.sets import Sets


class What(TextChoices):
    RESCUE = "rescue", _("Rescue")
    RESCUED = "rescued", _("Survivor brought to safety")
    DECLINED = "declined", _("Survivor who declined")
    ARRESTED = "arrested", _("Person arrested in a rescue")


class OfWholeCountries(Numbers):
    """Counted by whoever counts every office of the country."""

    def __init__(self) -> None:
        super().__init__(Perm.REPORT_VIEW)

    def count(self, rows: Any, counting: Any) -> ScopedQuerySet:
        offices: Any = apps.get_model("accounts.Office").objects
        others = offices.real().filter(is_global=False).exclude(pk__in=counting.offices)
        return rows.exclude(country__in=others.values("jurisdiction__ancestor_links__ancestor"))


def whole_years(params: Params) -> Q:
    """The years that lie in the period from their first day to their last."""
    last = params.until.year if (params.until.month, params.until.day) == (12, 31) else None
    years = Q(year__lte=last or params.until.year - 1)
    if params.start:
        first = params.start.year
        whole = (params.start.month, params.start.day) == (1, 1)
        years &= Q(year__gte=first if whole else first + 1)
    return years


def also(sets: Sets, reader: User, **which: Q) -> Sets:
    """The same sets, with what was erased."""
    rows: Any = apps.get_model("reports.AnonymousRow").objects.countable_by(reader)
    for name, leaves in gather(rows, "country", "pk", "programme", **which).items():
        mine = sets.setdefault(name, {})
        for leaf, ids in leaves.items():
            mine[leaf] = mine[leaf] | ids if leaf in mine else ids
    return sets
