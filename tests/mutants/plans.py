"""Faults by which somebody learns that a rescue is planned whom its plan does not name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import User
from casework.services import plans
from core import audit
from core.access import CaseRows
from core.naming import Named
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

if TYPE_CHECKING:
    from core.access import ScopedQuerySet

SECRET = "tests/casework/test_plans_stay_secret.py"


@fault(SECRET)
def a_plan_is_open_to_the_team() -> None:
    """Whoever reads names of the case sees its plans; the database still does not."""
    replace(Named, "reach", CaseRows.reach)


@fault(SECRET)
def the_database_opens_a_plan_to_the_team() -> str:
    """The second wall forgets whom a plan names."""
    return "alter policy in_scope on casework_rescueplan using (true) with check (true)"


@fault(SECRET)
def the_trail_of_a_plan_names_its_case() -> None:
    """Whoever sees the case reads in its history that somebody planned."""
    replace(audit, "_case_of", lambda target: target and getattr(target, "case_id", None))


@fault("tests/casework/test_plans.py")
def a_decision_outlives_the_plan_it_was_made_on() -> None:
    """What was changed after the go is still decided."""
    replace(plans, "_undecided", lambda says: says)


@fault("tests/casework/test_plans.py")
def anybody_can_be_named() -> None:
    """Also who is on no team, and knows no more of the case than that it exists."""

    def everybody(_case: object) -> ScopedQuerySet:
        return User.objects.all()

    replace(plans, "may_be_named", everybody)
