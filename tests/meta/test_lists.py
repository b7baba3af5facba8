"""A list is said once: nobody finds a query by an address, fakes a request, or pages by itself."""

from __future__ import annotations

import ast

import pytest
from django.conf import settings
from django.db import connection

from accounts.roles import GRANTS
from casework.models import Case
from core.api.viewsets import ReadViewSet
from core.lists.declared import LISTS, List, list_of
from core.lists.filters import identifier
from core.lists.pagination import Sort
from core.lists.tables import TABLES, Column, Table
from desk.to_do.listed import TASK_TABLE
from exchange.exports.offer import BESIDE, NAMED, What
from places.models import Agency
from tests.api.test_pagination import viewsets

pytestmark = pytest.mark.django_db

SAID_OUTSIDE = {"queryset", "sorts", "filters", "changed", "records_reads"}
FAKED = {"resolve", "RequestFactory", "HttpRequest", "APIRequestFactory", "SimpleNamespace"}
PAGED = {"paginate", "pagination.paginate", "Sort"}
BY_HAND = {
    "accounts/screen.py": "the address a browser asks for, to say which page was locked",
    "exchange/reaching.py": "the address of a host",
    "intake/phones/kinds.py": "the page of a verb, not a list",
    "intake/phones/through.py": "what a phone wrote is sent to the page of its verb",
    "desk/to_do/orders.py": "tasks are made by rules and are rows of no table",
    "casework/services/transfers.py": "two lists of offers on one page, by the day of the offer",
    "places/api/viewsets.py": "a code that is unique by a constraint, not by its column",
}


def sources():
    for app in settings.OUR_APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            yield path.relative_to(settings.BASE_DIR).as_posix(), path.read_text()


def calls(text):
    """What a module calls, as it is written there."""
    nodes = ast.walk(ast.parse(text))
    return {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}


def outside(modules):
    """Modules that find, fake or page a list by themselves."""
    found = []
    for path, text in modules:
        wrong = calls(text) & (FAKED | PAGED)
        if wrong and not path.startswith("core/") and path not in BY_HAND:
            found.append((path, sorted(wrong)))
    return found


def test_no_module_pages_or_finds_a_list_by_itself():
    assert outside(sources()) == []


def test_one_that_does_is_found():
    assert outside([("desk/new.py", "view = resolve('/api/v1/cases/').func")]) != []
    assert outside([("desk/new.py", "page = pagination.paginate(rows, NEWEST)")]) != []
    assert outside([("desk/new.py", "view.request = SimpleNamespace(user=reader)")]) != []


def said_outside(view):
    own = set()
    for kind in view.__mro__[: view.__mro__.index(ReadViewSet)]:
        own |= SAID_OUTSIDE & set(vars(kind))
    return own - ({"queryset"} if view.queryset is view.listed.rows else set())


def test_no_viewset_says_of_its_list_what_the_list_says():
    assert {
        path: said_outside(view) for path, view in viewsets().items() if said_outside(view)
    } == {}


def test_one_that_does_so_is_found():
    class Twice(ReadViewSet):
        listed = List(Agency.objects.all())
        filters = {"kind": identifier("kind")}

    assert said_outside(Twice) == {"filters"}


def test_files_know_the_lists_of_the_interface_by_their_nouns():
    nouns = {*(what for what in What if what not in NAMED), *BESIDE}
    views = {path.rstrip("/"): view for path, view in viewsets().items()}
    for noun in nouns:
        assert list_of(noun) == (views[noun].listed, views[noun].serializer_class)
    assert set(views) - set(LISTS) == {"audit-events"}  # has no row by itself, so no router


def test_a_column_says_what_narrows_by_it_and_an_order_ends_with_a_unique_column():
    listed = List(Agency.objects.all(), "kind jurisdiction name", orders={"name": "-kind name"})
    assert list(listed.filters) == ["kind", "jurisdiction", "name"]
    assert list(listed.filters["kind"].labels)
    assert listed.filters["jurisdiction"].read("PH") == {"jurisdiction__code": "PH"}
    assert listed.orders == {"name": Sort(("kind", "name", "id"), descending=True)}


INDEXES = """
select array_agg(a.attname order by k.at), array_agg(i.indoption[(k.at - 1)::int] & 1 order by k.at)
from pg_index i
cross join lateral unnest(i.indkey::int2[]) with ordinality k(attnum, at)
join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
where i.indrelid = %s::regclass and i.indpred is null
group by i.indexrelid
"""


def without_index(tables):
    """Orders of heads that no index of the database has: all columns one way, the last unique."""
    found = []
    for table in tables:
        model = table.listed.rows.model
        with connection.cursor() as cursor:
            cursor.execute(INDEXES, [model._meta.db_table])
            indexes = cursor.fetchall()
        for column in table.columns:
            if column.order:
                sort = table.listed.orders[column.order]
                wanted = [model._meta.get_field(name).column for name in sort.columns]
                if not any(names == wanted and len({*ways}) == 1 for names, ways in indexes):
                    found.append((model._meta.label, column.order))
    return found


def test_what_a_head_puts_in_order_has_an_index_in_the_database():
    assert len(TABLES) >= 6
    of_rows = [table for table in TABLES if table is not TASK_TABLE]  # tasks are rows of no table
    assert without_index(of_rows) == []


def test_a_head_without_an_index_is_found():
    listed = List(Case.objects.all(), orders={"reference": "reference", "status": "status"})
    heads = [Column(name, name, order=name) for name in ("reference", "status")]
    table = Table(listed, *heads, counted=str)
    TABLES.remove(table)
    assert without_index([table]) == [("casework.Case", "status")]


def test_an_order_goes_both_ways_and_what_is_none_is_said():
    listed, errors = List(Agency.objects.all(), orders={"name": "name"}), {}
    assert listed.order("-name", errors) == Sort(("name", "id"), descending=True)
    assert listed.order("", errors) == listed.order("name", errors) == Sort(("name", "id"))
    assert not errors
    assert listed.order("--name", errors) == listed.usual
    assert "One of: name;" in errors["sort"][0]


def test_every_list_of_a_page_says_who_fills_it():
    """But for tasks and the history, which follow from what is recorded."""
    unsaid = {table.name for table in TABLES if not table.filled_by}
    assert unsaid == {"tasks", "audit", ""}
    named = {permission for table in TABLES for permission in table.filled_by}
    assert named <= frozenset.union(*GRANTS.values())
