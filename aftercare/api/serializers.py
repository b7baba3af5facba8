from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from rest_framework import serializers

from aftercare.models import Provider, ProviderStaff, Referral, ServiceRecord, SessionNote
from aftercare.provider_search import told_free
from core.api.serializers import RowSerializer, shown_as
from victims.models import Withdrawal

if TYPE_CHECKING:
    from uuid import UUID


class ProviderSerializer(RowSerializer[Provider]):
    shows = (
        "id name jurisdiction services sexes age_min_months age_max_months places_female "
        "places_male places_any former_beds free free_on_request agreement_from "
        "agreement_until is_active merged_into version"
    )

    jurisdiction = shown_as("code")
    services = serializers.ListField(child=serializers.CharField(), read_only=True)
    sexes = serializers.ListField(child=serializers.CharField(), read_only=True)
    former_beds = serializers.ListField(child=serializers.DictField(), read_only=True)
    free = serializers.SerializerMethodField()
    free_on_request = serializers.SerializerMethodField()

    def get_free(self, row: Provider) -> dict[str, int] | None:
        """Beds left tonight for each sex, over all cases; null: never counted, or on request."""
        return self._free_of_all[row.pk][0]

    def get_free_on_request(self, row: Provider) -> bool:
        """Whether the house is so small that the caller has to ask it for a bed."""
        return self._free_of_all[row.pk][1]

    @cached_property
    def _free_of_all(self) -> dict[UUID, tuple[dict[str, int] | None, bool]]:
        rows: Any = self.parent.instance if self.parent else [self.instance]
        return told_free(rows, self.context["reader"])


class ProviderStaffSerializer(RowSerializer[ProviderStaff]):
    """In force without `ended_at`."""

    shows = "id provider user created_at ended_at version"

    user = shown_as("username")


class ReferralSerializer(RowSerializer[Referral]):
    shows = (
        "id case involvement need urgency provider status shown sent_at answered_at "
        "decline_reason version"
    )


class ShownReferralSerializer(serializers.Serializer[Any]):
    """Exactly what a provider sees of a referral: no name, no case, no place."""

    code = serializers.CharField()
    sex = serializers.CharField()
    age_band = serializers.CharField()
    need = serializers.CharField()
    urgency = serializers.CharField()
    digest = serializers.CharField(help_text="Send it along: refused if it has changed since.")


class SessionNoteSerializer(RowSerializer[SessionNote]):
    shows = "id case service text created_at version"

    text = serializers.CharField()


class ReceivedReferralSerializer(RowSerializer[Referral]):
    """A referral as its provider sees it: what was shown at sending, and nothing else."""

    shows = "id status shown sent_at answered_at decline_reason version"


class ServiceRecordSerializer(RowSerializer[ServiceRecord]):
    shows = "id case involvement kind provided_on provider referral session minutes version"


class ReceivedWithdrawalSerializer(RowSerializer[Withdrawal]):
    """That a person, by the code once told, withdrew a consent. Open without `told_on`."""

    shows = "id code created_at told_on version"
