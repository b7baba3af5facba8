"""What the law of a country says from a day on: provisions of statutes, and who confirmed what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import ChangeOutcome
from core.access import Reference, Scoped, ScopedQuerySet
from core.days import clock
from core.models import Record
from places.enums import JurisdictionLevel
from prosecutions.enums import LawKind
from prosecutions.law_contents import CONTENTS
from prosecutions.laws import LIMITS, Limit
from prosecutions.limitation import FROM_MEMORY
from prosecutions.querysets import ProvisionQuerySet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django_stubs_ext import StrOrPromise

DAY = timedelta(days=1)
# Which offences a limit is for, in the words of the form.
OFFENCES = {
    "life": _("For offences that can be punished with life"),
    "least": _("For offences with at least so many years"),
    "above": _("For offences with more than so many years"),
    "up_to": _("For offences with at most so many years"),
    "statute": _("For offences under this statute"),
}
WAITS = Q(outcome="")


class Provision(Record, Scoped):
    """A provision of a statute, as it stood from one day to another.

    Those that ship are in `prosecutions/data/provisions.json`; an organisation adds its own, and
    ends them, by a `LawVersion`. `verified` false means: from memory, to be checked before use.
    Years are of imprisonment; no maximum with `life_possible` means life.
    """

    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+"
    )
    statute = models.CharField(
        _("Short name of the statute"),
        max_length=40,
        help_text=_("As charges name it, such as BNS."),
    )
    title = models.CharField(_("Title of the statute"), max_length=200)
    number = models.CharField(_("Section or article"), max_length=40)
    offence = models.CharField(_("Offence"), max_length=200)
    min_years = models.DecimalField(
        _("At least, in years"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    max_years = models.DecimalField(
        _("At most, in years"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    life_possible = models.BooleanField(_("Life is possible"), default=False)
    fine = models.CharField(_("Fine"), max_length=200, blank=True)
    iccs = models.CharField(
        _("Kind of offence"),
        max_length=10,
        blank=True,
        help_text=_("Its number in ICCS, such as 0204 for trafficking in persons."),
    )
    exploitation = models.BooleanField(
        _("It punishes exploitation or trafficking"), default=False, db_default=False
    )
    of_child = models.BooleanField(
        _("Only where the victim is a child"), default=False, db_default=False
    )
    verified = models.BooleanField(_("Checked against the source"), default=False)
    in_force_from = models.DateField(
        _("In force from"),
        null=True,
        blank=True,
        help_text=_("Leave it empty if it is older than 1990."),
    )
    in_force_to = models.DateField(_("Last day in force"), null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    access = Reference()
    plural, named_with = "provisions", ("jurisdiction",)
    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ("statute", "number", "in_force_from")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "statute", "number", "in_force_from"],
                name="prosecutions_provision_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="prosecutions_provision_dates_in_order",
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statute} {self.number}: {self.offence}"

    def get_absolute_url(self) -> str:
        return f"{reverse('prosecutions:laws')}?kind={self.jurisdiction.country}"

    @property
    def in_words(self) -> str:
        words = f"{self.statute} {self.number}"
        return words if self.verified else f"{words} ({FROM_MEMORY})"

    @property
    def is_generic(self) -> bool:
        """It stands for several sections at once, or has no imprisonment of its own."""
        none = self.min_years is None and self.max_years is None and not self.life_possible
        return none or "/" in self.number or "," in self.number

    def in_force_on(self, day: date) -> bool:
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_to is None or day <= self.in_force_to)

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        """What its columns say, under their words."""
        return [(field.verbose_name, words) for field in PROPOSED if (words := _said(self, field))]


# What somebody proposes of a provision, in the order in which it is told.
PROPOSED: list[Any] = [
    Provision._meta.get_field(name)
    for name in (
        *("statute", "title", "number", "offence", "min_years", "max_years", "life_possible"),
        *("fine", "iccs", "exploitation", "of_child", "in_force_from", "in_force_to"),
    )
]


def _said(row: Provision, field: Any) -> object:
    value = getattr(row, field.attname)
    if isinstance(value, bool):
        return _("Yes") if value else ""
    return date_format(value, "j M Y") if isinstance(field, models.DateField) and value else value


class LawVersionQuerySet(ScopedQuerySet):
    def waiting(self) -> LawVersionQuerySet:
        """Those a second person has to decide."""
        return self.filter(WAITS)


class LawVersion(Record, Scoped):
    """One thing that the law of a country says, from a day on: proposed by one person, confirmed by
    another. It is never changed; another one follows it. What ships nobody proposed.

    `terms`: what it says, by its kind; of a limit see `prosecutions/laws.py`. `provision`: the one
    that it ends; once confirmed, the one that it made.
    """

    kind = models.CharField(_("What it is about"), max_length=10, choices=LawKind)
    country = models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Country"),
        limit_choices_to={"level": JurisdictionLevel.COUNTRY},
    )
    begins_on = models.DateField(_("In force from"), null=True, blank=True)
    terms = models.JSONField(encoder=DjangoJSONEncoder, default=dict)
    provision = models.ForeignKey(
        Provision, null=True, on_delete=models.PROTECT, related_name="versions"
    )
    source = models.CharField(
        _("Legal source"),
        max_length=300,
        help_text=_("The law, its section, or the decision of the board."),
    )
    verified = models.BooleanField(_("Checked against the source"), default=False)
    proposed_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=ChangeOutcome, blank=True)

    access = Reference()
    plural, changeable = "law-versions", ("outcome", "decided_by", "decided_at", "provision")
    named_with = ("country", "provision")
    shown_with = ("country", "provision__jurisdiction", "proposed_by", "decided_by")
    objects: ClassVar[Any] = LawVersionQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="prosecutions_lawversion_second_person",
                condition=WAITS & Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome=ChangeOutcome.CONFIRMED, proposed_by__isnull=True)
                & Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome__in=ChangeOutcome.values, decided_by__isnull=False)
                & Q(decided_at__isnull=False)
                & (Q(outcome=ChangeOutcome.WITHDRAWN) | ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="prosecutions_lawversion_ends_one",
                condition=~Q(kind=LawKind.END)
                | Q(provision__isnull=False, begins_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        if content := CONTENTS.get(self.kind):
            return content.words(self)
        if self.kind in LIMITS:
            return f"{self.get_kind_display()}: {self.length}"
        return str(self.says)

    @property
    def is_limit(self) -> bool:
        return self.kind in LIMITS

    @property
    def is_ahead(self) -> bool:
        """A limit or stages that were confirmed, and whose day has not come."""
        read = self.kind in (*LIMITS, LawKind.STAGES) and self.outcome == ChangeOutcome.CONFIRMED
        return bool(read and self.begins_on and self.begins_on > clock.today())

    @property
    def limit(self) -> Limit:
        """What it says, of the kinds that are limits."""
        columns = (self.begins_on, self.source, self.verified, self.terms)
        return Limit.read(self.kind, self.country.code, *columns)

    @property
    def length(self) -> str:
        return str(self.limit.amount or _("none"))

    @property
    def offences(self) -> list[tuple[StrOrPromise, object]]:
        """Which offences a limit is for; nothing, where it is for all."""
        limit = self.limit
        life = _("Yes") if limit.life else ""
        numbers = [(OFFENCES[name], getattr(limit, name)) for name in ("least", "above", "up_to")]
        lines = [(OFFENCES["life"], life), *numbers, (OFFENCES["statute"], limit.statute)]
        return [(label, value) for label, value in lines if value not in ("", None)]

    @property
    def says(self) -> Provision:
        """What it makes, or what it ends."""
        ended: Any = self.provision
        return ended if self.kind == LawKind.END else provision_of(self.country, self.terms)

    @property
    def first_day(self) -> date:
        """Of an end, stages or a scheme, which always have one."""
        return cast("date", self.begins_on)

    @property
    def last_day(self) -> date:
        """Of the provision that it ends."""
        return self.first_day - DAY

    def get_absolute_url(self) -> str:
        return reverse("prosecutions:law", args=[self.pk])

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        lines: list[tuple[StrOrPromise, object]] = [(_("Country"), self.country)]
        if content := CONTENTS.get(self.kind):
            lines += content.lines(self)
        elif self.is_limit:
            day = date_format(self.begins_on, "j M Y") if self.begins_on else "–"
            lines += [(_("How long"), self.length), *self.offences, (_("In force from"), day)]
        elif self.kind == LawKind.END:
            last = date_format(self.last_day, "j M Y")
            lines += [(_("Provision"), self.says), (_("Last day in force"), last)]
        else:
            lines += self.says.describe()
        lines += [
            (_("Legal source"), self.source),
            (_("Checked against the source"), _("Yes") if self.verified else _("No")),
        ]
        people = ((_("Proposed by"), self.proposed_by), (_("Decided by"), self.decided_by))
        return [*lines, *((label, person.name) for label, person in people if person)]


def provision_of(country: Any, terms: Mapping[str, Any]) -> Provision:
    """The provision that these terms say, not kept."""
    read = {field.name: field.to_python(terms[field.name]) for field in PROPOSED}
    return Provision(jurisdiction=country, **read)
