"""Those responsible: a person or organisation, their role in a case, their arrests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from accounts.permissions import Perm
from casework.models import CaseRecord
from core.access import CONTENT, CaseRows, PersonRows, Scoped, ScopedQuerySet
from core.history import tracked
from core.models import Record
from core.names import LatinKeyField
from prosecutions.enums import Attribution, PerpetratorKind, SuspectRole
from prosecutions.querysets import SuspectQuerySet
from victims.enums import Sex

if TYPE_CHECKING:
    from uuid import UUID


class Named(Record, Scoped):
    """A row with a name in clear text and its Latin key, by which it is found in any script."""

    name = models.CharField(max_length=200, blank=True)
    latin = LatinKeyField(of="name", max_length=600)

    names = ("name", "latin")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") and "name" in kwargs["update_fields"]:
            kwargs["update_fields"] = [*kwargs["update_fields"], "latin"]
        super().save(*args, **kwargs)


@tracked
class Perpetrator(Named):
    """A person or an organisation. The name is clear text under row-level security, so that one
    offender can be found again in any script; empty while nobody knows it."""

    kind = models.CharField(
        max_length=12, choices=PerpetratorKind, default=PerpetratorKind.INDIVIDUAL
    )
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    nationality = models.CharField(max_length=2, blank=True)  # ISO 3166-1
    born_year = models.PositiveSmallIntegerField(null=True, blank=True)
    # The record that stands for this person today; always a record that is not merged itself.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    access = PersonRows(
        CONTENT, Perm.SUSPECT_VIEW, through="prosecutions.Suspect", key="perpetrator", own="pk"
    )
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(
                fields=["latin"], opclasses=["gin_trgm_ops"], name="prosecutions_perpetrator_latin"
            ),
        ]

    @property
    def person(self) -> UUID:
        """The key of the record that stands for this person today."""
        key: UUID = self.merged_into_id or self.pk
        return key


@tracked
class Alias(Named):
    """Another name of a perpetrator, in any script."""

    perpetrator = models.ForeignKey(Perpetrator, on_delete=models.PROTECT, related_name="aliases")

    deletable = True
    access = PersonRows(
        CONTENT,
        Perm.SUSPECT_VIEW,
        through="prosecutions.Suspect",
        key="perpetrator",
        own="perpetrator",
    )
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["perpetrator", "name"], name="prosecutions_alias_once"),
        ]
        indexes = [
            GinIndex(fields=["latin"], opclasses=["gin_trgm_ops"], name="prosecutions_alias_latin"),
        ]


class Merge(Record, Scoped):
    """That two records are one person, who said so, and which records moved with it.

    Undone, each of `moved` stands for itself again or under the record it was merged into before.
    """

    kept = models.ForeignKey(Perpetrator, on_delete=models.PROTECT, related_name="merges")
    other = models.ForeignKey(Perpetrator, on_delete=models.PROTECT, related_name="+")
    moved = ArrayField(models.UUIDField())
    merged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    access = PersonRows(
        CONTENT, Perm.SUSPECT_VIEW, through="prosecutions.Suspect", key="perpetrator", own="kept"
    )
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="prosecutions_merge_of_two", condition=~Q(kept=F("other"))),
            models.CheckConstraint(
                name="prosecutions_merge_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]


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
