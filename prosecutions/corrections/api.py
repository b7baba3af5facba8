"""Putting right what is recorded of police and courts, by one PATCH for every noun, and striking
what was entered in error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.serializers import Input, Labelled
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from prosecutions.corrections.services.records import correct_record
from prosecutions.corrections.services.striking import strike
from prosecutions.enums import Correction

if TYPE_CHECKING:
    from django.db.models import Model
    from rest_framework.serializers import BaseSerializer

    from accounts.api.requests import SignedIn

STAYS = "What is not sent stays as it is."


class BecauseInput(Input):
    """What is not sent stays as it is."""

    reason = Labelled(Correction)


def corrects(changes: Any, body: str, of: str = STAYS, **more: Any) -> Verb:
    """The verb for a noun: which of its columns can be put right."""
    return Verb(correct_record, changes=changes, body=body, of=of, answers="as_shown", **more)


class Correctable(ReadViewSet):
    """A noun whose records can be put right."""

    def as_shown(self, row: Model) -> BaseSerializer[object]:
        return self.get_serializer(self.get_queryset().get(pk=row.pk))


class StrikeInput(BecauseInput):
    pass


class Strikable(ReadViewSet):
    """A noun whose records can be struck."""

    services = {"strike": strike}
    inputs = {"strike": StrikeInput}
    versioned = ReadViewSet.versioned | {"strike"}

    # Answers that the row is gone.
    @extend_schema(request=StrikeInput, responses={200: {"$ref": "#/components/schemas/Gone"}})
    @action(detail=True, methods=["post"])
    def strike(self, request: SignedIn, pk: str) -> Response:
        """Strike a record that was entered in error, with the reason. Its content stays in the
        history.

        While other records rest on it, 409 says which, and what to do first.
        """
        row = self.get_object()
        strike(row, version=self.version(), actor=request.user, **self.validated())
        return Response({"id": str(row.pk), "gone": True})
