"""Where a noun gets its address, its list is known by the noun.

Beside a list stands what changed in it, and its rows on a map if they have a place; beside a create
the same for several rows: same view, same permission, another shape of the answer.
"""

from __future__ import annotations

from typing import Any

from rest_framework.routers import Route, SimpleRouter

from core.lists.declared import LISTS

CHANGES = Route(
    url=r"^{prefix}/changes{trailing_slash}$",
    mapping={"get": "list"},
    name="{basename}-changes",
    detail=False,
    initkwargs={"of_changes": True},
)
BULK = Route(
    url=r"^{prefix}/bulk{trailing_slash}$",
    mapping={"post": "create"},
    name="{basename}-bulk",
    detail=False,
    initkwargs={"of_many": True},
)


MAP = Route(
    url=r"^{prefix}/geojson{trailing_slash}$",
    mapping={"get": "list"},
    name="{basename}-geojson",
    detail=False,
    initkwargs={"of_map": True},
)


class Router(SimpleRouter):
    def get_routes(self, viewset: Any) -> list[Any]:
        beside = [CHANGES] if hasattr(viewset, "listed") else []
        if hasattr(viewset, "located"):
            beside.append(MAP)
        if viewset.takes_many and hasattr(viewset, "create"):
            beside.append(BULK)
        return [*beside, *super().get_routes(viewset)]

    def register(self, prefix: str, viewset: Any, basename: str | None = None) -> None:
        super().register(prefix, viewset, basename)
        if hasattr(viewset, "listed"):
            LISTS[prefix] = viewset.listed, viewset.serializer_class
