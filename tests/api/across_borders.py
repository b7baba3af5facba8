"""What the tests of the interface send about networks, ways and linked cases."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.factories import justice
from tests.factories.people import place


def of_borders(case: Any) -> dict[str, tuple[Any, Any]]:
    """Two good bodies for each address, in or beside this case."""
    first, second = (str(factories.suspect(case).pk) for _ in range(2))
    begun, known = {"identified_on": "2026-04-02"}, {"known_on": "2026-04-03"}
    network = str(justice.network(case).pk)
    here, across = {"case": str(case.pk)}, [("recruitment", "KH"), ("exploitation", "PH")]
    way = {"legs": [{"kind": kind, "jurisdiction": code} for kind, code in across]}
    twin = factories.case(case.office, jurisdiction=place("KH"))
    taken = factories.case_link(case, other=factories.case(factories.office()))
    return {
        "networks/": tuple(
            begun | {"suspect": who, "role": "organiser"} for who in (first, second)
        ),
        "network-members/": tuple(
            known | {"network": network, "suspect": who, "role": "financier"}
            for who in (first, second)
        ),
        "corridors/": (here | way, here | way | {"network": network}),
        "case-links/": tuple(
            here | {"other": str(twin.pk), "kind": kind} for kind in ("twin", "related")
        ),
        f"case-links/{taken.pk}/unlink/": ({}, None),
    }
