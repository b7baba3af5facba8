"""Where a noun gets its address, its list is known by the noun."""

from __future__ import annotations

from typing import Any

from rest_framework.routers import SimpleRouter

from core.lists import LISTS


class Router(SimpleRouter):
    def register(self, prefix: str, viewset: Any, basename: str | None = None) -> None:
        super().register(prefix, viewset, basename)
        if hasattr(viewset, "listed"):
            LISTS[prefix] = viewset.listed, viewset.serializer_class
