"""Those responsible: a person or organisation, their role in a case, their arrests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, CaseRows, PairRows, PersonRows, Scoped, ScopedQuerySet
from core.alike.matching import SIDES, MatchQuerySet, MatchRow
from core.alike.merging import Mergeable, MergeRow
from core.history import tracked
from core.models import Record
from core.names import LatinKeyField
from core.sounds import SoundKeyField
from prosecutions.court_querysets import ArrestQuerySet
from prosecutions.enums import Attribution, PerpetratorKind, SuspectRole
from prosecutions.querysets import SuspectMetQuerySet
from prosecutions.statuses import SuspectQuerySet
from victims.enums import Sex

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from places.models import Jurisdiction


class Named(Record, Scoped):
    """A row with a name in clear text and the keys by which it is found in any script, as it is
    spelt and as it sounds."""

    name = models.CharField(
        _("Name"),
        max_length=200,
        blank=True,
        help_text=_("In any script. Leave it empty if it is not known yet."),
    )
    latin = LatinKeyField(of="name", max_length=600)
    sound = SoundKeyField(of="name", max_length=600, db_default="")

    names = ("name", "latin", "sound")

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: Any) -> None:
        if kwargs.get("update_fields") and "name" in kwargs["update_fields"]:
            kwargs["update_fields"] = [*kwargs["update_fields"], "latin", "sound"]
        super().save(*args, **kwargs)


@tracked
class Perpetrator(Named, Mergeable):
    """A person or an organisation. The name is clear text under row-level security, so that one
    offender can be found again in any script; empty while nobody knows it."""

    kind = models.CharField(
        _("Person or organisation"),
        max_length=12,
        choices=PerpetratorKind,
        default=PerpetratorKind.INDIVIDUAL,
    )
    sex = models.CharField(_("Sex"), max_length=10, choices=Sex, default=Sex.UNKNOWN)
    nationality = models.CharField(_("Nationality"), max_length=2, blank=True)  # ISO 3166-1
    born_year = models.PositiveSmallIntegerField(
        _("Year of birth"), null=True, blank=True, help_text=_("An approximate year is enough.")
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
            GinIndex(
                fields=["sound"], opclasses=["gin_trgm_ops"], name="prosecutions_perpetrator_sound"
            ),
        ]


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
            GinIndex(fields=["sound"], opclasses=["gin_trgm_ops"], name="prosecutions_alias_sound"),
        ]


class Merge(MergeRow):
    """That two records are one person."""

    kept = models.ForeignKey(Perpetrator, on_delete=models.PROTECT, related_name="merges")
    other = models.ForeignKey(Perpetrator, on_delete=models.PROTECT, related_name="+")

    access = PersonRows(
        CONTENT, Perm.SUSPECT_VIEW, through="prosecutions.Suspect", key="perpetrator", own="kept"
    )
    objects = ScopedQuerySet.as_manager()

    class Meta(MergeRow.Meta):
        pass


class OffenderMatch(MatchRow):
    """Two offenders whose names are alike."""

    one = models.ForeignKey(Perpetrator, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Perpetrator, on_delete=models.PROTECT, related_name="+")

    access = PairRows(
        CONTENT, Perm.MATCH_VIEW, through="prosecutions.Suspect", key="perpetrator", pair=SIDES
    )
    objects = MatchQuerySet.as_manager()

    class Meta(MatchRow.Meta):
        indexes = [
            models.Index(fields=["-likeness", "-id"], name="prosecutions_match_likest"),
            models.Index(fields=["other"], name="prosecutions_match_other"),
        ]


@tracked
class Suspect(CaseRecord):
    """A perpetrator's role in one case. Status is derived from the record, never typed.

    `died_on`: the day of a death, in custody or outside it. `identified_on`: the day we learned of
    the person; where nobody says it, the day it was written down, as of an involvement.
    """

    perpetrator = models.ForeignKey(
        Perpetrator, on_delete=models.PROTECT, related_name="suspicions"
    )
    code = models.CharField(max_length=10)  # … within the case
    role = models.CharField(_("Role"), max_length=20, choices=SuspectRole)
    died_on = models.DateField(
        _("Died on"),
        null=True,
        blank=True,
        help_text=_("Leave empty if the death was recorded in error and the person is alive."),
    )
    identified_on = models.DateField(_("Day we learned of the person"), null=True, blank=True)

    deletable = True
    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)
    named_with = ("case__jurisdiction", "case__office")
    part, shown_with = "suspects", (*ITS_CASE, "perpetrator")
    objects: ClassVar[Any] = SuspectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="prosecutions_suspect_code_once"),
            models.CheckConstraint(
                name="prosecutions_suspect_known_role", condition=SuspectRole.holds("role")
            ),
        ]
        indexes = [
            models.Index(fields=["perpetrator"], name="prosecutions_suspect_person"),
            models.Index(fields=["-created_at", "-id"], name="prosecutions_suspect_list"),
            models.Index(
                fields=["office", "-created_at", "-id"], name="prosecutions_suspect_of_office"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [(_("Suspect"), self.code), (_("Role"), self.get_role_display())]


@tracked
class Arrest(CaseRecord):
    """The arrest of a suspect, by whom and whose work it was.

    `arrested_at`: the hour by the clock of the place; unknown where empty. `presumed_until`: until
    when the police may hold whoever was arrested, as the law says while nothing else is recorded;
    empty where the arrest came in a file, or was told after that (`prosecutions/limits.py`).
    """

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="arrests")
    rescue = models.ForeignKey(
        "casework.Rescue", null=True, on_delete=models.PROTECT, related_name="arrests"
    )
    arrested_on = models.DateField(_("Arrested on"))
    arrested_at = models.TimeField(
        _("At what hour"),
        null=True,
        blank=True,
        help_text=_(
            "Local time. The hours until a court count from this time; if not known, from midnight."
        ),
    )
    presumed_until = models.DateTimeField(null=True, blank=True, editable=False)
    agency = models.ForeignKey(
        "places.Agency",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Police unit"),
    )
    attribution = models.CharField(
        _("Whose work led to it"), max_length=12, choices=Attribution, default=Attribution.SUPPORTED
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)
    part, shown_with = "suspects", (*ITS_CASE, "suspect__perpetrator")
    objects: ClassVar[Any] = ArrestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["suspect"], name="prosecutions_arrest_suspect")]

    @property
    def place(self) -> Jurisdiction:
        """Whose clock and whose law count: where it was made, as far as is known."""
        return (self.rescue or self.case).jurisdiction

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        arrested = date_format(self.arrested_on, "j M Y")
        return [*self.suspect.describe(), (_("Arrested"), arrested)]


@tracked
class SuspectMet(CaseRecord):
    """A suspect who was there at a rescue, not arrested in it; until taken off the record."""

    rescue = models.ForeignKey("casework.Rescue", on_delete=models.PROTECT, related_name="met")
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="met")
    removed_at = models.DateTimeField(null=True, blank=True)

    deletable = True
    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)
    objects: ClassVar[Any] = SuspectMetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rescue", "suspect"],
                name="prosecutions_suspectmet_once",
                condition=Q(removed_at__isnull=True),
            ),
        ]
