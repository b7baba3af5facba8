"""A table leaves by two persons, safe by itself and beside everything that left before."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import Notice, User
from core import jobs
from core.models import AuditEvent
from reports.base import REPORTS
from reports.models import Release, ReleaseProposal, Snapshot
from reports.publishing import draft
from reports.readers import scope_key
from reports.run import store
from tests import factories
from tests.reports import tables_to_release as made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
WHY = {"recipient": "Invented Foundation", "reason": "Invented reason"}


@pytest.fixture
def officer(office):
    return factories.user("data_officer", office)


@pytest.fixture
def second(office):
    return factories.user("programme_manager", office)


def figures(reader, **counts):
    """Survivors of csec by state, nobody served."""
    snapshot = made.snapshot(
        {
            (code, "csec"): (made.persons(code, "csec", 0, count), set())
            for code, count in ((f"IN-{short}", n) for short, n in counts.items())
        },
        scope_key(reader),
    )
    store(snapshot)
    return snapshot


def proposed(client, snapshot, level="state", **changed):
    body = WHY | {"snapshot": str(snapshot.pk), "level": level, "by_programme": False}
    return client.post("release-proposals/", body | changed)


def released(api, officer, second, snapshot, level="state"):
    answer = proposed(api(officer), snapshot, level)
    assert answer.status_code == 201, answer.content
    done = api(second).post(f"release-proposals/{answer.json()['id']}/approve/")
    assert done.status_code == 200, done.content
    return Release.objects.get(proposal=answer.json()["id"])


def by_place(table, column="n"):
    return {row["jurisdiction"]["code"]: row[column] for row in table["rows"]}


def test_one_proposes_and_a_second_lets_it_out(api, officer, second, recorded):
    snapshot = figures(officer, WB=11, MH=13, DL=9)
    release = released(api, officer, second, snapshot)
    assert by_place(release.table) == {"IN": 33, "IN-WB": None, "IN-MH": 13, "IN-DL": None}
    assert sorted(release.suppressed) == [["IN-DL|", "n"], ["IN-WB|", "n"]]
    assert (release.proposed_by, release.approved_by) == (officer, second)
    assert (release.recipient, release.reason) == ("Invented Foundation", "Invented reason")
    assert release.digest == draft.Draft(release.table, [], {}).digest
    assert recorded("release.proposed") == [(officer.pk, str(release.proposal_id))]
    assert recorded("release.approved") == [(second.pk, str(release.pk))]
    shown = api(factories.user("field_officer")).get(f"releases/{release.pk}/").json()
    assert shown["table"] == release.table


def test_what_leaves_is_one_text_in_whatever_language_it_is_decided(api, officer, second):
    snapshot = figures(officer, WB=11, MH=13)
    body = WHY | {"snapshot": str(snapshot.pk), "level": "state", "by_programme": False}
    answer = api(officer).post("release-proposals/", body, accept_language="hi")
    assert answer.status_code == 201, answer.content
    approve = f"release-proposals/{answer.json()['id']}/approve/"
    assert api(second).post(approve, accept_language="fr").status_code == 200
    table = Release.objects.get(proposal=answer.json()["id"]).table
    with translation.override("en"):
        assert table["definition"] == str(REPORTS[snapshot.report].definition)


def test_the_one_who_proposed_cannot_let_it_out(api, officer):
    snapshot = figures(officer, WB=40)
    pk = proposed(api(officer), snapshot).json()["id"]
    for step in ("approve", "refuse"):
        assert api(officer).post(f"release-proposals/{pk}/{step}/").status_code == 409
    assert not Release.objects.exists()
    decided = {"outcome": "approved", "decided_by": officer}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseProposal.objects.filter(pk=pk).update(**decided, decided_at="2026-11-26T00:00Z")


def test_who_counts_other_rows_does_not_decide(api, officer, second):
    pk = proposed(api(officer), figures(officer, WB=40)).json()["id"]
    elsewhere = factories.user("data_officer", factories.office("manila", "PH-MNL"))
    assert api(elsewhere).get(f"release-proposals/{pk}/").status_code == 404
    assert api(elsewhere).post(f"release-proposals/{pk}/approve/").status_code == 404
    assert set(Notice.objects.values_list("user", "kind")) == {(second.pk, "release-proposed")}


def test_who_may_not_propose_is_refused(api, second, case_manager):
    for person in (second, case_manager):
        assert proposed(api(person), figures(person, WB=40)).status_code == 403


@pytest.mark.parametrize("step", ["refuse", "withdraw"])
def test_said_no_to_nothing_leaves(api, officer, second, step):
    pk = proposed(api(officer), figures(officer, WB=40)).json()["id"]
    who = second if step == "refuse" else officer
    assert api(who).post(f"release-proposals/{pk}/{step}/").status_code == 200
    assert api(second).post(f"release-proposals/{pk}/approve/").status_code == 409
    assert not Release.objects.exists()


def test_what_cannot_be_made_safe_is_refused_and_names_the_groups(api, officer):
    answer = proposed(api(officer), figures(officer, WB=4, MH=8))
    assert answer.status_code == 409
    words = answer.json()["detail"]
    assert "Merge groups" in words
    assert "West Bengal" in words
    assert "Maharashtra" in words
    assert not ReleaseProposal.objects.exists()
    wider = proposed(api(officer), Snapshot.objects.get(), level="country")
    assert wider.status_code == 201


def test_a_table_of_nothing_but_hidden_counts_is_refused(api, officer):
    answer = proposed(api(officer), figures(officer, WB=5), level="country")
    assert answer.status_code == 409
    assert "Merge groups: India" in answer.json()["detail"]


def test_a_table_too_large_to_be_checked_is_refused(api, officer, monkeypatch):
    monkeypatch.setattr(draft, "LARGEST", 5)
    answer = proposed(api(officer), figures(officer, WB=40))
    assert answer.status_code == 409
    assert "too large" in answer.json()["detail"]


def test_counts_that_do_not_keep_whom_they_count_do_not_leave(api, officer):
    """As those computed by an earlier version."""
    counts = {"k": 12, "n": 40, "served_in_period": 0}
    snapshot = factories.snapshot(
        report="survivors-served",
        scope_key=scope_key(officer),
        params=figures(officer, WB=40).params,
        rows=[{"jurisdiction": made.COUNTRY, "programme": None, **counts}],
    )
    answer = proposed(api(officer), snapshot, "country")
    assert answer.status_code == 409
    assert (
        "This was computed before reports kept track of the people they count"
        in answer.json()["detail"]
    )


def test_a_few_more_than_last_time_are_not_told(api, officer, second):
    released(api, officer, second, figures(officer, WB=40))
    answer = proposed(api(officer), figures(officer, WB=43))
    assert answer.status_code == 409
    assert (
        "would show by how few people they differ: Survivors served, until 24 Nov 2026 (released on"
        in (answer.json()["detail"])
    )
    released(api, officer, second, figures(officer, WB=51))


def test_another_filter_does_not_tell_either(api, officer, second):
    """The same report of a narrower period: three persons fewer."""
    released(api, officer, second, figures(officer, WB=40), "country")
    narrower = figures(officer, WB=37)
    params = narrower.params | {"from": "2026-02-01"}
    Snapshot.objects.filter(pk=narrower.pk).update(params=params)
    assert proposed(api(officer), narrower, "country").status_code == 409


def test_two_that_wait_are_held_against_each_other(api, officer, second):
    first = proposed(api(officer), figures(officer, WB=40)).json()["id"]
    other = proposed(api(officer), figures(officer, WB=44)).json()["id"]
    assert api(second).post(f"release-proposals/{first}/approve/").status_code == 200
    assert api(second).post(f"release-proposals/{other}/approve/").status_code == 409
    assert Release.objects.count() == 1


def test_a_report_that_says_nothing_of_its_sums_does_not_leave(api, officer):
    snapshot = factories.snapshot(
        report="clearance", scope_key=scope_key(officer), params={"as_of": "2026-11-24"}
    )
    answer = proposed(api(officer), snapshot)
    assert answer.status_code == 409
    assert "how its figures add up" in answer.json()["detail"]


def test_a_share_never_stands_without_its_n(api, officer, second):
    people = made.persons("IN-WB", "csec", 0, 40)
    few = made.persons("IN-MH", "csec", 0, 7)
    leaves = {
        ("IN-WB", "csec"): (people, set(sorted(people)[:20])),
        ("IN-MH", "csec"): (few, few),
        ("IN-DL", "csec"): (made.persons("IN-DL", "csec", 0, 30), set()),
    }
    snapshot = made.snapshot(leaves, scope_key(officer))
    store(snapshot)
    table = released(api, officer, second, snapshot).table
    assert any(row["rate"] is not None for row in table["rows"])
    for row in table["rows"]:
        if row["rate"] is not None:
            assert row["n"] >= 11
            assert row["k"] is not None


def survivors(office, count, *, sealed=False):
    case = factories.case(office, **({"level": 4} if sealed else {}))
    rescue = factories.rescue(case)
    for _one in range(count):
        factories.involvement(case, rescue=rescue, outcome="rescued")


@pytest.mark.parametrize(
    ("sealed", "total", "words"),
    [(12, 26, "With sealed cases: India"), (5, 14, "Without sealed cases.")],
)
def test_sealed_cases_are_in_a_national_total_from_eleven_persons_on(
    api, officer, second, office, browser_client, said, sealed, total, words
):
    survivors(office, 14)
    survivors(office, sealed, sealed=True)
    client = api(officer)
    asked = {"report": "survivors-served", "params": {"audience": "outside"}}
    run = client.post("report-runs/", asked).json()
    jobs.run(run["id"])
    snapshot = Snapshot.objects.get()
    assert {row["n"] for row in snapshot.rows} == {14}
    release = released(api, officer, second, snapshot)
    assert by_place(release.table) == {"IN": total, "IN-WB": 14}
    assert {row["sealed"] for row in release.table["rows"] if row["n"] == 14} == {"without"}
    page = browser_client(second).get(f"/reports/releases/{release.pk}/")
    assert words in said(page).replace(" .", ".")


def computed(client, **params):
    asked = {"report": "survivors-served", "params": {"audience": "outside"} | params}
    run = client.post("report-runs/", asked).json()
    jobs.run(run["id"])
    return Snapshot.objects.order_by("-created_at")[0]


@pytest.mark.parametrize(("since", "total"), [("2020-01-01", 14), (None, 26)])
def test_totals_with_sealed_cases_cannot_be_subtracted(api, officer, second, office, since, total):
    """Of days that begin elsewhere and overlap, the second total is without them."""
    survivors(office, 14)
    survivors(office, 12, sealed=True)
    client = api(officer)
    first = released(api, officer, second, computed(client))
    assert by_place(first.table)["IN"] == 26
    asked = {"from": since} if since else {}
    later = released(api, officer, second, computed(client, **asked))
    assert by_place(later.table)["IN"] == total


def test_figures_that_count_a_sealed_case_do_not_leave(api, officer, office):
    factories.membership(officer, "case_manager", office)
    factories.assignment(factories.case(office, level=4), officer, named=True)
    officer = User.objects.get(pk=officer.pk)
    assert officer.counting.cases
    answer = proposed(api(officer), figures(officer, WB=40))
    assert answer.status_code == 409
    assert "sealed cases that name you" in answer.json()["detail"]


def test_the_pages_show_what_would_leave_and_what_left(
    api, officer, second, browser_client, said, recorded
):
    snapshot = figures(officer, WB=11, MH=13, DL=9)
    page = browser_client(officer)
    path = f"/reports/snapshots/{snapshot.pk}/release/"
    assert "Propose" in said(page.get(path))
    done = page.post(path, WHY | {"level": "state"})
    assert done.status_code == 302
    shown = said(page.get(done["Location"]))
    assert "2 counts are hidden" in shown
    assert "a second person decides" in shown
    proposal = ReleaseProposal.objects.get()
    api(second).post(f"release-proposals/{proposal.pk}/approve/")
    other = browser_client(second)
    log = other.get("/reports/releases/")
    assert "Invented Foundation" in said(log)
    csv = other.get(f"/reports/releases/{proposal.release.pk}/table.csv").content.decode()
    assert "IN-DL,Delhi,state,all" in csv
    assert "hidden" in csv
    assert ",9," not in csv
    assert AuditEvent.objects.filter(action="release.previewed").exists()


def test_a_refusal_stands_on_the_form(officer, browser_client, said):
    snapshot = figures(officer, WB=4, MH=8)
    path = f"/reports/snapshots/{snapshot.pk}/release/"
    answer = browser_client(officer).post(path, WHY | {"level": "state"})
    assert answer.status_code == 409
    assert "Merge groups" in said(answer)


def test_the_empty_log_leads_to_the_reports(browser_client, officer):
    """What is released is proposed on the page of a computed report."""
    page = browser_client(officer).get("/reports/releases/").content.decode()
    assert '<a class="btn" href="/reports/">' in page
