"""The buttons beside a row: whom they are offered to, what they say, and where they lead."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import NoReverseMatch

from casework.verbs import Verbs
from core import addresses
from core.web import FormPage
from tests import factories

PAGE = re.compile(r'"((?:casework|victims|prosecutions|aftercare):[a-z-]+)"')


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.mark.django_db
def test_who_may_is_offered_what_the_page_says(case, case_manager):
    verbs = Verbs(case, case_manager, writes=True)
    (lead, step) = verbs(case, "casework:record-lead", ("casework:plan-step", "Plan it"))
    assert (lead.url, str(lead.words)) == (f"/cases/{case.pk}/leads/new/", "Record a lead")
    assert (step.url, step.words) == (f"/cases/{case.pk}/steps/plan/", "Plan it")
    assert verbs(case, "", None, False, case.sealed and "casework:name") == []


@pytest.mark.django_db
def test_who_may_not_is_offered_nothing(case, case_manager, office):
    auditor = factories.user("auditor", office)
    assert Verbs(case, auditor, writes=True)(case, "casework:record-lead") == []
    assert Verbs(case, case_manager, writes=False)(case, "casework:record-lead") == []


@pytest.mark.django_db
def test_a_closed_case_begins_nothing_and_is_put_right(office, case_manager):
    closed = factories.case(office, status="closed", closed_on=date(2026, 5, 5))
    verbs = Verbs(closed, case_manager, writes=True)
    assert verbs(closed, "casework:record-lead", "prosecutions:open-prosecution") == []
    assert len(verbs(closed, "casework:correct-case")) == 1


def test_every_page_that_is_offered_has_words():
    texts = [
        path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "desk").rglob("*.py")
    ]
    names = {name for text in texts if "verbs(" in text for name in PAGE.findall(text)}
    speechless, asked = [], 0
    for name in sorted(names):
        try:
            view = addresses.view_of(name)
        except NoReverseMatch:  # of no row
            continue
        if issubclass(view, FormPage) and view.service:
            asked += 1
            words = view.button or view.service.label or view.title
            if not words:
                speechless.append(name)
    assert (speechless, asked > 100) == ([], True)
