"""The pages: what is shown, marked, refused in words, and who is offered what."""

from __future__ import annotations

from decimal import Decimal
from html import unescape

import pytest

from core.verbs.arguments import given_back
from studies.models import Estimate, ExternalStatistic, Pair, Study, Visit
from studies.services.outside import record_statistic
from studies.services.programmes import correct_training, record_training
from studies.services.studies import record_study
from tests import factories
from tests.factories import studies

pytestmark = pytest.mark.django_db
LISTS = (
    "/studies/",
    "/external-statistics/",
    "/district-surveys/",
    "/programmes/",
    "/trainings/",
    "/evaluations/",
)


@pytest.fixture
def client(browser_client, keeper):
    return browser_client(keeper)


@pytest.fixture
def reader(browser_client, field_officer):
    return browser_client(field_officer)


@pytest.mark.parametrize("verb", [record_study, record_training, record_statistic])
def test_a_page_of_a_verb_has_its_label_and_its_first_line(client, said, verb):
    table = given_back(verb)
    page = unescape(said(client.get(f"/{table.plural}/new/")))
    assert f"{verb.label} {verb.lead}" in page
    assert "Raises" not in correct_training.lead


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_says_what_will_be_there_and_offers_the_first_step(
    client, reader, said, path
):
    assert "Nothing on record yet" in said(client.get(path))
    assert f'href="{path}new/"' in client.get(path).content.decode()
    assert f'href="{path}new/"' not in reader.get(path).content.decode()


def test_who_sees_no_reports_sees_no_studies(browser_client):
    stranger = browser_client(factories.user("auditor"))
    assert [stranger.get(path).status_code for path in LISTS] == [403] * len(LISTS)
    assert stranger.get(studies.study().get_absolute_url()).status_code == 404


def test_a_study_is_recorded_by_form(client):
    sent = {"title": "Invented", "programme": "csec", "jurisdiction": "IN-WB-KOL"}
    sent |= {"method": "venues", "phase": "single", "minor_below": "18"}
    sent |= {"minor_judged": "observers", "fieldwork_from": "2024-03-01"}
    wrong = client.post("/studies/new/", sent | {"fieldwork_to": "2024-02-01"})
    assert wrong.status_code == 409
    assert "ends before it begins" in wrong.content.decode()
    made = client.post("/studies/new/", sent | {"fieldwork_to": "2024-03-31"})
    study = Study.objects.get()
    assert made.headers["Location"] == study.get_absolute_url()
    assert not study.is_representative
    assert "Not representative" in client.get(study.get_absolute_url()).content.decode()


def test_a_form_filled_twice_changes_only_what_was_read(client):
    study = studies.study(title="Before")
    page = client.get(f"/studies/{study.pk}/change/")
    sent = {
        name: page.context["form"][name].value() or "" for name in page.context["form"].fields
    } | {"version": "1", "is_representative": "on"}
    assert client.post(f"/studies/{study.pk}/change/", sent | {"title": "One"}).status_code == 302
    late = client.post(f"/studies/{study.pk}/change/", sent | {"title": "Two"})
    assert late.status_code == 409
    assert Study.objects.get().title == "One"


def test_a_stratum_shows_what_its_visits_say(client, reader, said):
    stratum = studies.stratum(mapped=50)
    url = stratum.get_absolute_url()
    assert "Nobody was counted yet" in said(client.get(url))
    for minors, counted in ((1, 10), (0, 8), (2, 12), (0, 9), (1, 11)):
        studies.visit(stratum, minors=minors, counted=counted)
    words = said(client.get(url))
    assert "8.00 % 4 of 50" in words
    assert "of 50 mapped, 10 %" in words
    assert "Keep as an estimate" in words
    assert "Keep as an estimate" not in said(reader.get(url))
    assert client.post(f"{url}estimate/").status_code == 302
    assert Estimate.objects.get().k == 4
    assert reader.post(f"{url}estimate/").status_code == 403


def upload(client, stratum, rows, **more):
    return client.post(f"/strata/{stratum.pk}/visits/table/", {"rows": rows, **more})


GOOD = "venue,visited_on,counted,minors\nE-1,2024-03-05,10,1\nE-2,2024-03-06,8,0\n"


def test_a_table_is_shown_first_and_kept_on_the_second_press(client, said):
    stratum = studies.stratum()
    shown = upload(client, stratum, GOOD)
    assert "18 people, 1 minors among them" in said(shown)
    assert not Visit.objects.exists()
    digest = shown.context["sheet"].digest
    key = str(shown.context["key"])
    changed = upload(client, stratum, GOOD.replace("8,0", "9,0"), keep=digest, key=key)
    assert "19 people" in said(changed)
    assert not Visit.objects.exists()
    kept = upload(client, stratum, GOOD, keep=digest, key=key)
    assert kept.headers["Location"] == stratum.get_absolute_url()
    assert Visit.objects.count() == 2
    assert upload(client, stratum, GOOD, keep=digest, key=key).status_code == 302
    assert Visit.objects.count() == 2


