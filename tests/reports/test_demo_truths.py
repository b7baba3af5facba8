"""The demonstration holds the figures of the public submission, as rows, through every door."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from core import jobs
from intake.demo import world
from prosecutions.models import Charge, Network, Suspect

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("demonstration")]
INDIA = [(place, p) for place in ("IN-MH", "IN-WB") for p in ("csec", "sex_trafficking")]


def by_command(slug, **options):
    out = StringIO()
    call_command("report", slug, stdout=out, **options)
    rows = json.loads(out.getvalue())["rows"]
    return {(row["jurisdiction"]["code"], row["programme"]): row for row in rows}


def by_api(api, slug):
    client = api(User.objects.get(username="data.global"))
    asked = client.post("report-runs/", {"report": slug, "params": {}})
    assert asked.status_code == 202
    jobs.run(asked.json()["id"])
    rows = client.get(f"report-runs/{asked.json()['id']}/").json()["result"]["rows"]
    return {(row["jurisdiction"]["code"], row["programme"]): row for row in rows}


@pytest.mark.parametrize("door", ["command", "api"])
@pytest.mark.by_turns(2)
def test_the_figures_of_justice(door, api):
    slug = "conviction-rate"
    rows = by_command(slug) if door == "command" else by_api(api, slug)
    cambodia, thailand = rows["KH", "trafficked_labour"], rows["TH", "trafficked_labour"]
    assert (cambodia["k"], cambodia["n"]) == (12, 12)
    assert round(cambodia["low"], 3) == 0.758
    assert (thailand["n"], thailand["pending"]) == (0, 6)
    assert sum(rows[cell]["k"] for cell in INDIA) == 158


@pytest.mark.parametrize("door", ["command", "api"])
def test_survivors_with_a_restoration_service(door, api):
    slug = "survivors-served"
    rows = by_command(slug) if door == "command" else by_api(api, slug)
    assert rows["KH", "trafficked_labour"]["k"] == 46


def test_the_page_says_the_same(api, browser_client):
    by_api(api, "conviction-rate")
    page = browser_client(User.objects.get(username="data.global")).get("/reports/conviction-rate/")
    assert page.status_code == 200
    text = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert "12 of 12" in text


def test_two_of_the_six_in_thailand_are_convicted_in_cambodia():
    def people(place):
        suspects = Suspect.objects.filter(case__jurisdiction__code=place)
        return set(suspects.values_list("perpetrator", flat=True))

    assert len(people("TH-SKA")) == 6
    assert len(people("TH-SKA") & people("KH-12")) == 2


def figures(slug):
    out = StringIO()
    call_command("report", slug, stdout=out)
    rows = json.loads(out.getvalue())["rows"]
    return {(row["measure"], row["network"] or ""): row for row in rows}


def test_four_networks_in_two_years_and_more_than_half_arrested():
    rows = figures("networks")
    assert rows["networks_identified", ""]["value"] == 4
    days = Network.objects.order_by("identified_on").values_list("identified_on", flat=True)
    assert list(days)[-1] - days[0] < timedelta(days=730)
    pooled = rows["arrested_share", ""]
    assert pooled["k"] / pooled["n"] > 0.5
    assert (pooled["k"], pooled["n"]) == (16, 22)


def test_found_in_a_third_country_with_courts_in_two():
    assert figures("networks")["third_country_cases", ""]["value"] == 1


def test_courts_of_five_countries_and_an_offender_tried_at_home():
    rows = by_command("conviction-rate")
    courts = {code for code, programme in rows if "-" not in code and programme is None}
    assert courts == {"IN", "KH", "TH", "PH", "GB"}
    assert (rows["GB", "osec"]["k"], rows["PH", "osec"]["k"]) == (1, 2)


def test_a_plea_to_a_lesser_offence_keeps_both():
    charge = Charge.objects.get(plea="guilty")
    laws = charge.provision.number, charge.final_provision.number
    assert laws == ("s.6", "s.4-A")


def test_loading_it_again_changes_nothing():
    before = Suspect.objects.count()
    assert world.load() is False
    assert Suspect.objects.count() == before


def test_a_database_with_other_records_is_refused():
    User.objects.filter(username="field.kolkata").update(username="someone.real")
    with pytest.raises(world.NotEmpty):
        world.load()


def lines(slug):
    out = StringIO()
    call_command("report", slug, stdout=out)
    return json.loads(out.getvalue())["rows"]


def test_the_shares_of_minors_in_studies():
    found = {(row["study"], row["basis"]): row for row in lines("prevalence")}
    kolkata = found["Public establishments in Kolkata", "visits"]
    mumbai = found["Public establishments in Mumbai", "visits"]
    assert (kolkata["k"], kolkata["n"], round(kolkata["value"], 3)) == (33, 4143, 0.008)
    assert (mumbai["k"], mumbai["n"], round(mumbai["value"], 3)) == (555, 10082, 0.055)
    assert found["Public establishments in Kolkata", "entered"]["value"] == 0.008
    for place, k, n, share in (("Kolkata", 24, 131, 0.183), ("Mumbai", 25, 214, 0.117)):
        row = found[f"Private networks in {place}", "entered"]
        assert (row["k"], row["n"], row["representative"]) == (k, n, "no")
        assert round(row["value"], 3) == share


def test_the_reductions_from_baseline_to_endline():
    reductions = [row["value"] for row in lines("baseline-endline")]
    assert (round(min(reductions), 2), round(max(reductions), 2)) == (0.73, 0.86)
    assert all(0 < row["low"] < row["high"] < 1 for row in lines("baseline-endline"))


def test_figures_of_others_that_do_not_agree():
    pairs = {row["one"]: row for row in lines("external-divergence") if row["measure"] == "others"}
    row = next(row for one, row in pairs.items() if "Gandhi" in one or "Gandhi" in row["two"])
    assert max(row["value"], 1 / row["value"]) == pytest.approx(7.58, abs=0.01)
    ours = [row for row in lines("external-divergence") if row["measure"] == "ours"]
    assert {row["second"] for row in ours} >= {0.4}


def test_since_when_there_are_programmes():
    since = {row["place"]: row["since"][:4] for row in lines("programme-timeline")}
    places = ("Mumbai", "Kolkata", "Cebu", "Pampanga")
    assert [since[place] for place in places] == ["2000", "2006", "2006", "2012"]
    assert "2001" in since.values()
