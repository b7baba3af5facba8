"""Whom a person may agree to by name: where they are found, and what they are called."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.apps import apps

from casework.services.opening import prosecutors
from victims.enums import RecipientKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from accounts.models import User
    from core.access import ScopedQuerySet


def choosable(kind: str, reader: User) -> ScopedQuerySet:
    """All of a kind that this reader may choose from, by name."""
    if kind == RecipientKind.PROSECUTOR:
        return prosecutors().order_by("name")
    if kind == RecipientKind.AGENCY:
        return apps.get_model("places.Agency")._default_manager.order_by("name")
    providers: Any = apps.get_model("aftercare.Provider")._default_manager
    return providers.visible_to(reader).filter(is_active=True).order_by("name")


def recipient_of(kind: str, pk: UUID | None, reader: User) -> Any:
    return choosable(kind, reader).filter(pk=pk).first() if pk else None


def names(rows: Iterable[Any], reader: User) -> dict[tuple[str, Any], str]:
    """What the recipients of these rows are called, as far as this reader may know them.

    At most one statement for each kind.
    """
    wanted: defaultdict[str, set[Any]] = defaultdict(set)
    for row in rows:
        wanted[row.recipient_kind].add(row.recipient_id)
    labels = {(kind, None): str(RecipientKind(kind).label) for kind in wanted}
    for kind in RecipientKind.NAMED:
        if wanted.get(kind):
            known = _all(kind, reader).filter(pk__in=wanted[kind]).values_list("pk", "name")
            labels |= {(kind, pk): name for pk, name in known}
            hidden = wanted[kind] - {pk for key, pk in labels if key == kind}
            labels |= {(kind, pk): str(RecipientKind(kind).label) for pk in hidden}
    return labels


def _all(kind: str, reader: User) -> ScopedQuerySet:
    """Also who can be chosen no more."""
    if kind == RecipientKind.PROSECUTOR:
        return apps.get_model("accounts.User")._default_manager.all()
    if kind == RecipientKind.AGENCY:
        return apps.get_model("places.Agency")._default_manager.all()
    providers: Any = apps.get_model("aftercare.Provider")._default_manager
    return providers.visible_to(reader)
