"""The page of reports lists every report there is, each in one place, with its newest figure."""

from __future__ import annotations

import re

import pytest

from core import jobs
from core.context import acting_as
from core.models import Job
from reports.base import REPORTS
from reports.contents import SUBJECTS, contents, every_question
from reports.dashboards.questions import answers
from reports.params import all_asked, parse
from reports.services import request_report
from tests import factories
from tests.reports.boards import tried

pytestmark = pytest.mark.django_db


def test_every_report_has_one_place_and_one_sentence():
    listed = [entry for _subject, entries in SUBJECTS for entry in entries]
    assert sorted(one.slug for one in listed) == sorted(REPORTS)
    assert all(str(one.says).endswith(".") for one in listed)
    for one in listed:
        if one.shows:
            assert one.shows in {column.name for column in REPORTS[one.slug].columns}


def test_the_page_leads_to_each_and_asks_for_what_it_lacks(browser_client, case_manager):
    client = browser_client(case_manager)
    page = client.get("/reports/").content.decode()
    titles = re.findall(r'<h3 class="listed__title"><a href="/reports/([a-z0-9-]+)/"', page)
    assert sorted(titles) == sorted(REPORTS)
    assert page.count("Being computed") == len(REPORTS)
    asked = Job.objects.filter(kind="report")
    assert {slug for run in asked for slug, _given in all_asked(run.parameters)} == set(REPORTS)
    runs = len(asked)
    for run in asked:
        jobs.run(run.pk)
    page = client.get("/reports/").content.decode()
    assert "Being computed" not in page
    assert page.count("Computed ") == len(REPORTS)
    assert Job.objects.filter(kind="report").count() == runs


def test_it_shows_my_newest_figure_and_not_theirs(office, case_manager):
    theirs = factories.user("case_manager", factories.office("manila"))
    tried(factories.case(office), 9, 3)
    report = REPORTS["conviction-rate"]
    with acting_as(case_manager.pk):
        jobs.run(request_report(report, params=parse({}, report), actor=case_manager).pk)
    (line,) = _computed(case_manager)
    assert (line.figure["k"], line.figure["n"], line.figure["value"]["value"]) == (9, 12, 75)
    assert _computed(theirs) == []


def _computed(reader):
    questions = every_question(reader)
    listed = contents(questions, answers(reader, questions, dated=False), reader)
    return [one for _subject, lines in listed for one in lines if one.snapshot]
