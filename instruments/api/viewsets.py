from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from instruments.api.serializers import (
    InstrumentField,
    InstrumentPreviewSerializer,
    InstrumentSerializer,
    PreviewInstrumentInput,
)
from instruments.models import Instrument
from instruments.services import import_instrument, preview_instrument

if TYPE_CHECKING:
    from rest_framework.request import Request


class InstrumentViewSet(ReadViewSet):
    """Sets of questions for assessments, by edition. 1 is most vulnerable, 4 is least."""

    listed = List(Instrument.objects.all(), "code", orders={"code": "code edition"}, recorded=False)
    serializer_class = InstrumentSerializer
    services = {"preview": preview_instrument}
    inputs = {"preview": PreviewInstrumentInput}
    asking = frozenset({"preview"})

    # Asks; nothing is kept.
    @extend_schema(request=PreviewInstrumentInput, responses=InstrumentPreviewSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """See what an import would add, with the digest that adds it."""
        preview = preview_instrument(actor=request.user, **self.validated())
        return Response(InstrumentPreviewSerializer(preview).data)

    create = Verb(
        import_instrument,
        of="`digest`: from the preview, so that what is added is what was looked at.",
        on={"instrument": InstrumentField()},
    )
