"""Pages of lists: heads that put rows in order, both ways; how many there are; facts of cases."""

from __future__ import annotations

import csv
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Note
from core.days import clock
from core.lists import pages as list_pages
from prosecutions.models import Hearing
from tests import factories
from tests.factories import courts, justice, papers

pytestmark = pytest.mark.django_db
WHY = {"reason": "figures", "format": "csv"}
ANY_SPACE = re.compile(r"\s+")


@pytest.fixture
def page(case_manager, browser_client):
    return browser_client(case_manager)


@pytest.fixture
def cases(office):
    """KOL-2026-0001 and on, the later the number the earlier opened; the last two on one day."""
    days = ("2026-05-04", "2026-05-03", "2026-05-02", "2026-05-01", "2026-05-01")
    return sorted(
        (factories.case(office, opened_on=day) for day in days), key=lambda case: case.reference
    )


def references(answer):
    return [row.reference for row in answer.context["cases"]]


def head(answer, words):
    """The head of a column: which way the rows stand by it, and where it leads."""
    html = ANY_SPACE.sub(" ", answer.content.decode())
    found = re.search(
        rf"<th scope=\"col\"([^>]*)> <a class=\"sort\" href=\"([^\"]*)\">{words}", html
    )
    way = re.search(r"aria-sort=\"(\w+)\"", found[1])
    return (way and way[1]), found[2].replace("&amp;", "&")


def test_a_head_puts_the_cases_in_order_and_turns_them_round(page, cases):
    numbers = [case.reference for case in cases]
    first = page.get("/cases/")
    assert head(first, "Opened") == ("descending", "/cases/?sort=-newest")
    assert head(first, "Case") == (None, "/cases/?sort=reference")
    turned = page.get("/cases/?sort=-newest")
    assert references(turned) == references(first)[::-1]
    assert head(turned, "Opened") == ("ascending", "/cases/?sort=newest")
    rising = page.get("/cases/?sort=reference")
    assert references(rising) == numbers
    assert head(rising, "Case") == ("ascending", "/cases/?sort=-reference")
    assert references(page.get("/cases/?sort=-reference")) == numbers[::-1]
    assert b'href="/cases/?sort=status' not in first.content, "the list has no such order"


@pytest.mark.parametrize("sort", ["newest", "-newest", "reference", "-reference"])
@pytest.mark.by_turns(2)
def test_pages_in_any_order_hold_every_case_once_in_both_directions(page, cases, sort, monkeypatch):
    monkeypatch.setattr("core.lists.pagination.DEFAULT", 2)
    url, shown, answers = f"/cases/?status=lead&sort={sort}", [], []
    while url:
        answers.append(page.get(url))
        shown += references(answers[-1])
        url = answers[-1].context["list"].next_url
    assert len(answers) == 3
    assert sorted(shown) == [case.reference for case in cases]
    back, url = [], answers[-1].context["list"].previous_url
    while url:
        assert "status=lead" in url
        answer = page.get(url)
        back = references(answer) + back
        url = answer.context["list"].previous_url
    assert back == shown[:4]


def test_order_and_filters_keep_each_other(page, cases):
    factories.case(cases[0].office, status="rescued")
    answer = page.get("/cases/?status=lead&sort=reference")
    html = answer.content.decode()
    assert '<input type="hidden" name="sort" value="reference">' in html
    assert head(answer, "Opened")[1] == "/cases/?status=lead&sort=newest"
    (chip,) = answer.context["list"].chips
    assert chip["remove_url"] == "/cases/?sort=reference"
    assert answer.context["list"].file_url == "/cases/csv/?status=lead&sort=reference"


@pytest.mark.parametrize("sort", ["opened_on", "--newest", "-", "a%00b", "newest,reference"])
def test_an_order_the_list_has_not_is_said_and_not_obeyed(page, cases, sort):
    answer = page.get(f"/cases/?sort={sort}")
    assert answer.status_code == 200
    assert "This list has no such order." in answer.content.decode()
    assert references(answer) == references(page.get("/cases/"))
    assert head(answer, "Opened") == ("descending", "/cases/?sort=-newest")
    assert page.post(f"/cases/csv/?sort={sort}", WHY).status_code == 409


def test_where_a_page_ends_is_of_its_order_alone(page, cases, monkeypatch):
    monkeypatch.setattr("core.lists.pagination.DEFAULT", 2)
    cursor = page.get("/cases/").context["list"].next_url.partition("?")[2]
    assert page.get(f"/cases/?{cursor}").status_code == 200
    for sort in ("reference", "-newest"):
        assert page.get(f"/cases/?{cursor}&sort={sort}")["Location"] == "/cases/"


def test_the_file_stands_in_the_order_of_the_list(page, cases):
    answer = page.post("/cases/csv/?sort=-reference", WHY)
    _head, *lines = csv.reader(answer.content.decode().splitlines())
    assert [line[0] for line in lines] == [case.reference for case in cases][::-1]


