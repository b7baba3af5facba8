"""What a set is about: each noun has its place, where its questions stand and are answered."""

from __future__ import annotations

import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.models import Reply
from tests import factories
from tests.factories import questions as made
from tests.meta.markup import Pages
from tests.programs import JAVA, needed
from tests.questions.test_questions import ASKED, GOOD

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


@pytest.mark.nightly
def test_pages_that_ask_are_valid(browser_client, case_manager, case, tmp_path):
    java, sent = needed(shutil.which("java"), JAVA), Pages(tmp_path)
    page = browser_client(case_manager)
    places = PLACES | {"survivor": (factories.involvement, "/survivors/{row}/")}
    for noun, (make, place) in places.items():
        rows = [make(case=case) for _ in range(2)]
        asked = made.question_set(noun=noun, questions=[*ASKED, made.question()])
        made.reply(case, question_set=asked, about=rows[0].pk, answers=GOOD)
        made.question_set(noun=noun, identity=True)
        sent.keep(noun, page.get(place.format(row=rows[0].pk, case=case.pk)))
        sent.keep(f"answer {noun}", page.get(f"/cases/{case.pk}/answer/?set={asked.pk}"))
    for name in ("/cases/", "/cases/survivors/"):
        sent.keep(name, page.get(name))
    keeper = browser_client(factories.user("system_admin"))
    sent.keep("set", keeper.get(asked.get_absolute_url()))
    assert len(sent.names) == 2 * len(places) + 3
    assert sent.faults(java) == []
