"""What an organisation says of a code of a list: its name, its order, when it is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.access import Reference, Scoped, ScopedQuerySet
from core.choices import LISTS, OWN, in_words, is_in_use
from core.days import clock
from core.models import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrOrPromise

LONGEST = 80  # signs of a name


def lists() -> Iterator[tuple[str, StrOrPromise]]:
    """By name and title, in alphabetical order of what the reader reads."""
    yield from sorted(((name, of.TITLE) for name, of in LISTS.items()), key=lambda it: str(it[1]))


class Choice(Record, Scoped):
    """One code of a list. Those that ship are there from the start and cannot be deleted; nothing
    can: records name their codes for ever."""

    listed = models.CharField(_("List"), max_length=20, choices=lists)
    code = models.CharField(
        _("Code"),
        max_length=20,
        help_text=_("Such as own_boat. It cannot be changed later."),
    )
    labels = models.JSONField(
        _("Names"), default=dict, db_default=Value({}, models.JSONField()), blank=True
    )
    position = models.PositiveSmallIntegerField(
        _("Order"),
        null=True,
        blank=True,
        help_text=_("Lower numbers come first. If empty: the order that comes with Casework."),
    )
    starts_on = models.DateField(_("First day"), null=True, blank=True)
    ends_on = models.DateField(
        _("Last day"),
        null=True,
        blank=True,
        help_text=_("After this day forms no longer offer it; records that say it keep it."),
    )
    is_own = models.BooleanField(default=False, db_default=False, editable=False)
    counts_as = models.CharField(
        _("Counts as"),
        max_length=20,
        blank=True,
        db_default="",
        default="",
        help_text=_(
            "The code of this list that figures and files for other organisations take it for. If"
            " empty: none."
        ),
    )

    access = Reference()
    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listed", "code"], name="places_choice_once"),
            models.CheckConstraint(
                name="places_choice_own_by_its_code",
                condition=Q(is_own=True, code__regex=f"^{OWN}[a-z0-9_]+$") & ~Q(labels={})
                | (Q(is_own=False, counts_as="") & ~Q(code__startswith=OWN)),
            ),
            models.CheckConstraint(
                name="places_choice_ends_after_its_start",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("places:choice", args=[self.pk])

    @property
    def list(self) -> Any:
        return LISTS[self.listed]

    @property
    def label(self) -> str:
        """As forms call it in the language of the reader."""
        return in_words(self.labels, self.code, self.shipped_label)

    @property
    def shipped_label(self) -> StrOrPromise:
        """As Casework calls it; nothing of a code of the organisation's own."""
        label: StrOrPromise = self.list.shipped.get(self.code, "")
        return label

    @property
    def is_ruled(self) -> bool:
        """Whether rules, figures or standards rest on what it means."""
        return self.code in self.list.RULED

    @property
    def is_in_use(self) -> bool:
        return is_in_use(self.starts_on, self.ends_on, clock.today())


def load_choices() -> int:
    """A row for each code that ships and has none, after every migration."""
    there = set(Choice._default_manager.values_list("listed", "code"))
    missing = [
        Choice(listed=name, code=code)
        for name, of in LISTS.items()
        for code in of.shipped
        if (name, code) not in there
    ]
    return len(Choice._default_manager.bulk_create(missing))
