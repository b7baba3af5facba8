"""Webhooks, their deliveries, files of the standard: shapes of requests and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Office, ServiceAccount
from casework.api.paper_serializers import UploadField
from casework.enums import Programme
from core.api.serializers import (
    Input,
    Labelled,
    RowSerializer,
    Text,
    VisibleRow,
    WholeNumber,
    shown_as,
)
from core.refusals import gettext as _
from exchange.enums import GivenAs, GivenFor, GivenTo
from exchange.models import Attempt, Delivery, Imported, Webhook, WebhookHost, known_source
from exchange.nouns import Noun
from exchange.services.webhooks import MOST_HOURS, OVERLAP_HOURS
from exchange.standards import sheets
from exchange.standards.sheets import MOST_BYTES
from places.models import Jurisdiction


class WebhookSerializer(RowSerializer[Webhook]):
    shows = "id account url nouns former_until failures retry_at paused_at paused_for version"


class HostSerializer(RowSerializer[WebhookHost]):
    shows = "id host asked_by asked_at allowed_by allowed_at ended_at version"

    asked_by = shown_as("username")
    allowed_by = shown_as("username")


class SubscribedSerializer(serializers.Serializer[Any]):
    """A webhook and its new `secret`, which is given this once."""

    webhook = WebhookSerializer(source="row")
    secret = serializers.CharField()


class AttemptSerializer(RowSerializer[Attempt]):
    shows = "at took_ms status failure"


class DeliverySerializer(RowSerializer[Delivery]):
    """When, what kind of row, and what came of it: never which row."""

    shows = "id webhook event noun state attempts created_at due_at log version"

    log = AttemptSerializer(many=True, read_only=True)


class SubscribeInput(Input):
    account = VisibleRow(ServiceAccount.objects.select_related("user", "owner"))
    url = Text(max_length=500)
    nouns = serializers.ListField(child=Labelled(Noun), allow_empty=False, max_length=len(Noun))


class RenewSecretInput(Input):
    overlap_hours = WholeNumber(min_value=0, max_value=MOST_HOURS, default=OVERLAP_HOURS)


class ImportedSerializer(RowSerializer[Imported]):
    """Under which keys a person, or a case alone, came with a file."""

    shows = "id case involvement suspect source outside_case outside_person created_at version"


class PreviewHtcdsInput(Input):
    """A table whose first line names fields of HTCDS 2.0: `text`, CSV in UTF-8, which
    JSON may bring, too; or a `file`, CSV or XLSX."""

    text = Text(max_length=MOST_BYTES, trim_whitespace=False, required=False)
    file = UploadField(required=False)
    source: Any = Text(validators=[known_source])
    office = VisibleRow(Office.objects.all(), "code", required=False)
    programme = Labelled(Programme)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), "code")

    def validate(self, data: dict[str, Any]) -> dict[str, object]:
        file = data.pop("file", None)
        if (file is None) == ("text" not in data):
            raise serializers.ValidationError({"text": [_("Send the text, or a file.")]})
        if file is None:
            return data
        try:
            return data | {"text": sheets.received(file)}
        except sheets.NotATable as exc:
            raise serializers.ValidationError({"file": [str(exc)]}) from None


class ImportHtcdsInput(PreviewHtcdsInput):
    """`digest`: from the preview, so that what is taken in is what was looked at."""

    digest = Text(max_length=64)


class FaultSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    column = serializers.CharField(allow_blank=True)
    reason = serializers.CharField()


class HtcdsPreviewSerializer(serializers.Serializer[Any]):
    """What would be added; or every fault, and then no digest. `left_out`: columns in which a form
    tool says something of the submission itself."""

    cases = serializers.IntegerField()
    survivors = serializers.IntegerField()
    suspects = serializers.IntegerField()
    known = serializers.IntegerField()
    faults = FaultSerializer(many=True)
    left_out = serializers.ListField(child=serializers.CharField())
    digest = serializers.CharField(allow_blank=True)


class ExportHtcdsInput(Input):
    to = Labelled(GivenTo)
    reason = Labelled(GivenFor)
    office = VisibleRow(Office.objects.all(), "code", required=False)
    programme = Labelled(Programme, known=True, required=False)
    format = Labelled(GivenAs, required=False)


class HtcdsFileSerializer(serializers.Serializer[Any]):
    """`text`: the CSV. `left_out`: how many survivors have not agreed and are not in it."""

    text = serializers.CharField()
    people = serializers.IntegerField()
    left_out = serializers.IntegerField()
