"""What every table of this app is: rows of numbers, and rules with words for who breaks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import Numbers, Scoped, ScopedQuerySet
from core.models import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import CharField, ForeignKey
    from django_stubs_ext import StrOrPromise

    from core.refusals import Words


class NumberRecord(Record, Scoped):
    """A row that leads to nobody, open to whoever sees reports; `part_of` says of which row."""

    access = Numbers(Perm.REPORT_VIEW)
    objects = ScopedQuerySet.as_manager()
    part_of: ClassVar[str]
    plural: ClassVar[str] = ""  # in addresses
    shown_with: ClassVar[tuple[str, ...]] = ()  # what its pages read beside it

    class Meta:
        abstract = True

    @property
    def kept_by(self) -> UUID | None:
        """The office that changes it; none: whoever works for the whole."""
        return getattr(self, self.part_of).kept_by

    def get_absolute_url(self) -> str:
        """The page where it is shown: that of what it is part of."""
        return str(getattr(self, self.part_of).get_absolute_url())

    @classmethod
    def office_path(cls) -> str:
        """Where that office stands, as queries ask."""
        whole: Any = cls._meta.get_field(cls.part_of).related_model
        return f"{cls.part_of}__{whole.office_path()}"


class OfficeRecord(NumberRecord):
    """A row that is part of no other, and belongs to an office, or to the whole."""

    office = models.ForeignKey(
        "accounts.Office", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    listed: ClassVar[str]  # the page with the list of all

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse(self.listed)

    @property
    def kept_by(self) -> UUID | None:
        return self.office_id

    @classmethod
    def office_path(cls) -> str:
        return "office"


def rule(name: str, condition: Q, words: Words, field: str) -> models.CheckConstraint:
    """What must always be true, and the words and the field for whoever breaks it."""
    return models.CheckConstraint(
        name=f"studies_{name}",
        condition=condition,
        violation_error_message=words,
        violation_error_code=field,
    )


def once(name: str, fields: list[str], words: Words) -> models.UniqueConstraint:
    """What there is only one of."""
    return models.UniqueConstraint(
        fields=fields,
        name=f"studies_{name}",
        violation_error_message=words,
        violation_error_code=fields[-1],
    )


def code(label: StrOrPromise, choices: Any, **kwargs: Any) -> CharField:
    return models.CharField(label, max_length=20, choices=choices, **kwargs)


def source(*, required: bool = False) -> CharField:
    help_text = _("Title, page, address on the web.")
    return models.CharField(
        _("Where it can be read"), max_length=300, blank=not required, help_text=help_text
    )


def codes_of_list(name: str, field: str, codes: Any) -> models.CheckConstraint:
    """Codes only of the list."""
    listed = list(getattr(codes, "values", codes))
    return models.CheckConstraint(name=f"studies_{name}", condition=Q(**{f"{field}__in": listed}))


def newest(name: str) -> models.Index:
    """The order of lists that have no day of their own."""
    return models.Index(fields=["-created_at", "-id"], name=f"studies_{name}_newest")


def place(related_name: str, help_text: StrOrPromise = "") -> ForeignKey:
    return models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name=related_name,
        verbose_name=_("Place"),
        help_text=help_text,
    )
