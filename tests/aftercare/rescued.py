"""Survivors of a night, and what was drafted for them."""

from __future__ import annotations

from aftercare.models import Referral
from tests import factories

NEEDS = ("medical", "safe_place")


def survivor(case, sex="female", low=160, high=200):
    victim = factories.victim(case)
    type(victim).objects.filter(pk=victim.pk).update(
        sex=sex, age_min_months=low, age_max_months=high
    )
    return victim.involvements.get()


def drafted(case, people, needs=NEEDS):
    return [
        Referral.objects.create(case=case, involvement=person, need=need)
        for need in needs
        for person in people
    ]


def statuses(case):
    rows = Referral.objects.filter(case=case).order_by("created_at", "pk")
    return list(rows.values_list("status", flat=True))
