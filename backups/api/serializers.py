"""Backups and drills, as they are answered."""

from __future__ import annotations

from rest_framework import serializers

from backups.models import Backup, Drill


class BackupSerializer(serializers.ModelSerializer[Backup]):
    class Meta:
        model = Backup
        fields = (
            "id",
            "made_at",
            "name",
            "place",
            "seconds",
            "size",
            "files",
            "without_file",
            "keys",
            "failure",
            "taken_away_at",
            "version",
        )


class DrillSerializer(serializers.ModelSerializer[Drill]):
    class Meta:
        model = Drill
        fields = ("id", "drilled_at", "backup", "seconds", "differences", "failure", "version")
