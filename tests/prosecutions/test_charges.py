"""Charges: the law of their day, survivors, framing, pleas, changes; first and final kept apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from core.services import Refused, Stale
from prosecutions.models import Charge, ChargeVictim, Provision
from prosecutions.services.charges import (
    amend_charge,
    file_charge,
    frame_charges,
    name_survivors,
    record_plea,
)
from prosecutions.services.courts import record_judgment
from tests import factories
from tests.factories.people import place

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 2)


def law(statute, number):
    return Provision.objects.get(statute=statute, number=number)


@pytest.fixture
def charge(case):
    return factories.charge(case)


@pytest.fixture
def manila(case):
    """A proceeding in the Philippines, where the accused plead to attempts."""
    court = factories.prosecution(case, jurisdiction=place("PH"))
    return factories.charge(prosecution=court, provision=law("RA9208", "s.6"))


@pytest.mark.parametrize(
    ("day", "statute", "number", "good"),
    [
        (date(2024, 6, 30), "IPC", "370(2)", True),
        (date(2024, 7, 1), "IPC", "370(2)", False),
        (date(2024, 7, 1), "BNS", "143(2)", True),
        (date(2024, 6, 30), "BNS", "143(2)", False),
        (date(2026, 3, 1), "RA9208", "s.4", False),
        (date(2016, 8, 31), "CALPRA", "3/14(1)", False),
        (date(2016, 9, 1), "CALPRA", "3/14(1)", True),
        (date(2026, 3, 1), "CALPRA", "3A/14(1A)", True),
    ],
)
def test_the_day_of_the_offence_picks_the_law(case, lawyer, day, statute, number, good):
    court = factories.prosecution(case)
    facts = {"suspect": factories.suspect(case), "offence_on": day, "filed_on": court.filed_on}
    facts |= {"provision": law(statute, number), "actor": lawyer}
    if good:
        assert file_charge(court, **facts).provision.statute == statute
    else:
        with pytest.raises(Refused, match=r"not in force|not a law of"):
            file_charge(court, **facts)
        assert not Charge.objects.exists()


@pytest.mark.parametrize(
    ("number", "least", "most"),
    [("3/14(1)", "0.5", 2), ("3A/14(1A)", "0.5", 2), ("14(2)", "1", 3)],
)
def test_the_child_labour_act_of_india_is_there_as_amended(number, least, most):
    found = law("CALPRA", number)
    assert (found.min_years, found.max_years) == (Decimal(least), most)
    assert (found.verified, str(found.in_force_from)) == (True, "2016-09-01")
    assert "Act 35 of 2016" in found.note


def test_a_charge_names_survivors_of_its_case_only(case, lawyer):
    court, person = factories.prosecution(case), factories.involvement(case)
    facts = {"suspect": factories.suspect(case), "provision": factories.provision()}
    facts |= {"offence_on": date(2026, 3, 1), "filed_on": court.filed_on, "actor": lawyer}
    with pytest.raises(Refused, match="another case"):
        file_charge(court, survivors=[factories.involvement()], **facts)
    charge = file_charge(court, survivors=[person], **facts)
    assert list(charge.victims.values_list("involvement", flat=True)) == [person.pk]


def test_other_survivors_take_the_place_of_those_named(charge, lawyer, recorded):
    kept, gone, new = (factories.involvement(charge.case) for _ in range(3))
    for person in (kept, gone):
        factories.charge_victim(charge=charge, involvement=person)
    row = ChargeVictim.objects.get(involvement=kept)
    name_survivors(charge, version=1, survivors=[kept, new], actor=lawyer)
    assert set(charge.victims.values_list("involvement", flat=True)) == {kept.pk, new.pk}
    assert ChargeVictim.objects.get(involvement=kept).pk == row.pk, "what stays is not touched"
    assert recorded("charge.survivors") == [(lawyer.pk, str(charge.pk))]
    with pytest.raises(Stale):
        name_survivors(charge, version=1, survivors=[], actor=lawyer)
    with pytest.raises(Refused, match="another case"):
        name_survivors(charge, version=2, survivors=[factories.involvement()], actor=lawyer)
    name_survivors(charge, version=2, survivors=[], actor=lawyer)
    assert not charge.victims.exists()


def test_charges_are_framed_on_a_day_and_the_stage_follows(charge, lawyer, recorded):
    other = factories.charge(prosecution=charge.prosecution)
    frame_charges(charge.prosecution, framed_on=DAY, charges=[charge], actor=lawyer)
    charge.refresh_from_db()
    other.refresh_from_db()
    assert (charge.framed_on, charge.version, other.framed_on) == (DAY, 2, None)
    stages = charge.prosecution.stages.values_list("stage", "reached_on")
    assert list(stages) == [("framing", DAY)]
    assert recorded("charges.framed") == [(lawyer.pk, str(charge.prosecution_id))]


def test_what_cannot_be_framed_is_refused(charge, lawyer):
    court = charge.prosecution

    def refused(words, charges, framed_on=DAY):
        with pytest.raises(Refused, match=words):
            frame_charges(court, framed_on=framed_on, charges=charges, actor=lawyer)

    refused("at least one charge", [])
    refused("this prosecution only", [charge, factories.charge(charge.case)])
    refused("before it was filed", [charge], charge.filed_on.replace(day=1, month=3))
    decided = factories.decision(charge=factories.charge(prosecution=court)).charge
    refused("already been framed or decided", [charge, decided])
    charge.refresh_from_db()
    assert charge.framed_on is None, "all of them or none"
    frame_charges(court, framed_on=DAY, charges=[charge], actor=lawyer)
    refused("already been framed or decided", [charge])


def test_a_plea_to_a_lesser_offence_keeps_both(manila, lawyer, recorded):
    before, attempt = manila.provision, law("RA9208", "s.4-A")
    charge = record_plea(
        manila, version=1, plea="guilty", pleaded_on=DAY, lesser=attempt, actor=lawyer
    )
    assert (charge.provision, charge.final_provision) == (before, attempt)
    assert (charge.plea, charge.pleaded_on, charge.amended_on) == ("guilty", DAY, DAY)
    assert recorded("charge.pleaded") == [(lawyer.pk, str(charge.pk))]


def test_an_answer_can_change_and_the_former_stays_in_the_history(charge, lawyer):
    record_plea(charge, version=1, plea="not_guilty", pleaded_on=DAY, actor=lawyer)
    charge.refresh_from_db()
    with pytest.raises(Refused, match="later"):
        record_plea(charge, version=2, plea="guilty", pleaded_on=charge.filed_on, actor=lawyer)
    record_plea(charge, version=2, plea="guilty", pleaded_on=DAY, actor=lawyer)
    history = apps.get_model("prosecutions.ChargeEvent").objects.filter(pgh_obj_id=charge.pk)
    assert list(history.order_by("pgh_id").values_list("plea", flat=True)) == [
        "",
        "not_guilty",
        "guilty",
    ]


BAD_PLEAS = {
    "before the charge": ({"pleaded_on": date(2026, 3, 1)}, "the charge was filed"),
    "to less, not guilty": (
        {"plea": "not_guilty", "lesser": ("RA9208", "s.4")},
        "A plea to a lesser offence needs a plea of guilty",
    ),
    "is not a law of the court’s country": ({"lesser": ("ITPA", "4")}, "not a law of"),
    "not in force": ({"lesser": ("RA9775", "s.4/15")}, "not in force"),
    "to the same": ({"lesser": ("RA9208", "s.6")}, "The charge is already under this provision"),
}


@pytest.mark.parametrize(("facts", "words"), BAD_PLEAS.values(), ids=BAD_PLEAS)
def test_a_plea_that_cannot_be_is_refused(manila, lawyer, facts, words):
    if "lesser" in facts:
        statute, number = facts["lesser"]
        facts = facts | {"lesser": law(statute, number)}
    facts = {"version": 1, "plea": "guilty", "pleaded_on": DAY, "actor": lawyer} | facts
    with pytest.raises(Refused, match=words):
        record_plea(manila, **facts)
    manila.refresh_from_db()
    assert (manila.plea, manila.final_provision, manila.version) == ("", None, 1)


def test_the_court_tries_it_under_another_law(charge, lawyer, recorded):
    first, second = law("ITPA", "5"), law("BNS", "143(2)")
    amend_charge(charge, version=1, provision=first, amended_on=DAY, actor=lawyer)
    charge.refresh_from_db()
    amend_charge(charge, version=2, provision=second, amended_on=DAY, actor=lawyer)
    charge.refresh_from_db()
    assert (charge.provision, charge.final_provision) == (factories.provision(), second)
    assert len(recorded("charge.amended")) == 2
    with pytest.raises(Refused, match="A later change is already recorded"):
        amend_charge(charge, version=3, provision=first, amended_on=charge.filed_on, actor=lawyer)
    with pytest.raises(Refused, match="The charge is already under this provision"):
        amend_charge(charge, version=3, provision=second, amended_on=DAY, actor=lawyer)
    with pytest.raises(Refused, match="not in force"):
        amend_charge(
            charge, version=3, provision=law("IPC", "370(2)"), amended_on=DAY, actor=lawyer
        )
    with pytest.raises(Stale):
        amend_charge(charge, version=1, provision=first, amended_on=DAY, actor=lawyer)


def test_after_the_first_decision_nothing_changes_any_more(charge, lawyer):
    factories.decision(charge=charge)
    with pytest.raises(Refused, match="already decided this charge"):
        record_plea(charge, version=1, plea="guilty", pleaded_on=DAY, actor=lawyer)
    with pytest.raises(Refused, match="already decided this charge"):
        amend_charge(charge, version=1, provision=law("ITPA", "5"), amended_on=DAY, actor=lawyer)


def test_no_judgment_lies_before_what_is_recorded_of_its_charges(charge, lawyer):
    record_plea(charge, version=1, plea="guilty", pleaded_on=DAY, actor=lawyer)
    charge.refresh_from_db()
    facts = {"attribution": "supported", "actor": lawyer}
    with pytest.raises(Refused, match="later"):
        record_judgment(
            charge.prosecution,
            decided_on=date(2026, 5, 1),
            decisions=[(charge, "convicted_plea")],
            **facts,
        )
    made = record_judgment(
        charge.prosecution,
        decided_on=DAY,
        decisions=[(charge, "dismissed", "provisional dismissal")],
        **facts,
    )
    assert made.decisions.get().local_term == "provisional dismissal"


def test_who_may_not_is_refused(charge, office, lawyer):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(charge.case, worker)
    for actor in (factories.user("legal_officer", office), worker):
        with pytest.raises(PermissionDenied):
            record_plea(charge, version=1, plea="guilty", pleaded_on=DAY, actor=actor)
        with pytest.raises(PermissionDenied):
            frame_charges(charge.prosecution, framed_on=DAY, charges=[charge], actor=actor)
        with pytest.raises(PermissionDenied):
            name_survivors(charge, version=1, survivors=[], actor=actor)


def test_a_plea_an_amendment_and_survivors_have_a_page(page, manila, said):
    person = factories.involvement(manila.case)
    base, attempt = f"/charges/{manila.pk}", law("RA9208", "s.4-A")
    shown = page.get(f"{base}/plea/").content.decode()
    assert "s.4-A: " in shown
    assert "ITPA" not in shown
    body = {"version": "1", "plea": "guilty", "pleaded_on": "2026-05-02", "lesser": attempt.pk}
    odd = page.post(f"{base}/plea/", body | {"plea": "no_plea"})
    assert odd.status_code == 400
    assert page.post(f"{base}/plea/", body).status_code == 302
    again = {"version": "1", "plea": "no_plea", "pleaded_on": "2026-05-02"}
    assert page.post(f"{base}/plea/", again).status_code == 409, "version 1 is outdated"
    other = {"version": "2", "provision": law("RA9208", "s.5").pk, "amended_on": "2026-05-03"}
    assert page.post(f"{base}/amend/", other).status_code == 302
    about = {"version": "3", "survivors": [str(person.pk)]}
    assert page.post(f"{base}/survivors/", about).status_code == 302
    assert (
        f'value="{person.pk}" id="id_survivors_0" checked'
        in page.get(f"{base}/survivors/").content.decode()
    )
    words = said(page.get(f"/cases/{manila.case_id}/court/"))
    assert "RA9208 s.6" in words
    assert "RA9208 s.5" in words
    assert "Plea: Guilty, 2 May 2026" in words
    assert f"about {person.code}" in words


def test_charges_are_framed_on_a_page_with_all_that_wait_ticked(page, charge, said):
    memory = law("ITPA", "5")
    other = factories.charge(prosecution=charge.prosecution, provision=memory)
    address = f"/prosecutions/{charge.prosecution_id}/charges/frame/"
    shown = page.get(address).content.decode()
    assert shown.count(" checked>") == 2
    assert "ITPA 4</label>" in shown.replace("\n", "")
    assert "ITPA 5 (from memory, to be checked)" in shown
    sent = page.post(address, {"framed_on": "2026-05-02", "charges": [charge.pk, other.pk]})
    assert sent.status_code == 302
    assert page.get(address).status_code == 409
    assert "Stage Charges framed , 2 May 2026" in said(page.get(f"/cases/{charge.case_id}/court/"))


def test_one_answer_is_enough_where_all_ended_alike(page, charge):
    second, third = (factories.charge(prosecution=charge.prosecution) for _ in range(2))
    body = {"decided_on": "2026-09-01", "attribution": "own", "rest": "acquitted"}
    body |= {"rest_term": "acquitted u/s 235", f"charge-{third.pk}": "discharged"}
    address = f"/prosecutions/{charge.prosecution_id}/judgments/new/"
    lost = page.post(address, body | {"rest": "", f"term-{second.pk}": "let off"})
    assert lost.status_code == 400, "a word without an end would be lost"
    assert page.post(address, body).status_code == 302
    ends = {row.charge_id: (row.disposition, row.local_term) for row in _decisions(charge)}
    assert ends[charge.pk] == ends[second.pk] == ("acquitted", "acquitted u/s 235")
    assert ends[third.pk] == ("discharged", "")
    words = page.get(f"/cases/{charge.case_id}/court/").content.decode()
    assert "acquitted u/s 235" in words
    fourth = factories.charge(factories.assignment(user=charge_owner(charge)).case)
    again = page.get(f"/prosecutions/{fourth.prosecution_id}/judgments/new/").content.decode()
    assert '<option value="acquitted u/s 235">' in again, "suggested next time"


def _decisions(charge):
    return charge.prosecution.judgments.get().decisions.all()


def charge_owner(charge):
    return charge.case.assignment_set.get().user


def test_survivors_of_a_charge_are_hidden_from_whoever_may_not_see_them(
    office, said, browser_client
):
    told = factories.disclosure(parts=["suspect", "court"])
    charge = factories.charge(told.case)
    person = factories.charge_victim(charge=charge).involvement
    words = said(browser_client(told.user).get(f"/cases/{told.case_id}/court/"))
    assert "ITPA 4" in words
    assert person.code not in words


def test_programs_do_the_same(api, lawyer, manila):
    caller, base = api(lawyer), f"charges/{manila.pk}"
    person = str(factories.involvement(manila.case).pk)
    attempt = str(law("RA9208", "s.4-A").pk)
    body = {"plea": "guilty", "pleaded_on": "2026-05-02", "lesser": attempt}
    assert caller.post(f"{base}/plead/", body).status_code == 428
    pleaded = caller.post(f"{base}/plead/", body, If_Match='"1"')
    assert (pleaded.status_code, pleaded["ETag"]) == (200, '"2"')
    assert pleaded.json()["final_provision"] == attempt
    later = {"plea": "not_guilty", "pleaded_on": "2026-05-03"}
    assert caller.post(f"{base}/plead/", later, If_Match='"1"').status_code == 412
    named = caller.post(f"{base}/name-survivors/", {"survivors": [person]}, If_Match='"2"')
    assert named.json()["survivors"] == [person]
    wrong = {"provision": str(law("ITPA", "4").pk), "amended_on": "2026-05-02"}
    refused = caller.post(f"{base}/amend/", wrong, If_Match='"3"')
    assert refused.status_code == 409
    assert "not a law of" in refused.json()["detail"]
    listed = caller.get("charges/?plea=guilty").json()["results"]
    assert [row["survivors"] for row in listed] == [[person]]
    framed = caller.post(
        f"prosecutions/{manila.prosecution_id}/frame-charges/",
        {"framed_on": "2026-05-02", "charges": [str(manila.pk)]},
    )
    assert (framed.status_code, framed.json()["stage"]) == (200, "arraigned")


HOSTILE = [
    {"plea": 1, "pleaded_on": "2026-05-02"},
    {"plea": "guilty\0", "pleaded_on": "2026-05-02"},
    {"plea": "guilty", "pleaded_on": "2026-05-02", "lesser": ["x"]},
    {"plea": "guilty", "pleaded_on": "2999-01-01"},
    {"plea": "guilty", "pleaded_on": "2026-05-02", "verdict": "x" * 100_000},
]


@pytest.mark.parametrize("body", HOSTILE)
def test_nonsense_is_refused_by_name(api, lawyer, charge, body):
    answer = api(lawyer).post(f"charges/{charge.pk}/plead/", body, If_Match='"1"')
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_a_long_word_of_the_court_is_refused(api, lawyer, charge):
    end = {"charge": str(charge.pk), "disposition": "acquitted", "local_term": "x" * 81}
    body = {"prosecution": str(charge.prosecution_id), "decided_on": "2026-09-01"}
    body |= {"attribution": "own", "decisions": [end]}
    answer = api(lawyer).post("judgments/", body)
    assert answer.status_code == 400
    assert "decisions[0].local_term" in answer.json()["errors"]
