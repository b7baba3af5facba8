"""`?`: the part of the guide that a page is about, above that page when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from desk.guide.text import part_of

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()
ASKED = "help"  # in the address: so it needs no script, and a page that nobody asks is as before


@register.inclusion_tag("components/guide.html")
def guide(request: HttpRequest | None) -> dict[str, object]:
    """Nothing where it is not asked for, or by whoever has not signed in."""
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or ASKED not in request.GET:
        return {}
    if not request.user.is_authenticated:
        return {}
    roles = [role for _office, role in request.user.roles]
    return {"part": part_of(match.view_name, roles), "here": _here(request)}


@register.simple_tag
def guide_link(request: HttpRequest) -> str:
    """The address of this page with its part of the guide; filters stay."""
    return f"{_here(request, ASKED)}#guide"


def _here(request: HttpRequest, *more: str) -> str:
    query = request.GET.copy()
    query.pop(ASKED, None)
    words = "&".join([*filter(None, [query.urlencode()]), *more])
    return f"{request.path}?{words}" if words else request.path
