from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import RowSerializer
from prosecutions.limits import CHARGE, COURT, law_behind, law_of_clock
from prosecutions.models import Custody, CustodyClock, Suspect

SUSPECTS: Any = Suspect.objects.select_related("case__jurisdiction", "case__office")


class LimitSerializer(serializers.Serializer[Any]):
    """By which law, and whether that was checked against the statute."""

    law = serializers.CharField(source="source")
    verified = serializers.BooleanField()


class CustodySerializer(RowSerializer[Custody]):
    """`court_law`, `charge_law`: where the limits come from; nothing under a `limit_reason`."""

    shows = (
        "id case suspect since since_at provision in_court_on court_by court_law charge_by "
        "charge_law limit_reason ended_on ended bail_conditions sureties bail_amount "
        "bail_currency breached_on breach version created_at updated_at"
    )

    since_at = serializers.TimeField(format="%H:%M", allow_null=True)
    court_law = serializers.SerializerMethodField()
    charge_law = serializers.SerializerMethodField()

    @extend_schema_field(LimitSerializer(allow_null=True))
    def get_court_law(self, row: Custody) -> Any:
        return _law(row, COURT)

    @extend_schema_field(LimitSerializer(allow_null=True))
    def get_charge_law(self, row: Custody) -> Any:
        return _law(row, CHARGE)


def _law(row: Custody, kind: str) -> object:
    law = law_behind(row, kind)
    return LimitSerializer(law).data if law else None


class CustodyClockSerializer(RowSerializer[CustodyClock]):
    """That somebody of a case is presumed to be in custody, until when at most, and by which law.
    Nothing says who."""

    shows = "id case court_by law"

    law = serializers.SerializerMethodField()

    @extend_schema_field(LimitSerializer)
    def get_law(self, row: CustodyClock) -> dict[str, object]:
        return LimitSerializer(law_of_clock(row.country, row.court_by)).data
