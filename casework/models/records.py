"""The base of every table that hangs from a case, here and in the apps above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from casework.case_pages import address
from core.access import Scoped, ScopedQuerySet
from core.models import Record

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ITS_CASE = ("case__office", "case__jurisdiction")  # read together with a row of a case


class CaseRecord(Record, Scoped):
    """A row of a case. `office` and `level` are copied from the case by the database and follow
    transfer and sealing; nothing in Python sets them."""

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT)
    office = models.ForeignKey(
        "accounts.Office", on_delete=models.PROTECT, related_name="+", editable=False
    )
    level = models.PositiveSmallIntegerField(editable=False)

    shown_with: ClassVar[tuple[str, ...]] = ITS_CASE  # what its pages read beside it
    part: ClassVar[str] = ""  # the section of the pages of its case where it stands
    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Where it stands on the pages of its case."""
        return address(self.case_id, self.part)

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        """What stands above a form about it, beside its case: labels and values."""
        return []
