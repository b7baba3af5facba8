"""The ways people were taken: legs in order, told anew, shown as a line."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from core.services import Refused, Stale
from prosecutions.models import Corridor, CorridorLeg
from prosecutions.services.corridors import Stage, record_corridor, replace_corridor
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db


def legs(text):
    """“recruitment KH, transit TH”: stages as a service takes them."""
    pairs = [part.split() for part in text.split(", ") if part]
    return [Stage(kind, factories.place(code)) for kind, code in pairs]


WAY = "recruitment KH, transit TH, transit IN, exploitation PH, identified PH, repatriated KH"


def written(corridor):
    rows = corridor.legs.select_related("jurisdiction").order_by("position")
    return ", ".join(f"{row.kind} {row.jurisdiction.code}" for row in rows)


def test_a_way_is_recorded_leg_by_leg(case, lawyer, recorded):
    corridor = record_corridor(case, legs=legs(WAY), actor=lawyer)
    assert written(corridor) == WAY
    assert {row.case_id for row in corridor.legs.all()} == {case.pk}
    assert recorded("corridor.recorded") == [(lawyer.pk, str(corridor.pk))]


IMPOSSIBLE = {
    "nothing": ("", "at least two places"),
    "one place": ("recruitment KH", "at least two places"),
    "too many": (", ".join(["transit KH, transit TH"] * 7), "at most 12 places"),
    "backwards": (
        "exploitation PH, transit TH",
        "Use this order: recruited, through, exploited, identified, brought home",
    ),
    "home before found": (
        "repatriated KH, identified PH",
        "Use this order: recruited, through, exploited, identified, brought home",
    ),
    "recruited twice": ("recruitment KH, recruitment TH", "Only “through” may have several places"),
    "exploited twice": (
        "exploitation KH, exploitation TH",
        "Only “through” may have several places",
    ),
    "through one place twice": (
        "transit TH, transit TH",
        "The same place is listed twice in a row",
    ),
}


@pytest.mark.parametrize(("told", "words"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_is_no_way_is_refused(case, lawyer, told, words):
    with pytest.raises(Refused, match=words):
        record_corridor(case, legs=legs(told), actor=lawyer)
    corridor = justice.corridor_leg(case).corridor
    with pytest.raises(Refused, match=words):
        replace_corridor(corridor, version=1, legs=legs(told), actor=lawyer)
    assert CorridorLeg.objects.count() == 1


def test_a_way_is_told_anew_and_the_former_stays_in_the_history(case, lawyer):
    corridor = record_corridor(case, legs=legs("recruitment KH, exploitation TH"), actor=lawyer)
    replace_corridor(corridor, version=1, legs=legs(WAY), actor=lawyer)
    assert written(corridor) == WAY
    with pytest.raises(Stale):
        replace_corridor(corridor, version=1, legs=legs(WAY), actor=lawyer)
    history = apps.get_model("prosecutions.CorridorLegEvent").objects.all()
    codes = set(history.values_list("jurisdiction__code", flat=True))
    assert {"KH", "TH"} <= codes
    assert history.count() > CorridorLeg.objects.count()


def test_a_way_belongs_to_a_network_of_the_case_only(case, lawyer):
    ours, others = justice.network(case), justice.network()
    told = legs("recruitment KH, exploitation TH")
    assert record_corridor(case, legs=told, network=ours, actor=lawyer).network == ours
    with pytest.raises(Refused, match="Nobody in this case is a member"):
        record_corridor(case, legs=told, network=others, actor=lawyer)
    corridor = Corridor.objects.get()
    with pytest.raises(Refused, match="Nobody in this case is a member"):
        replace_corridor(corridor, version=1, legs=told, network=others, actor=lawyer)


def test_who_may_not_is_refused(case, office):
    corridor = justice.corridor_leg(case).corridor
    stranger = factories.user("legal_officer", office)
    worker = factories.user("aftercare_worker", office)
    factories.assignment(case, worker)
    for actor in (stranger, worker):
        with pytest.raises(PermissionDenied):
            record_corridor(case, legs=legs(WAY), actor=actor)
        with pytest.raises(PermissionDenied):
            replace_corridor(corridor, version=1, legs=legs(WAY), actor=actor)


def test_the_form_keeps_the_order_and_the_page_shows_the_line(page, case, said):
    network = justice.network(case)
    address = f"/cases/{case.pk}/corridors/new/"
    assert page.get(address).status_code == 200
    body = {
        "recruitment-1": "KH",
        "transit-1": "TH",
        "exploitation-1": "PH",
        "network": str(network.pk),
    }
    only = page.post(address, {"recruitment-1": "KH"})
    assert only.status_code == 409
    assert "at least two places" in said(only)
    assert page.post(address, body | {"transit-1": "XX"}).status_code == 400
    assert page.post(address, body | {"network": str(justice.network().pk)}).status_code == 400
    assert page.post(address, body | {"key": "k"}).status_code == 302
    corridor = Corridor.objects.get()
    assert written(corridor) == "recruitment KH, transit TH, exploitation PH"
    shown = said(page.get(f"/cases/{case.pk}/network/"))
    assert "Recruited in Cambodia Through Thailand Exploited in Philippines" in shown
    assert "KH → TH → PH" in shown
    assert "KH → TH → PH" in said(page.get(f"/networks/{network.pk}/"))
    address = f"/corridors/{corridor.pk}/change/"
    form = page.get(address).content.decode()
    assert form.count("selected") >= 4, "the legs and the network as they are"
    more = {f"transit-{n}": code for n, code in enumerate(["TH", "IN", "TH", "KH", "TH"], 1)}
    answer = page.post(address, body | more | {"version": "1"})
    assert answer.status_code == 302
    assert written(corridor).count("transit") == 5
    assert page.get(address).content.decode().count('name="transit-') == 6
    assert page.post(address, body | {"version": "1"}).status_code == 409


def test_the_interface_takes_legs_in_order(api, case, lawyer):
    client, here = api(lawyer), {"case": str(case.pk)}
    told = [
        {"kind": "recruitment", "jurisdiction": "KH"},
        {"kind": "transit", "jurisdiction": "TH"},
    ]
    made = client.post("corridors/", here | {"legs": told})
    assert (made.status_code, made.json()["legs"]) == (201, told)
    address = f"corridors/{made.json()['id']}/"
    back = client.patch(address, {"legs": told[::-1]}, If_Match='"1"')
    assert back.status_code == 409
    ends = [told[0], {"kind": "exploitation", "jurisdiction": "PH"}]
    changed = client.patch(address, {"legs": ends}, If_Match='"1"')
    assert (changed.status_code, changed.json()["legs"]) == (200, ends)
    for odd in (
        "legs",
        {},
        ["KH"],
        [None],
        [{"kind": "transit"}],
        [told[0] | {"kind": "sideways"}],
        [told[0] | {"jurisdiction": "\0"}],
        [told[0] | {"jurisdiction": 7}],
        [told[0] | {"more": 1}],
        told * 50,
    ):
        assert client.post("corridors/", here | {"legs": odd}).status_code == 400, odd
    hidden = factories.case(factories.office("manila", "PH-MNL"))
    assert client.post("corridors/", {"case": str(hidden.pk), "legs": told}).status_code == 400


# What lies across a border, on the page of a case


def charged(case, code, suspect=None, ended=""):
    before = factories.prosecution(case, jurisdiction=factories.place(code))
    charge = factories.charge(prosecution=before, **({"suspect": suspect} if suspect else {}))
    if ended:
        factories.decision(charge=charge, disposition=ended)
    return charge


def test_the_strip_names_where_people_were_found_come_from_and_are_tried(page, case, said):
    assert "Found in" not in said(page.get(f"/cases/{case.pk}/network/")), (
        "one country is no border"
    )
    factories.rescue(case, jurisdiction=factories.place("PH"))
    person = factories.involvement(case).victim
    person.nationality = "KH"
    person.save()
    charged(case, "KH", ended="convicted_trial")
    charged(case, "TH")
    shown = said(page.get(f"/cases/{case.pk}/network/"))
    shown = re.sub(r"(?<=\() | (?=[),])", "", shown)
    strip = "people from Cambodia courts in: Cambodia (convicted), Thailand (pending)"
    assert f"Found in Philippines {strip}" in shown


def test_one_person_charged_in_two_countries_is_one_person(page, case, lawyer, said):
    here = factories.suspect(case)
    twin = factories.case(jurisdiction=factories.place("TH"))
    there = factories.suspect(twin, code="A-7")
    there.perpetrator.merged_into = here.perpetrator
    there.perpetrator.save()
    charged(case, "KH", here, ended="convicted_trial")
    charged(twin, "TH", there)
    assert "One person, several countries" not in said(page.get(f"/cases/{case.pk}/network/"))
    factories.assignment(twin, lawyer)
    shown = said(page.get(f"/cases/{case.pk}/network/"))
    assert "One person, several countries" in shown
    assert f"{here.code} – charged in: Cambodia" in shown
    assert f"pending, as {twin.reference} A-7" in shown
