"""The law of a country by its day: proposed, confirmed by a second person, never changed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice
from core.services import Refused
from places.models import Jurisdiction
from prosecutions.models import Charge, LawVersion, Provision
from prosecutions.services.law_effects import read_effect
from prosecutions.services.laws import (
    confirm_law,
    end_provision,
    propose_provision,
    refuse_law,
    withdraw_law,
)
from tests import factories

pytestmark = pytest.mark.django_db
SOURCE = "Human Trafficking and Transportation (Control) Act 2064, s. 15"
SAID = {"statute": "HTTCA", "title": "Invented title", "number": "15", "offence": "selling"}


@pytest.fixture
def nepal():
    return Jurisdiction.objects.by_code("NP")


@pytest.fixture
def officer(fresh, nepal):
    return factories.user("legal_officer", factories.office("manila", "NP"))


@pytest.fixture
def second(officer):
    return factories.user("programme_manager")


def propose(officer, nepal, **more):
    of = SAID | {"in_force_from": date(2007, 7, 24)} | more
    return propose_provision(country=nepal, source=SOURCE, actor=officer, **of)


def charge(api, officer, nepal, law, day):
    case = factories.case(officer.memberships.first().office, jurisdiction=nepal)
    factories.assignment(case, officer)
    court = factories.prosecution(case, jurisdiction=nepal, filed_on=date(2026, 4, 1))
    body = {"prosecution": str(court.pk), "suspect": str(factories.suspect(case).pk)}
    body |= {"provision": str(law.pk), "offence_on": day, "filed_on": "2026-04-01"}
    return api(officer).post("charges/", body)


def test_who_works_everywhere_sees_first_the_law_where_most_offices_are(browser_client, second):
    for code in ("phnompenh", "kolkata", "delhi"):
        factories.office(code, "KH" if code == "phnompenh" else "IN-WB")
    page = browser_client(second).get("/laws/").content.decode()
    assert re.search(r'<option value="IN"[^>]* selected>', page)


def test_a_country_we_do_not_ship_gets_its_statutes_without_a_developer(
    browser_client, api, officer, second, nepal
):
    page = browser_client(officer)
    assert "No law of Nepal is on record" in page.get("/laws/").content.decode()
    blank = page.get("/laws/schemes/new/?country=NP").context["form"]
    assert blank["currency"].value() == "NPR"
    form = {"country": "NP", "source": SOURCE, "in_force_from": "24 Jul 2007", "key": "k"}
    sent = page.post("/laws/provisions/new/", SAID | form | {"max_years": "20"})
    law = LawVersion.objects.waiting().get()
    assert sent["Location"] == law.get_absolute_url()
    assert not Provision.objects.filter(jurisdiction=nepal).exists(), "nothing holds before"
    assert Notice.objects.filter(user=second, kind="law-proposed").exists()
    theirs = browser_client(second)
    assert "HTTCA 15: selling" in theirs.get("/laws/").content.decode()
    assert f"/laws/{law.pk}/confirm/" in theirs.get(f"/laws/{law.pk}/").content.decode()
    assert theirs.post(f"/laws/{law.pk}/confirm/", {"key": "k"}).status_code == 302
    made = Provision.objects.get(jurisdiction=nepal)
    law.refresh_from_db()
    assert (law.provision, law.decided_by, made.max_years) == (made, second, 20)
    assert (made.in_force_from, made.verified, made.note) == (date(2007, 7, 24), False, SOURCE)
    assert charge(api, officer, nepal, made, "2026-03-10").status_code == 201
    assert Charge.objects.get().provision == made
    listed = page.get("/laws/?kind=NP").content.decode()
    assert "HTTCA 15" in listed
    assert "at most 20" in listed
    assert "from memory, to be checked" in listed
    assert "<bdi></bdi>" not in page.get("/laws/?kind=IN").content.decode(), "no label of nothing"


def test_nobody_confirms_what_they_proposed(officer, nepal):
    law = propose(officer, nepal)
    for decide in (confirm_law, refuse_law):
        with pytest.raises(Refused, match="A second person must decide"):
            decide(law, actor=officer)
    decided = {"decided_by": officer, "decided_at": law.created_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        LawVersion.objects.filter(pk=law.pk).update(outcome="confirmed", **decided)
    assert withdraw_law(law, actor=officer).outcome == "withdrawn"
    with pytest.raises(Refused, match="already been decided"):
        confirm_law(law, actor=factories.user("case_manager"))
    assert not Provision.objects.filter(jurisdiction=nepal).exists()


def test_the_end_of_a_provision_leaves_what_was_before(api, officer, second, nepal):
    made = confirm_law(propose(officer, nepal), actor=second).provision
    assert charge(api, officer, nepal, made, "2026-03-10").status_code == 201
    end = end_provision(made, last_day=date(2026, 2, 28), source=SOURCE, actor=officer)
    seen = api(officer).post(f"law-versions/{end.pk}/effect/", {}).json()
    none = {"figures": {}, "rows": 0}
    assert seen == {"number": 1, "cases": [str(Charge.objects.get().case_id)]} | none
    blind = api(second).post(f"law-versions/{end.pk}/effect/", {}).json()
    assert blind == {"number": 0, "cases": []} | none, "who sees no case learns of none"
    assert read_effect(end, actor=second).number == 0, "by the first wall alone"
    made.refresh_from_db()
    assert made.in_force_to is None
    confirm_law(end, actor=second)
    late = charge(api, officer, nepal, made, "2026-03-10")
    assert late.json()["code"] == "provision-not-in-force"
    assert charge(api, officer, nepal, made, "2026-02-28").status_code == 201
    assert Charge.objects.filter(provision=made).count() == 2
    again = propose(officer, nepal, in_force_from=date(2026, 3, 1), max_years=25)
    assert confirm_law(again, actor=second).provision.max_years == 25


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"number": " "}, "number"),
        ({"offence": "two\nlines"}, "offence"),
        ({"min_years": 9, "max_years": 7}, "max_years"),
        ({"max_years": 101}, "max_years"),
        ({"iccs": "TIP"}, "iccs"),
        ({"in_force_to": date(2007, 7, 23)}, "in_force_to"),
    ],
)
def test_what_no_law_says_is_refused_by_its_field(officer, nepal, more, field):
    with pytest.raises(Refused) as refused:
        propose(officer, nepal, **more)
    assert (refused.value.field, LawVersion.objects.waiting().count()) == (field, 0)


def test_two_of_one_number_never_hold_on_one_day(officer, second, nepal):
    first, twin = (propose(officer, nepal, title=title) for title in ("One", "Other"))
    with pytest.raises(Refused, match="already been proposed"):
        propose(officer, nepal, title="One")
    made = confirm_law(first, actor=second).provision
    with pytest.raises(Refused, match="End that one first"):
        confirm_law(twin, actor=second)
    with pytest.raises(Refused, match="End that one first") as refused:
        propose(officer, nepal, number="15 ", statute="httca")
    assert refused.value.field == "number"
    with pytest.raises(Refused, match="before the first"):
        end_provision(made, last_day=date(2007, 7, 23), source=SOURCE, actor=officer)
    with pytest.raises(Refused) as unsourced:
        propose_provision(country=nepal, source="none", actor=officer, **SAID | {"number": "4"})
    assert unsourced.value.field == "source"
    with pytest.raises(Refused, match="whole country"):
        propose(officer, factories.place("IN-WB"))
