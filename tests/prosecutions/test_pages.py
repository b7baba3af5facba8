"""What a legal officer does on the case page, from the suspect to the judgment on appeal."""

from __future__ import annotations

import pytest

from prosecutions.models import (
    Appeal,
    Charge,
    Complaint,
    ComplaintSuspect,
    Judgment,
    Prosecution,
    Provision,
    Sentence,
    Suspect,
)
from tests import factories
from tests.case_pages import pages_of, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(user=field_officer).case


@pytest.fixture
def legal_officer(case):
    return factories.assignment(case, factories.user("legal_officer", case.office)).user


@pytest.fixture
def page(browser_client, legal_officer):
    return browser_client(legal_officer)


@pytest.fixture
def proceeding(case):
    return factories.prosecution(case)


@pytest.fixture
def charge(proceeding):
    return factories.charge(prosecution=proceeding)


@pytest.fixture
def judgment(charge):
    return factories.decision(charge=charge).judgment


@pytest.fixture
def outsider(db):
    return factories.user("case_manager", factories.office("manila", "PH-MNL"))


def sends(page, address, body):
    """GET, then the same form twice: the answer of the first, and that both lead to one place."""
    assert page.get(address).status_code == 200
    first, again = (page.post(address, body | {"key": address}) for _ in range(2))
    assert first.status_code == 302
    assert again["Location"] == first["Location"]
    assert page.get(first["Location"]).status_code == 200
    return first


def test_a_suspect_is_added_and_named(page, case, legal_officer, recorded):
    sends(page, f"/cases/{case.pk}/suspects/new/", {"role": "owner"})
    suspect = Suspect.objects.get()
    assert (suspect.code, suspect.role, suspect.perpetrator.name) == ("A-1", "owner", "")
    address, version = f"/suspects/{suspect.pk}/name/", suspect.perpetrator.version
    assert f'name="version" value="{version}"' in page.get(address).content.decode()
    body = {"name": "Invented Offender", "version": version}
    assert page.post(address, body).status_code == 302
    assert page.post(address, body | {"name": "Another"}).status_code == 409
    suspect.perpetrator.refresh_from_db()
    assert suspect.perpetrator.name == "Invented Offender"
    assert recorded("suspect.added") == [(legal_officer.pk, str(suspect.pk))]
    assert recorded("suspect.named") == [(legal_officer.pk, str(suspect.pk))]


def test_the_same_person_becomes_a_suspect_of_a_second_case(page, case, legal_officer, said):
    other = factories.assignment(user=legal_officer).case
    known = factories.suspect(other, name="Invented Offender")
    hidden = factories.suspect(name="Unseen Offender")
    address = f"/cases/{case.pk}/suspects/new/"
    shown = page.get(address).content.decode()
    assert f'value="{other.reference} {known.code}"' in shown
    assert "Unseen Offender" not in shown
    unseen = f"{hidden.case.reference} {hidden.code}"
    for same_as in (unseen, "nobody", f"{other.reference} A-999"):
        answer = page.post(address, {"role": "owner", "same_as": same_as})
        assert answer.status_code == 400
        assert "Same person as : Not found, or not open to you." in said(answer)
    both = {"role": "owner", "same_as": f"{other.reference} {known.code}".lower()}
    assert page.post(address, both | {"name": "Twice"}).status_code == 400
    sends(page, address, both)
    assert Suspect.objects.get(case=case).perpetrator == known.perpetrator
    refused = page.post(address, both | {"key": "k-2"})
    assert refused.status_code == 409
    assert "already a suspect of this case" in said(refused)


def test_complaint_and_prosecution_open_the_way(page, case, legal_officer, recorded):
    suspects = [factories.suspect(case), factories.suspect(case)]
    stranger = factories.suspect()
    unit = factories.agency()
    body = {
        "number": "12/2026",
        "filed_on": "2026-03-11",
        "jurisdiction": "IN-WB-KOL",
        "agency": str(unit.pk),
        "suspects": [str(suspect.pk) for suspect in suspects],
    }
    address = f"/cases/{case.pk}/complaints/new/"
    assert page.post(address, body | {"suspects": [str(stranger.pk)]}).status_code == 400
    assert page.post(address, body | {"filed_on": "2999-01-01"}).status_code == 400
    sends(page, address, body)
    complaint = Complaint.objects.get()
    assert ComplaintSuspect.objects.filter(complaint=complaint).count() == 2
    assert recorded("complaint.recorded") == [(legal_officer.pk, str(complaint.pk))]
    sends(
        page,
        f"/cases/{case.pk}/prosecutions/new/",
        {
            "jurisdiction": "IN-WB",
            "filed_on": "2026-04-01",
            "docket": "SC 12/2026",
            "complaint": str(complaint.pk),
        },
    )
    prosecution = Prosecution.objects.get()
    assert (prosecution.case.status, prosecution.complaint) == ("prosecution", complaint)
    assert recorded("prosecution.opened") == [(legal_officer.pk, str(prosecution.pk))]


