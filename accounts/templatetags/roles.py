"""Who may do something, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from accounts.roles import GRANTS, Role

if TYPE_CHECKING:
    from collections.abc import Collection

register = template.Library()


@register.filter
def holders(permissions: Collection[str]) -> str:
    """The roles that hold one of these."""
    return ", ".join(
        str(Role(role).label) for role, held in GRANTS.items() if held & set(permissions)
    )
