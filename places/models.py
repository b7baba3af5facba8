"""Where things happen, and which institutions act there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.access import Reference, Scoped
from core.days import clock
from core.models import Record
from places.choices import Choice  # noqa: F401 - a table of this app
from places.court_days import Vacation
from places.enums import AgencyKind, JurisdictionLevel
from places.merging import Mergeable, merged_is_retired
from places.naming import named
from places.querysets import AgencyQuerySet, JurisdictionQuerySet, OutlineQuerySet

if TYPE_CHECKING:
    from datetime import date, datetime

RETIRED = _("If unticked, forms no longer offer it; records that name it stay as they are.")
NAMESPACE = uuid.UUID("6f1a3c52-7f0b-5d0e-9a53-0c1d7f6f2b11")


def jurisdiction_id(code: str) -> uuid.UUID:
    """The key of a place, equal in every installation, so that records can be exchanged."""
    return uuid.uuid5(NAMESPACE, code)


def validate_time_zone(name: str) -> None:
    """Accept names of the IANA time zone database only."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        raise ValidationError(
            gettext("%(name)s is not a known time zone."), params={"name": name}, code="time_zone"
        ) from problem


class Jurisdiction(Mergeable, Scoped):
    """A country, a part of one, or a city: one node of the tree of places.

    Codes are ISO 3166 where ISO has one and never change, since the key is made from them.
    Triggers (migration 0002) keep `JurisdictionClosure`, refuse cycles and a place that is not
    of a narrower level than its parent.
    """

    named_by = "code"
    shown_with = ("parent",)

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(
        _("code"),
        max_length=20,
        help_text=_(
            "From ISO 3166 if there is one, such as IN or IN-WB; it never changes. If empty, it"
            " is made from the code of the place it is in, and the code in a national register or"
            " the name."
        ),
    )
    register_code = models.CharField(
        _("code in a national register"),
        max_length=20,
        blank=True,
        db_default="",
        default="",
        help_text=_("Such as LGD in India or PSGC in the Philippines."),
    )
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=10, choices=JurisdictionLevel)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("lies in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Name from the IANA database. If empty: that of the place it is in."),
    )
    is_active = models.BooleanField(_("in use"), default=True, db_default=True, help_text=RETIRED)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    access = Reference()
    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="places_jurisdiction_code_unique"),
            models.UniqueConstraint(
                fields=["parent", "level", "register_code"],
                condition=~Q(register_code=""),
                name="places_jurisdiction_register_unique",
            ),
            models.CheckConstraint(
                name="places_jurisdiction_code_shape",
                condition=Q(code__regex=r"^[A-Z]{2}(-[A-Z0-9]{1,4}){0,3}$"),
            ),
            models.CheckConstraint(name="places_jurisdiction_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="places_jurisdiction_level_known",
                condition=Q(level__in=JurisdictionLevel.values),
            ),
            models.CheckConstraint(
                name="places_jurisdiction_only_country_is_root",
                condition=Q(level="country", parent__isnull=True)
                | (~Q(level="country") & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="places_jurisdiction_has_time_zone", condition=~Q(time_zone="")
            ),
            merged_is_retired("places_jurisdiction"),
        ]

    def __str__(self) -> str:
        """A list to choose from (`to_choose`) tells Delhi, the city, from the state around it."""
        words = named(self.code, self.name)
        if getattr(self, "around", None) == self.name:
            return f"{words} ({self.get_level_display()})"
        return words

    def get_absolute_url(self) -> str:
        return reverse("places:place", args=[self.pk])

    @property
    def country(self) -> str:
        """The code of the country it lies in, which every code begins with (ISO 3166)."""
        return self.code.partition("-")[0]

    @property
    def today(self) -> date:
        """The calendar day it is there now."""
        return timezone.now().astimezone(ZoneInfo(self.time_zone)).date()

    def clock(self, moment: datetime) -> datetime:
        """A moment as the clocks show it there; naive, so that nothing converts it."""
        return clock.there(moment, ZoneInfo(self.time_zone))

    def moment(self, clock: datetime) -> datetime:
        """The moment at which the clocks show this there."""
        return clock.replace(tzinfo=ZoneInfo(self.time_zone))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derive what a new row may leave out: the key from the code, the zone from the parent."""
        if self._state.adding and self.pk is None:
            self.pk = jurisdiction_id(self.code)
            kwargs.setdefault("force_insert", True)  # a known code must fail, not overwrite its row
        if not self.time_zone and self.parent is not None:
            self.time_zone = self.parent.time_zone
        super().save(*args, **kwargs)


class JurisdictionClosure(Scoped):
    """Every place with every place it lies in, itself included: the tree, ready for joins.

    Written by the database alone (migration 0002); hence nothing for Django to do on deletion.
    """

    ancestor = models.ForeignKey(
        Jurisdiction,
        on_delete=models.DO_NOTHING,
        related_name="descendant_links",
        db_index=False,  # the unique constraint begins with it
    )
    descendant = models.ForeignKey(
        Jurisdiction, on_delete=models.DO_NOTHING, related_name="ancestor_links"
    )
    depth = models.PositiveSmallIntegerField()

    append_only = True
    access = Reference()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ancestor", "descendant"], name="places_jurisdictionclosure_pair_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id} ({self.depth})"


class Outline(Record, Scoped):
    """The shape of a place on a map, as GeoJSON. A table of its own: lists that name a place do not
    read it."""

    place = models.OneToOneField(Jurisdiction, on_delete=models.PROTECT, related_name="outline")
    geometry = models.JSONField()

    deletable = True
    access = Reference()
    objects = OutlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Outline")

    def __str__(self) -> str:
        return f"{self.place_id}"


class Agency(Mergeable, Record, Scoped):
    """An institution that acts in cases: a police unit, a court, a shelter."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("jurisdiction"),
        on_delete=models.PROTECT,
        related_name="agencies",
        help_text=_("The place it acts for. A court that sits for a whole state: the state."),
    )
    is_active = models.BooleanField(_("in use"), default=True, help_text=RETIRED)
    # Of a court: [{starts_on, ends_on, occasion}], the first of them first.
    vacations = models.JSONField(
        _("days without court"),
        default=list,
        db_default=Value([], models.JSONField()),
        blank=True,
    )

    access = Reference()
    named_with = shown_with = ("jurisdiction",)
    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="places_agency_name_unique"
            ),
            models.CheckConstraint(name="places_agency_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="places_agency_kind_known", condition=Q(kind__in=AgencyKind.values)
            ),
            merged_is_retired("places_agency"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("places:agency", args=[self.pk])

    @property
    def closed(self) -> list[Vacation]:
        """Days on which this court does not sit, beside weekends and public holidays."""
        return [Vacation.read(vacation) for vacation in self.vacations]
