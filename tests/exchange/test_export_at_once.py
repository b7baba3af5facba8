"""What must hold when somebody asks for several files at the same moment."""

from __future__ import annotations

import time

import pytest

from exchange.models import Export
from exchange.services import exports as rules
from tests import factories
from tests.api.real import at_once
from tests.clients import ApiClient

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_names_in_files_asked_for_at_once_want_a_second_person(real_rows, monkeypatch):
    manager = factories.user("case_manager")
    for _ in range(2):
        factories.identity(factories.case(factories.office()))
    begin = rules._set_going

    def slowly(export):
        begin(export)
        time.sleep(0.3)  # time enough for the other to have counted, too

    monkeypatch.setattr(rules, "MOST_ALONE", 3)
    monkeypatch.setattr(rules, "_set_going", slowly)
    asked = {"what": "identities", "identifiers": True, "reason": "figures"}
    clients = [ApiClient(manager) for _ in range(2)]
    assert all(client.person for client in clients)
    answers = at_once(2, lambda n: clients[n].post("exports/", asked))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert sorted(Export.objects.values_list("decision", flat=True)) == ["not_needed", "waiting"]
