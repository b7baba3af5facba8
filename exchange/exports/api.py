"""Exports, for people with a second factor in a program of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.models import Case
from core.api.serializers import HowFar, Input, Labelled, Nothing, RowSerializer, Truth, VisibleRow
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.files.attachments import attachment
from core.lists.declared import List
from core.refusals import gettext as _
from exchange.exports.models import Export, State
from exchange.exports.offer import Format, Reason, What
from exchange.exports.reach import list_for
from exchange.services.exports import allow_export, ask_export, refuse_export, withdraw_export
from exchange.services.giving import OUTSIDE, take_export

if TYPE_CHECKING:
    from django.http import FileResponse

    from accounts.api.requests import SignedIn


class ExportSerializer(HowFar, RowSerializer[Export]):
    """`done` and `total` say how far it is; `downloads` how often it was taken, of three times."""

    shows = (
        "id asked_by what case format filters identifiers whom reason people decision "
        "decided_by decided_at state done total failure rows left_out size sha256 downloads "
        "expires_at created_at version"
    )

    state: Any = serializers.ChoiceField(choices=State.choices, read_only=True)
    whom = serializers.ChoiceField(OUTSIDE, read_only=True, allow_blank=True)
    case = serializers.UUIDField(source="of_case", read_only=True, allow_null=True)


class AskedExportSerializer(serializers.Serializer[Any]):
    """A new export. `passphrase` opens its file, and is given this once."""

    export = ExportSerializer(source="row")
    passphrase = serializers.CharField()


class AskExportInput(Input):
    """`filters` are those of the list, as its address takes them; `ids` among them: these rows
    alone, up to 100, with commas between."""

    what = Labelled(What)
    reason = Labelled(Reason)
    format = Labelled(Format, required=False)
    identifiers = Truth(required=False)
    whom = Labelled(OUTSIDE, required=False)
    with_sealed = Truth(required=False)
    case = VisibleRow(Case.objects.select_related("office", "jurisdiction"), required=False)
    filters = serializers.DictField(child=serializers.CharField(max_length=4000), required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        wrong: dict[str, Any] = {}
        if (data["what"] == What.CASE) != ("case" in data):
            wrong["case"] = [_("Name the case for a whole case, and leave it out for a list.")]
        elif data["what"] != What.CASE:
            reader = self.context["reader"]
            _shape, _rows, errors = list_for(data["what"], reader, data.get("filters", {}))
            wrong |= {"filters": errors} if errors else {}
        if wrong:
            raise serializers.ValidationError(wrong)
        return data


class ExportViewSet(ReadViewSet):
    """Lists and whole cases as locked files: one's own, and those one may decide on."""

    listed = List(Export.objects.select_related("job", "asked_by"), "what decision")
    serializer_class = ExportSerializer
    services = {"create": ask_export, "file": take_export}
    inputs = {"create": AskExportInput, "file": Nothing}
    asking = frozenset({"create", "file"})  # a secret and a file are answered, and kept nowhere
    takes_many = False

    # The passphrase is shown once, so no answer is kept.
    @extend_schema(request=AskExportInput, responses={201: AskedExportSerializer})
    def create(self, request: SignedIn) -> Response:
        """Ask for a file. Its passphrase is in this answer and nowhere else."""
        made = ask_export(actor=request.user, **self.validated())
        return Response(AskedExportSerializer(made).data, status=201)

    allow = Verb(allow_export, says="Agree, as the second person.")
    refuse = Verb(refuse_export)
    withdraw = Verb(withdraw_export)

    # Answers a file.
    @extend_schema(request=None, responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["post"])
    def file(self, request: SignedIn, pk: object) -> FileResponse:
        """Give the file to the person who asked for it, at most three times within a day."""
        export = self.get_object()
        self.validated()
        taken = take_export(export, actor=request.user)
        return attachment(taken.text, taken.name, taken.size)
