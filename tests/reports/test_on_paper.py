"""A report on one sheet: what it says in large, what it leaves out, and for whom it is set."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import orjson
import pytest
import typst
from django.utils import translation
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from accounts.services.own import choose_language
from core import jobs
from core.models import Job
from reports.base import REPORTS
from reports.contents import SUBJECTS
from reports.models import Snapshot
from reports.on_paper import made, sheet
from reports.paper import HERE
from tests import factories
from tests.reports.boards import rescued, tried

pytestmark = pytest.mark.django_db
LAST = date.today().year - 1
INDIA = f"from={LAST}-01-01&to={LAST}-12-31&jurisdiction=IN"


@pytest.fixture
def case(office):
    return factories.case(office)


def work():
    for run in Job.objects.filter(kind="report", state="queued"):
        jobs.run(run.pk)


def shown(client, slug, query=""):
    """The snapshot that a page shows once the worker has done what it asked for."""
    client.get(f"/reports/{slug}/?{query}")
    work()
    text = client.get(f"/reports/{slug}/?{query}").content.decode()
    (pk,) = set(re.findall(r"/reports/snapshots/([0-9a-f-]{36})/paper.pdf", text))
    return Snapshot.objects.get(pk=pk)


def test_the_rate_of_a_country_and_year_has_its_interval_and_the_year_before(
    case, case_manager, browser_client
):
    tried(case, 9, 3, on=f"{LAST}-05-01")
    tried(case, 12, 0, on=f"{LAST - 1}-05-01")
    tried(case, 0, 40, on=f"{LAST}-05-01", at="KH")
    told = sheet(shown(browser_client(case_manager), "conviction-rate", INDIA), case_manager)
    top = told["headline"]
    assert (top["label"], top["value"]) == ("Conviction rate", "75.0 %")
    assert top["words"] == "9 of 12 persons; between 46.8 % and 91.1 %, 95 times in 100"
    assert round(top["mark"]["low"], 1) == 46.8
    assert top["change"] == f"−25 points on {LAST - 1} (100 %, 12 of 12)"
    assert [line[0] for line in told["table"]["lines"]] == ["India", "West Bengal"]
    assert "Abated" not in told["table"]["head"]
    assert told["foot"].endswith("for our own work, everybody counted")


def pages(name, told):
    data = {"words": orjson.dumps(told, default=str).decode()}
    found = typst.compile(HERE / f"{name}.typ", root=HERE, format="png", ppi=20, sys_inputs=data)
    return len(found) if isinstance(found, list) else 1


def test_it_is_one_page(case, case_manager, browser_client):
    for at in ("IN-WB", "IN-MH", "IN-TS", "IN-DL", "IN-TN", "IN-KA", "IN-UP", "IN-BR"):
        tried(case, 9, 3, on=f"{LAST}-05-01", at=at)
    made_of = shown(browser_client(case_manager), "conviction-rate", INDIA)
    assert pages("report", sheet(made_of, case_manager)) == 1


def test_four_taps_lead_from_the_dashboard_to_the_paper(case, case_manager, browser_client):
    """The figure in large, the year, the country, PDF."""
    tried(case, 9, 3, on=f"{LAST}-05-01")
    client = browser_client(case_manager)

    def tap(text, words):
        href = re.search(rf'href="([^"]+)"[^>]*>(?:\s|<[^>]+>)*{words}\s*</a>', text)
        assert href, words
        address = href[1].replace("&amp;", "&")
        answer = client.get(address)
        work()
        return address, client.get(address) if answer[
            "Content-Type"
        ] != "application/pdf" else answer

    client.get("/dashboards/programme/")
    work()
    text = client.get("/dashboards/programme/").content.decode()
    for words in ("Conviction rate", "Last year", "India", "PDF"):
        address, answer = tap(text, words)
        text = answer.content.decode(errors="replace")
    assert answer["Content-Type"] == "application/pdf"
    asked = Snapshot.objects.get(pk=address.split("/")[3]).params
    assert (asked["jurisdiction"], asked["from"]) == ("IN", f"{LAST}-01-01")


@pytest.mark.parametrize("slug", [one.slug for _subject, some in SUBJECTS for one in some])
@pytest.mark.by_turns(5)
def test_every_report_can_be_set_on_paper(slug, case, case_manager, browser_client):
    tried(case, 9, 3)
    rescued(case, 12, served=4)
    factories.hearing(case, result="adjourned", adjourned_for="judge_absent")
    found = shown(browser_client(case_manager), slug)
    assert made(found, case_manager).startswith(b"%PDF-")
    if not REPORTS[slug].layout:
        assert str(REPORTS[slug].definition) in sheet(found, case_manager)["definition"]


def letters(text):
    """Without blanks, each once: typst writes those of a cluster down for each of its glyphs."""
    return re.sub(r"(.+?)\1+", r"\1", "".join(text.split()))


@pytest.mark.parametrize(
    ("code", "face"), [("es", "NotoSans"), ("km", "NotoSansKhmer"), ("ur", "NotoNaskhArabic")]
)
def test_a_sheet_is_in_the_words_and_letters_of_its_reader(
    code, face, case, case_manager, browser_client
):
    tried(case, 9, 3)
    choose_language(code, actor=case_manager)
    client = browser_client(case_manager)
    found = shown(client, "conviction-rate")
    pdf = client.get(f"/reports/snapshots/{found.pk}/paper.pdf").content
    fonts = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    faces = {font.get_object()["/BaseFont"].partition("+")[2].partition("-")[0] for font in fonts}
    assert face in faces
    assert faces <= {face, "NotoSans"}  # Latin letters and figures in the last
    text = letters(PdfDocument(pdf)[0].get_textpage().get_text_range())
    with translation.override(code):
        for said in ("Conviction rate", "The figures"):
            assert letters(translation.gettext(said)) in text


def test_of_nothing_the_sheet_says_what_would_be_counted(case_manager, browser_client):
    found = shown(browser_client(case_manager), "conviction-rate")
    told = sheet(found, case_manager)
    assert (told["headline"], told["panel"], told["table"]["lines"]) == (None, None, [])
    assert made(found, case_manager).startswith(b"%PDF-")


def test_what_is_hidden_on_the_page_is_on_no_paper(case, browser_client):
    rescued(case, 7, served=5, on=f"{LAST}-03-10")
    manager = factories.user("programme_manager", factories.office("global"))
    told = sheet(shown(browser_client(manager), "survivors-served"), manager)
    assert told["headline"]["value"] == "hidden"
    assert told["headline"]["mark"] is None
    cells = {cell for line in told["table"]["lines"] for cell in line[1:]}
    assert cells == {"hidden"}
    assert "Hidden" in told["table_note"]


def test_another_reader_finds_no_paper_of_mine(case, case_manager, browser_client):
    mine = shown(browser_client(case_manager), "conviction-rate")
    other = factories.user("case_manager", factories.office("manila"))
    answer = browser_client(other).get(f"/reports/snapshots/{mine.pk}/paper.pdf")
    assert answer.status_code == 404