def test_every_fault_of_a_table_is_told_with_its_line(client):
    stratum = studies.stratum()
    bad = GOOD + "E-3,2024-03-07,5,6\nE-4,7 March,5,1\n,2024-03-07,5,1\nE-5,2024-03-07,x,1\nE-6,1\n"
    answer = upload(client, stratum, bad)
    assert answer.status_code == 400
    words = answer.content.decode()
    for told in (
        "Line 4: more minors",
        "Line 5: visited_on: a date like",
        "Line 6: venue: a code",
        "Line 7: counted: a whole number",
        "Line 8: 2 values, 4 columns",
    ):
        assert told in words
    twice = upload(client, stratum, GOOD + "E-1,2024-03-05,3,0\n")
    assert (twice.status_code, "Visit 3: This venue" in twice.content.decode()) == (400, True)
    outside = upload(client, stratum, GOOD.replace("03-05", "05-05"))
    assert "Visit 1: This day is outside" in outside.content.decode()
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("", "The file has no lines"),
        ("venue,counted\n", "does not name the column visited_on"),
        ("venue,visited_on,counted,minors,name\nE,2024-03-05,1,1,x\n", "There is no column name"),
        ("venue,venue,visited_on,counted,minors\n", "is listed twice"),
        ('venue,visited_on,counted,minors\n"E', "not CSV"),
        ("venue,visited_on,counted,minors\n", "The file has no lines below the first"),
    ],
)
def test_what_is_no_table_of_visits(client, rows, words):
    answer = upload(client, studies.stratum(), rows)
    assert (answer.status_code, words in answer.content.decode()) == (400, True)


def test_a_file_is_read_as_a_table(client, said, tmp_path):
    stratum = studies.stratum()
    path = tmp_path / "visits.csv"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    with path.open("rb") as file:
        shown = upload(client, stratum, "", file=file)
    assert "18 people" in said(shown)
    assert "E-2,2024-03-06" in shown.content.decode()  # as text, to be kept by the second press
    path.write_bytes(b"\xff\xfe\x00")
    with path.open("rb") as file:
        assert "not a text in UTF-8" in upload(client, stratum, "", file=file).content.decode()


def test_visits_go_out_as_csv_with_the_mark(reader):
    stratum = studies.stratum(studies.study(is_representative=False))
    studies.visit(stratum, venue="=E-1", left_out="twice")
    answer = reader.get(f"/strata/{stratum.pk}/visits.csv")
    head, line = answer.content.decode().splitlines()
    assert head == "venue,visited_on,establishments,counted,minors,left_out,representative"
    assert line == "'=E-1,2024-03-04,1,10,1,twice,no"


def test_a_share_without_n_is_kept_and_offers_no_publishing(client, said):
    stratum = studies.stratum()
    sent = {"figuring": "counted", "share": "11.7", "source": "Invented report"}
    url = f"/strata/{stratum.pk}/estimates/new/"
    assert client.post(url, sent).status_code == 302
    made = Estimate.objects.get()
    assert made.share == Decimal("0.117")
    words = said(client.get(stratum.get_absolute_url()))
    assert "11.7 % of an unknown number" in words
    assert "Publish" not in words
    refused = client.post(f"/estimates/{made.pk}/publish/", {"version": "1"})
    assert refused.status_code == 409
    assert "cannot be published" in refused.content.decode()
    form = client.get(f"/estimates/{made.pk}/correct/").context["form"]
    assert form["share"].value() == "11.7"


def test_a_pair_shows_its_interval_or_why_not(client, said):
    before = studies.estimate()
    after, other = studies.endline(before), studies.endline(before, method="census")
    url = f"/estimates/{before.pk}/pair/"
    refused = client.post(url, {"endline": str(other.pk)})
    assert refused.status_code == 409
    assert "different methods" in refused.content.decode()
    made = client.post(url, {"endline": str(after.pk)})
    assert made.headers["Location"] == Pair.objects.get().get_absolute_url()
    words = said(client.get(made.headers["Location"]))
    assert "80.0 % 67.9 % – 87.5 %" in words
    Study.objects.filter(pk=after.stratum.study_id).update(is_representative=False)
    words = said(client.get(made.headers["Location"]))
    assert "The endline is not representative." in words
    assert "80.0 %" not in words


