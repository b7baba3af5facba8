"""Putting right what is recorded of police and courts: one PATCH for every noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.api.serializers import Input, Labelled
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from prosecutions.enums import Correction
from prosecutions.services.corrections.records import correct_record

if TYPE_CHECKING:
    from django.db.models import Model
    from rest_framework.serializers import BaseSerializer

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
