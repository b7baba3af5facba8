"""Who gives care to whom, how many, and who of them signs in here."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.querysets import StaffQuerySet
from core.access import Held, Scoped, ScopedQuerySet
from core.models import Record
from places.merging import Mergeable, merged_is_retired
from victims.enums import OLDEST_MONTHS, Sex


def _number(label: Any = None) -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


class Provider(Mergeable, Record, Scoped):
    """A shelter, clinic or other service. Its address is never kept here.

    Places: beds for girls and women, for boys and men, and for anyone; all empty: not known, and
    then never full. An empty list of sexes: everyone.
    """

    name = models.CharField(_("Name"), max_length=120)
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="providers",
        verbose_name=_("Place"),
        help_text=_("The town, never the address."),
    )
    services = models.JSONField(_("What it offers"), default=list)  # codes of Need
    sexes = models.JSONField(
        _("Takes only"),  # codes of Sex
        default=list,
        db_default=Value([], models.JSONField()),
        blank=True,
        help_text=_("If nothing is chosen: everyone."),
    )
    age_min_months = _number()
    age_max_months = _number()
    places_female = _number(_("Beds for girls and women"))
    places_male = _number(_("Beds for boys and men"))
    places_any = _number(_("Beds for anyone"))
    # How many there were before: [{until, female, male, any}], the first until first.
    former_beds = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    # The agreement to share what is known of survivors; without one in force nothing is sent.
    agreement_from = models.DateField(
        _("Sharing agreement from"),
        null=True,
        blank=True,
        help_text=_("Without a current agreement no referral can be sent."),
    )
    agreement_until = models.DateField(_("Sharing agreement until"), null=True, blank=True)
    is_active = models.BooleanField(_("Takes people in"), default=True)

    access = Held(Perm.REFERRAL_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        indexes = [
            models.Index(fields=["name", "id"], name="aftercare_provider_by_name"),
            models.Index(fields=["-created_at", "-id"], name="aftercare_provider_list"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="aftercare_provider_once"
            ),
            models.CheckConstraint(
                name="aftercare_provider_ages_in_order",
                condition=Q(age_min_months__isnull=True)
                | Q(age_max_months__isnull=True)
                | Q(age_min_months__lte=F("age_max_months")),
            ),
            models.CheckConstraint(
                name="aftercare_provider_age_of_a_person",
                condition=Q(age_max_months__isnull=True) | Q(age_max_months__lte=OLDEST_MONTHS),
            ),
            models.CheckConstraint(
                name="aftercare_provider_agreement_in_order",
                condition=Q(agreement_until__isnull=True)
                | Q(agreement_from__lte=F("agreement_until")),
            ),
            merged_is_retired("aftercare_provider"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("aftercare:provider", args=[self.pk])

    @property
    def beds(self) -> dict[str, int | None]:
        """Beds by whom they are for, as last said; nothing where they were not counted."""
        return {
            str(Sex.FEMALE): self.places_female,
            str(Sex.MALE): self.places_male,
            "any": self.places_any,
        }

    def places_on(self, night: date) -> dict[str, int] | None:
        """Beds of this night by whom they are for; nothing where none was ever counted."""
        before = (beds for beds in self.former_beds if night.isoformat() < beds["until"])
        counted = next(before, None) or self.beds
        if all(counted[kind] is None for kind in self.beds):
            return None
        return {kind: counted[kind] or 0 for kind in self.beds}

    def fewest_beds(self, since: date) -> int:
        """The least there were in a night from this day on; 0 where they were not counted then."""
        former = (beds for beds in self.former_beds if since.isoformat() < beds["until"])
        return min(sum(beds[kind] or 0 for kind in self.beds) for beds in (self.beds, *former))

    def bed_changes(self, since: date, until: date | None) -> list[date]:
        """The nights of this time from which on there were other beds than before."""
        days = [date.fromisoformat(beds["until"]) for beds in self.former_beds]
        return [day for day in days if since < day and (until is None or day < until)]

    def takes_sex(self, sex: str) -> bool:
        return not self.sexes or sex in self.sexes

    def takes_age(self, ages: tuple[int, int] | None) -> bool:
        """Of the least and most months a person may have; no only where that is certain."""
        if ages is None:
            return True
        low, high = ages
        grown = self.age_min_months is None or high >= self.age_min_months
        return grown and (self.age_max_months is None or low <= self.age_max_months)

    def agrees_on(self, day: date) -> bool:
        """Whether what is known of survivors may be shared with it on this day."""
        begun = self.agreement_from is not None and self.agreement_from <= day
        return begun and (self.agreement_until is None or day <= self.agreement_until)


class ProviderStaff(Record, Scoped):
    """A person of a provider who signs in here to answer its referrals."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="staff")
    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("Account")
    )
    ended_at = models.DateTimeField(null=True)

    access = Held(Perm.REFERRAL_VIEW)  # who they are, `read_staff` tells whoever manages providers
    objects: ClassVar[Any] = StaffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "user"],
                name="aftercare_providerstaff_once",
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def get_absolute_url(self) -> str:
        return self.provider.get_absolute_url()
