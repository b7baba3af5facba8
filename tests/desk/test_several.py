"""A verb for several rows of a list: chosen, shown beforehand, done together, taken back."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core import mail

from accounts.models import Notice
from aftercare.models import Referral
from casework.models import Assignment, Case, Transfer
from casework.services.transfers import transfer_cases
from core.context import acting_as
from core.models import AuditEvent
from core.services import Refused
from desk.several.offered import MANY
from desk.several.verbs import SEND
from tests import factories
from victims.models import Consent

pytestmark = pytest.mark.django_db
WHY = {"reason": "figures", "format": "csv"}

ASSIGN, OFFER = "/cases/several/assign/", "/cases/several/offer/"


@pytest.fixture
def page(case_manager, browser_client):
    return browser_client(case_manager)


@pytest.fixture
def cases(office, case_manager):
    made = [factories.case(office) for _one in range(4)]
    for case in made:  # somebody works on each, so that a new one may go again
        factories.assignment(case, case_manager)
    return made


@pytest.fixture
def officer(office):
    return factories.user("legal_officer", office)


def address(rows, path=ASSIGN, **more):
    asked = [f"row={getattr(row, 'pk', row)}" for row in rows]
    return f"{path}?{'&'.join([*asked, *(f'{k}={v}' for k, v in more.items())])}"


def going(answer):
    return [row["value"] for row in answer.context["going"]]


def left(answer):
    return {row["label"]: row["why"] for row in answer.context["left"]}


def confirm(page, url, answer, **facts):
    sent = {"going": going(answer), "confirm": "1", "key": str(answer.context["key"])}
    return page.post(url, sent | facts)


def on_team(user):
    return set(Assignment.objects.in_force().filter(user=user).values_list("case", flat=True))


def undone(page, path="/cases/"):
    """Press the button that the next page offers."""
    html = page.get(path).content.decode()
    found = re.search(r'action="([^"]+/back/)"', html)
    assert found, "nothing is offered"
    rows = re.search(r'name="rows" value="([^"]+)"', html)
    return page.post(found[1], {"rows": rows[1]})


def test_nothing_happens_before_it_was_seen(page, cases, officer, said):
    url = address(cases)
    asked = page.get(url)
    assert all(case.reference in said(asked) for case in cases)
    before = AuditEvent.objects.exclude(kind="read").count(), Notice.objects.count()
    answer = page.post(url, {"user": officer.pk})
    assert answer.status_code == 200
    assert len(going(answer)) == 4
    assert "Do this with all 4" in said(answer)
    assert on_team(officer) == set()
    assert (AuditEvent.objects.exclude(kind="read").count(), Notice.objects.count()) == before
    assert mail.outbox == []
    assert "Assigned" not in said(page.get("/cases/")), "nothing is told as done"


def test_what_was_seen_is_done_recorded_and_taken_back(page, cases, officer, said, recorded):
    url = address(cases)
    seen = page.post(url, {"user": officer.pk})
    done = confirm(page, url, seen, user=officer.pk)
    assert (done.status_code, done["Location"]) == (302, "/cases/")
    assert on_team(officer) == {case.pk for case in cases}
    assert len(recorded("case.assigned")) == 4
    assert undone(page)["Location"] == "/cases/"
    assert on_team(officer) == set()
    assert len(recorded("case.unassigned")) == 4
    assert "Taken back: 4." in said(page.get("/cases/"))


def test_who_is_left_out_is_said_with_the_reason_of_the_verb(page, cases, officer):
    factories.assignment(cases[0], officer)
    factories.conflict(cases[1], officer)
    url = address(cases)
    answer = page.post(url, {"user": officer.pk})
    assert left(answer) == {
        cases[0].reference: "This person is already on the team.",
        cases[1].reference: "This person has a conflict of interest in this case.",
    }
    confirm(page, url, answer, user=officer.pk)
    assert on_team(officer) == {cases[0].pk, cases[2].pk, cases[3].pk}


def test_a_row_that_is_not_open_is_not_there(page, cases, officer, said):
    foreign = factories.case(factories.office("manila", "PH-MNL"))
    url = address([cases[0], foreign, uuid.uuid4(), "x"])
    asked = page.get(url)
    assert "3 of those you chose are not there, or not open to you." in said(asked)
    assert foreign.reference not in said(asked)
    seen = page.post(url, {"user": officer.pk})
    assert foreign.reference not in said(seen)
    forged = {"going": [*going(seen), f"{foreign.pk}.{foreign.version}"], "confirm": "1"}
    refused = page.post(url, forged | {"user": officer.pk})
    assert refused.status_code == 409
    assert "Some of these have changed since you looked." in said(refused)
    assert on_team(officer) == set()
    for nothing in ("", "?row=x", f"?row={foreign.pk}"):
        assert page.get(f"{ASSIGN}{nothing}").status_code == 409


def test_who_only_knows_that_a_case_exists_may_not(office, browser_client, cases, officer):
    """The list shows it, the verb refuses it, before anything is done."""
    manager = factories.user("case_manager", office)
    sealed = factories.case(office)
    Case.objects.filter(pk=sealed.pk).update(level=4)
    client = browser_client(manager)
    url = address([sealed, cases[0]])
    answer = client.get(url)
    seen = client.post(url, {"user": officer.pk}) if answer.status_code == 200 else None
    assert seen is None or len(going(seen)) == 1
    assert sealed.pk not in on_team(officer)


def test_one_that_changed_meanwhile_stops_all(page, cases, officer, said):
    url = address(cases)
    seen = page.post(url, {"user": officer.pk})
    cases[1].keep("status")
    again = confirm(page, url, seen, user=officer.pk)
    assert again.status_code == 409
    assert "Some of these have changed since you looked. Nothing was done" in said(again)
    assert on_team(officer) == set()
    assert len(going(again)) == 4, "shown anew, as they are now"
    confirm(page, url, again, user=officer.pk)
    assert len(on_team(officer)) == 4


def test_one_that_is_refused_meanwhile_stops_all(page, cases, officer, said):
    url = address(cases)
    seen = page.post(url, {"user": officer.pk})
    factories.conflict(cases[2], officer)
    refused = confirm(page, url, seen, user=officer.pk)
    assert refused.status_code == 409
    assert f"{cases[2].reference}: This person has a conflict" in said(refused)
    assert on_team(officer) == set()
    assert left(refused).keys() == {cases[2].reference}


def test_sent_twice_it_is_done_once(page, cases, officer, recorded):
    url = address(cases)
    seen = page.post(url, {"user": officer.pk})
    for _time in range(2):
        assert confirm(page, url, seen, user=officer.pk)["Location"] == "/cases/"
    assert len(recorded("case.assigned")) == 4


def test_a_wrong_form_and_the_way_back_keep_what_was_typed(page, cases, office, said):
    other = factories.office("manila", "PH-MNL")
    url, facts = address(cases, OFFER), {"to_office": other.pk, "reason": "Invented reason"}
    assert page.post(url, {"reason": "Invented reason"}).status_code == 400
    seen = page.post(url, facts)
    assert "Invented reason" in said(seen)
    assert other.name in said(seen)
    back = page.post(url, facts | {"going": going(seen), "change": "1"})
    assert back.status_code == 200
    assert "preview" not in back.context
    assert "Invented reason" in back.content.decode()


def test_all_of_a_list_is_bounded_and_narrowed(page, cases, office, officer, said, monkeypatch):
    factories.case(office, status="rescued")
    answer = page.get(f"{ASSIGN}?all=1&status=lead&sort=reference")
    assert answer.context["rows"] == sorted(case.reference for case in cases)
    for module in ("desk.several.choosing", "casework.ticks"):
        monkeypatch.setattr(f"{module}.MOST_AT_ONCE", 2)
    few = page.get(f"{ASSIGN}?all=1&sort=reference")
    assert len(few.context["rows"]) == 2
    assert "do the others afterwards" in said(few)
    assert page.get(address(cases)).status_code == 409
    assert page.get(f"{ASSIGN}?all=1&status=gone").status_code == 409


def test_cases_are_offered_and_the_offers_withdrawn(page, cases, said):
    Case.objects.filter(pk=cases[3].pk).update(status="closed", closed_on="2026-05-05")
    other = factories.office("manila", "PH-MNL")
    factories.user("case_manager", other)
    url, facts = address(cases, OFFER), {"to_office": other.pk, "reason": "Invented reason"}
    seen = page.post(url, facts)
    assert left(seen).keys() == {cases[3].reference}
    confirm(page, url, seen, **facts)
    assert Transfer.objects.waiting().count() == 3
    undone(page)
    assert Transfer.objects.waiting().count() == 0


@pytest.fixture
def handed_over(page, cases):
    """All of them offered to an office; who may answer there."""
    other = factories.office("manila", "PH-MNL")
    taker = factories.user("case_manager", other)
    facts = {"to_office": other.pk, "reason": "Invented reason"}
    url = address(cases, OFFER)
    confirm(page, url, page.post(url, facts), **facts)
    return taker


def test_what_is_handed_over_together_is_one_offer(
    page, cases, case_manager, handed_over, browser_client, said, recorded
):
    offers = list(Transfer.objects.waiting())
    assert (len(offers), len({row.batch for row in offers})) == (4, 1)
    assert len(recorded("transfer.asked")) == 4, "each case keeps its own history"
    assert Notice.objects.filter(user=handed_over).count() == 1
    words = said(browser_client(handed_over).get("/transfers/"))
    assert f"4 cases from {case_manager.name}" in words
    assert words.count("Offered by Kolkata") == words.count("Invented reason") == 1
    assert all(case.reference in words for case in cases)
    assert "4 cases for" in said(page.get("/transfers/"))


def test_a_hand_over_is_answered_one_by_one_and_the_rest_together(
    cases, handed_over, browser_client, said, recorded
):
    taker = browser_client(handed_over)
    one, two, *_rest = Transfer.objects.waiting().order_by("asked_at")
    taker.post(f"/transfers/{one.pk}/accept/")
    taker.post(f"/transfers/{two.pk}/refuse/", {"reason": "Invented reason"})
    answer = taker.get("/transfers/")
    assert "Take all 2 over" in said(answer)
    (first,) = (over.first for over in answer.context["offered"])
    refusing = taker.get(f"/transfers/{first.pk}/refuse/?whole=on")
    assert refusing.context["form"]["whole"].value() is True
    taker.post(f"/transfers/{first.pk}/accept/", {"whole": "on"})
    assert len(recorded("case.transferred")) == 3
    assert on_team(handed_over) == {case.pk for case in cases} - {two.case_id}


def test_of_a_hand_over_all_is_offered_or_nothing(cases, case_manager, officer):
    factories.assignment(cases[2], officer)
    words, facts = f"already on the team: {cases[2].reference}", {"to_person": officer}
    with acting_as(case_manager.pk), pytest.raises(Refused, match=words):
        transfer_cases(cases, reason="Invented reason", actor=case_manager, **facts)
    assert not Transfer.objects.exists()


def test_undo_is_offered_only_where_it_would_work(page, office, officer, said):
    alone = factories.case(office)
    url = address([alone])
    confirm(page, url, page.post(url, {"user": officer.pk}), user=officer.pk)
    html = page.get("/cases/").content.decode()
    assert "Assigned: 1." in html
    assert "/back/" not in html, "the last on a case is not taken off"


def test_what_was_changed_since_is_not_taken_back(page, cases, officer, browser_client):
    url = address(cases)
    confirm(page, url, page.post(url, {"user": officer.pk}), user=officer.pk)
    Assignment.objects.filter(user=officer, case=cases[0]).update(ended_at="2026-01-01T00:00Z")
    assert undone(page).status_code == 409
    assert len(on_team(officer)) == 3, "all of it or nothing"
    theirs = " ".join(map(str, Assignment.objects.values_list("pk", flat=True)))
    stranger = browser_client(factories.user("case_manager", factories.office("manila", "PH-MNL")))
    assert stranger.post(f"{ASSIGN}back/", {"rows": theirs}).status_code == 409
    assert stranger.post(f"{ASSIGN}back/", {"rows": "x"}).status_code == 409


def test_each_asks_the_permission_of_its_verb(browser_client, office, cases):
    for many in MANY:
        for role in ("auditor", "field_officer", "case_manager", "system_admin"):
            user = factories.user(role, office if role not in {"auditor", "system_admin"} else None)
            answer = browser_client(user).get(many.url)
            allowed = user.has_perm(many.verb.permission)
            assert answer.status_code == (409 if allowed else 403), (many.name, role)


def test_the_list_offers_them_without_script(page, cases, office, browser_client):
    html = page.get("/cases/?status=lead").content.decode()
    assert f'formaction="{ASSIGN}"' in html
    assert 'name="all"' in html
    assert '<input type="hidden" name="status" value="lead">' in html
    assert html.count('name="row"') == 4
    field = browser_client(factories.user("field_officer", office)).get("/cases/")
    assert b'name="row"' not in field.content


def test_those_that_are_chosen_become_a_file(page, cases, said):
    foreign = factories.case(factories.office("manila", "PH-MNL"))
    url = address([*cases[:2], foreign], "/cases/csv/")
    assert "in the file: 2 cases; left out: 1" in said(page.get(url))
    answer = page.post(url, WHY).content.decode()
    assert [case.reference in answer for case in cases] == [True, True, False, False]
    assert foreign.reference not in answer
    assert page.post("/cases/csv/?row=x", WHY).status_code == 409


def test_with_nothing_ticked_no_file_is_made(page, cases, said, recorded):
    assert 'name="ticked" value="1"' in page.get("/cases/").content.decode()
    nothing = "/cases/csv/?ticked=1"
    for answer in (page.get(nothing), page.post(nothing, WHY)):
        assert answer.status_code == 409
        assert "Tick some rows in the list first." in said(answer)
    assert not recorded("case.exported")
    assert "All of the list you came from: 4 cases." in said(page.get("/cases/csv/?ticked=1&all=1"))
    assert "All of the list you came from: 4 cases." in said(page.get("/cases/csv/"))


def test_referrals_go_where_a_consent_is_on_record(page, cases, said, recorded):
    house = factories.provider(services=["medical"])
    told, unasked, unfit = (factories.referral(case) for case in cases[:3])
    for row in (told, unfit):
        Consent.objects.create(
            case=row.case,
            involvement=row.involvement,
            recipient_id=house.pk,
            given_by="self",
            given_on="2026-03-11",
            language="bn",
        )
    Referral.objects.filter(pk=unfit.pk).update(need="safe_place")
    url = address([told, unasked, unfit], "/cases/referrals/send/")
    seen = page.post(url, {"provider": house.pk})
    assert going(seen) == [f"{told.pk}.{told.version}"]
    whys = left(seen)
    assert "No consent of" in whys[SEND.called(unasked)]
    assert len(whys) == 2
    assert not recorded("referral.sent")
    confirm(page, url, seen, provider=house.pk)
    assert len(recorded("referral.sent")) == 1
    html = page.get("/cases/referrals/").content.decode()
    assert "Sent: 1." in html
    assert "/back/" not in html, "it was read already"
