"""What must hold between the values of a file, before anything of it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from exchange.standards.htcds import CODES, FIELDS, HtcdsRecord
from exchange.standards.values import parts
from victims.htcds import ExploitationForm

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PEOPLE = 300
MOST_STOPS = 12
OF_CASE = frozenset(name for name, of in FIELDS.items() if of.of_case)
SURVIVOR_ROLES = frozenset(CODES["roles_of_survivors"])


def check(
    people: dict[tuple[str, str], HtcdsRecord], fault: Callable[[int, str, str], None]
) -> None:
    if len(people) > MOST_PEOPLE:
        words = _("More than %(most)s people. Send it in parts, whole cases each.")
        fault(0, "", words % {"most": MOST_PEOPLE})
    cases: dict[str, dict[str, tuple[str, int]]] = {}
    for value in people.values():
        _same_case(cases.setdefault(value.case, {}), value, fault)
        _one_person(value, fault)
        _exploitation(value, fault)
        _way(value, fault)


def is_suspect(record: HtcdsRecord) -> bool:
    """The roles of the standard are of both sides: some are those of whom something was done to."""
    roles = set(parts(record.said.get("per_RoleInProcess", "")))
    return bool(roles - SURVIVOR_ROLES)


def _same_case(
    known: dict[str, tuple[str, int]], record: HtcdsRecord, fault: Callable[[int, str, str], None]
) -> None:
    """What is said of the case is said alike of everybody in it, or once."""
    for name in OF_CASE & set(record.said):
        value, row = known.setdefault(name, (record.said[name], record.rows[0]))
        if value != record.said[name]:
            words = _("Line %(row)s says something else about this case.")
            fault(record.rows[0], name, words % {"row": row})


def _one_person(record: HtcdsRecord, fault: Callable[[int, str, str], None]) -> None:
    about = sorted(
        name for name in record.said if name.startswith(("prs_", "vic_", "per_", "con_"))
    )
    if not record.person and (about or record.parts.get("event")):
        fault(record.rows[0], "person_id", _("This line is about a person. Give their person_id."))
    if is_suspect(record):
        for name in about:
            if name.startswith("vic_"):
                words = _(
                    "A survivor or a suspect, not both: give the two lines their own person_id."
                )
                fault(record.rows[0], name, words)
                return


def _exploitation(record: HtcdsRecord, fault: Callable[[int, str, str], None]) -> None:
    values = record.said
    forms = set(parts(values.get("vic_TypeOfExploitation", "")))
    if "vic_TraffickingStatusDecisionMakingOrg" in values and "vic_TraffickingStatus" not in values:
        words = _("Enter the decision in vic_TraffickingStatus.")
        fault(record.rows[0], "vic_TraffickingStatusDecisionMakingOrg", words)
    if "vic_TypeOfSexExploitation" in values and ExploitationForm.SEXUAL not in forms:
        words = _("It belongs to SexualExploitation in vic_TypeOfExploitation.")
        fault(record.rows[0], "vic_TypeOfSexExploitation", words)
    if "vic_ForcedLabourIndustry" in values and not ExploitationForm.LABOUR & forms:
        words = _("It belongs to a form of labour in vic_TypeOfExploitation.")
        fault(record.rows[0], "vic_ForcedLabourIndustry", words)


def _way(record: HtcdsRecord, fault: Callable[[int, str, str], None]) -> None:
    stops = record.parts.get("event", [])
    if len(stops) > MOST_STOPS:
        fault(
            record.row_of("event", MOST_STOPS),
            "hte_Type",
            _("At most %(n)s places.") % {"n": MOST_STOPS},
        )
    last = ""
    for number, stop in enumerate(stops):
        day = stop.get("hte_Date", "")
        if day and day < last:
            fault(
                record.row_of("event", number),
                "hte_Date",
                _("The days are not in the order of the places."),
            )
        last = day or last
