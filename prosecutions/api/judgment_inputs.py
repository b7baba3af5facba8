"""Bodies of judgments and sentences, each alone or both in one."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.access import ScopedQuerySet
from core.api.serializers import (
    Amount,
    Day,
    Input,
    Labelled,
    Text,
    Truth,
    VisibleRow,
    WholeNumber,
)
from core.refusals import gettext as _
from prosecutions.columns import MOST_MONTHS
from prosecutions.enums import Attribution, Disposition
from prosecutions.models import Appeal, Charge, Judgment, Prosecution, Suspect
from prosecutions.services.judgment_rules import Ended, Sentenced
from prosecutions.services.shares import Share
from victims.models import Involvement

BOUNDED: Any = {"max_length": 200}
Rows = list[dict[str, Any]]


def with_rows(rows: Rows, name: str, visible: ScopedQuerySet) -> Rows:
    """Each with the row that it names, all of them found with one query."""
    known = visible.in_bulk([row[name] for row in rows])
    words = [_("Not found, or not open to you.")]
    missing: Any = {n: {name: words} for n, row in enumerate(rows) if row[name] not in known}
    if missing:
        raise serializers.ValidationError(missing)
    return [row | {name: known[row[name]]} for row in rows]


class DecisionInput(Input):
    charge = serializers.UUIDField()
    disposition = Labelled(Disposition)
    local_term = Text(max_length=80, required=False, allow_blank=True)


class ShareInput(Input):
    survivor = serializers.UUIDField()
    amount = Amount()


class SharesInput(Input):
    """What of the compensation is for whom."""

    shares: Any = ShareInput(many=True, required=False, **BOUNDED)

    def validate_shares(self, rows: Rows) -> list[Share]:
        people = Involvement.objects.visible_to(self.context["reader"])
        return [Share(**row) for row in with_rows(rows, "survivor", people)]


class ShareCompensationInput(SharesInput):
    shares: Any = ShareInput(many=True, **BOUNDED)


class SentenceInput(SharesInput):
    months = WholeNumber(min_value=0, max_value=MOST_MONTHS, required=False)
    life = Truth(required=False)
    suspended = Truth(required=False)
    fine = Amount(required=False)
    compensation = Amount(required=False)
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)

    def validate(self, data: dict[str, object]) -> dict[str, object]:
        if data.get("life") and "months" in data:
            raise serializers.ValidationError(
                {"months": [_("A life sentence cannot also have a number of months.")]}
            )
        money = any(name in data for name in ("fine", "compensation", "shares"))
        if money and "currency" not in data:
            raise serializers.ValidationError(
                {"currency": [_("Enter the currency of the amount.")]}
            )
        return data


class RecordSentenceInput(SentenceInput):
    judgment = VisibleRow(Judgment.objects.select_related("case"))
    suspect = VisibleRow(Suspect.objects.all())


class SentenceGivenInput(SentenceInput):
    suspect = serializers.UUIDField()


class RecordJudgmentInput(Input):
    prosecution = VisibleRow(Prosecution.objects.select_related("case", "jurisdiction"))
    decided_on = Day()
    attribution = Labelled(Attribution)
    decisions: Any = DecisionInput(many=True, allow_empty=False, **BOUNDED)
    appeal = VisibleRow(Appeal.objects.select_related("judgment"), required=False)
    sentences: Any = SentenceGivenInput(many=True, required=False, **BOUNDED)

    def validate_decisions(self, rows: Rows) -> list[Ended]:
        charges = Charge.objects.visible_to(self.context["reader"])
        return [Ended(**row) for row in with_rows(rows, "charge", charges)]

    def validate_sentences(self, rows: Rows) -> list[Sentenced]:
        suspects = Suspect.objects.visible_to(self.context["reader"])
        return [Sentenced(**row) for row in with_rows(rows, "suspect", suspects)]
