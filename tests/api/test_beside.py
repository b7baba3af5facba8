"""What is beside a list or a create is that list or create, for whom those are."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests import factories
from tests.api.test_sync import LONG_AGO
from tests.meta.addresses import beside
from tests.whole import share

pytestmark = pytest.mark.django_db
NEIGHBOUR = {"changes": {"get": "list"}, "geojson": {"get": "list"}, "bulk": {"post": "create"}}


def named():
    """Every address of the interface, by its name, with its view."""
    return {
        route.name: route.callback
        for pattern in get_resolver().url_patterns
        for route in getattr(pattern, "url_patterns", [])
        if hasattr(route.callback, "actions")
    }


def test_each_is_its_neighbour_by_another_name():
    """Same view, same action: so the same permission, the same rows and the same record of it."""
    known, found = named(), [name for name, view in named().items() if beside(view)]
    for name in found:
        noun, _, what = name.rpartition("-")
        declared = {m: a for m, a in known[name].actions.items() if m != "head"}  # once asked: get
        assert declared == NEIGHBOUR[what]
        assert known[name].cls is known[f"{noun}-list"].cls
        assert NEIGHBOUR[what].items() <= known[f"{noun}-list"].actions.items()
    for what, (method, action) in (("changes", ("get", "list")), ("bulk", ("post", "create"))):
        beside_it = {name.rpartition("-")[0] for name in found if name.endswith(f"-{what}")}
        may = {
            name.rpartition("-")[0]
            for name, one in known.items()
            if one.actions.get(method) == action
            and name.endswith("-list")
            and (hasattr(one.cls, "listed") if what == "changes" else one.cls.takes_many)
        }
        assert beside_it == may


def test_strangers_and_who_has_no_right_to_the_neighbour_learn_nothing(api, office):
    """By day one in ten."""
    client, open_to_all = api(factories.user("auditor", office)), set()
    for name in share([one for one, view in named().items() if beside(view)], "beside", one_in=10):
        since = f"?updated_since={LONG_AGO}" if name.endswith("-changes") else ""
        path = f"{reverse(name)}{since}"
        method, body = ("POST", [{}]) if name.endswith("-bulk") else ("GET", None)
        sent = Client().generic(method, path, "[{}]", content_type="application/json")
        assert sent.status_code == 401, name
        alone = reverse(f"{name.rpartition('-')[0]}-list").removeprefix("/api/v1/")
        wanted = client.call(method, alone, body and body[0]).status_code
        answer = client.call(method, path.removeprefix("/api/v1/"), body)
        assert answer.status_code == wanted, name
        open_to_all.add(wanted)
    assert 403 in open_to_all
