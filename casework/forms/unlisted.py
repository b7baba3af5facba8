"""What is not in a list: where whoever keeps the list adds it, or whom others ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import Field
    from django_stubs_ext import StrOrPromise

    from core.access import Actor

# By the table that a field chooses from: who adds to it, where, and whom others ask.
KEPT: dict[str, tuple[Perm, str, StrOrPromise]] = {
    "places.Agency": (
        Perm.AGENCY_KEEP,
        "places:new-agency",
        _("Not in the list? Ask a case manager to add it."),
    ),
    "places.Jurisdiction": (
        Perm.PLACE_KEEP,
        "places:new-place",
        _("Not in the list? Ask a system administrator to add it."),
    ),
    "prosecutions.Provision": (
        Perm.LAW_PROPOSE,
        "prosecutions:propose-provision",
        _("Not in the list? Ask a case manager to add it."),
    ),
    "aftercare.Provider": (
        Perm.PROVIDER_MANAGE,
        "aftercare:register-provider",
        _("Not in the list? Ask a case manager to add it."),
    ),
}


@dataclass(frozen=True)
class Unlisted:
    """`url`: where it is added; nothing for others, whom `words` tell whom to ask."""

    url: str
    words: StrOrPromise


def unlisted(table: str, user: Actor) -> Unlisted:
    perm, address, words = KEPT[table]
    return Unlisted(reverse(address) if user.has_perm(perm) else "", words)


def tell_unlisted(fields: Iterable[Field], user: Actor) -> None:
    """Each field that chooses from such a list says what to do where it is not there."""
    for field in fields:
        table = getattr(getattr(field, "queryset", None), "model", None)
        if table is not None and table._meta.label in KEPT:
            field.unlisted = unlisted(table._meta.label, user)  # type: ignore[attr-defined]
