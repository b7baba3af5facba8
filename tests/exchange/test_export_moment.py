"""An export holds the data as they were at one moment, while others write."""

from __future__ import annotations

import pytest

from tests import factories
from tests.exchange.taking import opened
from tests.meanwhile import TIMES, log_rescue, others_log_rescues

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WRITING = 'FROM "exchange_export"'
LISTS = ("involvements", "victims", "service-records")


@pytest.mark.nightly
@pytest.mark.usefixtures("fresh")
def test_who_is_in_one_list_is_in_the_others(real_rows, office):
    case = factories.case(office)
    manager = factories.user("case_manager", office)
    log_rescue(case)
    with others_log_rescues(WRITING, case=case) as logged:
        found = opened(manager, "case", case=case, identifiers=True)
    assert len(logged) == TIMES
    (people,) = {len(found.list(name)) for name in LISTS}
    assert people <= TIMES
    after = opened(manager, "case", case=case, identifiers=True)
    assert {len(after.list(name)) for name in LISTS} == {TIMES + 1}
