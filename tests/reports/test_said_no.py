"""Who said no to figures is in none that leaves; inside everybody counts."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from accounts.models import User
from core import jobs
from reports.base import REPORTS
from reports.models import Release, Snapshot
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.victims.agreeing import grant, withdraw
from victims.models import Consent
from victims.services.basis import EVERYONE, Recipient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
WHY = {"recipient": "Invented Foundation", "reason": "Invented reason"}
# A report of survivors that can leave, and the column all of them stand in.
OF_SURVIVORS = {
    "survivors-served": "n",
    "rescues-and-victims": "rescued",
    "operations": "rescued",
    "glotip-victims": "victims",
    "glotip-forms": "victims",
}


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def officer(office):
    return factories.user("data_officer", office)


@pytest.fixture
def second(office):
    return factories.user("programme_manager", office)


def survivors(case, count):
    rescue = factories.rescue(case)
    made = (factories.involvement(case, rescue=rescue, outcome="rescued") for _ in range(count))
    return list(made)


def answer(person, actor, recipient=EVERYONE, **told):
    return grant(person, actor, recipient, purpose="statistics", **told)


def says_no(person, actor, recipient=EVERYONE):
    return withdraw(answer(person, actor, recipient), actor)


def counted(slug="survivors-served", audience="outside"):
    report = REPORTS[slug]
    rows = compute(report, Reporter(), parse({"audience": audience}, report)).rows
    column = OF_SURVIVORS[slug]
    return {row[column] for row in rows if row["programme"] is None} or {0}


@pytest.mark.parametrize("slug", OF_SURVIVORS)
def test_who_said_no_is_counted_inside_and_not_outside(case, case_manager, slug):
    _never_asked, agreed, refused = survivors(case, 3)
    answer(agreed, case_manager)
    says_no(refused, case_manager)
    assert counted(slug, "inside") == {3}
    assert counted(slug) == {2}


def test_every_report_of_survivors_that_can_leave_asks(case):
    """Of those that count survivors and say how they add up."""
    slugs = {
        slug
        for slug, report in REPORTS.items()
        if report.sums is not None and any(column.survivors for column in report.columns)
    }
    assert slugs == set(OF_SURVIVORS)
    assert all("audience" in REPORTS[slug].takes for slug in slugs)


def no_to_partners(person, actor):
    answer(person, actor)
    says_no(person, actor, Recipient("partners"))


def yes_to_partners_alone(person, actor):
    answer(person, actor, Recipient("partners"))


def ran_out(person, actor):
    Consent.objects.filter(pk=answer(person, actor).pk).update(
        given_on="2026-01-01", expires_on="2026-01-02"
    )


def no_in_another_case(person, actor):
    there = factories.involvement(factories.case(), victim=person.victim)
    says_no(there, factories.user("case_manager", there.case.office))


def no_in_a_record_merged_into_hers(person, actor):
    other = factories.involvement(person.case)
    says_no(other, actor)
    type(other.victim).objects.filter(pk=other.victim_id).update(merged_into=person.victim)


def no_of_a_sealed_case(person, actor):
    there = factories.involvement(factories.case(level=4), victim=person.victim)
    row = {"given_by": "self", "given_on": "2026-01-01", "language": "bn"}
    Consent.objects.create(
        case=there.case,
        involvement=there,
        purpose="statistics",
        recipient_kind="public",
        withdrawn_on="2026-01-02",
        **row,
    )


@pytest.mark.parametrize(
    "said",
    [
        says_no,
        no_to_partners,
        yes_to_partners_alone,
        ran_out,
        no_in_another_case,
        no_in_a_record_merged_into_hers,
        no_of_a_sealed_case,
    ],
)
def test_only_a_yes_to_everyone_with_no_no_beside_it_counts(case, case_manager, said):
    (person,) = survivors(case, 1)
    assert counted() == {1}  # never asked
    said(person, case_manager)
    assert counted() == {0}


def test_a_yes_after_a_no_counts_again(case, case_manager):
    (person,) = survivors(case, 1)
    says_no(person, case_manager)
    answer(person, case_manager)
    assert counted() == {1}


def computed(client, audience="outside"):
    asked = {"report": "survivors-served", "params": {"audience": audience}}
    jobs.run(client.post("report-runs/", asked).json()["id"])
    return Snapshot.objects.latest("created_at")


def proposed(client, snapshot):
    body = WHY | {"snapshot": str(snapshot.pk), "level": "country", "by_programme": False}
    return client.post("release-proposals/", body)


def test_figures_that_count_everybody_do_not_leave(api, officer, case, browser_client):
    survivors(case, 14)
    inside = computed(api(officer), "inside")
    refused = proposed(api(officer), inside)
    assert refused.status_code == 409
    assert "include people who said no" in refused.json()["detail"]
    page = browser_client(officer).get(f"/reports/snapshots/{inside.pk}/").content.decode()
    assert "audience=outside" in page
    assert f"/reports/snapshots/{inside.pk}/release/" not in page
    assert proposed(api(officer), computed(api(officer))).status_code == 201


def test_a_no_said_since_stops_the_release(api, officer, second, case, case_manager):
    people = survivors(case, 14)
    snapshot = computed(api(officer))
    asked = proposed(api(officer), snapshot).json()["id"]
    says_no(people[0], case_manager)
    late = api(second).post(f"release-proposals/{asked}/approve/")
    assert late.status_code == 409
    assert "somebody in it has said no" in late.json()["detail"]
    assert proposed(api(officer), snapshot).status_code == 409
    assert not Release.objects.exists()
    anew = proposed(api(officer), computed(api(officer)))
    assert anew.status_code == 201


@pytest.mark.parametrize(("count", "told"), [(0, 0), (3, None), (12, 12)])
@pytest.mark.by_turns(3)
def test_the_log_says_that_somebody_said_no_since(
    api, officer, second, case, case_manager, browser_client, said, count, told
):
    people = survivors(case, 30)
    asked = proposed(api(officer), computed(api(officer))).json()["id"]
    assert api(second).post(f"release-proposals/{asked}/approve/").status_code == 200
    for person in people[:count]:
        says_no(person, case_manager)
    release = Release.objects.get()
    second = User.objects.get(pk=second.pk)
    shown = api(second).get(f"releases/{release.pk}/").json()
    assert shown["said_no_since"] == {"any": count > 0, "persons": told}
    words = said(browser_client(second).get(f"/reports/releases/{release.pk}/"))
    assert ("has since said no" in words) == (count > 0)
    assert ("Fewer than 11 persons" in words) == (count == 3)
    assert ("12 persons no longer agree" in words) == (count == 12)
    assert {row["n"] for row in release.table["rows"]} == {30}  # what left stays as it left


def test_a_file_says_whether_everybody_is_counted(api, case, officer, browser_client):
    survivors(case, 2)
    page = browser_client(officer)
    for audience, ending, mark in (
        ("inside", "-inside.csv", ["for our own work, everybody counted"]),
        ("outside", ".csv", []),
    ):
        found = computed(api(officer), audience)
        table = page.get(f"/reports/snapshots/{found.pk}/table.csv")
        name = f"survivors-served-{found.as_of}{ending}"
        assert f'"{name}"' in table["Content-Disposition"]
        head, *lines = list(csv.reader(StringIO(table.content.decode())))
        assert lines
        assert head[-1:] == (["audience"] if mark else [head[-1]])
        assert all(("for our own work, everybody counted" in line) is bool(mark) for line in lines)
