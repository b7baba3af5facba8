"""Rehabilitation schemes by their day: from none of a country to what a survivor is owed there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Notice
from aftercare.models import Entitlement, RehabilitationScheme
from aftercare.schemes import scheme_on, standing, still_open
from aftercare.services.certificates import answer_certificate, apply_for_certificate
from aftercare.services.entitlements import change_entitlement, set_entitlement
from core.models import AuditEvent
from core.services import Refused
from desk.schemes.services import propose_scheme
from prosecutions.models import LawVersion
from prosecutions.services.law_effects import read_effect
from prosecutions.services.laws import confirm_law, refuse_law
from tests import factories
from victims.models import Victim

pytestmark = pytest.mark.django_db
SOURCE = "Invented Rehabilitation Fund Rules 2082, r. 7"
PAID = {"adult_man_total": "50000", "adult_man_deposit": "20000", "adult_man_immediate": "5000"}
AMOUNTS = {name: Decimal(amount) for name, amount in PAID.items()}
FROM, ISSUED = date(2026, 3, 1), date(2026, 3, 20)


@pytest.fixture
def officer(fresh, case):
    return factories.officer_in(case)


@pytest.fixture
def second(officer):
    return factories.user("programme_manager")


@pytest.fixture
def paper(case, officer):
    """Issued in Nepal to a grown man."""
    man = Victim.objects.create(sex="male", age_min_months=400, age_max_months=400)
    man = factories.involvement(case, man)
    place = case.jurisdiction
    asked = apply_for_certificate(man, applied_on=FROM, jurisdiction=place, actor=officer)
    issued = {"status": "issued", "answered_on": ISSUED, "number": "RC/1"}
    return answer_certificate(asked, version=asked.version, actor=officer, **issued)


def propose(officer, **more):
    of = {"country": factories.place("NP"), "name": "Invented fund", "begins_on": FROM}
    of |= {"currency": "npr", "source": SOURCE} | AMOUNTS | more
    return propose_scheme(actor=officer, **of)


def owed(paper, officer):
    return set_entitlement(paper, category="adult_man", actor=officer)


def test_from_no_scheme_to_what_is_owed_by_it(browser_client, officer, second, paper):
    assert scheme_on(paper.jurisdiction, ISSUED) is None
    with pytest.raises(Refused, match="No rehabilitation scheme"):
        owed(paper, officer)
    page = browser_client(officer)
    assert "/laws/schemes/new/" in page.get("/schemes/").content.decode()
    form = {"country": "NP", "name": "Invented fund", "begins_on": "1 Mar 2026", "key": "k"}
    form |= {"currency": "NPR", "source": SOURCE}
    seen = page.post("/laws/schemes/new/?country=NP", form | PAID | {"try": "1"})
    told = seen.content.decode()
    assert "1 record of open cases that you may read." in told
    assert "Bonded labour: state count against central count" in told
    assert '<input type="hidden" name="country" value="NP"' in told, "it is known"
    assert not LawVersion.objects.waiting().exists(), "only tried"
    assert "Proposed a change of law" not in told
    assert not AuditEvent.objects.filter(action="law.proposed").exists()
    assert not Notice.objects.filter(user=second).exists()
    sent = page.post("/laws/schemes/new/", form | PAID)
    law = LawVersion.objects.waiting().get()
    assert sent["Location"] == law.get_absolute_url()
    assert scheme_on(paper.jurisdiction, ISSUED) is None, "nothing holds before"
    theirs = browser_client(second)
    told = theirs.get(law.get_absolute_url()).content.decode()
    assert "In all: NPR 50,000.00; Deposited, at least: NPR 20,000.00" in told
    assert theirs.post(f"/laws/{law.pk}/confirm/", {"key": "k"}).status_code == 302
    claim = owed(paper, officer)
    assert (claim.rate.scheme.in_force_from, claim.rate.scheme.currency) == (FROM, "NPR")
    assert still_open(claim, []) == {"immediate": 5000, "deposit": 20_000, "cash": 25_000}
    assert standing(claim, [], ISSUED).due == date(2026, 4, 19), "30 days of the certificate"
    marks = claim.rate.marks
    assert marks == {part: {"verified": False, "source": SOURCE} for part in marks}
    assert "Invented fund" in page.get("/schemes/").content.decode()


def test_what_is_owed_stays_when_a_version_follows(browser_client, officer, second, paper):
    confirm_law(propose(officer), actor=second)
    claim = owed(paper, officer)
    later = propose(officer, begins_on=ISSUED, adult_man_total=Decimal(80_000))
    effect = read_effect(later, actor=officer)
    assert (effect.cases, effect.rows) == ((paper.case,), 10), "rounded up to tens"
    assert list(effect.figures) == ["bonded-labour-reconciliation"]
    assert read_effect(later, actor=second).number == 0, "who sees no case learns of none"
    assert read_effect(later, actor=second).rows is None, "nor who only counts of one survivor"
    shown = browser_client(second).get(later.get_absolute_url()).content.decode()
    assert "Figures that read it:" in shown
    assert "of the rows they count" not in shown
    same = propose(officer, begins_on=ISSUED)
    effect = read_effect(same, actor=officer)
    assert (effect.number, effect.rows) == (0, 0), "it pays the same"
    ahead = propose(officer, begins_on=date(2026, 3, 21), adult_man_total=Decimal(80_000))
    assert read_effect(ahead, actor=officer).number == 0, "it pays for later certificates"
    confirm_law(later, actor=second)
    claim.refresh_from_db()
    assert (claim.total, claim.rate.scheme.in_force_from) == (50_000, FROM)
    assert scheme_on(paper.jurisdiction, date(2026, 3, 19)).in_force_from == FROM
    put_right = change_entitlement(
        claim, version=claim.version, category="adult_man", actor=officer
    )
    assert put_right.total == 80_000, "by the version of the certificate's day"
    with pytest.raises(Refused, match="from that day or later"):
        confirm_law(same, actor=second)
    assert refuse_law(same, actor=second).outcome == "refused"
    assert Entitlement.objects.get().total == 80_000


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"currency": "N1R"}, "currency"),
        ({"approved_until": date(2026, 2, 28)}, "approved_until"),
        ({"adult_man_deposit": Decimal(46_000)}, "adult_man_total"),
        ({"extreme_deposit": Decimal(1)}, "extreme_total"),
        ({"adult_man_total": None, "adult_man_deposit": None}, "adult_man_total"),
        (dict.fromkeys(AMOUNTS), "everyone_total"),
        ({"source": "none"}, "source"),
        ({"begins_on": date(2022, 1, 27), "country": "IN"}, "begins_on"),
    ],
)
def test_what_no_scheme_says_is_refused_by_its_field(officer, more, field):
    if "country" in more:
        more = more | {"country": factories.place("IN")}
    with pytest.raises(Refused) as refused:
        propose(officer, **more)
    assert refused.value.field == field
    assert not LawVersion.objects.waiting().exists()
    assert not RehabilitationScheme.objects.filter(jurisdiction__code="NP").exists()


def test_the_form_says_what_is_paid_today(browser_client, officer, second):
    confirm_law(propose(officer), actor=second)
    page = browser_client(officer)
    form = page.get("/laws/schemes/new/?country=NP").context["form"]
    said = {name: form[name].value() for name in ("name", "currency", *PAID)}
    assert said == {"name": "Invented fund", "currency": "NPR"} | PAID
    assert form["extreme_total"].value() is None
    (heading,) = [parts for category, parts in form.rates() if category == "Adult man"]
    assert [box.name for _words, box in heading] == list(PAID)
    nowhere = page.get("/laws/schemes/new/?country=DE").context["form"]
    assert (nowhere["currency"].value(), nowhere["name"].value()) == ("EUR", None)
