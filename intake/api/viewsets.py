from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casework.models import Rescue
from core.api.viewsets import ServiceViewSet
from intake import answers
from intake.api.serializers import RescueReportAnswer, RescueReportInput, report_of
from intake.services import log_rescue

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class RescueReportViewSet(ServiceViewSet):
    """A rescue in one piece: operation, people, arrests and needs, all of it or nothing."""

    queryset = Rescue.objects.none()
    serializer_class = RescueReportInput
    services = {"create": log_rescue}
    inputs = {"create": RescueReportInput}

    # Makes rows of many tables.
    @extend_schema(request=RescueReportInput, responses={201: RescueReportAnswer})
    def create(self, request: SignedIn) -> Response:
        """Log a rescue. Opens the case when none is named."""
        data = self.validated()
        client_ids = [row.get("client_id") for row in data.get("people", [])]
        return self.once(
            lambda: answers.for_program(
                log_rescue(actor=request.user, **report_of(data)), client_ids
            )
        )