def test_how_many_there_are_is_said_up_to_a_bound(page, cases, said, monkeypatch):
    assert "5 cases" in said(page.get("/cases/"))
    factories.case(cases[0].office, status="rescued")
    assert "1 case" in said(page.get("/cases/?status=rescued"))
    monkeypatch.setattr("core.lists.pagination.DEFAULT", 2)
    assert "6 cases" in said(page.get("/cases/"))
    monkeypatch.setattr(list_pages, "MOST_COUNTED", 5)
    assert "more than 5 cases" in said(page.get("/cases/?sort=reference"))
    factories.case(factories.office("manila", "PH-MNL"), status="rescued")
    assert "1 case" in said(page.get("/cases/?status=rescued")), "another office's is not counted"


# What a case is at


def row(answer, case):
    return next(row for row in answer.context["cases"] if row.id == case.pk)


def test_who_has_a_case_when_it_comes_up_and_when_it_moved(page, cases, case_manager, office, said):
    case, other = cases[:2]
    factories.assignment(case, factories.user("field_officer", office, name="Invented First"))
    factories.assignment(case, case_manager)
    left = factories.user("legal_officer", office, is_active=False)
    factories.assignment(case, left)
    ahead = clock.today() + timedelta(days=9)
    hearing = courts.hearing(case, listed_on=ahead)
    for days in (-3, 30):
        courts.hearing(case, prosecution=hearing.prosecution, listed_on=ahead + timedelta(days))
    answer = page.get("/cases/")
    shown = row(answer, case)
    assert (shown.team.first, shown.team.others) == ("Invented First", 1)
    assert shown.next == ahead - timedelta(days=3)
    later = timezone.now() + timedelta(days=2)
    Hearing.objects.update(updated_at=later)
    moved = page.get("/cases/")
    assert row(moved, case).active == clock.local(later).date()
    assert row(moved, other).active < clock.local(later).date()
    assert row(answer, other).team is row(answer, other).next is None
    assert "Invented First +1 more" in said(answer)


def test_what_a_reader_may_not_read_is_not_told(cases, office, browser_client):
    case = cases[0]
    hearing = courts.hearing(case, listed_on=clock.today() + timedelta(days=9))
    factories.assignment(case)
    later = timezone.now() + timedelta(days=1)
    papers.note(case)
    Note.objects.update(updated_at=later)
    on_it = factories.assignment(case, factories.user("legal_officer", office)).user
    lawyer = browser_client(on_it).get("/cases/")
    assert row(lawyer, case).active == clock.local(later).date()
    officer = browser_client(factories.user("data_officer", office)).get("/cases/")
    assert row(officer, case).active < clock.local(later).date(), "a data officer reads no notes"
    stranger = row(browser_client(factories.user("field_officer", office)).get("/cases/"), case)
    assert stranger.active is stranger.next is None, "who only knows that there is one"
    outside = factories.user("prosecutor", office)
    factories.disclosure(case, user=outside)
    seen = browser_client(outside).get("/cases/")
    assert "team" not in seen.context["list"].shows
    assert row(seen, case).team is None
    assert hearing.listed_on == row(lawyer, case).next


# Every other list with a page


@pytest.mark.parametrize(
    ("path", "made", "words"),
    [
        ("/sites/", factories.site, "Added"),
        ("/networks/", justice.network, "Identified"),
        ("/networks/?sort=code", justice.network, "Network"),
    ],
)
def test_other_lists_are_turned_round_as_well(page, office, path, made, words):
    case = factories.case(office)
    for _one in range(3):
        made(case)
    first = page.get(path)
    way, turned_url = head(first, words)
    turned = page.get(turned_url)
    assert head(turned, words)[0] == {"ascending": "descending", "descending": "ascending"}[way]
    keys = [[row.pk for row in answer.context["list"].rows] for answer in (first, turned)]
    assert len(keys[0]) == 3
    assert keys[1] == keys[0][::-1]


def test_notes_are_turned_round_by_links_above_them(page, office, said):
    case = factories.case(office)
    for day in ("2026-03-01", "2026-03-02"):
        papers.note(case, happened_on=day)
    path = f"/cases/{case.pk}/notes/"
    first = page.get(path)
    assert "2 notes" in said(first)
    (link,) = first.context["list"].orders
    assert link.url == f"{path}?sort=-newest"
    turned = page.get(link.url).context["notes"]
    assert [note["day"] for note in turned] == [n["day"] for n in first.context["notes"]][::-1]


def test_the_history_begins_with_the_oldest_where_that_is_asked(browser_client):
    page = browser_client(factories.user("auditor"))
    page.get("/audit/")
    first = page.get("/audit/")
    _way, url = head(first, "When")
    assert url == "/audit/?sort=-newest"
    ids = [event["id"] for event in page.get(url).context["events"]]
    assert ids == sorted(ids)
