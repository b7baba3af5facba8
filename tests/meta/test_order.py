"""Each list of a page has an order: it does not hang on where the rows happen to lie.

PostgreSQL gives rows that nobody ordered as it comes upon them, and a reader would see them change
places for no reason. So each page is asked twice, with such rows forwards and backwards.
"""

from __future__ import annotations

from itertools import product

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.models import Case
from casework.models.records import CaseRecord
from tests import factories, order
from tests.clients import lasting, taken_back
from tests.meta.addresses import Caller, asked, own_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(leads):
    """Of what a case may have more than one of, three."""
    for case, (model, make) in product(Case.objects.all(), factories.FACTORIES.items()):
        for _ in range(2 if issubclass(model, CaseRecord) else 0):
            try:
                with transaction.atomic():
                    make(case=case)
            except IntegrityError:  # of this a case has one
                break


@pytest.mark.nightly
def test_pages_say_the_same_forwards_and_backwards(leads, several, monkeypatch):
    paths = {page: page.path(own_id(page, leads[page.role])) for page in asked("page")}
    moment = timezone.now()

    def pages():
        with time_machine.travel(moment, tick=False):
            for page, path in paths.items():
                with taken_back():
                    answer = Caller(leads[page.role]).call("get", path)
                if answer["Content-Type"].startswith("text/html"):
                    yield page.name, lasting(answer)
                answer.close()

    before = dict(pages())
    order.as_they_lie(monkeypatch)
    after = dict(pages())
    assert [name for name in before if before[name] != after[name]] == []
