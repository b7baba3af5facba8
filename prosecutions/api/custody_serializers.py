from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import Day, Input, Labelled, VisibleRow
from places.models import Agency
from prosecutions.enums import Attribution, Release
from prosecutions.models import Custody, Suspect

SUSPECTS: Any = Suspect.objects.select_related("case__jurisdiction", "case__office")


class RecordArrestInput(Input):
    suspect = VisibleRow(SUSPECTS)
    arrested_on = Day()
    agency = VisibleRow(Agency.objects.all(), required=False)
    attribution = Labelled(Attribution, required=False)


class CorrectArrestInput(Input):
    arrested_on = Day(required=False)
    agency = VisibleRow(Agency.objects.all(), required=False, allow_null=True)
    attribution = Labelled(Attribution, required=False)


class CustodySerializer(serializers.ModelSerializer[Custody]):
    class Meta:
        model = Custody
        fields = (
            "id",
            "case",
            "suspect",
            "since",
            "charge_by",
            "ended_on",
            "ended",
            "version",
            "created_at",
            "updated_at",
        )


class BeginCustodyInput(Input):
    suspect = VisibleRow(SUSPECTS)
    since = Day()
    charge_by = Day(ahead=True, required=False)


class EndCustodyInput(Input):
    ended_on = Day()
    ended = Labelled(Release)
