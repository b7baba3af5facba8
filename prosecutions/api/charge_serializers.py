from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import Day, Input, RowSerializer, VisibleRow, VisibleRows
from core.refusals import gettext as _
from prosecutions.models import Charge, ChargeVictim, Prosecution, Provision, Suspect
from victims.models import Involvement

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


def survivors_seen_by(user: User) -> QuerySet[ChargeVictim]:
    """The survivors that charges name, as far as they are open to this reader."""
    return ChargeVictim.objects.filter(involvement__in=Involvement.objects.visible_to(user))


class ChargeSerializer(RowSerializer[Charge]):
    """`provision`: what it was filed under; `final_provision`: what it became, if it changed."""

    shows = (
        "id case prosecution suspect provision final_provision offence_on filed_on framed_on "
        "plea pleaded_on amended_on survivors version"
    )

    survivors = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_survivors(self, charge: Any) -> list[str]:
        """Read with the row; of one written a moment ago, asked for."""
        if not hasattr(charge, "named"):
            seen = survivors_seen_by(self.context["reader"])
            charge.named = list(seen.filter(charge=charge))
        return sorted(str(row.involvement_id) for row in charge.named)


class FileChargeInput(Input):
    prosecution = VisibleRow(Prosecution.objects.select_related("case", "jurisdiction"))
    suspect = VisibleRow(Suspect.objects.all())
    provision = VisibleRow(Provision.objects.select_related("jurisdiction"))
    offence_on = Day()
    filed_on = Day()
    survivors = VisibleRows(Involvement.objects.all(), max_length=200, required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["filed_on"] < data["offence_on"]:
            raise serializers.ValidationError(
                {"filed_on": [_("A charge cannot be filed before the offence.")]}
            )
        return data
