"""An empty list says which it is: none yet, none that match, or none open to the reader."""

from __future__ import annotations

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

CLOSED, NO_MATCH = "Nothing is open to you here", "Nothing matches the filter"
# Each list with its words for none yet and, where it has one, a filter that leaves nothing.
LISTS = [
    ("/to-do/", "Nothing needs you now", "?rule=own"),
    ("/docket/", "No open proceeding", "?show=overdue"),
    ("/docket/?view=calendar", "Nothing is listed in this month.", "&show=overdue"),
    ("/networks/", "No network yet", "?status=active"),
    ("/sites/", "No site yet", "?kind=hotel"),
    ("/cases/survivors/", "No survivor yet", "?outcome=rescued"),
    ("/cases/suspects/", "No suspect yet", "?role=recruiter"),
    ("/cases/hearings/", "No hearing yet", "?result=held"),
    ("/cases/referrals/", "No referral yet", "?status=draft"),
    ("/duplicates/", "No pair is waiting", ""),
]
UNASKED = ("/to-do/", "/docket/", "/duplicates/")  # they follow from other records


@pytest.fixture
def reader(browser_client, case_manager):
    return browser_client(case_manager)


@pytest.fixture
def without_a_team(browser_client, field_officer):
    """Knows that cases of the office exist; reads only those of teams, of which there is none."""
    return browser_client(field_officer)


@pytest.mark.parametrize(("path", "words", "narrowed"), LISTS)
@pytest.mark.by_turns(3)
def test_none_yet(reader, said, path, words, narrowed):
    page = said(reader.get(path))
    assert words in page
    assert ("Added by: " in page) == (not path.startswith(UNASKED))
    assert CLOSED not in page
    assert NO_MATCH not in page


@pytest.mark.parametrize(("path", "words", "narrowed"), [row for row in LISTS if row[2]])
@pytest.mark.by_turns(4)
def test_none_that_match_with_the_way_out(reader, said, path, words, narrowed):
    answer = reader.get(path + narrowed)
    page = said(answer)
    assert NO_MATCH in page
    assert words not in page
    clear = path.replace("&", "&amp;")
    assert f'href="{clear}">Clear filter</a>' in answer.content.decode()


@pytest.mark.parametrize(("path", "words", "narrowed"), LISTS)
@pytest.mark.by_turns(3)
def test_none_open_to_the_reader(without_a_team, said, path, words, narrowed):
    for address in (path, path + narrowed):
        answer = without_a_team.get(address)
        if answer.status_code == 403:  # the docket is not this role's
            continue
        page = said(answer)
        assert CLOSED in page
        assert words not in page


def test_cases_of_the_office_are_known_to_who_reads_none(without_a_team, reader, said, office):
    for page in (without_a_team, reader):
        assert "No case yet" in said(page.get("/cases/"))
        assert NO_MATCH in said(page.get("/cases/?status=closed"))


def test_without_an_office_or_a_disclosure_no_case_is_open(browser_client, said, office):
    factories.case(office)
    outside = browser_client(factories.user("prosecutor", office))
    page = said(outside.get("/cases/"))
    assert CLOSED in page
    assert "No case yet" not in page


def test_it_betrays_nothing_of_what_is_there(without_a_team, office):
    """With a case full of work that is not open, and without any: the same words."""
    before = without_a_team.get("/sites/").content.decode()
    factories.site(factories.case(office))
    after = without_a_team.get("/sites/").content.decode()
    assert CLOSED in before
    assert before.count(CLOSED) == after.count(CLOSED) == 1


def test_a_reader_of_the_heading_is_told_that_the_rest_is_closed(without_a_team, said, office):
    case = factories.case(office)
    page = said(without_a_team.get(f"/cases/{case.pk}/timeline/?kind=court"))
    assert CLOSED in page
    assert NO_MATCH not in page
