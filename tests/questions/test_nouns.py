"""What a set is about: each noun has its place, where its questions stand and are answered."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.models import Reply
from tests import factories
from tests.factories import questions as made

pytestmark = pytest.mark.django_db
PLACES = {  # by noun how a row is made, and where it is shown
    "rescue": (factories.rescue, "/rescues/{row}/#own-questions"),
    "suspect": (factories.suspect, "/cases/{case}/people/#suspects"),
    "hearing": (factories.hearing, "/cases/{case}/court/#court"),
    "referral": (factories.referral, "/cases/{case}/care/#care"),
}


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.mark.parametrize("noun", PLACES)
def test_it_is_asked_and_shown_where_the_row_is(noun, browser_client, case_manager, case, said):
    make, place = PLACES[noun]
    rows = [make(case=case) for _ in range(2)]
    asked = made.question_set(noun=noun)
    place = place.format(row=rows[0].pk, case=case.pk)
    page = browser_client(case_manager)
    answer = f"/cases/{case.pk}/answer/?set={asked.pk}&amp;about={rows[0].pk}"
    with CaptureQueriesContext(connection) as before:
        assert answer in page.get(place).content.decode()
    saved = page.post(answer.replace("&amp;", "&"), {"q_invented": "Said by day", "key": "a"})
    assert saved["Location"] == place
    with CaptureQueriesContext(connection) as after:
        assert "Invented invented? Said by day" in said(page.get(place))
    assert len(after) <= len(before) + 1
    assert Reply.objects.get().about == rows[0].pk
    elsewhere = page.post(
        f"/cases/{case.pk}/answer/?set={asked.pk}&about={make().pk}", {"key": "b"}
    )
    assert (elsewhere.status_code, Reply.objects.count()) == (409, 1)
