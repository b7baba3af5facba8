"""Lists by key: nothing twice, nothing left out, and a page costs the same however many rows."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.apps import apps
from django.core.signing import Signer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from accounts.models import Office
from casework.models import Case
from core.api.viewsets import ReadViewSet
from places.models import Jurisdiction
from tests import factories
from tests.api.world import LISTS
from tests.meta.addresses import beside
from tests.meta.tables import know_sizes
from tests.whole import WHOLE, share

pytestmark = pytest.mark.django_db

COUNTS = Path(__file__).parents[1] / "query_counts.json"
UPDATE = bool(os.environ.get("UPDATE_QUERY_COUNTS"))
MADE = [path for path, factory in LISTS.items() if factory]
# A name, or what is sorted by, is unique at its place.
ONCE_A_PLACE = {"agencies/", "providers/", "district-surveys/", "programmes/"}
ODD_LIMITS = ["0", "-1", "201", "9" * 27, "1e2", "٣", "²", " 5", "1.0", "ten", "%00"]


def viewsets():
    """Every list of the interface: its path below /api/v1/ and its viewset."""
    found = {}
    for pattern in get_resolver().url_patterns:
        for route in getattr(pattern, "url_patterns", []):
            view = getattr(route.callback, "cls", None)
            if beside(route.callback) or not (view and issubclass(view, ReadViewSet)):
                continue
            if "list" in route.callback.actions.values():
                found[re.sub(r"[\^$]", "", str(route.pattern))] = view
    return found


@pytest.fixture
def rows(everyone):
    """`rows(path, count)`: so many rows of a list, all equal in what the list is sorted by."""

    def make(path, count):
        made = [LISTS[path]() for _ in range(count)]
        if path in ONCE_A_PLACE:
            for row, place in zip(made, Jurisdiction.objects.all(), strict=False):
                row.jurisdiction = place
                row.save()
        for sort in viewsets()[path].listed.orders.values():
            model = apps.get_model(made[0]._meta.label)
            kept = {field.name: field for field in model._meta.fields}  # others are computed
            for column in sort.columns:
                if column in kept and not kept[column].unique:
                    model._default_manager.update(**{column: getattr(made[0], column)})
        return {str(row.pk) for row in made}

    return make


def walk(client, url, direction="next"):
    """The ids of every page from here on, page by page."""
    pages = []
    while url:
        body = client.get(url.rpartition("/api/v1/")[2]).json()
        pages.append([row["id"] for row in body["results"]])
        url, last = body[direction], url
    return pages, last


def test_the_tests_know_every_list():
    assert set(viewsets()) == set(LISTS)


@pytest.mark.parametrize("path", MADE)
@pytest.mark.by_turns(12)
def test_pages_hold_every_row_once_in_both_directions(everyone, rows, path):
    """Equal sort keys are the hard case: only the id tells the rows apart."""
    wanted = rows(path, 7)
    for sort in (way + name for name in viewsets()[path].listed.orders for way in ("", "-")):
        there, last = walk(everyone, f"{path}?limit=3&sort={sort}")
        ids = [pk for page in there for pk in page]
        assert len(ids) == len(set(ids))
        assert wanted <= set(ids)
        assert all(len(page) == 3 for page in there[:-1])
        back, _first = walk(everyone, last, "previous")
        assert [pk for page in reversed(back) for pk in page] == ids


def test_places_offices_and_the_law_are_paged_by_code(manager, office):
    factories.office("manila", "PH-MNL")
    there, last = walk(manager, "offices/?limit=1")
    assert len(there) == Office.objects.count() == 2
    assert walk(manager, last, "previous")[0] == there[::-1]
    there, last = walk(manager, "provisions/?limit=5")
    assert walk(manager, last, "previous")[0] == there[::-1]
    codes = [row["code"] for row in manager.get("jurisdictions/?limit=200").json()["results"]]
    assert codes == sorted(codes)


def test_rows_inserted_while_someone_pages_shift_nothing(manager, rows):
    wanted = rows("cases/", 5)
    first = manager.get("cases/?limit=2").json()
    newer = factories.case(opened_on="2026-03-02")
    same_day = [str(factories.case().pk) for _ in range(4)]
    rest, last = walk(manager, first["next"])
    seen = [row["id"] for row in first["results"]] + [pk for page in rest for pk in page]
    assert len(seen) == len(set(seen))
    assert wanted <= set(seen) <= wanted | set(same_day)
    back, _first = walk(manager, last, "previous")
    assert back[-1][0] == str(newer.pk)


def test_links_keep_the_filters(manager, rows):
    rows("cases/", 3)
    factories.case(programme="osec")
    pages, _last = walk(manager, "cases/?limit=2&programme=csec&sort=reference")
    assert [len(page) for page in pages] == [2, 1]


def test_a_list_without_rows_has_no_neighbours(manager, office):
    assert manager.get("cases/").json() == {"next": None, "previous": None, "results": []}


def test_the_limit_has_bounds(manager, rows):
    rows("cases/", 3)
    assert len(manager.get("cases/?limit=1").json()["results"]) == 1
    assert len(manager.get("cases/?limit=200").json()["results"]) == 3


@pytest.mark.parametrize("limit", ODD_LIMITS)
def test_an_odd_limit_is_refused_by_name(manager, limit):
    answer = manager.get(f"cases/?limit={limit}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["limit"]


@pytest.mark.parametrize("sort", ["-opened_on", "id", "newest,reference", "%00", "NEWEST", "٣"])
def test_a_sort_the_list_does_not_offer_is_refused_by_name(manager, sort):
    answer = manager.get(f"cases/?sort={sort}")
    assert answer.status_code == 400
    assert "newest, reference" in answer.json()["errors"]["sort"][0]


def cursor_of(answer):
    return parse_qs(urlsplit(answer.json()["next"]).query)["cursor"][0]


def test_a_cursor_nobody_gave_out_is_refused_by_name(manager, rows):
    """Forged, cut, of another sort or another list: never a 500, never a wrong page."""
    for path in ("cases/", "victims/", "involvements/"):
        rows(path, 3)
    good = cursor_of(manager.get("involvements/?limit=1"))
    forged = [
        *("x", "====", "٣", "\0", ":", "e30:", "W10:x", "null", "x" * 2000),
        *(good[:-1], good[1:], good + "A", good.swapcase(), good.partition(":")[0]),
        Signer(key="another", salt="x").sign_object([False, "2026-03-01", "\0"]),
        cursor_of(manager.get("cases/?limit=1")),
        cursor_of(manager.get("cases/?limit=1&sort=reference")),
        cursor_of(manager.get("victims/?limit=1")),  # sorted by the same columns
    ]
    for cursor in forged:
        answer = manager.get("involvements/?" + urlencode({"cursor": cursor}))
        assert answer.status_code == 400, cursor
        assert list(answer.json()["errors"]) == ["cursor"]
    assert manager.get("involvements/?" + urlencode({"cursor": good})).status_code == 200


@pytest.mark.parametrize(
    ("path", "errors"),
    [
        ("cases/?status=gone&programme=csec&opened_from=2026-02-30", {"status", "opened_from"}),
        ("cases/?office=%00&jurisdiction=" + "x" * 41, {"office", "jurisdiction"}),
        ("sites/?case=1&kind=castle", {"case", "kind"}),
        ("sites/?case=" + "١" * 32, {"case"}),
        (
            "judgments/?instance=last&decided_from=x&prosecution=1",
            {"instance", "decided_from", "prosecution"},
        ),
        ("charges/?suspect=%00&case=", {"suspect", "case"}),
        ("provisions/?statute=%00&jurisdiction=" + "x" * 41, {"statute", "jurisdiction"}),
        ("service-records/?kind=gold&involvement=x", {"kind", "involvement"}),
        ("referrals/?need=gold&status=gone", {"need", "status"}),
        ("arrests/?arrested_from=0000-01-01", {"arrested_from"}),
        ("arrests/?arrested_to=２０２６-01-01", {"arrested_to"}),
    ],
)
def test_odd_filters_are_refused_by_name(manager, path, errors):
    answer = manager.get(path)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == errors


MOST = 30 if WHOLE else 6
ASKED = list(LISTS if UPDATE else share(LISTS, "cost", one_in=12))


def test_a_page_costs_the_same_queries_however_many_rows(everyone, office):
    """One number for each list, kept in a file: who adds a query there must say so here."""
    for number, factory in enumerate(filter(None, map(LISTS.get, ASKED))):
        for _ in range(MOST):
            factory()
        if number % 10 == 0:  # the next ones are checked against what is there by now
            know_sizes()
    know_sizes()
    counted = {}
    for path in ASKED:
        numbers = []
        for limit in (3, MOST):
            everyone.get("me/")  # notes the use of the key, once a minute
            with CaptureQueriesContext(connection) as queries:
                answer = everyone.get(f"{path}?limit={limit}")
            assert answer.status_code == 200
            numbers.append(len(queries))
        assert numbers[0] == numbers[1], f"{path}: {numbers}"
        counted[path] = numbers[0]
    if UPDATE:
        COUNTS.write_text(json.dumps(counted, indent=2) + "\n")
    kept = json.loads(COUNTS.read_text())
    assert {*kept} == {*LISTS}
    assert counted == {path: kept[path] for path in ASKED}, "UPDATE_QUERY_COUNTS=1 writes them anew"


def test_the_loaded_rows_are_really_there(everyone, office):
    """The count above would pass on empty lists; the lists must not be empty for this reader."""
    for path in ASKED:
        if factory := LISTS[path]:
            factory()
        assert everyone.get(path).json()["results"], path
    assert Case.objects.exists()


@pytest.mark.parametrize("path", ["cases/", "hearings/", "involvements/"])
def test_the_hot_lists_are_read_by_an_index_of_their_order(path):
    """Else a reader of all offices has the whole table read and sorted for every page."""
    view = viewsets()[path]
    sort = view.listed.usual
    wanted = [f"-{column}" if sort.descending else column for column in sort.columns]
    indexes = view.queryset.model._meta.indexes
    assert wanted in [index.fields for index in indexes if index.condition is None]
