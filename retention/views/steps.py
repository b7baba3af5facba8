"""A step on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.urls import reverse

from core.web import FormPage

if TYPE_CHECKING:
    from core.services import Service
    from retention.services.erasures import About


class Step(FormPage):
    """A step on a page of its own: what it is about stands above the button."""

    template_name = "retention/step.html"
    reads: ClassVar[Service[..., About] | None] = None  # what else of the row this reader may see

    def about(self) -> dict[str, object]:
        if not self.is_about_a_row:
            return {"back_url": reverse("retention:retention")}
        lines = self.target.describe()
        if self.reads:
            lines = self.reads(self.target, actor=self.actor).told + lines
        return {"about": lines, "back_url": self.target.get_absolute_url()}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**(self.about() | kwargs))
