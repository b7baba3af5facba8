"""The body that sends several referrals of a case at once."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from aftercare.fitting import BESIDE
from aftercare.models import Provider, Referral
from aftercare.services.together import Sending
from casework.enums import MOST_AT_ONCE
from core.api.serializers import Day, Input, Labelled, VisibleRow, VisibleRows
from core.refusals import gettext as _
from victims.api.consent_serializers import Language
from victims.enums import Relation
from victims.models import Involvement

DRAFTS = Referral.objects.select_related(*BESIDE)


def _people(help_text: str) -> VisibleRows:
    rows = Involvement.objects.select_related("case", "victim")
    return VisibleRows(rows, max_length=MOST_AT_ONCE, required=False, help_text=help_text)


class ToProviderInput(Input):
    """One provider, and the drafts that go to it."""

    provider = VisibleRow(Provider.objects.select_related("jurisdiction"))
    referrals = VisibleRows(DRAFTS, max_length=MOST_AT_ONCE)
    digests = serializers.ListField(
        child=serializers.CharField(max_length=64),
        max_length=MOST_AT_ONCE,
        required=False,
        help_text="Of what was looked at, one for each referral, in their order.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, object]:
        if not attrs["referrals"]:
            raise serializers.ValidationError({"referrals": _("Name at least one.")})
        if len(attrs.get("digests") or attrs["referrals"]) != len(attrs["referrals"]):
            raise serializers.ValidationError({"digests": _("Give one for each referral.")})
        return attrs


def _several(serializer: Any) -> Any:
    """At least one, and no more than are sent at once; DRF hands the bounds to the list."""
    return serializer(many=True, allow_empty=False, max_length=MOST_AT_ONCE)


class SendTogetherInput(Input):
    """What goes to whom; and the consents it rests on, where none is recorded that is live."""

    sends = _several(ToProviderInput)
    agreed = _people("Who agreed themselves.")
    agreed_by_guardian = _people("For whom a guardian agreed.")
    asked_again = _people("Of those who agreed now, who had said no before.")
    relation = Labelled(Relation, required=False)
    given_on = Day(required=False)
    language = Language(required=False)
    expires_on = Day(ahead=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs["sends"] = [
            Sending(referral, to["provider"], digest)
            for to in attrs["sends"]
            for referral, digest in zip(
                to["referrals"],
                to.get("digests") or [""] * len(to["referrals"]),
                strict=True,
            )
        ]
        return attrs
