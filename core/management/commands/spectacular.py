"""The OpenAPI document, written as it is kept: see `core/api/document.py`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.management.commands import spectacular

from core.api.document import Renderer


class Command(spectacular.Command):
    def get_renderer(self, format: str) -> Any:
        return Renderer() if format == "openapi-json" else super().get_renderer(format)
