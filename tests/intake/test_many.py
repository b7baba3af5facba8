"""The full demonstration has the size of the submission, and floods nobody with questions."""

from __future__ import annotations

import json
from collections import defaultdict
from io import StringIO
from itertools import accumulate

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import User
from aftercare.enums import PlacementKind, ReferralStatus
from aftercare.models import Entitlement, Placement, Provider, Referral
from aftercare.schemes import with_paid
from casework.enums import CaseStatus
from casework.models import Case, ReferenceCounter
from core.context import acting_as
from desk.services import read_today
from desk.tasks import MOST_COUNTED
from intake.demo import world
from intake.demo.many import OPEN_CASES, load_many
from intake.demo.many_care import HOUSES, LAST_DAY
from intake.demo.many_families import BEDS
from victims.enums import Outcome, Sex
from victims.models import Identity, Involvement, Sibling, Victim

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
INDIA, SOLD = ("IN-MH", "IN-WB"), ("csec", "sex_trafficking")
PEOPLE = ("lead.kolkata", "lead.manila", "aftercare.kolkata", "aftercare.manila")


@pytest.fixture(scope="module", autouse=True)
def small(django_db_setup, django_db_blocker):
    """Loaded once for all tests here, which only read; returns what the small one held."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            assert world.load()
            before = {
                "asked": asked(),
                "convictions": report("conviction-rate"),
                "references": set(references()),
                "identities": Identity.objects.count(),
            }
            load_many()
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
            yield before
            transaction.set_rollback(True)
        connection.close()


def report(slug, **options):
    out = StringIO()
    call_command("report", slug, stdout=out, **options)
    return json.loads(out.getvalue())["rows"]


def by_place(slug):
    return {(row["jurisdiction"]["code"], row["programme"]): row for row in report(slug)}


def profile():
    return {(row["measure"], row["group"]): row for row in report("osec-profile")}


def asked():
    numbers = {}
    for user in User.objects.filter(username__in=PEOPLE):
        with acting_as(user.pk):
            numbers[user.username] = read_today(actor=user)["count"] - still_owed(user)
    return numbers


def still_owed(user):
    """What survivors of closed cases are owed is asked for until it is paid."""
    owed = with_paid(Entitlement.objects.visible_to(user)).filter(balance__gt=0)
    return min(owed.filter(case__status=CaseStatus.CLOSED).count(), MOST_COUNTED)


def references():
    return Case.objects.values_list("reference", flat=True)


def test_there_are_three_thousand_survivors_and_no_name_was_added(small):
    assert Victim.objects.count() > 3000
    assert Identity.objects.count() == small["identities"]


def test_nearly_half_of_those_before_a_camera_are_twelve_or_younger():
    share = profile()["twelve_or_younger", "osec"]
    assert share["n"] > 400
    assert round(share["value"], 2) == 0.47
    assert profile()["youngest", "osec"]["value"] == 2


def test_more_of_them_are_boys_and_have_siblings_with_them():
    rows = profile()
    for measure in ("male", "siblings"):
        assert rows[measure, "osec"]["value"] > 2 * rows[measure, "other"]["value"]


def test_the_others_are_sixteen_on_average():
    assert 16 * 12 <= profile()["mean_age", "other"]["value"] < 17 * 12


def test_over_four_hundred_were_rescued_in_over_120_cases():
    rows = by_place("rescues-and-victims")
    assert rows["PH", "osec"]["rescued"] > 400
    assert Case.objects.filter(programme="osec").count() > 120


def test_over_a_thousand_girls_were_removed_and_served_in_two_states():
    rescued, served = by_place("rescues-and-victims"), by_place("survivors-served")
    cells = [(state, programme) for state in INDIA for programme in SOLD]
    assert sum(rescued[cell]["minors"] for cell in cells) > 1000
    assert sum(served[cell]["k"] for cell in cells) > 1000
    girls = Involvement.objects.filter(
        case__programme__in=SOLD,
        case__office__code__in=("kolkata", "mumbai"),
        outcome=Outcome.RESCUED,
        victim__sex=Sex.FEMALE,
        victim__age_max_months__lte=215,
        services__isnull=False,
    )
    assert girls.values("victim").distinct().count() > 1000


def test_over_1450_were_rescued_in_the_philippines():
    assert by_place("rescues-and-victims")["PH", "csec"]["rescued"] > 1450


def test_nobody_else_is_convicted_and_cambodia_stays_as_it_is(small):
    assert report("conviction-rate") == small["convictions"]
    assert by_place("survivors-served")["KH", "trafficked_labour"]["k"] == 46


def test_recovery_is_told_of_many():
    rows = {(row["measure"], row["domain"]): row for row in report("aftercare-outcomes")}
    assert rows["restored", None]["n"] > 1000
    assert 0.6 < rows["restored", None]["value"] < 0.8
    assert rows["safe", None]["n"] > 900


def test_the_centre_counts_fewer_than_the_states_that_the_submission_names():
    rows = [row for row in report("bonded-labour-reconciliation") if row["measure"] == "counts"]
    for state in ("IN-OD", "IN-RJ", "IN-UP"):
        mine = [row for row in rows if row["jurisdiction"] == state]
        assert sum(row["never_by_centre"] for row in mine) > 0


def test_referrals_stand_in_every_state():
    states = set(Referral.objects.values_list("status", flat=True))
    assert states == set(ReferralStatus.values)


def test_nobody_is_asked_for_much_more_than_before(small):
    for name, number in asked().items():
        assert number - small["asked"][name] <= OPEN_CASES, name


def test_references_go_on_without_a_gap(small):
    assert small["references"] <= set(references())
    found = defaultdict(list)
    for reference in references():
        prefix, year, number = reference.split("-")
        found[prefix, int(year)].append(int(number))
    assert all(sorted(some) == list(range(1, len(some) + 1)) for some in found.values())
    counters = ReferenceCounter.objects.values_list("office__prefix", "year", "last")
    assert {(p, year): last for p, year, last in counters} == {k: len(v) for k, v in found.items()}


def test_no_house_ever_had_more_people_than_beds():
    names = [house[0] for houses in HOUSES.values() for house in houses]
    for provider in Provider.objects.filter(name__in=names):
        beds = provider.places_on(LAST_DAY)
        extra = [0, 0]
        for number, sex in enumerate((Sex.FEMALE, Sex.MALE)):
            nights = Placement.objects.filter(provider=provider, victim__sex=sex)
            steps = sorted(
                step
                for since, until in nights.values_list("since", "until")
                for step in ((since, 1), (until, -1))
            )
            most = max(accumulate(change for _day, change in steps), default=0)
            extra[number] = max(0, most - beds[sex])
        assert sum(extra) <= beds["any"], provider.name


def test_brothers_and_sisters_live_together_in_therapeutic_foster_families():
    stays = Placement.objects.filter(kind=PlacementKind.THERAPEUTIC_FOSTER_CARE)
    families = defaultdict(list)
    where = defaultdict(set)
    groups = dict(Sibling.objects.values_list("victim", "group"))
    for victim, provider, since, until in stays.values_list("victim", "provider", "since", "until"):
        if provider:
            families[provider].append((since, until))
        if victim in groups:
            where[groups[victim]].add(provider)
    assert len(families) > 10
    assert sum(len(some) == 1 and None not in some for some in where.values()) > 20
    assert all(len(some) == 1 for some in where.values())
    for nights in families.values():
        steps = sorted(step for s, u in nights for step in ((s, 1), (u, -1)))
        assert max(accumulate(change for _day, change in steps)) <= BEDS
