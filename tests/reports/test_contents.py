"""The page of reports lists every report there is, each in one place, and when it was computed."""

from __future__ import annotations

import re

import pytest

from core import jobs
from core.context import acting_as
from reports.base import REPORTS
from reports.contents import SUBJECTS, contents
from reports.params import parse
from reports.services import request_report
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_report_has_one_place():
    listed = [slug for _subject, slugs in SUBJECTS for slug in slugs]
    assert sorted(listed) == sorted(REPORTS)


def test_the_page_leads_to_each(browser_client, case_manager):
    page = browser_client(case_manager).get("/reports/").content.decode()
    part = page[page.index('id="every"') : page.index("</section>", page.index('id="every"'))]
    assert sorted(re.findall(r'href="/reports/([a-z-]+)/"', part)) == sorted(REPORTS)
    assert part.count("not computed yet") == len(REPORTS)


def test_it_says_when_mine_was_computed_and_not_when_theirs_was(office, case_manager):
    theirs = factories.user("case_manager", factories.office("manila"))
    report = REPORTS["sentences"]
    with acting_as(case_manager.pk):
        jobs.run(request_report(report, params=parse({}, report), actor=case_manager).pk)
    assert _computed(case_manager) == ["sentences"]
    assert _computed(theirs) == []


def _computed(reader):
    return [one["report"].slug for _subject, of in contents(reader) for one in of if one["at"]]
