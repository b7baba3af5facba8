from __future__ import annotations

from rest_framework import serializers

from prosecutions.models import Arrest, Perpetrator, Suspect


class PerpetratorSerializer(serializers.ModelSerializer[Perpetrator]):
    class Meta:
        model = Perpetrator
        fields = ("id", "kind", "name", "version")


class SuspectSerializer(serializers.ModelSerializer[Suspect]):
    class Meta:
        model = Suspect
        fields = ("id", "case", "perpetrator", "code", "role", "version")


class ArrestSerializer(serializers.ModelSerializer[Arrest]):
    class Meta:
        model = Arrest
        fields = (
            "id",
            "case",
            "suspect",
            "rescue",
            "arrested_on",
            "agency",
            "attribution",
            "version",
        )
