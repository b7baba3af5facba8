"""What the tests of the interface send about handing cases over."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.factories import persons


def of_life(case: Any, user: Any) -> dict[str, tuple[Any, Any]]:
    """Two good bodies for every address that takes a key; offers to the caller of other cases."""
    why = {"reason": "Invented reason"}
    there = factories.office("delhi", "IN-DL")
    factories.user("case_manager", there)
    taker, leaver = (factories.user("legal_officer", case.office) for _ in range(2))
    other = _case_of(leaver, case.office)
    answered = [factories.transfer(factories.case(case.office), to_person=user) for _ in range(2)]
    return {
        "cases/assign-many/": (
            {
                "cases": [str(case.pk), str(other.pk)],
                "user": factories.user("legal_officer", case.office).username,
            },
            {
                "cases": [str(case.pk)],
                "user": factories.user("legal_officer", case.office).username,
            },
        ),
        **_given_out(case),
        "transfers/": (
            why | {"case": str(case.pk), "to_person": taker.username},
            why
            | {"case": str(other.pk), "to_person": taker.username}
            | {"from_person": leaver.username},
        ),
        "transfers/caseload/": tuple(
            why | {"person": person.username} | to
            for person, to in (
                (_leaver(case.office), {"to_person": taker.username}),
                (_leaver(case.office), {"to_office": there.code}),
            )
        ),
        f"assignments/{_second(case.office).pk}/take-off/": ({}, None),
        f"transfers/{answered[0].pk}/accept/": ({}, None),
        f"transfers/{answered[1].pk}/refuse/": (why, why | {"whole": True}),
        f"transfers/{factories.transfer(factories.case(case.office)).pk}/withdraw/": ({}, None),
    }


def _second(office: Any) -> Any:
    """Somebody on a case that somebody else is on as well."""
    case = factories.case(office)
    factories.assignment(case, factories.user("legal_officer", office))
    return factories.assignment(case, factories.user("legal_officer", office))


def _leaver(office: Any) -> Any:
    person = factories.user("legal_officer", office)
    _case_of(person, office)
    return person


def _case_of(person: Any, office: Any) -> Any:
    return factories.assignment(factories.case(office), person).case


def _given_out(case: Any) -> dict[str, tuple[Any, Any]]:
    """A sheet, of somebody who has agreed to both."""
    agreed = factories.involvement(case)
    for whom, purpose in (("public", "publication"), ("partners", "care")):
        persons.consent(agreed, purpose=purpose, recipient_kind=whom)
    return {f"cases/{case.pk}/give-summary/": ({"whom": "public"}, {"whom": "partners"})}
