"""A version of a scheme as its verb takes it: for each category what it pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from django.utils.text import format_lazy

from aftercare.codes import PARTS, Category
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from decimal import Decimal


def _part(category: str, part: str) -> Column:
    label = format_lazy("{}: {}", Category(category).label, PARTS[part])
    return Column(null=True, label=label)


class RateColumns(TypedDict, total=False):
    """A category without a sum in all is not paid by the scheme."""

    everyone_total: Annotated[Decimal | None, _part("everyone", "total")]
    everyone_deposit: Annotated[Decimal | None, _part("everyone", "deposit")]
    everyone_immediate: Annotated[Decimal | None, _part("everyone", "immediate")]
    adult_man_total: Annotated[Decimal | None, _part("adult_man", "total")]
    adult_man_deposit: Annotated[Decimal | None, _part("adult_man", "deposit")]
    adult_man_immediate: Annotated[Decimal | None, _part("adult_man", "immediate")]
    woman_or_child_total: Annotated[Decimal | None, _part("woman_or_child", "total")]
    woman_or_child_deposit: Annotated[Decimal | None, _part("woman_or_child", "deposit")]
    woman_or_child_immediate: Annotated[Decimal | None, _part("woman_or_child", "immediate")]
    extreme_total: Annotated[Decimal | None, _part("extreme", "total")]
    extreme_deposit: Annotated[Decimal | None, _part("extreme", "deposit")]
    extreme_immediate: Annotated[Decimal | None, _part("extreme", "immediate")]