def test_counts_are_corrected_and_a_pair_is_taken_apart(client, reader, said):
    count, rounds, pair = studies.observation(), studies.recapture(), studies.pair()
    observe = f"/visits/{count.visit_id}/observe/"
    assert f"/observations/{count.pk}/correct/" in client.get(observe).content.decode()
    sent = {"version": "1", "observer": "1", "counted": "10", "minors": "3"}
    done = client.post(f"/observations/{count.pk}/correct/", sent)
    assert done.headers["Location"] == observe
    assert "10 people, 3 minors" in said(client.get(observe))
    of = rounds.stratum.get_absolute_url()
    change = f"/recaptures/{rounds.pk}/correct/"
    assert change in client.get(of).content.decode()
    assert change not in reader.get(of).content.decode()
    form = client.get(change).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"version": "1", "both": "40"}
    assert client.post(change, sent).headers["Location"] == of
    part = f"{pair.get_absolute_url()}part/"
    assert "Take apart" in said(client.get(pair.get_absolute_url()))
    assert "Take apart" not in said(reader.get(pair.get_absolute_url()))
    assert reader.post(part).status_code == 403
    assert client.post(part).status_code == 302
    assert not Pair.objects.exists()


def test_the_planner_says_how_many(reader, said):
    assert "people in each round" not in said(reader.get("/sample-size/"))
    asked = reader.get("/sample-size/?before=5.5&after=2&power=0.8&effect=1")
    assert "437 people in each round" in said(asked)
    same = reader.get("/sample-size/?before=5&after=5&power=0.8&effect=1")
    assert (same.status_code, "two different shares" in said(same)) == (400, True)
    assert reader.get("/sample-size/?before=x").status_code == 400


def test_figures_of_others_stand_beside_each_other_and_ours(client, said):
    studies.external_statistic(publisher="Bureau A", value=343000, parts_number=16)
    studies.external_statistic(publisher="Bureau B", value=2600000, parts_number=10)
    share = {"measure": "share_minors", "unit": "share", "programme": "csec"}
    studies.external_statistic(publisher="Ministry", value=Decimal("0.4"), **share)
    loose = studies.stratum(studies.study(is_representative=False))
    studies.estimate(loose, published_on="2026-01-01")
    words = said(client.get("/external-statistics/"))
    assert "7.58" in words
    assert "Which parts each covers is not known" in words
    assert "Beside our own shares" in words
    assert "4.00" in words  # 40 % over 10 %
    assert "Not representative" in words


def test_text_of_a_figure_is_kept_as_printed(client, said):
    sent = {"publisher": "Bureau", "series": "One", "measure": "victims", "unit": "persons"}
    sent |= {"programme": "csec", "jurisdiction": "IN", "year": "2016", "quality": "register"}
    sent |= {"source": "Invented", "text": "<5", "parts": "in-wb, IN-MH"}
    assert client.post("/external-statistics/new/", sent).status_code == 302
    row = ExternalStatistic.objects.get()
    assert (row.text, row.parts) == ("<5", ["IN-WB", "IN-MH"])
    assert "&lt;5" in client.get("/external-statistics/").content.decode()
    both = client.post("/external-statistics/new/", sent | {"value": "3", "series": "Two"})
    assert (both.status_code, "not both" in both.content.decode()) == (409, True)


def test_nobody_found_and_not_done_read_differently(client, said):
    studies.district_survey(found=0)
    studies.district_survey(status="not_done", found=None)
    studies.district_survey(found=None)
    words = said(client.get("/district-surveys/"))
    assert "Done nobody" in words
    assert "Not done –" in words
    assert "Done not published" in words


def test_an_evaluation_shows_findings_with_numbers_and_words(client, said):
    of = studies.evaluation()
    studies.finding(of, k=12, n=12)
    studies.finding(of, k=None, n=None, quote="All of them said so")
    words = said(client.get(of.get_absolute_url()))
    assert "100.0 % 12 of 12 75.8 % – 100.0 %" in words
    assert "no numbers given" in words
    refused = client.post(f"/evaluations/{of.pk}/findings/new/", {"question": "How?", "k": "9"})
    assert (refused.status_code, "needs both numbers" in refused.content.decode()) == (409, True)


def test_trainings_and_programmes_read_as_sentences(client, said):
    studies.training(score_before=Decimal("46.50"), score_after=Decimal(78))
    studies.training()
    words = said(client.get("/trainings/"))
    assert "46.5 → 78" in words
    assert "not tested" in words
    studies.programme_place()
    assert "goes on" in said(client.get("/programmes/"))


def test_a_correction_may_leave_a_place_of_another_country(client):
    of = studies.evaluation()  # of Cambodia, and the reader's office is not
    change = f"/evaluations/{of.pk}/correct/"
    form = client.get(change).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    done = client.post(change, sent | {"version": "1", "title": "Invented, put right"})
    assert done.status_code == 302
    of.refresh_from_db()
    assert (of.title, of.jurisdiction.code) == ("Invented, put right", "KH")
