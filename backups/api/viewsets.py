"""Backups and drills: what the page shows, for a program that watches over them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from backups.api.serializers import BackupSerializer, DrillSerializer, RealNamesSerializer
from backups.models import Backup, Drill
from backups.services import read_real_names
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.lists.declared import List


class BackupViewSet(ReadViewSet):
    """Backups that were made or failed: when, where, how large. No address gives one out."""

    listed = List(Backup.objects.all(), orders={"newest": "-made_at"})
    serializer_class = BackupSerializer


class DrillViewSet(ReadViewSet):
    """Backups that were restored to see that it can be done, and what differed."""

    listed = List(Drill.objects.all(), orders={"newest": "-drilled_at"})
    serializer_class = DrillSerializer


class RealNamesViewSet(ServiceViewSet):
    """Whether names of real people may be entered here."""

    queryset = Backup.objects.all()
    serializer_class = RealNamesSerializer
    services = {"find": read_real_names}

    @extend_schema(responses=RealNamesSerializer)
    def find(self, request: Any) -> Response:
        """Backup, drill, administrators, retention, history, scanner: what of them is missing."""
        self.takes_nothing()
        return Response(RealNamesSerializer(read_real_names(actor=request.user)).data)
