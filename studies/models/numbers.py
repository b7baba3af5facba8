"""What every table of this app is: rows of numbers, and rules with words for who breaks them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from core.access import Numbers, Scoped, ScopedQuerySet
from core.models import Record


class NumberRecord(Record, Scoped):
    """A row that leads to nobody, open to whoever sees reports."""

    access = Numbers(Perm.REPORT_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


def rule(name: str, condition: Q, words: Any, field: str) -> models.CheckConstraint:
    """What must always be true, and the words and the field for whoever breaks it."""
    return models.CheckConstraint(
        name=f"studies_{name}",
        condition=condition,
        violation_error_message=words,
        violation_error_code=field,
    )


def once(name: str, fields: list[str], words: Any) -> models.UniqueConstraint:
    """What there is only one of."""
    return models.UniqueConstraint(
        fields=fields,
        name=f"studies_{name}",
        violation_error_message=words,
        violation_error_code=fields[-1],
    )


def code(choices: Any, **kwargs: Any) -> Any:
    return models.CharField(max_length=20, choices=choices, **kwargs)


def known(name: str, field: str, codes: Any) -> models.CheckConstraint:
    """Codes only of the list."""
    listed = list(getattr(codes, "values", codes))
    return models.CheckConstraint(name=f"studies_{name}", condition=Q(**{f"{field}__in": listed}))


def newest(name: str) -> models.Index:
    """The order of lists that have no day of their own."""
    return models.Index(fields=["-created_at", "-id"], name=f"studies_{name}_newest")


def place(related_name: str) -> Any:
    return models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name=related_name
    )
