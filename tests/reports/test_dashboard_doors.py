"""Dashboards through every door: page, files, paper, shapes, API; who may, and at what price."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import jobs
from core.days import clock
from core.models import Heartbeat, Job
from reports import maps
from reports.dashboards import page
from reports.dashboards.catalogue import DASHBOARDS
from reports.dashboards.paper import sheet
from reports.dashboards.questions import asked_of
from reports.models import Snapshot
from reports.paper import as_pdf
from reports.params import all_asked
from tests import factories
from tests.factories import studies
from tests.reports.boards import ALL, compute, rescued, tried

pytestmark = pytest.mark.django_db
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_QUERIES = 45


@pytest.fixture
def case(office):
    case = factories.case(office)
    tried(case, 9, 3)
    rescued(case, 12, served=4)
    factories.hearing(case, result="adjourned", adjourned_for="judge_absent")
    return case


@pytest.mark.parametrize("slug", ALL)
@pytest.mark.by_turns(5)
def test_a_dashboard_has_pictures_tables_sentences_and_files(
    slug, case, case_manager, browser_client
):
    client = browser_client(case_manager)
    compute(client, slug)
    text = client.get(f"/dashboards/{slug}/").content.decode()
    assert " style=" not in text
    assert "<script>" not in text
    assert "Can I trust this?" in text
    drawn = text.count("Same figures as a table")
    assert drawn >= 3
    beside = text.count("atlas__table")  # the short table beside a map
    assert text.count("<table") - beside == drawn == text.count(".csv") == text.count(".xlsx")
    for panel in DASHBOARDS[slug].panels:
        assert f'id="{panel.code}"' in text


@pytest.mark.parametrize("slug", ALL)
@pytest.mark.by_turns(5)
def test_a_dashboard_of_nothing_says_so(slug, office, case_manager, browser_client):
    client = browser_client(case_manager)
    empty = client.get(f"/dashboards/{slug}/").content.decode()
    assert "computed.</strong>" in empty
    assert "Not computed yet" not in empty
    compute(client, slug)
    text = client.get(f"/dashboards/{slug}/").content.decode()
    assert "Nothing to count" in text
    assert "Can I trust this?" in text


@pytest.mark.parametrize("slug", ALL)
@pytest.mark.by_turns(5)
def test_twice_the_cases_cost_no_query_more(slug, case, case_manager, browser_client):
    client, queries = browser_client(case_manager), []
    for _round in range(2):
        compute(client, slug)
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/dashboards/{slug}/")
        queries.append(len(seen))
        for number in range(3):
            more = factories.case(case.office)
            tried(more, 4, number)
            rescued(more, 5, served=number, at="IN-MH-MUM")
    assert queries[1] <= queries[0] <= MOST_QUERIES, queries


def test_the_file_of_a_picture_is_its_table(case, case_manager, browser_client):
    client = browser_client(case_manager)
    compute(client, "legal")
    answer = client.get("/dashboards/legal/rate.csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="legal-rate-')
    lines = list(csv.DictReader(StringIO(answer.content.decode())))
    assert [(one["jurisdiction"], one["k"], one["n"]) for one in lines] == [
        ("IN", "9", "12"),
        ("IN-WB", "9", "12"),
    ]
    years = list(
        csv.DictReader(StringIO(client.get("/dashboards/legal/by-year.csv").content.decode()))
    )
    assert [(one["year"], one["k"], one["n"]) for one in years] == [("2026", "9", "12")]


def test_the_workbook_says_the_same_and_holds_no_formula(case, case_manager, browser_client):
    client = browser_client(case_manager)
    compute(client, "legal")
    answer = client.get("/dashboards/legal/rate.xlsx")
    package = zipfile.ZipFile(BytesIO(answer.content))
    sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    rows = [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{SHEET}row")]
    head = rows[0].index("k"), rows[0].index("n")
    assert [[row[at] for at in head] for row in rows[1:]] == [["9", "12"], ["9", "12"]]
    assert not list(sheet.iter(f"{SHEET}f"))


def test_hidden_counts_are_in_no_file(office, browser_client):
    year = clock.today().year - 1
    rescued(factories.case(office), 7, served=5, on=f"{year}-03-10")
    client = browser_client(factories.user("programme_manager", factories.office("global")))
    compute(client, "field-office")
    lines = list(
        csv.DictReader(StringIO(client.get("/dashboards/field-office/served.csv").content.decode()))
    )
    assert {(one["jurisdiction"], one["k"], one["n"]) for one in lines} == {
        ("IN", "", ""),
        ("IN-WB", "", ""),
    }


MARK = "for our own work, everybody counted"


@pytest.mark.parametrize("code", ["rate", "by-year"])
def test_every_file_says_that_everybody_is_counted(code, case, case_manager, browser_client):
    client = browser_client(case_manager)
    compute(client, "legal")
    for kind in ("csv", "xlsx"):
        answer = client.get(f"/dashboards/legal/{code}.{kind}")
        assert answer.headers["Content-Disposition"].endswith(f'-inside.{kind}"')
    rows = csv.reader(StringIO(client.get(f"/dashboards/legal/{code}.csv").content.decode()))
    head, *lines = rows
    assert head[-1] == "audience"
    assert {line[-1] for line in lines} == {MARK}
    paper = client.get("/dashboards/legal/paper.pdf")
    assert paper.headers["Content-Disposition"].endswith('-inside.pdf"')
    board = page.board(DASHBOARDS["legal"], asked_of({}, case_manager), case_manager)
    assert sheet(DASHBOARDS["legal"], asked_of({}, case_manager), board)["foot"].endswith(MARK)


def test_paper_has_the_curves_of_the_page(case, case_manager, browser_client):
    compute(browser_client(case_manager), "legal")
    board = page.board(DASHBOARDS["legal"], asked_of({}, case_manager), case_manager)
    panels = sheet(DASHBOARDS["legal"], asked_of({}, case_manager), board)["panels"]
    (time,) = (one for one in panels if one["kind"] == "survival")
    (page_s,) = (p["picture"] for p in board["panels"] if p["panel"].code == "time")
    drawn = [one["svg"] for one in time["curves"] if one["svg"]]
    assert len(drawn) == sum("line" in one for one in page_s["panels"]) > 0
    assert page_s["panels"][0]["line"] in drawn[0]


def test_a_letter_without_a_shape_leaves_the_paper_readable(case, case_manager, browser_client):
    """No font of a server has every letter; PDF/UA would refuse the whole sheet."""
    study = studies.study(title="Kolkata \U0010fffd counted")
    studies.estimate(studies.stratum(study), k=12, n=40, published_on="2026-02-01")
    client = browser_client(case_manager)
    compute(client, "programme")
    assert client.get("/dashboards/programme/paper.pdf").content.startswith(b"%PDF-")
    assert b"pdfuaid" in as_pdf("dashboard", EMPTY)
    assert b"pdfuaid" not in as_pdf("dashboard", EMPTY | {"title": "\U0010fffd"})


EMPTY = {"language": "en", "tiles": [{"label": "", "value": "", "words": ""}], "trust": []}
EMPTY |= dict.fromkeys(("lead", "facts", "foot", "key", "few"), "") | {"panels": []}
EMPTY |= {"title": "Legal", "trust_title": "Can I trust this?"}


def test_on_paper_it_is_a_pdf(case, case_manager, browser_client):
    client = browser_client(case_manager)
    assert client.get("/dashboards/legal/paper.pdf").status_code == 409
    compute(client, "legal")
    answer = client.get("/dashboards/legal/paper.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("slug", ["field-office", "aftercare", "programme", "data-quality"])
@pytest.mark.by_turns(5)
def test_every_dashboard_can_be_set_on_paper(slug, case, case_manager, browser_client):
    client = browser_client(case_manager)
    compute(client, slug)
    assert client.get(f"/dashboards/{slug}/paper.pdf").content.startswith(b"%PDF-")


def test_filters_stand_in_the_address_and_wrong_ones_are_named(case_manager, browser_client):
    client = browser_client(case_manager)
    answer = client.post("/dashboards/legal/", {"from": "2025-01-01", "programme": "osec"})
    assert answer.headers["Location"] == "/dashboards/legal/?from=2025-01-01&programme=osec"
    text = client.get(answer.headers["Location"]).content.decode()
    assert 'href="/dashboards/legal/?programme=osec"' in text  # the chip that takes the date away
    assert 'value="1 Jan 2025"' in text
    typed = client.post("/dashboards/legal/", {"from": "1 Jan 2025", "programme": "osec"})
    assert typed.headers["Location"] == answer.headers["Location"]
    for wrong in ("from=soon", "jurisdiction=XX", "programme=piracy", "attribution=nobody"):
        answer = client.get(f"/dashboards/legal/?{wrong}")
        assert answer.status_code == 400
        name = wrong.partition("=")[0]
        assert f'href="#{name}"' in answer.content.decode()
        assert f'id="{name}-error"' in answer.content.decode()
        assert client.get(f"/dashboards/legal/rate.csv?{wrong}").status_code == 400
    for days in ("as_of=0001-01-01", "to=0003-06-01", "from=9999-01-01", "as_of=1899-12-31"):
        for door in ("", "rate.csv", "by-year.xlsx", "paper.pdf"):
            assert client.get(f"/dashboards/legal/{door}?{days}").status_code == 400
        assert (
            "Give a day from 1900 to 2100"
            in client.get(f"/dashboards/legal/?{days}").content.decode()
        )
    assert client.get("/dashboards/legal/?as_of=1900-01-01").status_code == 200
    before = Job.objects.count()
    assert client.post("/dashboards/legal/", {"to": "soon"}).status_code == 400
    assert Job.objects.count() == before


def test_what_there_is_not_is_not_found(case, case_manager, browser_client):
    client = browser_client(case_manager)
    compute(client, "legal")
    for path in ("piracy/", "piracy/paper.pdf", "legal/piracy.csv", "legal/piracy.xlsx"):
        assert client.get(f"/dashboards/{path}").status_code == 404
    assert client.get("/dashboards/field-office/by-year.csv").status_code == 409  # not computed
    assert client.get("/dashboards/shapes/0000.svg").status_code == 404


@pytest.mark.parametrize("role", ["auditor", "prosecutor", "system_admin", "safeguarding_lead"])
def test_who_may_not_read_reports_sees_no_dashboard(role, office, browser_client, api):
    user = factories.user(role, office)
    client = browser_client(user)
    digest = maps.boundaries().digest
    for path in ("", "legal/", "legal/rate.csv", "legal/paper.pdf", f"shapes/{digest}.svg"):
        assert client.get(f"/dashboards/{path}").status_code == 403
    assert client.post("/dashboards/legal/").status_code == 403
    assert api(user).get("dashboards/legal/").status_code == 403
    assert api(user).post("dashboards/legal/compute/", {}).status_code == 403


@pytest.mark.parametrize(
    ("role", "slug"),
    [
        ("field_officer", "field-office"),
        ("legal_officer", "legal"),
        ("aftercare_worker", "aftercare"),
        ("programme_manager", "programme"),
        ("data_officer", "data-quality"),
    ],
)
def test_one_begins_with_the_dashboard_of_one_s_work(role, slug, office, browser_client):
    client = browser_client(factories.user(role, office))
    assert client.get("/dashboards/").headers["Location"] == f"/dashboards/{slug}/"


def test_while_it_is_computed_the_page_says_how_far(case, case_manager, browser_client):
    Heartbeat.objects.all().delete()
    client = browser_client(case_manager)
    client.post("/dashboards/legal/")
    text = client.get("/dashboards/legal/").content.decode()
    assert "0 of 12 computed." in text
    part = client.get("/dashboards/legal/", headers={"X-Fragment": "1"}).content.decode()
    assert "<html" not in part
    assert "data-over" not in part
    Job.objects.update(state="failed", failure="ValueError at reports/x.py")
    part = client.get("/dashboards/legal/", headers={"X-Fragment": "1"}).content.decode()
    assert "data-over" in part
    assert part.count("One report failed.") == 12


def offered(text):
    """Words of the button that computes, where it stands."""
    return re.findall(r"(Compute(?: again)?)\s*</button>", text)


def test_what_another_dashboard_asked_for_is_not_asked_for_again(
    case, case_manager, browser_client
):
    """Two dashboards share reports; of the second the rest is asked for behind it."""
    client = browser_client(case_manager)
    client.post("/dashboards/data-quality/")
    before = Job.objects.count()
    text = client.get("/dashboards/legal/").content.decode()
    assert "0 of 12 computed." in text
    behind = Job.objects.order_by("created_at")[before:]
    asked = [params for run in behind for params in all_asked(run.parameters)]
    assert len(asked) == 12 - 3  # completeness, hearings, the funnel
    assert offered(text) == []
    for run in Job.objects.filter(kind="report"):
        jobs.run(run.pk)
    text = client.get("/dashboards/legal/").content.decode()
    assert offered(text) == ["Compute again"]
    client.post("/dashboards/legal/")
    assert offered(client.get("/dashboards/legal/").content.decode()) == []


def test_the_api_says_what_the_page_says(case, case_manager, browser_client, api):
    client = api(case_manager)
    listed = client.get("dashboards/").json()["results"]
    assert [one["slug"] for one in listed] == ALL
    answer = client.post("dashboards/legal/compute/", {"programme": "csec"})
    assert answer.status_code == 202
    assert len(answer.json()["runs"]) == 12
    compute(browser_client(case_manager), "legal")
    told = client.get("dashboards/legal/").json()
    rate = next(one for one in told["panels"] if one["code"] == "rate")
    assert [(row["jurisdiction"]["code"], row["k"], row["n"]) for row in rate["rows"]] == [
        ("IN", 9, 12),
        ("IN-WB", 9, 12),
    ]
    assert rate["snapshot"] in {str(pk) for pk in Snapshot.objects.values_list("pk", flat=True)}
    assert (told["tiles"][0]["k"], told["tiles"][0]["n"]) == (9, 12)
    assert client.get("dashboards/legal/?programme=piracy").json()["errors"].keys() == {"programme"}
    assert client.get("dashboards/legal/?colour=red").json()["errors"].keys() == {"colour"}
    assert client.get("dashboards/piracy/").status_code == 404
    answer = client.post("dashboards/legal/compute/", {"to": "soon"})
    assert answer.json()["errors"].keys() == {"to"}


def test_shapes_are_kept_by_the_browser_and_can_be_replaced(
    case_manager, browser_client, settings, tmp_path
):
    client = browser_client(case_manager)
    answer = client.get(f"/dashboards/shapes/{maps.boundaries().digest}.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    assert '<path id="IN-WB" d="M' in answer.content.decode()
    shape = {"d": "M0 0l9 0 0 9z", "box": [0, 0, 9, 9]}
    ours = {"source": "Invented", "width": 9, "height": 9, "ground": "M0 0z"}
    file = tmp_path / "shapes.json"
    file.write_text(json.dumps(ours | {"places": {"IN-TS": shape}}))
    settings.MAP_BOUNDARIES = str(file)
    other = maps.boundaries()
    assert other.source == "Invented"
    text = client.get(f"/dashboards/shapes/{other.digest}.svg").content.decode()
    assert '<path id="IN-TS" d="M0 0l9 0 0 9z"/>' in text
