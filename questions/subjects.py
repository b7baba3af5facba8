"""What each noun of a question is: a row of a case, found by its id. Apps above are named, never
imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from casework.case_pages import address
from core.addresses import of_row
from core.refusals import gettext as _
from core.services import Refused
from questions.enums import Noun

if TYPE_CHECKING:
    from uuid import UUID

    from casework.models import Case
    from core.access import Actor

# By noun the table of its rows, and its page; or the section of the case where it is shown.
ROWS = {
    Noun.RESCUE: ("casework.Rescue", "desk:rescue"),
    Noun.SURVIVOR: ("victims.Involvement", "desk:survivor"),
    Noun.SUSPECT: ("prosecutions.Suspect", "suspects"),
    Noun.HEARING: ("prosecutions.Hearing", "court"),
    Noun.REFERRAL: ("aftercare.Referral", "care"),
}
PART = "own-questions"  # where the answers stand on a page


def table_of(noun: str) -> str:
    return "casework.Case" if noun in Noun.OF_CASE else ROWS[Noun(noun)][0]


def subject_of(case: Case, noun: str, about: UUID | None, actor: Actor) -> UUID:
    """The id of what is asked about, which this person may see. Raises `Refused`."""
    if noun in Noun.OF_CASE and about is None:
        return case.pk
    if about is None:
        raise Refused(_("Say what these answers are about."), "about")
    row = row_of(case, noun, about, actor)
    if row is None:
        raise Refused(_("This belongs to another case."), "about")
    return about


def row_of(case: Case, noun: str, about: UUID, actor: Actor) -> Any:
    """What is asked about, as far as this person may see it; else nothing."""
    if noun in Noun.OF_CASE:
        return case if about == case.pk else None
    table: Any = apps.get_model(table_of(noun))
    rows = table.objects.visible_to(actor).select_related(*table.shown_with)
    return rows.filter(pk=about, case=case).first()


def page_of(case: UUID, noun: str, about: UUID) -> str:
    """Where its answers are shown."""
    page = ROWS[Noun(noun)][1] if noun in ROWS else "desk:case"
    return f"{of_row(page, about)}#{PART}" if ":" in page else address(case, page)
