"""Fields that apply only while others say so: in a fold without script, which a script opens."""

from __future__ import annotations

import re

import pytest

from core.forms import ANY, when
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_rule_names_boxes_and_their_words():
    rule = when(ended=["bail", "default_bail"], next_on=ANY)
    assert rule == "ended=bail default_bail;next_on=*"


@pytest.fixture
def held(office):
    lawyer = factories.user("legal_officer", office)
    case = factories.case(office)
    factories.assignment(case, lawyer)
    return factories.custody(case), lawyer


def test_the_terms_of_bail_are_in_a_fold_with_their_rule(held, browser_client):
    custody, lawyer = held
    page = browser_client(lawyer)
    html = page.get(f"/custodies/{custody.pk}/release/").content.decode()
    before, fold = re.split(r'<details class="more" data-applying>', html)
    assert "js/applies" in before
    assert 'name="ended"' in before
    for name in ("bail_conditions", "sureties", "bail_amount", "bail_currency"):
        assert f'name="{name}"' not in before
        assert f'name="{name}"' in fold
    assert fold.count('data-when="ended=bail default_bail"') == 4


def test_what_does_not_belong_is_still_refused_and_the_fold_stands_open(held, browser_client):
    custody, lawyer = held
    typed = {"ended_on": "2026-10-01", "ended": "served", "sureties": "2"}
    answer = browser_client(lawyer).post(f"/custodies/{custody.pk}/release/", typed)
    assert answer.status_code == 409
    assert '<details class="more" data-applying open>' in answer.content.decode()


def test_a_form_without_such_fields_has_no_fold(held, browser_client):
    custody, lawyer = held
    html = browser_client(lawyer).get(f"/cases/{custody.case_id}/complaints/new/").content.decode()
    assert "data-applying" not in html
    assert "js/applies" not in html
