"""A step on a page of its own."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.web import FormPage


class Step(FormPage):
    """A step on a page of its own: what it is about stands above the button."""

    template_name = "retention/step.html"

    def about(self) -> list[tuple[Any, Any]]:
        return self.target.describe() if self.is_about_a_row else []

    def back(self) -> str:
        return reverse("retention:retention")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"about": self.about(), "back_url": self.back()}
        return super().get_context_data(**(shown | kwargs))
