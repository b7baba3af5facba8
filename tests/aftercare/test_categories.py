"""Who is owed as a man, and who as a woman or a child: by sex and age on the certificate's day."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.services.certificates import answer_certificate
from aftercare.services.entitlements import set_entitlement
from core.services import Refused
from tests import factories
from tests.factories import ledger
from victims.models import Victim

pytestmark = pytest.mark.django_db
LAKH = 100_000

# By hand: 18 years are 216 months; the certificate is of 20 March 2026.
AGES = [
    # low, high, day of the rescue, adult man, woman or child
    (216, 1439, "2026-03-10", True, False),
    (150, 150, "2026-03-10", False, True),
    (215, 215, "2026-03-10", False, True),
    (212, 212, "2025-10-10", True, False),  # four whole months on, and perhaps five
    (211, 211, "2025-10-10", False, True),
    (156, 400, "2026-03-10", False, True),  # may be a child
    (None, None, "2026-03-10", True, True),
]


@pytest.mark.parametrize(("low", "high", "met", "man", "child"), AGES)
def test_whoever_may_be_a_child_is_owed_what_a_child_is_owed(
    act, worker, case, low, high, met, man, child
):
    rescue = factories.rescue(case, occurred_on=date.fromisoformat(met))
    for category, fits, total, words in (
        ("adult_man", man, LAKH, "may be a child"),
        ("woman_or_child", child, 2 * LAKH, "This person is recorded as a man"),
    ):
        boy = Victim.objects.create(sex="male", age_min_months=low, age_max_months=high)
        part = factories.involvement(case, boy, rescue=rescue, outcome="rescued")
        paper = ledger.certificate(involvement=part)
        if fits:
            assert act(set_entitlement, paper, worker, category=category).total == total
            continue
        with pytest.raises(Refused, match=words) as caught:
            act(set_entitlement, paper, worker, category=category)
        assert caught.value.field == "category"


def test_the_category_rests_on_whichever_record_of_the_person_says_it(act, worker, case):
    boy = Victim.objects.create(sex="male", age_min_months=150, age_max_months=150)
    nothing = Victim.objects.create(sex="unknown")
    rescue = factories.rescue(case)
    for one in (boy, nothing):
        factories.involvement(case, one, rescue=rescue, outcome="rescued")
    Victim.objects.filter(pk=boy.pk).update(merged_into=nothing)
    paper = ledger.certificate(involvement=nothing.involvements.get())
    with pytest.raises(Refused, match="may be a child"):
        act(set_entitlement, paper, worker, category="adult_man")
    assert act(set_entitlement, paper, worker, category="woman_or_child").total == 2 * LAKH


def test_another_day_of_the_certificate_asks_for_the_category_again(act, worker, case):
    youth = Victim.objects.create(sex="male", age_min_months=213, age_max_months=213)
    rescue = factories.rescue(case, occurred_on=date(2025, 10, 10))
    part = factories.involvement(case, youth, rescue=rescue, outcome="rescued")
    paper = ledger.certificate(involvement=part, applied_on=date(2025, 10, 12))
    act(set_entitlement, paper, worker, category="adult_man")
    named = {"version": 1, "status": "issued", "number": paper.number}
    earlier = named | {"answered_on": date(2025, 12, 1)}
    with pytest.raises(Refused, match="may be a child"):
        act(answer_certificate, paper, worker, **earlier)
    Victim.objects.filter(pk=youth.pk).update(age_min_months=100, age_max_months=100)
    assert (
        act(answer_certificate, paper, worker, answered_on=date(2026, 3, 20), **named).version == 2
    )
