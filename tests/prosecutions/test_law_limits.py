"""Limits of law are kept by their day: what began before a change stays under what held then."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection

from casework.models import AskAgain
from core.context import acting_as
from core.services import Refused
from prosecutions.laws import KEPT, SHIPPED, in_force
from prosecutions.limitation import years_after
from prosecutions.limits import law_behind, limit_of
from prosecutions.models import LawVersion, Provision, Suspect
from prosecutions.services.custody import begin_custody
from prosecutions.services.law_effects import read_effect
from prosecutions.services.law_limits import propose_limit
from prosecutions.services.laws import confirm_law, withdraw_law
from prosecutions.services.provisions import load_limits
from tests import factories

pytestmark = pytest.mark.django_db
SOURCE = "Invented Code of Criminal Procedure 2074, s. 14"
SINCE, FROM = date(2026, 3, 12), date(2026, 3, 1)


@pytest.fixture
def officer(fresh, case):
    return factories.officer_in(case)


@pytest.fixture
def second(officer):
    return factories.user("programme_manager")


def propose(officer, kind, amount, place="NP", **more):
    of = {"begins_on": FROM, "source": SOURCE} | more
    country = factories.place(place)
    return propose_limit(country=country, kind=kind, amount=amount, actor=officer, **of)


def told():
    """The edition that the database names when a transaction opens."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {KEPT.asked}")
        KEPT.adopt(cursor.fetchone()[0])


def by_the_database(kind, country, law, day):
    with connection.cursor() as cursor:
        cursor.execute("select law_limit(%s, %s, %s, %s)", [kind, country, law and law.pk, day])
        return cursor.fetchone()[0]


def test_a_limit_that_is_confirmed_holds_for_who_is_held(officer, second, case, api, said):
    grave = Provision.objects.create(
        jurisdiction=factories.place("NP"), statute="HTTCA", number="15", life_possible=True
    )
    facts = {"since": SINCE, "since_at": time(6, 0), "actor": officer}
    held = begin_custody(factories.suspect(case), **facts)
    graver = begin_custody(factories.suspect(case), provision=grave, **facts)
    assert (held.court_by, held.charge_by) == (None, None)
    laws = [
        propose(officer, "court", 24),
        propose(officer, "charge", 60),
        propose(officer, "charge", 90, life=True),
    ]
    assert read_effect(laws[0], actor=officer).number == 2
    assert read_effect(laws[2], actor=officer).number == 1
    assert read_effect(laws[0], actor=second).number == 0, "who sees no case learns of none"
    for law in laws:
        confirm_law(law, actor=second)
    for row, days, times in ((held, 60, 2), (graver, 90, 3)):
        row.refresh_from_db()
        assert row.charge_by == SINCE + timedelta(days=days)
        assert row.court_by == datetime(2026, 3, 13, 0, 15, tzinfo=UTC), "24 hours in Nepal"
        assert row.version == 1 + times, "each change of it is a version"
        with acting_as(officer.pk):
            assert law_behind(row, "charge").source == SOURCE
    third = factories.suspect(case)
    with acting_as(officer.pk):
        again = begin_custody(third, provision=grave, **facts)
    assert (again.charge_by, again.court_by) == (graver.charge_by, graver.court_by)
    listed = api(officer).get("law-versions/?country=NP&kind=charge").json()["results"]
    assert {row["terms"]["amount"] for row in listed} == {60, 90}


def test_what_began_before_its_day_stays(officer, second, case):
    case.jurisdiction = factories.place("IN-WB-KOL")
    case.save()
    before, after = (
        begin_custody(factories.suspect(case), since=day, actor=officer)
        for day in (SINCE - timedelta(days=1), SINCE)
    )
    law = propose(officer, "charge", 75, "IN", begins_on=SINCE)
    assert read_effect(law, actor=officer).number == 1
    confirm_law(law, actor=second)
    for row, days in ((before, 60), (after, 75)):
        row.refresh_from_db()
        assert row.charge_by == row.since + timedelta(days=days)
    with acting_as(officer.pk):
        assert law_behind(before, "charge").source.startswith("BNSS")
        assert law_behind(after, "charge").source == SOURCE
        assert limit_of("charge", "IN", Provision(life_possible=True), SINCE).amount == 90
    ended = propose(officer, "charge", None, "IN", begins_on=SINCE + timedelta(days=1))
    confirm_law(ended, actor=second)
    with acting_as(officer.pk):
        assert limit_of("charge", "IN", None, SINCE + timedelta(days=1)) is None
        assert limit_of("charge", "IN", None, SINCE).amount == 75
    assert by_the_database("charge", "IN", None, SINCE + timedelta(days=1)) is None


