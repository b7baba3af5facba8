"""Courts and police of several countries in one case, and what a correction of another thing keeps.

The case lies in India.
"""

from __future__ import annotations

from datetime import date

import pytest

from core.services import Refused
from prosecutions.models import Complaint, Prosecution
from prosecutions.services.complaints import record_complaint
from prosecutions.services.courts import open_prosecution
from tests import factories
from tests.factories import justice
from tests.factories.people import place

pytestmark = pytest.mark.django_db
FILED = date(2026, 4, 20)
WORDS = "This office is in another country than the place."


@pytest.fixture
def court():
    return factories.agency(kind="court", name="Invented crown court", jurisdiction=place("GB"))


@pytest.fixture
def unit():
    return factories.agency(name="Invented constabulary", jurisdiction=place("GB"))


def offered(page, address, name):
    choices = page.get(address).context["form"].fields[name].queryset
    return [row.name for row in choices]


def shown(page, address):
    """What the form of a correction shows, as a browser sends it back."""
    form = page.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def test_the_page_opens_a_prosecution_before_a_court_abroad(page, case, court):
    here = factories.agency(kind="court", name="Invented sessions court")
    address = f"/cases/{case.pk}/prosecutions/new/"
    assert offered(page, address, "court") == [here.name, court.name], "those at home first"
    body = {"jurisdiction": "GB", "court": str(court.pk), "filed_on": "2026-04-20"}
    assert page.post(address, body).status_code == 302
    assert Prosecution.objects.get().court == court


def test_the_page_records_a_complaint_to_police_abroad(page, case, unit):
    address = f"/cases/{case.pk}/complaints/new/"
    body = {"number": "7/2026", "jurisdiction": "GB", "agency": str(unit.pk)}
    assert page.post(address, body | {"filed_on": "2026-04-20"}).status_code == 302
    assert Complaint.objects.get().agency == unit


def test_a_court_or_a_police_unit_lies_in_the_country_of_its_place(case, court, unit, lawyer):
    facts = {"jurisdiction": place("IN-WB"), "filed_on": FILED, "actor": lawyer}
    for act, name in (
        (lambda: open_prosecution(case, court=court, **facts), "court"),
        (lambda: record_complaint(case, number="7/2026", agency=unit, **facts), "agency"),
    ):
        with pytest.raises(Refused, match=WORDS) as no:
            act()
        assert no.value.field == name
    assert not Prosecution.objects.exists()
    assert not Complaint.objects.exists()


def test_so_it_is_after_a_correction(case, court, unit, correct):
    for row, name, other in (
        (factories.prosecution(case), "court", court),
        (factories.complaint(case), "agency", unit),
    ):
        with pytest.raises(Refused, match=WORDS) as no:
            correct(row, **{name: other})
        assert no.value.field == name
        assert correct(row, **{name: other, "jurisdiction": place("GB")}).pk == row.pk
        with pytest.raises(Refused, match=WORDS):
            correct(row, jurisdiction=place("IN-WB"))


def test_programs_are_refused_by_field(api, lawyer, case, court, unit):
    here = {"case": str(case.pk), "jurisdiction": "IN-WB", "filed_on": "2026-04-20"}
    for path, body in (
        ("prosecutions/", {"court": str(court.pk)}),
        ("complaints/", {"number": "7/2026", "agency": str(unit.pk)}),
    ):
        answer = api(lawyer).post(path, here | body)
        assert answer.status_code in (400, 409)
        assert WORDS in str(answer.json())


def test_what_is_named_stays_whatever_became_of_it(page, case):
    """An office that was closed since is not lost where something else is put right."""
    court, unit = factories.agency(kind="court"), factories.agency()
    rows = {
        "prosecutions": (factories.prosecution(case, court=court), {"docket": "SC 9/2026"}),
        "complaints": (factories.complaint(case), {"number": "9/2026"}),
        "arrests": (factories.arrest(case), {"attribution": "own"}),
        "requests": (
            justice.assistance_request(case, agency=unit, jurisdiction=place("IN-WB")),
            {"kind": "summons"},
        ),
    }
    for row in (rows["complaints"][0], rows["arrests"][0]):
        row.agency = unit
        row.save()
    for one in (court, unit):
        one.is_active = False
        one.save()
    for noun, (row, change) in rows.items():
        address = f"/{noun}/{row.pk}/correct/"
        body = shown(page, address) | change | {"reason": "typing", "version": "1"}
        assert page.post(address, body).status_code == 302, noun
        row.refresh_from_db()
        (name, said), *_others = change.items()
        assert getattr(row, name) == said, noun
        assert getattr(row, "court" if noun == "prosecutions" else "agency"), noun


def test_where_a_survivor_came_from_stays(page, case):
    """A place within a country, as a program may name it."""
    part = justice.participation(case, travelled_from=place("KH-PNH"))
    address = f"/taking-part/{part.pk}/correct/"
    body = shown(page, address) | {"accompanied_by": "lawyer", "version": "1"}
    assert page.post(address, body).status_code == 302
    part.refresh_from_db()
    assert (part.accompanied_by, part.travelled_from.code) == ("lawyer", "KH-PNH")


def test_what_somebody_is_held_for_stays(page, case):
    """The law of a country in which nothing else of the case lies."""
    law = factories.provision("s.4", "RA9208")
    custody = factories.custody(case, provision=law)
    address = f"/custodies/{custody.pk}/correct/"
    body = shown(page, address) | {"in_court_on": custody.since.isoformat(), "version": "1"}
    assert page.post(address, body).status_code == 302
    custody.refresh_from_db()
    assert (custody.in_court_on, custody.provision) == (custody.since, law)
