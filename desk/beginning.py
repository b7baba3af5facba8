"""What begins new work in a case, by the names of its addresses: a closed case offers none of it.

The services say it again (`require_open_case`), whoever calls them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.enums import CaseStatus

if TYPE_CHECKING:
    from casework.models import Case

BEGINS = frozenset(
    {
        "aftercare:draft",
        "aftercare:make-claim",
        "aftercare:open-plan",
        "aftercare:place",
        "aftercare:plan-repatriation",
        "aftercare:send",
        "aftercare:send-together",
        "casework:add-task",
        "casework:plan-rescue",
        "casework:plan-step",
        "casework:record-incident",
        "casework:record-lead",
        "casework:record-step",
        "casework:register-site",
        "casework:reopen-task",
        "intake:log-rescue",
        "prosecutions:add-suspect",
        "prosecutions:ask-protection",
        "prosecutions:begin-custody",
        "prosecutions:file-charge",
        "prosecutions:list-hearing",
        "prosecutions:move-hearing",
        "prosecutions:open-prosecution",
        "prosecutions:record-accusation",
        "prosecutions:record-arrest",
        "prosecutions:record-complaint",
        "prosecutions:record-request",
        "prosecutions:revive-charges",
    }
)


def offers(case: Case, name: str) -> bool:
    """Whether the page at this address has a place on the page of the case."""
    return case.status != CaseStatus.CLOSED or name not in BEGINS
