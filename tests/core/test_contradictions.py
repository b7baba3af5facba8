"""Each rule of what records must not say finds the row that breaks it, and no row in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.contradictions import RULES, among
from tests import factories
from tests.factories import care, courts, field, justice, ledger, papers, persons
from tests.factories.people import place

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def heard_early(case):
    court = courts.prosecution(case)
    courts.hearing(prosecution=court, listed_on=court.filed_on)
    return courts.hearing(prosecution=court, listed_on=court.filed_on - DAY)


def held_twice(case):
    suspect = factories.suspect(case)
    days = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]
    first, second, third = (
        {"since": since, "ended_on": since + 31 * DAY, "ended": "bail"} for since in days
    )
    courts.custody(suspect=suspect, **first)
    found = courts.custody(suspect=suspect, **(second | {"since": days[1] - DAY}))
    courts.custody(suspect=suspect, **(third | {"since": found.ended_on}))
    return found


def left_early(case):
    known = date(2026, 4, 1)
    justice.network_member(case, known_on=known, left_on=known)
    return justice.network_member(case, known_on=known, left_on=known - DAY)


def closed_still(case):
    site = factories.site(case)
    first = field.site_closing(site=site, reopened_on=date(2026, 4, 1))
    field.site_closing(site=site, closed_on=first.reopened_on, reopened_on=date(2026, 5, 1))
    return field.site_closing(site=site, closed_on=date(2026, 4, 30))


def goal_before_plan(case):
    plan = care.care_plan(case)
    care.goal(plan=plan, status="met", ended_on=plan.opened_on)
    return care.goal(plan=plan, status="met", ended_on=plan.opened_on - DAY)


def review_before_plan(case):
    plan = care.care_plan(case)
    care.plan_review(plan=plan, reviewed_on=plan.opened_on)
    return care.plan_review(plan=plan, reviewed_on=plan.opened_on - DAY)


def follow_up_before_closing(case):
    plan = care.closed_plan(case)
    care.follow_up(plan=plan, done_on=plan.closed_on)
    return care.follow_up(plan=plan, months=6, done_on=plan.closed_on - DAY)


def paid_before_award(case):
    claim = ledger.awarded_claim(case)
    ledger.claim_payment(claim=claim, paid_on=claim.answered_on)
    return ledger.claim_payment(claim=claim, paid_on=claim.answered_on - DAY)


def paid_before_certificate(case):
    entitled = ledger.entitlement(case)
    issued = entitled.certificate.answered_on
    ledger.rehabilitation_payment(entitlement=entitled, paid_on=issued)
    return ledger.rehabilitation_payment(entitlement=entitled, paid_on=issued - DAY)


def out_of_order(case):
    part = factories.involvement(case)
    days = [date(2025, 6, 1), date(2025, 6, 1), date(2025, 5, 31)]
    stops = [
        persons.route_stop(involvement=part, position=number, since=day)
        for number, day in enumerate(days, 1)
    ]
    return stops[-1]


def told_early(case):
    told, on = {"told_by": factories.user()}, persons.withdrawal(case).consent.withdrawn_on
    persons.withdrawal(case, told_on=on, **told)
    return persons.withdrawal(case, told_on=on - DAY, **told)


def opened_ahead(case):
    return factories.case(case.office, opened_on=case.jurisdiction.today + DAY)


def decided_twice(case):
    """Taken up again and decided anew is in order; so is what never stood."""
    charge = courts.charge(case)
    days = [charge.filed_on + months * 30 * DAY for months in range(1, 5)]
    revived = {"lifted_on": days[1], "lifted_for": "revived", "disposition": "archived"}
    courts.decision(charge=charge, decided_on=days[0], **revived)
    courts.decision(charge=charge, decided_on=days[1])
    wrong = {"lifted_on": days[2], "lifted_for": "error"}
    courts.decision(charge=charge, decided_on=days[2], **wrong)
    return courts.decision(charge=charge, decided_on=days[3])


def lifted_early(case):
    charge = courts.charge(case)
    lifted = {"lifted_for": "revived", "disposition": "archived"}
    day = date(2026, 9, 1)
    courts.decision(case, decided_on=day, lifted_on=day, **lifted)
    return courts.decision(charge=charge, decided_on=day, lifted_on=day - DAY, **lifted)


def of_another_country(case):
    """A stage of courts that have no table of their own."""
    manila = {"jurisdiction": place("PH-MNL"), "case": case}
    justice.stage_reached(prosecution=courts.prosecution(**manila), stage="arraigned")
    return justice.stage_reached(prosecution=courts.prosecution(**manila), stage="cognizance")


def destroyed_before(case):
    about = {"document": papers.document(case)}
    gone = papers.custody_event(step="destroyed", **about)
    papers.custody_event(**about, happened_on=gone.happened_on)
    return papers.custody_event(**about, happened_on=gone.happened_on + DAY)


BROKEN = {
    "decided_twice": decided_twice,
    "lifted_early": lifted_early,
    "stage_of_elsewhere": of_another_country,
    "destroyed_before": destroyed_before,
    "hearing_before_filing": heard_early,
    "held_twice": held_twice,
    "left_before_known": left_early,
    "closed_still": closed_still,
    "goal before_plan": goal_before_plan,
    "planreview before_plan": review_before_plan,
    "before_closing": follow_up_before_closing,
    "before_award": paid_before_award,
    "before_certificate": paid_before_certificate,
    "out_of_order": out_of_order,
    "told_early": told_early,
    "opened_on_ahead": opened_ahead,
}


@pytest.mark.parametrize("code", BROKEN)
def test_the_row_that_breaks_it_is_found_and_no_other(code, office):
    row = BROKEN[code](factories.case(office))
    found = list(among(type(row)._default_manager.all()))
    assert [(pk, rule.code) for pk, rule in found] == [(row.pk, code.rpartition(" ")[2])]
    (rule,) = (rule for _pk, rule in found)
    assert rule.field in {one.name for one in type(row)._meta.fields}
    assert RULES[row._meta.label][rule.code] is rule
