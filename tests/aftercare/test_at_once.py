"""Two people at the same moment, with real transactions."""

from __future__ import annotations

import pytest

from aftercare.models import Referral
from tests import factories
from tests.api.real import at_once
from tests.clients import ApiClient

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_draft_for_one_need_and_one_is_told(real_rows):
    case = factories.case()
    worker = factories.assignment(case, factories.user("aftercare_worker", case.office)).user
    asked = {"involvement": str(factories.involvement(case).pk), "need": "medical"}
    clients = [ApiClient(worker) for _one in range(4)]
    answers = at_once(4, lambda n: clients[n].post("referrals/", asked))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert Referral.objects.count() == 1
