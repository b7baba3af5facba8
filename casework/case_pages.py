"""Where a row of a case is shown: the pages of a case and the sections on each, said once.

A link, a task, a hit or a form that has been saved names the section ("suspects"); the address is
made here. What stands on no page of its own is on the overview.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from core.addresses import of_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

SECTIONS = {
    "people": ("survivors", "suspects", "team", "handing-over", "disclosures", "knowing"),
    "court": ("court", "taking-part", "requests"),
    "care": ("care",),
    "network": ("borders",),
    "investigation": ("inquiry", "online", "rescues", "sites"),
    "documents": ("notes", "documents"),
    "to-do": ("to-do",),
}
PAGE_OF = {section: page for page, sections in SECTIONS.items() for section in sections}


def address(case: UUID, section: str = "", asked: Mapping[str, list[str]] | None = None) -> str:
    """The page of this case that shows this section, at the section; without one, the overview."""
    page = PAGE_OF.get(section)
    path = of_row(f"desk:case-{page}" if page else "desk:case", case)
    query = f"?{urlencode(asked, doseq=True)}" if asked else ""
    return f"{path}{query}{'#' if section else ''}{section}"
