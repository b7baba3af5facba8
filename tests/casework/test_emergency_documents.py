"""An emergency opens who is in danger and where, and no documents or evidence."""

from __future__ import annotations

import pytest

from core.access import ScopedQuerySet
from core.context import acting_as
from tests import factories
from tests.factories import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def glass(case, colleague):
    return factories.break_glass(case, colleague)


@pytest.mark.parametrize("alone", ["the first wall", "the second wall"])
@pytest.mark.usefixtures("glass")
def test_it_opens_no_documents(case, colleague, alone, monkeypatch):
    """Each wall by itself: of the case its rescue, of its documents nothing."""
    rescue, version = factories.rescue(case), papers.version(case)
    hands, said = papers.custody_event(document=version.document), papers.recognition(case)
    if alone == "the second wall":
        monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, user: rows)

    def seen():
        rows = (rescue, version, hands, said)
        return [type(row).objects.visible_to(colleague).filter(pk=row.pk).exists() for row in rows]

    if alone == "the first wall":
        assert seen() == [True, False, False, False]
    else:
        with acting_as(colleague.pk):
            assert seen() == [True, False, False, False]
