"""The base of what stands in the ledger of a survivor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from victims.models.records import SurvivorRecord

if TYPE_CHECKING:
    from decimal import Decimal


class LedgerRecord(SurvivorRecord):
    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse("desk:ledger", args=[self.survivor.pk])


def in_money(unit: str, amount: Decimal) -> str:
    return f"{unit} {amount:,.2f}"
