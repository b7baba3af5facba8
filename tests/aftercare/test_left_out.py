"""For the youngest a part of an assessment may not apply."""

from __future__ import annotations

import json
from datetime import date

import pytest

from aftercare.services.assessments import answer_domain, begin_assessment
from core.services import Refused
from instruments.checking import checked
from instruments.models import Instrument
from instruments.services import SHIPPED
from tests import factories
from tests.factories import care
from victims.models import Victim

pytestmark = pytest.mark.django_db
INFANTS = 36  # months


@pytest.fixture
def used():
    """Invented; school and work from three years on."""
    found = json.loads(SHIPPED.read_text()) | {"code": "invented", "name": "Invented questions"}
    for domain in found["domains"]:
        if domain["code"] == "economic":
            domain["from_months"] = INFANTS
    return Instrument.objects.create(**checked(found))


def assessed(act, case, worker, used, months):
    person = factories.involvement(case)
    Victim.objects.filter(pk=person.victim_id).update(age_min_months=months, age_max_months=months)
    person.victim.refresh_from_db()
    plan = care.care_plan(involvement=person)
    day = date(2026, 4, 1)
    return act(begin_assessment, plan, worker, assessed_on=day, instrument=used)


def test_a_part_that_does_not_apply_to_an_infant_is_neither_asked_nor_missed(
    act, case, worker, used
):
    infant = assessed(act, case, worker, used, 14)
    assert infant.left_out == ["economic"]
    with pytest.raises(Refused, match="too young"):
        act(answer_domain, infant, worker, version=1, domain="economic", answers={"school": None})
    infant.delete()
    words = {"instrument": used, "assessed_on": infant.assessed_on, "answers": {"school": 3}}
    with pytest.raises(Refused, match="no such item"):
        act(begin_assessment, infant.plan, worker, **words)
    child = assessed(act, case, worker, used, INFANTS)
    assert child.left_out == []
    unknown = assessed(act, case, worker, used, None)
    assert unknown.left_out == []