def test_limitation_is_of_the_day_of_the_offence(officer, second, case):
    rescue = factories.rescue(case, occurred_at=datetime(2026, 3, 12, 8, tzinfo=UTC))
    suspect = factories.suspect(case)
    assert not Suspect.objects.unaccused().exists()
    late = propose(officer, "limitation", 2, begins_on=rescue.occurred_on + timedelta(days=1))
    law = propose(officer, "limitation", 5)
    assert read_effect(late, actor=officer).number == 0
    assert read_effect(law, actor=officer).cases == (case,)
    AskAgain.objects.all().delete()
    confirm_law(law, actor=second)
    assert AskAgain.objects.filter(case_id=case.pk).exists(), "the case is asked again"
    ends = Suspect.objects.unaccused().get(pk=suspect.pk).time_ends_on
    assert ends == years_after(rescue.occurred_on, 5)
    confirm_law(late, actor=second)
    ends = Suspect.objects.unaccused().get(pk=suspect.pk).time_ends_on
    assert ends == years_after(rescue.occurred_on, 5)


@pytest.mark.parametrize(
    ("kind", "amount", "more", "field"),
    [
        ("court", 721, {}, "amount"),
        ("court", 24, {"up_to": 3}, "up_to"),
        ("limitation", 3, {"life": True}, "life"),
        ("charge", 60, {"least": 101}, "least"),
        ("limitation", 3, {"statute": "NOSUCH"}, "statute"),
        ("court", 24, {"source": "none"}, "source"),
    ],
)
def test_what_no_limit_says_is_refused_by_its_field(officer, kind, amount, more, field):
    with pytest.raises(Refused) as refused:
        propose(officer, kind, amount, **more)
    assert refused.value.field == field
    assert not LawVersion.objects.waiting().exists()


def test_it_is_followed_and_withdrawn_before_its_day_alone(officer, second, case):
    today = case.jurisdiction.today
    held = confirm_law(propose(officer, "charge", 60), actor=second)
    with pytest.raises(Refused, match="from that day or later") as refused:
        propose(officer, "charge", 70)
    assert refused.value.field == "begins_on"
    with pytest.raises(Refused, match="already been decided"):
        withdraw_law(held, actor=officer)
    ahead = propose(officer, "charge", 70, begins_on=today + timedelta(days=30))
    confirm_law(ahead, actor=second)
    ahead.refresh_from_db()
    assert withdraw_law(ahead, actor=officer).outcome == "withdrawn"
    with acting_as(officer.pk):
        (limit,) = in_force("charge", "NP", today + timedelta(days=31))
        assert limit.amount == 60


def test_what_ships_is_the_first_version_and_both_readings_agree(officer):
    assert load_limits() == 0, "once"
    told()
    assert KEPT.now.get() is KEPT.shipped, "while nobody says otherwise, nothing is read"
    rows = LawVersion.objects.filter(proposed_by__isnull=True).select_related("country")
    of = {(row.kind, row.country.code, row.limit.of, row.limit.amount) for row in rows}
    assert of == {
        (limit.kind, limit.country, limit.of, limit.amount) for limit in SHIPPED if limit.country
    }
    laws = [None, *Provision.objects.filter(number__in=("143(2)", "143(3)", "s.4", "s.6", "4"))]
    for law in laws:
        for country in ("IN", "PH", "KH", "GB"):
            for kind in ("court", "charge"):
                limit = limit_of(kind, country, law, SINCE)
                assert by_the_database(kind, country, law, SINCE) == (limit and limit.amount)
