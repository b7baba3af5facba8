"""The demonstration holds whole proceedings in four countries, from complaint to final judgment."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.utils import timezone

from casework.enums import LinkKind
from casework.models import CaseLink
from prosecutions.models import (
    Appeal,
    Charge,
    CompensationPayment,
    Custody,
    Hearing,
    NetworkMember,
    Prosecution,
    Sentence,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("demonstration")]
COUNTRIES = ("PH", "IN", "KH", "GB")


def in_order(*days):
    return all(early <= late for early, late in pairwise(day for day in days if day))


def walk(proceeding):
    """From the complaint to the last judgment: nothing is missing, nothing out of its order."""
    complaint, court = proceeding.complaint, proceeding.court
    assert court.kind == "court"
    assert court.jurisdiction.country == proceeding.jurisdiction.country
    assert complaint.accused.exists()
    report = complaint.reports.get(kind="charge_sheet")
    assert in_order(complaint.filed_on, report.reported_on, proceeding.filed_on)
    hearings = list(proceeding.hearings.order_by("listed_on"))
    assert all(one.result for one in hearings)
    assert any(one.adjourned_for for one in hearings), "one was adjourned, and says why"
    judged = {row.decided_on for row in proceeding.judgments.all()}
    assert hearings[-1].listed_on in judged
    assert judged - {row.listed_on for row in hearings} <= {
        row.decided_on for row in proceeding.judgments.all() if on_plea(row)
    }, "a judgment was heard, or rests on a plea"
    for charge in proceeding.charges.all():
        first = charge.decisions.get(judgment__instance="first").judgment
        assert charge.plea or charge.framed_on
        days = (charge.offence_on, charge.filed_on, charge.framed_on, charge.pleaded_on)
        assert in_order(*days, first.decided_on)
        for appeal in first.appeals.all():
            assert in_order(first.decided_on, appeal.filed_on, appeal.outcome.decided_on)


def on_plea(judgment):
    return judgment.decisions.filter(disposition="convicted_plea").exists()


def whole():
    """Proceedings with a complaint, hearings and judgments, in which nothing is left to decide."""
    rows = Prosecution.objects.exclude(pk__in=Prosecution.objects.open())
    return rows.filter(hearings__isnull=False, complaint__isnull=False).distinct()


def test_a_whole_proceeding_in_each_of_four_countries_and_one_under_way():
    today = timezone.localdate()
    for country in COUNTRIES:
        over = whole().filter(jurisdiction__code__startswith=country)
        assert over.exists(), country
        for proceeding in over:
            walk(proceeding)
        running = Prosecution.objects.open().filter(jurisdiction__code__startswith=country)
        ahead = Hearing.objects.filter(prosecution__in=running, listed_on__gt=today, result="")
        behind = Hearing.objects.filter(prosecution__in=running).exclude(adjourned_for="")
        assert ahead.exists(), country
        assert behind.exists(), country
    _sentences()
    _ends()
    _custody()
    _across_borders()


def _sentences():
    given = Sentence.objects.all()
    assert given.filter(life=True).exists()
    assert given.filter(suspended=True).exists()
    assert set(given.filter(fine__gt=0).values_list("currency", flat=True)) == {"PHP", "INR", "KHR"}
    ordered = given.filter(compensation__gt=0)
    assert {row.currency for row in ordered} == {"PHP", "INR", "KHR"}
    open_ = {
        row.currency: row.compensation
        - sum(CompensationPayment.objects.filter(sentence=row).values_list("amount", flat=True))
        for row in ordered
    }
    assert open_ == {"PHP": 450_000, "INR": 180_000, "KHR": 0}


def _ends():
    assert Charge.objects.filter(plea="guilty", final_provision__isnull=False).count() == 1
    turned = set()
    for appeal in Appeal.objects.filter(outcome__isnull=False):
        for after in appeal.outcome.decisions.all():
            before = appeal.judgment.decisions.get(charge=after.charge)
            turned.add((before.disposition, after.disposition))
    assert {("acquitted", "convicted_trial"), ("convicted_trial", "acquitted")} <= turned
    assert Charge.objects.with_last_decision().filter(last="acquitted").exists()


def _custody():
    bail = Custody.objects.filter(ended="bail")
    assert bail.filter(bail_amount__gt=0, sureties=2, bail_currency="INR").exists()
    assert bail.filter(breach="contact").exists()
    assert bail.filter(bail_conditions__contains=["no_devices"]).exists()
    assert Custody.objects.filter(limit_reason="extended", court_by__isnull=False).exists()
    assert Custody.objects.in_force().unseen().exists()
    assert Custody.objects.in_force().uncharged().filter(charge_by__isnull=False).exists()


def _across_borders():
    countries = {
        (member.network_id, member.case.jurisdiction.country)
        for member in NetworkMember.objects.select_related("case__jurisdiction")
    }
    (widest,) = {
        of for of, _country in countries if len([1 for one, _c in countries if one == of]) > 1
    }
    assert {country for of, country in countries if of == widest} == {"KH", "TH", "MY"}
    twins = CaseLink.objects.filter(kind=LinkKind.TWIN, other__jurisdiction__code="GB")
    (twin,) = twins
    abroad = whole().get(case=twin.other)
    viewer = abroad.charges.get().suspect
    here = twin.case.suspect_set.get(perpetrator=viewer.perpetrator_id)
    assert (here.role, viewer.role) == ("online_viewer", "online_viewer")
