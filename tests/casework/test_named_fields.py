"""What is wrong with one value is said at that value, to programs as on a form."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.services.leads import record_lead
from casework.services.sites import close_site
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(office):
    return factories.user("case_manager", office)


@pytest.fixture
def send(api, office, manager):
    """Posts to the API, with the rows of a case and days of its life in address and body."""
    case, elsewhere = factories.case(office), factories.case(office)
    today = case.jurisdiction.today
    heard = {"source": "police", "jurisdiction": case.jurisdiction, "text": "Invented"}
    site = factories.site(case)
    close_site(site, closed_on=today, closed_by=None, actor=manager)
    words = {"case": case.pk, "elsewhere": elsewhere.pk, "site": site.pk}
    for name, at in (("lead", case), ("other", elsewhere)):
        words[name] = record_lead(at, received_on=today, actor=manager, **heard).pk
    words |= {"today": today, "before": today - timedelta(days=1)}
    words["early"] = case.opened_on - timedelta(days=1)

    def post(address, body):
        filled = {name: value.format(**words) for name, value in body.items()}
        return api(manager).post(address.format(**words), filled, If_Match='"1"')

    return post


@pytest.mark.parametrize(
    ("address", "body", "name"),
    [
        ("leads/{lead}/end/", {"ended": "unfounded", "ended_on": "{before}"}, "ended_on"),
        ("leads/{lead}/end/", {"ended": "passed_on", "ended_on": "{today}"}, "passed_to"),
        (
            "investigation-steps/",
            {"case": "{case}", "kind": "statement", "done_on": "{today}"},
            "result",
        ),
        (
            "investigation-steps/",
            {"case": "{case}", "kind": "statement", "planned_for": "{today}", "lead": "{other}"},
            "lead",
        ),
        ("case-links/", {"case": "{case}", "other": "{case}", "kind": "related"}, "other"),
        ("case-links/", {"case": "{case}", "other": "{elsewhere}", "kind": "twin"}, "kind"),
        ("sites/{site}/reopen/", {"reopened_on": "{before}"}, "reopened_on"),
        ("cases/{case}/close/", {"reason": "other", "closed_on": "{early}"}, "closed_on"),
    ],
)
@pytest.mark.by_turns(4)
def test_the_field_is_named(send, address, body, name):
    answer = send(address, body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]
