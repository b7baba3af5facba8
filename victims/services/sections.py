"""What is to be completed about a person, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from core import audit
from core.services import service
from victims.sections import SECTIONS, TONES, PersonInCase, State

if TYPE_CHECKING:
    from accounts.models import User
    from victims.models import Involvement


@service(Perm.VICTIM_VIEW)
def read_sections(person: Involvement, *, actor: User) -> list[dict[str, Any]]:
    """How far each section is, and what is known."""
    person_in_case = PersonInCase(person, actor)
    rows = [
        {
            "code": section.code,
            "label": section.label,
            "hint": section.hint,
            "answers": person_in_case.answers(section),
            "done": state in (State.COMPLETE, State.NOT_KNOWN),
            "state": state.value,
            "state_label": state.label,
            "tone": TONES[state],
        }
        for section in SECTIONS
        for state in [person_in_case.state(section)]
    ]
    audit.read("person.sections", person, actor=actor, shown=[person.victim_id])
    return rows
