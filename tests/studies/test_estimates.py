"""Estimates: a share without n is not published; pairs compare only what can be compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.services import Refused, Stale
from studies.comparing import behind, compare, interval_of, reasons_against, share_of
from studies.models import Estimate, Pair
from studies.services.estimates import (
    correct_estimate,
    enter_estimate,
    estimate_from_visits,
    pair_estimates,
    publish_estimate,
)
from tests import factories
from tests.factories import studies
from tests.factories.people import place

pytestmark = pytest.mark.django_db


def entered(act, user, stratum=None, **fields):
    values = {"source": "Invented report"}
    return act(enter_estimate, user, stratum or studies.stratum(), **(values | fields))


def test_an_estimate_is_worked_out_from_visits(act, keeper, recorded):
    stratum = studies.stratum()
    with pytest.raises(Refused, match="Nobody was counted"):
        act(estimate_from_visits, keeper, stratum)
    for minors, counted in ((1, 10), (0, 8), (2, 12), (0, 9), (1, 11)):
        studies.visit(stratum, minors=minors, counted=counted)
    made = act(estimate_from_visits, keeper, stratum)
    assert (made.basis, made.k, made.n, made.published_on) == ("visits", 4, 50, None)
    assert made.standard_error == Decimal("0.032125")
    assert made.design_effect == Decimal("0.7011")
    assert interval_of(made).low < 0.08 < interval_of(made).high
    assert recorded("estimate.worked_out") == [(keeper.pk, str(made.pk))]
    with pytest.raises(Refused, match="follows from the visits"):
        act(correct_estimate, keeper, made, version=1, k=5)


def test_one_venue_alone_gives_a_share_and_no_interval(act, keeper):
    stratum = studies.stratum()
    studies.visit(stratum, minors=1, counted=10)
    made = act(estimate_from_visits, keeper, stratum)
    assert (made.k, made.n, made.low, made.high, made.design_effect) == (1, 10, None, None, None)
    assert interval_of(made) is None
    assert interval_of(studies.estimate(k=1, n=10)) is not None  # as others published it


def test_without_n_a_share_is_kept_and_not_published(act, keeper):
    made = entered(act, keeper, share=Decimal("0.117"))
    assert share_of(made) == pytest.approx(0.117)
    assert interval_of(made) is None
    with pytest.raises(Refused, match="cannot be published"):
        act(publish_estimate, keeper, made, version=1)
    whole = act(correct_estimate, keeper, made, version=1, n=214)
    assert behind(whole) == (25, 25)
    published = act(publish_estimate, keeper, whole, version=2)
    assert published.published_on
    with pytest.raises(Refused, match="already published"):
        act(publish_estimate, keeper, published, version=3)
    with pytest.raises(Refused, match="It is published"):
        act(correct_estimate, keeper, published, version=3, k=30)


def test_the_database_publishes_no_share_without_n():
    made = studies.estimate(k=None, n=None, share=Decimal("0.1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Estimate.objects.filter(pk=made.pk).update(published_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({}, "share", "how many minors"),
        ({"k": 5}, "n", "how many"),
        ({"k": 5, "n": 4}, "n", "how many"),
        ({"k": 0, "n": 0}, "n", "At least one"),
        ({"share": Decimal("1.1")}, "share", "from 0 to 100"),
        ({"k": 1, "n": 9, "low": Decimal("0.1")}, "high", "both ends"),
        ({"k": 1, "n": 9, "low": Decimal("0.2"), "high": Decimal("0.1")}, "high", "lower one"),
        ({"k": 1, "n": 9, "design_effect": Decimal(0)}, "design_effect", "above zero"),
        ({"k": 1, "n": 9, "source": " "}, "source", "where it was published"),
    ],
)
def test_what_an_estimate_cannot_be(act, keeper, wrong, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        entered(act, keeper, **wrong)
    assert refusal.value.field == field


def test_only_who_answers_for_figures_publishes(act, case_manager):
    made = entered(act, case_manager, k=9, n=90)
    with pytest.raises(PermissionDenied):
        act(publish_estimate, case_manager, made, version=1)
    manager = factories.user("programme_manager")
    assert act(publish_estimate, manager, made, version=1).published_on
    with pytest.raises(Stale):
        act(publish_estimate, manager, studies.estimate(), version=7)


def test_a_published_interval_stands_before_our_own():
    ours = studies.estimate(k=33, n=4143, design_effect=Decimal(2))
    assert interval_of(ours) == pytest.approx((0.00494, 0.01281), abs=1e-5)
    theirs = studies.estimate(n=4143, k=None, share=Decimal("0.008"))
    theirs.low, theirs.high = Decimal("0.005"), Decimal("0.02")
    assert interval_of(theirs) == pytest.approx((0.005, 0.02))
    assert behind(theirs) == (32, 35)
    assert behind(ours) is None


def test_a_pair_that_can_be_compared(act, keeper):
    before = studies.estimate()
    after = studies.endline(before)
    pair = act(pair_estimates, keeper, before, endline=after)
    found = compare(pair.baseline, pair.endline)
    assert found.reduction.value == pytest.approx(0.8)
    assert (found.reduction.low, found.reduction.high) == pytest.approx(
        (0.679354, 0.875252), abs=1e-5
    )
    assert found.test.z == pytest.approx(7.532436, abs=1e-5)
    assert found.difference.high < 0
    assert found.same_season
    with pytest.raises(Refused, match="These two are already a pair"):
        act(pair_estimates, keeper, before, endline=after)


def test_design_effects_widen_the_interval():
    before = studies.estimate(design_effect=Decimal(2))
    after = studies.endline(before, design_effect=Decimal(3))
    found = compare(before, after)
    assert found.with_effect.value == pytest.approx(found.reduction.value)
    assert found.with_effect.low < found.reduction.low
    assert found.with_effect.high > found.reduction.high
    assert found.test.z < 7


def test_a_zero_count_has_no_interval():
    before = studies.estimate()
    found = compare(before, studies.endline(before, k=0))
    assert found.reduction == (1, None, None)


REASONS = {
    "form": ({"programme": "osec"}, "different forms"),
    "method": ({"method": "time_location"}, "different methods"),
    "age": ({"minor_below": 16}, "defined in different ways"),
    "judged": ({"minor_judged": "stated"}, "defined in different ways"),
    "not representative": ({"is_representative": False}, "endline is not representative"),
    "frame": ({"frame": "Another map"}, "different lists"),
    "stratum": ({"kind": "private"}, "private networks"),
    "worked out": ({"figuring": "calibrated"}, "worked out in different ways"),
    "without n": ({"k": None, "n": None, "share": Decimal("0.02")}, "how many people"),
    "order": (
        {"fieldwork_from": date(2023, 3, 1), "fieldwork_to": date(2023, 3, 31)},
        "not made after",
    ),
    "place": ({"jurisdiction": "IN-MH-MUM"}, "different places"),
}


@pytest.mark.parametrize(("other", "words"), REASONS.values(), ids=REASONS)
def test_what_cannot_be_compared_is_refused_with_the_reason(act, keeper, other, words):
    if "jurisdiction" in other:
        other = {"jurisdiction": place(other["jurisdiction"])}
    before = studies.estimate()
    after = studies.endline(before, **other)
    (reason,) = reasons_against(before, after)
    assert words in reason.label
    with pytest.raises(Refused, match=words):
        act(pair_estimates, keeper, before, endline=after)
    assert not Pair.objects.exists()
    assert compare(before, after).reduction is None


def test_a_baseline_that_is_not_representative_is_refused():
    before = studies.estimate(studies.stratum(studies.study(is_representative=False)))
    assert any("baseline is not" in reason.label for reason in reasons_against(before, before))


def test_another_season_is_marked_not_refused():
    before = studies.estimate()
    later = {"fieldwork_from": date(2026, 9, 1), "fieldwork_to": date(2026, 9, 30)}
    found = compare(before, studies.endline(before, **later))
    assert not found.same_season
    assert found.reduction
    winter = studies.estimate(
        studies.stratum(
            studies.study(fieldwork_from=date(2024, 12, 1), fieldwork_to=date(2024, 12, 31))
        )
    )
    january = {"fieldwork_from": date(2026, 1, 5), "fieldwork_to": date(2026, 1, 30)}
    assert compare(winter, studies.endline(winter, **january)).same_season
