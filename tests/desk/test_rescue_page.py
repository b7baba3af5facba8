"""A logged rescue is amended, and its history says who changed what when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.models import Narrative, RescueAgency, RescueSite
from casework.services.amending import add_narrative, amend_rescue
from core.context import acting_as
from core.services import Refused, Stale
from intake.services import log_rescue
from prosecutions.models import SuspectMet
from prosecutions.services.met import set_suspects_met
from tests import factories
from victims.models import Involvement
from victims.services.field import add_met, amend_outcome
from victims.services.survivors import Person


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(user=field_officer).case


@pytest.fixture
def rescue(case, field_officer):
    return logged(case, field_officer)


def logged(case, officer, **fields):
    told = {"occurred_at": timezone.now() - timedelta(hours=3), "programme": case.programme}
    told |= {"jurisdiction": case.jurisdiction, "people": [Person("female", 150, 150)]}
    return log_rescue(case=case, actor=officer, **(told | fields)).rescue


def amended(rescue, actor, version=None, **fields):
    told = {"occurred_at": rescue.occurred_at, "jurisdiction": rescue.jurisdiction}
    return amend_rescue(rescue, version=version or rescue.version, actor=actor, **(told | fields))


@pytest.mark.django_db
def test_a_second_rescue_is_logged_on_a_case(browser_client, case, field_officer, said):
    first = logged(case, field_officer)
    page = browser_client(field_officer)
    assert f"/field/rescues/new/?case={case.pk}" in page.get(f"/cases/{case.pk}/").content.decode()
    assert page.get(f"/field/rescues/new/?case={case.pk}").status_code == 200
    body = {"key": "k", "place": f"case:{case.pk}", "people-male-18+": "2"}
    assert page.post("/field/rescues/new/", body).status_code == 201
    assert case.rescue_set.exclude(pk=first.pk).get().involvements.count() == 2
    assert "Rescues 2" in said(page.get(f"/cases/{case.pk}/investigation/"))


@pytest.mark.django_db
def test_it_is_amended_by_page(browser_client, rescue, case, field_officer, said):
    site, agency = factories.site(case), factories.agency(name="Invented Police")
    page, address = browser_client(field_officer), f"/rescues/{rescue.pk}/amend/"
    form = page.get(address).context["form"]
    when = form["occurred_at"].value()
    body = {"occurred_at": f"{when - timedelta(days=1):%Y-%m-%dT%H:%M}", "version": rescue.version}
    body |= {"jurisdiction": "IN-WB-KOL", "sites": [site.pk], "agencies": [agency.pk]}
    answer = page.post(address, body | {"led_by_agency": agency.pk})
    assert answer["Location"] == f"/rescues/{rescue.pk}/"
    shown = said(page.get(answer["Location"]))
    assert "Invented Police ( led it )" in shown or "Invented Police (led it)" in shown
    assert site.code in shown
    assert page.post(address, body).status_code == 409, "of a version that is no more"
    rescue.refresh_from_db()
    assert rescue.occurred_on == (when - timedelta(days=1)).date()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"occurred_at": "2099-01-01T10:00"}, "occurred_at"),
        ({"occurred_at": "yesterday"}, "occurred_at"),
        ({"jurisdiction": "XX"}, "jurisdiction"),
        ({"sites": ["x"]}, "sites"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(browser_client, rescue, field_officer, body, field):
    good = {"occurred_at": "2026-05-04T10:00", "jurisdiction": "IN-WB-KOL", "version": 1}
    page = browser_client(field_officer)
    answer = page.post(f"/rescues/{rescue.pk}/amend/", good | body)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


@pytest.mark.django_db
def test_refusals_are_in_words(rescue, case, field_officer, colleague_of):
    agency = factories.agency()
    with pytest.raises(Refused, match="another case"):
        amended(rescue, field_officer, sites=[factories.site()])
    with pytest.raises(Refused, match="took part"):
        amended(rescue, field_officer, agencies=[], led_by_agency=agency)
    with pytest.raises(Refused, match="future"):
        amended(rescue, field_officer, occurred_at=timezone.now() + timedelta(days=2))
    with pytest.raises(Stale):
        amended(rescue, field_officer, version=7)
    with pytest.raises(PermissionDenied):
        amended(rescue, colleague_of(case))
    case.status, case.closed_on = "closed", timezone.localdate()
    case.save()
    person = Involvement.objects.get(rescue=rescue)
    for act in (
        lambda: amended(rescue, field_officer),
        lambda: add_narrative(rescue, text="More", actor=field_officer),
        lambda: amend_outcome(person, version=1, outcome="declined", actor=field_officer),
    ):
        with pytest.raises(Refused, match="closed"):
            act()


@pytest.fixture
def colleague_of():
    return lambda case: factories.user("field_officer", case.office)


@pytest.mark.django_db
def test_sites_and_agencies_left_out_stay(api, rescue, case, field_officer):
    site, first, second = factories.site(case), factories.agency(), factories.agency()
    amended(rescue, field_officer, sites=[site], agencies=[first, second], led_by_agency=first)
    rescue.refresh_from_db()
    client, address = api(field_officer), f"rescues/{rescue.pk}/amend/"
    sent = client.post(address, {"jurisdiction": "IN-WB"}, If_Match=f'"{rescue.version}"')
    assert (sent.json()["jurisdiction"], sent.json()["sites"]) == ("IN-WB", [str(site.pk)])
    assert sent.json()["led_by_agency"] == str(first.pk)
    body = {"agencies": [str(second.pk)], "led_by_agency": str(second.pk), "sites": []}
    sent = client.post(address, body, If_Match=f'"{sent.json()["version"]}"').json()
    assert (sent["sites"], sent["agencies"], sent["led_by_agency"]) == (
        [],
        [str(second.pk)],
        str(second.pk),
    )
    assert RescueSite.objects.get().removed_at
    assert RescueAgency.objects.filter(removed_at__isnull=False).get().agency == first


@pytest.mark.django_db
def test_what_was_told_is_never_written_over(browser_client, rescue, field_officer, said, case):
    page, address = browser_client(field_officer), f"/rescues/{rescue.pk}/tell/"
    assert page.get(address).status_code == 200
    for words in ("First account", "Second account"):
        assert page.post(address, {"text": words, "key": words[:3]}).status_code == 302
    shown = said(page.get(f"/rescues/{rescue.pk}/narrative/"))
    assert "First account" in shown
    assert "Second account" in shown
    assert Narrative.objects.count() == 2
    listed = said(page.get(f"/rescues/{rescue.pk}/"))
    assert "Note written" in listed
    assert "First account" not in listed
    assert "Second account" not in listed


@pytest.mark.django_db
def test_a_person_met_is_added_later(browser_client, api, rescue, case, field_officer, said):
    page, address = browser_client(field_officer), f"/rescues/{rescue.pk}/people/new/"
    assert f'href="{address}"' in page.get(f"/rescues/{rescue.pk}/").content.decode()
    body = {"sex": "male", "age_band": "13-17", "outcome": "declined", "key": "once"}
    assert page.get(address).status_code == 200
    for _sent in range(2):
        assert page.post(address, body)["Location"] == f"/rescues/{rescue.pk}/"
    met = Involvement.objects.filter(rescue=rescue).order_by("code")
    assert [(row.code, row.outcome, row.victim.age_band) for row in met] == [
        ("S-1", "rescued", "0-12"),
        ("S-2", "declined", "13-17"),
    ]
    body = {"rescue": str(rescue.pk), "sex": "female", "age_months": 300}
    answer = api(field_officer).post("involvements/met/", body).json()
    assert (answer["code"], answer["rescue"], answer["outcome"]) == (
        "S-3",
        str(rescue.pk),
        "rescued",
    )
    version = rescue.version
    rescue.refresh_from_db()
    assert rescue.version == version + 2, "each is a new version of the rescue"
    assert "S-3" in said(page.get(f"/rescues/{rescue.pk}/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [({"sex": "x"}, "sex"), ({"age_band": "teen"}, "age_band"), ({"outcome": ""}, "outcome")],
)
def test_a_person_who_cannot_be_is_refused(browser_client, rescue, field_officer, body, field):
    good = {"sex": "male", "age_band": "18+", "outcome": "rescued", "key": "k"}
    answer = browser_client(field_officer).post(f"/rescues/{rescue.pk}/people/new/", good | body)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


@pytest.mark.django_db
def test_suspects_met_are_not_those_arrested(browser_client, api, rescue, case, officers, said):
    officer, lead = officers
    arrested = factories.arrest(case)
    arrested.rescue = rescue
    arrested.save()
    first, second = factories.suspect(case), factories.suspect(case)
    page, address = browser_client(lead), f"/rescues/{rescue.pk}/suspects/"
    offered = said(page.get(address))
    assert first.code in offered
    assert f"{arrested.suspect.code}," not in offered
    body = {"suspects": [first.pk, second.pk], "key": "k"}
    assert page.post(address, body)["Location"] == f"/rescues/{rescue.pk}/"
    shown = said(page.get(f"/rescues/{rescue.pk}/"))
    assert f"Met, not arrested {first.code} Owner , {second.code}" in shown
    body = {"rescue": str(rescue.pk), "suspects": [str(second.pk)]}
    sent = api(officer).post("suspects-met/", body).json()
    assert [row["suspect"] for row in sent] == [str(second.pk)]
    assert SuspectMet.objects.get(suspect=first).removed_at
    rescue.refresh_from_db()
    before = rescue.version
    api(officer).post("suspects-met/", body)
    rescue.refresh_from_db()
    assert rescue.version == before, "nothing changed"
    with pytest.raises(Refused, match="arrested in this rescue"):
        set_suspects_met(rescue, suspects=[arrested.suspect], actor=officer)
    with pytest.raises(Refused, match="another case"):
        set_suspects_met(rescue, suspects=[factories.suspect()], actor=officer)


@pytest.fixture
def officers(case, field_officer):
    lead = factories.user("case_manager", case.office)
    return field_officer, lead


@pytest.mark.django_db
def test_a_closed_case_takes_nobody_more(rescue, case, field_officer, colleague_of):
    suspect = factories.suspect(case)
    other = colleague_of(case)
    for actor, refused in ((other, PermissionDenied), (field_officer, Refused)):
        if actor is field_officer:
            case.status, case.closed_on = "closed", timezone.localdate()
            case.save()
        with pytest.raises(refused):
            add_met(rescue, person=Person("male"), actor=actor)
        with pytest.raises(refused):
            set_suspects_met(rescue, suspects=[suspect], actor=actor)
    assert Involvement.objects.filter(rescue=rescue).count() == 1
    assert not SuspectMet.objects.exists()


def test_the_history_says_who_changed_what_when(real_rows, browser_client, api, said):
    """In real transactions: one amendment is one of them."""
    office = factories.office("kolkata")
    officer, lead = (factories.user(role, office) for role in ("field_officer", "case_manager"))
    case = factories.assignment(user=officer).case
    site, agency = factories.site(case), factories.agency(name="Invented Police")
    with acting_as(officer.pk):
        rescue = logged(case, officer)
    person = Involvement.objects.get(rescue=rescue)
    with acting_as(lead.pk):
        amended(rescue, lead, sites=[site], agencies=[agency])
    with acting_as(officer.pk):
        amend_outcome(person, version=1, outcome="returned", actor=officer)
        rescue.refresh_from_db()
    suspect = factories.suspect(case)
    with acting_as(lead.pk):
        added = add_met(rescue, person=Person("male"), actor=lead)
    with acting_as(officer.pk):
        set_suspects_met(rescue, suspects=[suspect], actor=officer)
        rescue.refresh_from_db()
    with acting_as(lead.pk):
        amended(rescue, lead, sites=[], agencies=[agency], led_by_agency=agency)
    told = api(officer).get(f"rescues/{rescue.pk}/history/").json()["results"]
    said_by = [(entry["by"], [tuple(c.values()) for c in entry["changes"]]) for entry in told]
    assert said_by == [
        (lead.name, [("Site", site.code, ""), ("Led it", "", "Invented Police")]),
        (officer.name, [("Suspect met", "", suspect.code)]),
        (lead.name, [("Person met", "", added.code)]),
        (officer.name, [(person.code, "Brought to safety", "Returned")]),
        (lead.name, [("Site", "", site.code), ("Took part", "", "Invented Police")]),
        (officer.name, [("Logged", "", "")]),
    ]
    page = said(browser_client(officer).get(f"/rescues/{rescue.pk}/"))
    assert "What was changed" in page
    counter = factories.user("data_officer", office)
    rows = api(counter).get(f"rescues/{rescue.pk}/history/").json()["results"]
    assert len(rows) == 6
    stranger = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    assert api(stranger).get(f"rescues/{rescue.pk}/history/").status_code == 404
