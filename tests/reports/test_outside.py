"""Outside addresses get released tables of regular reports, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail as box
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts import mail
from accounts.models import Membership, Notice
from core import jobs
from core.models import Job
from reports.models import OutsideAddress, Release, ReleaseLetter, ReleaseProposal, Schedule
from tests import factories
from tests.factories import releases
from tests.factories.people import as_owner
from tests.meta.tables import query

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
BODY = {"organisation": "Invented Ministry", "email": "Statistics@Ministry.example"}
BODY |= {"language": "fr", "purpose": "Yearly figures", "contact": "Canary Contact"}
THIRD = datetime(2027, 3, 3, 6, tzinfo=UTC)


@pytest.fixture
def officer(office):
    return factories.user("data_officer", office)


@pytest.fixture
def second(office):
    return factories.user("programme_manager", office)


@pytest.fixture
def address(office, officer, second):
    return releases.outside_address(office=office, proposed_by=officer, confirmed_by=second)


def work():
    """The daily look and everything it asks for, one after the other."""
    jobs.run(jobs.request("monthly-reports").pk)
    while asked := Job.objects.filter(state="queued").order_by("created_at").first():
        jobs.run(asked.pk)


def rescued(office, count):
    case = factories.case(office)
    rescue = factories.rescue(case)
    for _one in range(count):
        factories.involvement(case, rescue=rescue, outcome="rescued")


def regular(client, *addresses, **more):
    body = {"report": "survivors-served", "span": "all", "day": 3}
    named = {"outside": [str(one.pk) for one in addresses]}
    return client.post("report-schedules/", body | named | more)


def prepared(api, officer, second, office):
    """A confirmed address that is named, and the release proposed on its day."""
    rescued(office, 14)
    made = api(officer).post("outside-addresses/", BODY | {"office": office.code})
    assert made.status_code == 201, made.content
    assert Notice.objects.get(kind="outside-proposed").user == second
    path = f"outside-addresses/{made.json()['id']}/confirm/"
    assert api(second).post(path).json()["confirmed_by"] == second.username
    address = OutsideAddress.objects.get()
    with time_machine.travel(THIRD.replace(month=2, day=5), tick=False):
        assert regular(api(officer), address).json()["outside"] == [str(address.pk)]
    with time_machine.travel(THIRD, tick=False):
        work()
    return ReleaseProposal.objects.get()


@pytest.mark.nightly
def test_from_the_address_to_the_letter(
    api, office, officer, second, browser_client, said, recorded
):
    proposal = prepared(api, officer, second, office)
    assert (proposal.proposed_by, proposal.recipient) == (officer, "Invented Ministry")
    assert proposal.snapshot.params["audience"] == "outside"
    mail.sweep()
    assert not [one for one in box.outbox if one.attachments], "nobody let it out yet"
    page = browser_client(second).get(f"/reports/proposals/{proposal.pk}/")
    assert "Invented Ministry Waits for a second person" in said(page)
    assert api(second).post(f"release-proposals/{proposal.pk}/approve/").status_code == 200
    for _twice in range(2):
        mail.sweep()
    (letter,) = [one for one in box.outbox if one.attachments]
    assert (letter.to, letter.cc, letter.bcc) == (["Statistics@Ministry.example"], [], [])
    text = f"{letter.subject} {letter.body}"
    assert "chiffres" in text.lower(), "it is in French"
    assert not [name for name in (officer.name, second.name, "Canary") if name in text]
    (sheet, pdf, kind), (table, csv, _text) = letter.attachments
    assert (sheet[-4:], pdf[:4], kind, table[-4:]) == (".pdf", b"%PDF", "application/pdf", ".csv")
    assert "IN,India,country,all" in csv
    release = Release.objects.get()
    (kept,) = api(second).get(f"release-letters/?proposal={proposal.pk}").json()["results"]
    assert (kept["release"], kept["organisation"]) == (str(release.pk), "Invented Ministry")
    assert kept["sent_at"]
    assert len(recorded("release.sent")) == 1
    assert "Invented Ministry" in said(browser_client(second).get(release.get_absolute_url()))
    for path in ("/reports/regular/", OutsideAddress.objects.get().get_absolute_url()):
        assert "Sent, " in said(browser_client(officer).get(path))


def test_it_is_kept_encrypted(address):
    ((row,),) = query("select row_to_json(a)::text from reports_outsideaddress a")
    assert "figures@example.org" not in row
    assert "Invented Contact" not in row


def test_one_person_is_not_enough(api, office, officer, second):
    made = api(officer).post("outside-addresses/", BODY | {"office": office.code}).json()
    path = f"outside-addresses/{made['id']}/"
    assert api(officer).post(f"{path}confirm/").status_code == 409
    elsewhere = factories.user("programme_manager", factories.office("manila", "PH-MNL"))
    for step in ("", "confirm/", "end/"):
        call = api(elsewhere).post if step else api(elsewhere).get
        assert call(f"{path}{step}").status_code == 404
    assert api(elsewhere).get("outside-addresses/").json()["results"] == []
    assert api(factories.user("case_manager", office)).post(f"{path}confirm/").status_code == 403
    assert api(second).post("outside-addresses/", BODY | {"office": office.code}).status_code == 403
    assert not OutsideAddress.objects.in_force().exists()
    assert api(second).post(f"{path}confirm/").status_code == 200
    assert api(second).post(f"{path}confirm/").status_code == 409, "it is confirmed once"
    assert api(officer).post(f"{path}end/").status_code == 200
    for step in ("confirm", "end"):
        assert api(second).post(f"{path}{step}/").status_code == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideAddress.objects.update(confirmed_by=officer)


def test_it_is_not_confirmed_once_the_right_of_the_first_person_ended(api, office, officer, second):
    waits = releases.outside_address(proposed_by=officer, confirmed_by=None, confirmed_at=None)
    with as_owner():
        Membership.objects.filter(user=officer).update(ended_at=Now())
    assert api(second).post(f"outside-addresses/{waits.pk}/confirm/").status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "a@example.org\nBcc: b@example.org"},
        {"email": "a@example.org, b@example.org"},
        {"email": "A <a@example.org>"},
        {"email": '"a\x0b"@example.org'},
        {"organisation": "Invented\r\nBcc: b@example.org"},
        {"contact": "Invented\nSubject: x"},
        {"purpose": " "},
        {"language": "tlh"},
        {"office": "nowhere"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_what_no_address_is_gets_refused_by_name(api, office, officer, wrong):
    answer = api(officer).post("outside-addresses/", BODY | {"office": office.code} | wrong)
    assert answer.status_code == 400
    assert [*answer.json()["errors"]] == [*wrong]
    assert not OutsideAddress.objects.exists()


def test_each_address_once_and_only_of_an_office_of_ones_own(api, office, officer, address):
    again = BODY | {"office": office.code, "email": "FIGURES@example.org"}
    assert api(officer).post("outside-addresses/", again).status_code == 400
    there = factories.office("manila", "PH-MNL")
    away = api(officer).post("outside-addresses/", BODY | {"office": there.code})
    assert away.status_code == 400
    office.closed_on = "2020-01-01"
    with as_owner():
        office.save(update_fields=["closed_on"])
    closed = api(officer).post("outside-addresses/", BODY | {"office": office.code})
    assert closed.status_code == 400


def close(letter):
    letter.address.office.closed_on = "2020-01-01"
    letter.address.office.save(update_fields=["closed_on"])


CHANGES = {
    "nobody confirmed it": lambda letter: OutsideAddress.objects.update(
        confirmed_by=None, confirmed_at=None
    ),
    "it was ended": lambda letter: OutsideAddress.objects.update(
        ended_by=letter.address.proposed_by, ended_at=timezone.now()
    ),
    "its office is closed": close,
    "it was taken off": lambda letter: Schedule.objects.update(outside=[]),
    "the report was stopped": lambda letter: Schedule.objects.update(stopped_at=timezone.now()),
    "it was sent": lambda letter: ReleaseLetter.objects.update(sent_at=timezone.now()),
    "it was refused all day": lambda letter: ReleaseLetter.objects.update(refusals=24),
    "it was refused just now": lambda letter: ReleaseLetter.objects.update(refused_at=Now()),
    "nobody let it out": lambda letter: ReleaseLetter.objects.update(
        proposal=releases.release_proposal()
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_is_sent_if(what):
    letter = releases.release_letter()
    assert ReleaseLetter.objects.due().get() == letter
    CHANGES[what](letter)
    assert mail.sweep() == 0
    assert not box.outbox
    assert str(ReleaseLetter.objects.shown().get().state)


@pytest.mark.nightly
def test_whoever_keeps_the_report_learns_that_nothing_can_be_released(
    api, office, officer, address, browser_client, said
):
    rescued(office, 5)
    with time_machine.travel(THIRD.replace(month=2, day=5), tick=False):
        assert regular(api(officer), address).status_code == 201
    with time_machine.travel(THIRD, tick=False):
        work()
    assert not ReleaseLetter.objects.exists()
    assert Notice.objects.filter(user=officer, kind="figures-not-sent").count() == 1
    page = said(browser_client(officer).get("/reports/regular/"))
    assert "No release could be prepared" in page
    assert "Merge groups" in page


def test_only_who_proposes_releases_names_addresses(api, office, officer, second, address):
    waits = releases.outside_address(office=office, confirmed_by=None, confirmed_at=None)
    many = [releases.outside_address(office=office) for _one in range(21)]
    foreign = releases.outside_address(office=factories.office("manila", "PH-MNL"))
    for client, named, more in (
        (api(second), [address], {}),
        (api(officer), [waits], {}),
        (api(officer), many, {}),
        (api(officer), [foreign], {}),
        (api(officer), [address], {"report": "clearance"}),
    ):
        answer = regular(client, *named, **more)
        assert answer.status_code == 400, answer.content
        assert next(iter(answer.json()["errors"])).startswith("outside")
    assert not Schedule.objects.exists()


def test_naming_others_needs_the_same_right_and_other_changes_do_not(api, officer, address):
    made = regular(api(officer), address, span="month").json()
    path, client = f"report-schedules/{made['id']}/", api(officer)
    with as_owner():
        Membership.objects.filter(user=officer).update(role="programme_manager")
    assert client.patch(path, {"day": 9}, If_Match="*").json()["outside"] == [str(address.pk)]
    for change in ({"outside": []}, {"level": "state"}, {"by_programme": True}):
        assert client.patch(path, change, If_Match="*").status_code == 400, change
    assert Schedule.objects.get().outside == [address.pk]


def test_the_pages(office, officer, second, browser_client, said):
    mine, theirs = browser_client(officer), browser_client(second)
    assert "No outside address" in said(mine.get("/reports/outside/"))
    assert "Added by: Data officer" in said(theirs.get("/reports/outside/"))
    typed = BODY | {"office": office.code, "key": "k"}
    assert mine.post("/reports/outside/new/", typed | {"email": "x"}).status_code == 409
    assert mine.post("/reports/outside/new/", typed).status_code == 302
    address = OutsideAddress.objects.get()
    path = f"/reports/outside/{address.pk}/"
    assert f"{path}confirm/" not in mine.get(path).content.decode()
    assert "Canary Contact" in said(theirs.get(path))
    assert "To outside addresses" not in said(mine.get("/reports/regular/"))
    assert theirs.post(f"{path}confirm/").status_code == 302
    form = said(mine.get("/reports/regular/"))
    assert "To outside addresses" in form
    assert "To outside addresses" not in said(theirs.get("/reports/regular/"))
    monthly = {"report": "survivors-served", "span": "all", "day": "3", "every": "month"}
    monthly |= {"outside": [str(address.pk)], "level": "state"}
    assert mine.post("/reports/regular/", monthly).status_code == 302
    schedule = Schedule.objects.get()
    assert (schedule.outside, schedule.level) == ([address.pk], "state")
    change = mine.get(f"/reports/regular/{schedule.pk}/change/").content.decode()
    assert change.count("checked") == 1, "what is named is ticked"
    less = monthly | {"version": str(schedule.version), "outside": []}
    assert mine.post(f"/reports/regular/{schedule.pk}/change/", less).status_code == 302
    assert Schedule.objects.get().outside == []
    assert mine.post(f"{path}end/").status_code == 302
    assert "Ended" in said(mine.get("/reports/outside/"))