def test_a_charge_rests_on_the_law_of_its_day(page, proceeding, legal_officer, recorded, said):
    suspect = factories.suspect(proceeding.case)
    address = f"/prosecutions/{proceeding.pk}/charges/new/"
    shown = page.get(address).content.decode()
    assert '<optgroup label="ITPA: Immoral Traffic (Prevention) Act' in shown
    assert "from memory, to be checked" in shown
    assert "RA9208" not in shown
    old = Provision.objects.get(statute="IPC", number="370(2)")  # in force until June 2024
    body = {
        "suspect": str(suspect.pk),
        "provision": str(old.pk),
        "offence_on": "2026-03-10",
        "filed_on": "2026-04-01",
    }
    refused = page.post(address, body | {"key": "k-0"})
    assert refused.status_code == 409
    assert "IPC 370(2) was not in force on the day of the offence." in said(refused)
    good = body | {"provision": str(factories.provision().pk)}
    sends(page, address, good)
    charge = Charge.objects.get()
    assert recorded("charge.filed") == [(legal_officer.pk, str(charge.pk))]
    twin = page.post(address, good | {"key": "k-2"})
    assert (twin.status_code, Charge.objects.count()) == (409, 1)
    assert "already filed" in said(twin)


def test_a_judgment_says_how_each_charge_ended(page, charge, legal_officer, recorded, said):
    proceeding = charge.prosecution
    other = factories.charge(prosecution=proceeding)
    address = f"/prosecutions/{proceeding.pk}/judgments/new/"
    body = {"decided_on": "2026-09-01", "attribution": "supported"}
    nothing = page.post(address, body)
    assert nothing.status_code == 400
    assert "Enter how at least one charge ended." in said(nothing)
    early = body | {"decided_on": "2026-03-20", f"charge-{charge.pk}": "acquitted"}
    refused = page.post(address, early)
    assert (refused.status_code, Judgment.objects.count()) == (409, 0)
    assert "cannot be decided before it was filed" in said(refused)
    sends(page, address, body | {f"charge-{charge.pk}": "convicted_plea"})
    judgment = Judgment.objects.get()
    decided = judgment.decisions.values_list("charge", "disposition")
    assert list(decided) == [(charge.pk, "convicted_plea")]
    assert recorded("judgment.recorded") == [(legal_officer.pk, str(judgment.pk))]
    left = page.get(address).content.decode()
    assert f"charge-{other.pk}" in left
    assert f"charge-{charge.pk}" not in left


def test_where_nothing_is_open_no_judgment_is_asked_for(page, judgment, said):
    answer = page.get(f"/prosecutions/{judgment.prosecution_id}/judgments/new/")
    assert answer.status_code == 409
    assert "There is no charge for this judgment to decide." in said(answer)


def test_a_sentence_is_of_someone_convicted(page, judgment, legal_officer, recorded, said):
    free = factories.decision(
        charge=factories.charge(prosecution=judgment.prosecution),
        judgment=judgment,
        disposition="acquitted",
    )
    suspect = judgment.decisions.get(disposition="convicted_trial").charge.suspect
    address = f"/judgments/{judgment.pk}/sentences/new/"
    assert 'value="INR"' in page.get(address).content.decode()
    body = {"suspect": str(suspect.pk), "months": "84", "fine": "5000", "currency": "inr"}
    for broken in ({"life": "on"}, {"currency": ""}, {"suspect": str(free.charge.suspect_id)}):
        assert page.post(address, body | broken).status_code == 400, broken
    nothing = page.post(address, {"suspect": str(suspect.pk)})
    assert "Enter the sentence." in said(nothing)
    done = page.post(address, body | {"key": "k-1"})
    assert done.status_code == 302
    assert page.post(address, body | {"key": "k-1"})["Location"] == done["Location"]
    sentence = Sentence.objects.get()
    assert (sentence.months, sentence.fine, sentence.currency) == (84, 5000, "INR")
    assert recorded("sentence.recorded") == [(legal_officer.pk, str(sentence.pk))]
    assert "7 years of imprisonment, fine INR 5,000.00" in said(page.get(done["Location"]))


