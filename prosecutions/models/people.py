"""Those responsible: a person or organisation, their role in a case, their arrests."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows, PersonRows, Scoped, ScopedQuerySet
from core.history import tracked
from core.models import Record
from prosecutions.enums import Attribution, PerpetratorKind, SuspectRole
from prosecutions.querysets import SuspectQuerySet


@tracked
class Perpetrator(Record, Scoped):
    """A person or an organisation. The name is clear text under row-level security, so that one
    offender can be found again in any script; empty while nobody knows it."""

    kind = models.CharField(
        max_length=12, choices=PerpetratorKind, default=PerpetratorKind.INDIVIDUAL
    )
    name = models.CharField(max_length=200, blank=True)
    # The record that stands for this person today; always a record that is not merged itself.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    names = ("name",)
    access = PersonRows(
        CONTENT, Perm.SUSPECT_VIEW, through="prosecutions.Suspect", key="perpetrator", own="pk"
    )
    objects = ScopedQuerySet.as_manager()


@tracked
class Suspect(CaseRecord):
    """A perpetrator's role in one case. Status is derived from the record, never typed."""

    perpetrator = models.ForeignKey(
        Perpetrator, on_delete=models.PROTECT, related_name="suspicions"
    )
    code = models.CharField(max_length=10)  # … within the case
    role = models.CharField(max_length=20, choices=SuspectRole)

    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)
    objects: ClassVar[Any] = SuspectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="prosecutions_suspect_code_once"),
            models.CheckConstraint(
                name="prosecutions_suspect_known_role", condition=Q(role__in=SuspectRole.values)
            ),
        ]
        indexes = [models.Index(fields=["perpetrator"], name="prosecutions_suspect_person")]

    def __str__(self) -> str:
        return self.code


@tracked
class Arrest(CaseRecord):
    """The arrest of a suspect, by whom and whose work it was."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="arrests")
    rescue = models.ForeignKey(
        "casework.Rescue", null=True, on_delete=models.PROTECT, related_name="arrests"
    )
    arrested_on = models.DateField()
    agency = models.ForeignKey(
        "places.Agency", null=True, on_delete=models.PROTECT, related_name="+"
    )
    attribution = models.CharField(
        max_length=12, choices=Attribution, default=Attribution.SUPPORTED
    )

    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)

    class Meta:
        indexes = [models.Index(fields=["suspect"], name="prosecutions_arrest_suspect")]
