"""Backups and drills, as they are answered."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backups.models import Backup, Drill
from core.api.serializers import RowSerializer


class BackupSerializer(RowSerializer[Backup]):
    shows = (
        "id made_at name place seconds size files without_file keys failure taken_away_at version"
    )


class DrillSerializer(RowSerializer[Drill]):
    shows = "id drilled_at backup seconds differences failure version"


class RealNamesSerializer(serializers.Serializer[Any]):
    """`lacks`: a line each, with what to do. `manage.py preflight` asks more than is known here."""

    ready = serializers.BooleanField()
    lacks = serializers.ListField(child=serializers.CharField())