def test_an_appeal_is_filed_and_decided(page, judgment, legal_officer, recorded, said):
    address = f"/judgments/{judgment.pk}/appeals/new/"
    body = {"appellant": "accused", "suspect": judgment.decisions.get().charge.suspect_id}
    early = page.post(address, body | {"filed_on": "2026-08-01", "key": "k-0"})
    assert early.status_code == 409
    assert "An appeal cannot be filed before the judgment." in said(early)
    sends(page, address, body | {"filed_on": "2026-09-20"})
    appeal = Appeal.objects.get()
    again = page.post(address, body | {"filed_on": "2026-09-21", "key": "k-2"})
    assert again.status_code == 409
    assert "This appeal is already recorded." in said(again)
    assert recorded("appeal.filed") == [(legal_officer.pk, str(appeal.pk))]
    charge = judgment.decisions.get().charge
    body = {"decided_on": "2026-11-01", "attribution": "supported"}
    sends(page, f"/appeals/{appeal.pk}/judgment/", body | {f"charge-{charge.pk}": "acquitted"})
    last = Judgment.objects.get(appeal=appeal)
    assert last.instance == "appeal"
    words = said(page.get(f"/cases/{judgment.case_id}/court/"))
    assert "First instance Convicted at trial On appeal Acquitted" in words
    over = page.post(f"/appeals/{appeal.pk}/withdraw/", {"withdrawn_on": "2026-11-02"})
    assert over.status_code == 409
    assert "This appeal has already ended." in said(over)


def test_an_appeal_is_withdrawn(page, judgment, legal_officer, recorded):
    appeal = factories.appeal(judgment=judgment)
    sends(page, f"/appeals/{appeal.pk}/withdraw/", {"withdrawn_on": "2026-10-01"})
    appeal.refresh_from_db()
    assert str(appeal.withdrawn_on) == "2026-10-01"
    assert recorded("appeal.withdrawn") == [(legal_officer.pk, str(appeal.pk))]


@pytest.fixture
def addresses(case, proceeding, judgment):
    appeal = factories.appeal(judgment=judgment)
    suspect = factories.suspect(case)
    factories.charge(prosecution=proceeding)
    return [
        f"/cases/{case.pk}/suspects/new/",
        f"/suspects/{suspect.pk}/name/",
        f"/cases/{case.pk}/complaints/new/",
        f"/cases/{case.pk}/prosecutions/new/",
        f"/prosecutions/{proceeding.pk}/charges/new/",
        f"/prosecutions/{proceeding.pk}/judgments/new/",
        f"/judgments/{judgment.pk}/sentences/new/",
        f"/judgments/{judgment.pk}/appeals/new/",
        f"/appeals/{appeal.pk}/withdraw/",
        f"/appeals/{appeal.pk}/judgment/",
    ]


def of_court(addresses):
    """What is left to those who go to court: a field officer adds suspects."""
    return [address for address in addresses if "/suspects/" not in address]


def statuses(client, addresses):
    return {way(address).status_code for address in addresses for way in (client.get, client.post)}


def test_who_may_not_is_refused(browser_client, addresses, field_officer, outsider, page, case):
    assert {page.get(address).status_code for address in addresses} == {200}
    assert statuses(browser_client(field_officer), of_court(addresses)) == {403}
    assert statuses(browser_client(outsider), addresses) == {404}
    colleague = browser_client(factories.user("legal_officer", case.office))
    assert statuses(colleague, [a for a in addresses if "/cases/" in a]) == {403}
    assert statuses(colleague, [a for a in addresses if "/cases/" not in a]) == {404}


def test_the_case_page_offers_steps_only_to_those_who_may(
    browser_client, page, field_officer, case, addresses
):
    shown = whole(page, case.pk)
    assert [address for address in addresses if f'href="{address}"' not in shown] == []
    read = whole(browser_client(field_officer), case.pk)
    offered = [address for address in addresses if f'href="{address}"' in read]
    assert offered == [address for address in addresses if address not in of_court(addresses)]
    assert "ITPA 4" in read


@pytest.mark.nightly
def test_the_case_page_takes_the_same_queries_however_much_it_holds(
    page, case, judgment, django_assert_num_queries, django_assert_max_num_queries
):
    def count():
        asked = []
        for one in pages_of(case.pk):
            with django_assert_max_num_queries(60) as seen:
                assert page.get(one).status_code == 200
            asked.append(len(seen))
        return asked

    def one_more_of_each():
        factories.complaint_suspect(case)
        factories.sentence(case)
        factories.appeal(case)
        factories.service_record(case)
        factories.referral(case)

    one_more_of_each()  # of a table without a row of the case less is asked
    few = count()
    for _ in range(3):
        one_more_of_each()
    assert count() == few
