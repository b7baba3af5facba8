"""Striking what was entered in error, and whom a complaint is against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.viewsets import ReadViewSet
from prosecutions.api.corrections import BecauseInput
from prosecutions.services.corrections.striking import strike

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


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
