"""In templates: `{% section_url case.id "care" %}`, where a row of a case is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Library

from casework import case_pages

if TYPE_CHECKING:
    from uuid import UUID

register = Library()


@register.simple_tag
def section_url(case: UUID, section: str) -> str:
    return case_pages.address(case, section)
