"""Each step by which the rules ask otherwise of a case is noted, also what happens to its team.

Without a world of cases: each step is compared with the full question of all there are.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Case, DerivedTask
from desk.rules import BY_CODE, KEPT
from desk.to_do.tasks import to_do
from tests import factories
from tests.desk.causes import CAUSES, change
from tests.desk.kept import keep_now, noted_at_each_step
from tests.whole import some

pytestmark = pytest.mark.django_db
NOBODY = "case-without-anybody"


@pytest.mark.parametrize("code", some(list(KEPT), "each step of a cause", 6))
def test_each_step_of_its_cause_is_noted(office, code):
    case = factories.case(office)
    with noted_at_each_step():
        CAUSES[code](case)
        change(case, status="closed", closed_on=timezone.localdate())


def test_a_case_is_alone_from_the_moment_the_last_who_works_on_it_goes(office, case_manager):
    """Of each step by which that moment changes the case is noted."""
    with noted_at_each_step():
        case = factories.case(office)
        assert asked_now(case_manager, case)
        on = factories.assignment(case, factories.user("legal_officer", office))
        held = on.user.memberships.get()
        assert not asked_now(case_manager, case)
        change(held, ended_at=timezone.now() + timedelta(days=1))
        assert alone_from(case) == held.ended_at
        assert not asked_now(case_manager, case), "until tomorrow somebody is"
        change(held, ended_at=held.started_at)
        assert asked_now(case_manager, case)
        factories.membership(on.user, at=office)
        assert not asked_now(case_manager, case)
        change(on, ended_at=on.started_at)
        assert alone_from(case) == on.ended_at
        change(on, ended_at=None)
        change(on.user, is_active=False)
        assert alone_from(case) is None
        change(on.user, is_active=True)
        on.user.memberships.all().delete()
        assert asked_now(case_manager, case)


def alone_from(case):
    keep_now()
    return DerivedTask.objects.get(case=case, rule=NOBODY).from_at


def asked_now(reader, case):
    """Whether the rule asks of it, which the list of cases without anybody says, too."""
    keep_now()
    asked = to_do(reader, rules=[BY_CODE[NOBODY]]).order_by("place", "id")[:9]
    listed = Case.objects.filter(pk=case.pk).without_anybody().exists()
    assert listed == bool(asked)
    return listed
