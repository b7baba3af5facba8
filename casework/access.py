"""Which cases a person is on: the part of the scope that casework knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from django.db.models.functions import Now

from core.access import SEALED

if TYPE_CHECKING:
    from uuid import UUID


def team_cases(user: Any) -> list[UUID]:
    """Cases this person is assigned to now; of sealed ones, those that name the person."""
    return _assigned(user, Q(level__lt=SEALED) | Q(named=True))


def named_cases(user: Any) -> list[UUID]:
    """Sealed cases that name this person."""
    return _assigned(user, Q(level=SEALED, named=True))


def _assigned(user: Any, which: Q) -> list[UUID]:
    now = Q(ended_at__isnull=True) | Q(ended_at__gt=Now())
    assignments = apps.get_model("casework.Assignment")._default_manager.filter(
        now, which, user=user
    )
    return list(assignments.values_list("case_id", flat=True))
