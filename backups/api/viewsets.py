"""Backups and drills: what the page shows, for a program that watches over them."""

from __future__ import annotations

from backups.api.serializers import BackupSerializer, DrillSerializer
from backups.models import Backup, Drill
from core.api.viewsets import ReadViewSet
from core.pagination import Sort


class BackupViewSet(ReadViewSet):
    """Backups that were made or failed: when, where, how large. No address gives one out."""

    queryset = Backup.objects.all()
    serializer_class = BackupSerializer
    sorts = {"newest": Sort(("made_at", "id"), descending=True)}


class DrillViewSet(ReadViewSet):
    """Backups that were restored to see that it can be done, and what differed."""

    queryset = Drill.objects.all()
    serializer_class = DrillSerializer
    sorts = {"newest": Sort(("drilled_at", "id"), descending=True)}
