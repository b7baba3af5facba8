"""An organisation moves in with its own keys: all of it or nothing; the same again is nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from aftercare.models import ProviderStaff, Referral
from casework.models import Assignment, Case, Lead, LeadWords, ReferenceCounter
from core.access import SEALED
from core.models import AuditEvent
from core.services import Refused
from exchange.models import WorkbookImport
from exchange.workbooks.opening import tables
from prosecutions.models import Charge, Provision, StageReached, Suspect
from tests import factories
from tests.exchange.moving import (
    CASE,
    arrived,
    confirmed,
    faults,
    filled,
    given,
    lines,
    looked_at,
    taken,
)
from victims.models import Identity, Involvement, Victim

pytestmark = pytest.mark.django_db
PERSON = {"key": "p1", "case": "2019/77", "victim": "v1"}
VICTIM = {"key": "v1", "sex": "female", "age_min_months": 180, "age_max_months": 180}
NAME = {"key": "n1", "victim": "v1", "full_name": "Invented Name", "born_on": "2004-05-06"}
LEAD = {"key": "l1", "case": "2019/77", "source": "hotline", "jurisdiction": "IN-WB-KOL"}
LEAD |= {"received_on": "2019-03-01"}


def whole(**more):
    """A case with a survivor, as somebody may fill it in."""
    sheets = {"cases": [CASE], "involvements": [PERSON], "victims": [VICTIM], "identities": [NAME]}
    return filled(**(sheets | more))


def test_what_was_filled_in_is_here_under_ones_own_reference(case_manager, office):
    made = taken(whole(), case_manager)
    assert made.new == {"cases": 1, "involvements": 1, "victims": 1, "identities": 1}
    case = Case.objects.get()
    assert (case.reference, case.office, case.status) == ("2019/77", office, "rescued")
    part = Involvement.objects.get()
    assert (part.case, part.code, part.office) == (case, "S-1", office)
    identity = Identity.objects.get()
    assert identity.victim == part.victim
    assert (identity.full_name, identity.born_on) == ("Invented Name", "2004-05-06")
    assert Assignment.objects.get().user == case_manager
    assert set(AuditEvent.objects.filter(kind="intention").values_list("action", flat=True)) >= {
        *("case.moved_in", "workbook.imported", "workbook.preview", "workbook.sent"),
        "workbook.confirmed",
    }


@pytest.mark.nightly
def test_the_same_again_changes_nothing_and_more_is_added(case_manager):
    taken(whole(), case_manager)
    again = taken(whole(), case_manager)
    assert (again.new, again.known) == ({}, 4)
    more = taken(whole(leads=[LEAD]), case_manager)
    assert (more.new, more.known) == ({"leads": 1}, 4)
    assert Lead.objects.get().code == "L-1"
    assert Case.objects.count() == 1


@pytest.mark.nightly
def test_said_otherwise_it_is_for_somebody_to_look_at(case_manager):
    taken(whole(), case_manager)
    other = whole(victims=[VICTIM | {"sex": "male"}], identities=[NAME | {"full_name": "Other"}])
    assert faults(other, case_manager) == [("victims", 2, "sex"), ("identities", 2, "full_name")]
    assert Victim.objects.get().sex == "female"


def test_words_of_a_lead_share_its_key(case_manager):
    words = {"lead": "l1", "case": "2019/77", "text": "Invented"}
    content = filled(cases=[CASE], leads=[LEAD], lead_words=[words])
    taken(content, case_manager)
    assert LeadWords.objects.get().pk == Lead.objects.get().pk


NOBODY = {"involvements": [], "victims": [], "identities": []}
FAULTS = {
    "no such code": ({"cases": [CASE | {"programme": "x"}]}, ("cases", 2, "programme")),
    "no such place": ({"cases": [CASE | {"jurisdiction": "XX"}]}, ("cases", 2, "jurisdiction")),
    "no day": ({"cases": [CASE | {"opened_on": "31/12/2019"}]}, ("cases", 2, "opened_on")),
    "to come": ({"cases": [CASE | {"opened_on": "2126-01-01"}]}, ("cases", 2, "opened_on")),
    "nothing there": ({"cases": [CASE | {"opened_on": ""}]}, ("cases", 2, "opened_on")),
    "no key": ({"cases": [CASE, CASE | {"key": ""}]}, ("cases", 3, "key")),
    "long key": (NOBODY | {"cases": [CASE | {"key": "x" * 21}]}, ("cases", 2, "key")),
    "key twice": ({"cases": [CASE, CASE]}, ("cases", 3, "key")),
    "no id": ({"cases": [CASE | {"id": "17"}]}, ("cases", 2, "id")),
    "no column": ({"cases": [CASE | {"colour": "x"}]}, ("cases", 1, "colour")),
    "no sheet": ({"cases": [CASE], "colours": [CASE]}, ("", 0, "")),
    "no such row": ({"involvements": [PERSON | {"victim": "v2"}]}, ("involvements", 2, "victim")),
    "no such case": ({"involvements": [PERSON | {"case": "x"}]}, ("involvements", 2, "case")),
    "a formula": ({"identities": [NAME | {"full_name": "=1+1"}]}, ("identities", 2, "full_name")),
    "no name": ({"identities": [NAME | {"full_name": "7"}]}, ("identities", 2, "full_name")),
    "no birthday": ({"identities": [NAME | {"born_on": "May"}]}, ("identities", 2, "born_on")),
    "no country": ({"victims": [VICTIM | {"nationality": "QQ"}]}, ("victims", 2, "nationality")),
    "no sex": ({"victims": [VICTIM | {"sex": ""}]}, ("victims", 2, "sex")),
    "no number": (
        {"victims": [VICTIM | {"age_min_months": "x"}]},
        ("victims", 2, "age_min_months"),
    ),
    "no truth": ({"victims": [VICTIM | {"safety_flag": "x"}]}, ("victims", 2, "safety_flag")),
    # What the database says.
    "closed without a day": ({"cases": [CASE | {"status": "closed"}]}, ("cases", 2, "closed_on")),
    "ages": ({"victims": [VICTIM | {"age_min_months": 190}]}, ("victims", 2, "age_max_months")),
    "one twice": (
        {"involvements": [PERSON, PERSON | {"key": "p2"}]},
        ("involvements", 3, "victim"),
    ),
    "linked to nobody": (
        {"victims": [VICTIM, VICTIM | {"key": "v2"}]},
        ("victims", 3, ""),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.by_turns(15)
def test_each_fault_says_sheet_row_and_column_and_nothing_is_written(name, case_manager):
    sheets, where = FAULTS[name]
    content = whole(**sheets)
    assert faults(content, case_manager) == [where]
    (row,) = WorkbookImport.objects.all()
    assert all(fault.reason for fault in row.preview["faults"])
    with pytest.raises(Refused):
        confirmed(row, case_manager)
    assert not Case.objects.exists()
    assert not Victim.objects.exists()


def test_all_faults_are_told_at_once(case_manager):
    second = CASE | {"key": "2019/78", "status": "closed"}
    content = whole(
        cases=[CASE | {"programme": "x"}, second], victims=[VICTIM | {"nationality": "QQ"}]
    )
    said = [("cases", 2, "programme"), ("victims", 2, "nationality"), ("cases", 3, "closed_on")]
    assert faults(content, case_manager) == said


def test_a_line_with_a_fault_tells_its_others_too(case_manager):
    """A key that stands there twice or too long, a formula: the other cells are looked at."""
    wrong = CASE | {"programme": "x", "status": "=1+1", "opened_on": "31/02/2019"}
    content = whole(cases=[CASE, wrong, wrong | {"key": "K" * 21, "status": "dancing"}])
    assert sorted(faults(content, case_manager)) == [
        *(("cases", 3, name) for name in ("key", "opened_on", "programme", "status")),
        *(("cases", 4, name) for name in ("key", "opened_on", "programme", "status")),
    ]


def test_a_row_names_only_rows_of_its_own_case(case_manager):
    other = CASE | {"key": "2019/78"}
    met = {"key": "x", "case": "2019/78", "involvement": "p1", "sign": "deception", "answer": "yes"}
    content = whole(cases=[CASE, other], indicators=[met])
    assert ("indicators", 2, "involvement") in faults(content, case_manager)


@pytest.mark.parametrize("role", ["field_officer", "data_officer", "system_admin", "auditor"])
def test_who_may_not(role, office):
    user = factories.user(role, office)
    with pytest.raises(PermissionDenied):
        arrived(whole(), user)


def test_into_ones_own_office_only(case_manager):
    other = factories.office("manila", "PH-MNL")
    with pytest.raises(Refused) as refusal:
        arrived(whole(), case_manager, office=other)
    assert refusal.value.field == "office"


def test_a_key_of_somebody_elsewhere_opens_nothing(case_manager):
    elsewhere = factories.involvement(factories.case(factories.office("manila", "PH-MNL")))
    key = str(elsewhere.victim_id)
    content = whole(
        involvements=[PERSON | {"victim": key}],
        victims=[VICTIM | {"key": key}],
        identities=[NAME | {"victim": key}],
    )
    assert faults(content, case_manager) == [("victims", 2, "key")]


def test_a_reference_there_already_is_a_fault(case_manager):
    elsewhere = factories.case(factories.office("manila", "PH-MNL"))
    content = filled(cases=[CASE | {"key": elsewhere.reference}])
    assert faults(content, case_manager) == [("cases", 2, "key")]


def test_nothing_is_begun_in_a_case_that_is_closed_here(case_manager):
    taken(whole(), case_manager)
    closed = CASE | {"status": "closed", "closed_on": "2020-01-01"}
    Case.objects.update(status="closed", closed_on="2020-01-01")
    content = whole(cases=[closed], leads=[LEAD])
    assert faults(content, case_manager) == [("leads", 2, "case")]


def test_a_closed_case_comes_with_all_that_was_done_in_it(case_manager):
    closed = CASE | {"status": "closed", "closed_on": "2020-01-01"}
    assert taken(whole(cases=[closed], leads=[LEAD]), case_manager).rows == 5


@pytest.mark.nightly
def test_a_team_is_of_the_office(case_manager, office):
    elsewhere = factories.user("field_officer", factories.office("manila", "PH-MNL"))
    mate = factories.user("field_officer", office)
    row = {"key": "t", "case": "2019/77", "user": elsewhere.username}
    assert faults(whole(team=[row]), case_manager) == [("team", 2, "user")]
    ended = row | {"started_at": "2019-05-01", "ended_at": "2020-01-01T00:00:00+00:00"}
    taken(whole(team=[ended, row | {"key": "u", "user": mate.username}]), case_manager)
    assert set(Assignment.objects.in_force().values_list("user", flat=True)) == {mate.pk}


@pytest.mark.nightly
def test_a_provider_that_signs_in_here_is_sent_nothing_in_passing(case_manager):
    provider = factories.provider()
    there = {"key": "h", "name": provider.name, "jurisdiction": provider.jurisdiction.code}
    row = {"key": "r", "case": "2019/77", "involvement": "p1", "need": "medical"}
    sent_away = row | {"provider": "h", "status": "sent", "sent_at": "2019-05-01T00:00:00+00:00"}
    services = {"services": '["medical"]'}
    content = whole(providers=[there | services], referrals=[sent_away])
    assert looked_at(content, case_manager).preview["new"]["referrals"] == 1
    ProviderStaff.objects.create(provider=provider, user=factories.user("provider_partner"))
    assert faults(content, case_manager) == [("referrals", 2, "status")]
    taken(whole(providers=[there | services], referrals=[row]), case_manager)
    assert Referral.objects.get().status == "draft"


def test_our_own_references_are_counted_on(case_manager, office):
    key = f"{office.prefix}-2019-0041"
    taken(filled(cases=[CASE | {"key": key}]), case_manager)
    assert ReferenceCounter.objects.get(office=office, year=2019).last == 41


@pytest.mark.nightly
def test_court_by_own_keys(case_manager):
    provision = Provision.objects.filter(jurisdiction__code="IN").first()
    law = [provision.statute, provision.number, str(provision.in_force_from or "")]
    of = {"case": "2019/77"}
    content = whole(
        suspects=[of | {"key": "s", "perpetrator": "o", "role": "owner"}],
        perpetrators=[{"key": "o", "name": "Invented Offender"}],
        prosecutions=[of | {"key": "c", "jurisdiction": "IN-WB-KOL", "filed_on": "2019-05-01"}],
        stages_reached=[
            of | {"key": "x", "prosecution": "c", "stage": "nowhere", "reached_on": "2019-05-01"}
        ],
        charges=[
            of
            | {"key": "h", "prosecution": "c", "suspect": "s", "filed_on": "2019-05-01"}
            | {"offence_on": "2019-01-01", "provision": " | ".join(["IN", *law])}
        ],
    )
    assert faults(content, case_manager) == [("stages_reached", 2, "stage")]
    sheets = tables(content)
    del sheets["stages_reached"]
    rows = {
        name: [dict(zip(head, row, strict=False)) for row in rest]
        for name, (head, *rest) in sheets.items()
    }
    taken(filled(**rows), case_manager)
    assert Charge.objects.get().provision == provision
    assert Suspect.objects.get().code == "A-1"
    assert Suspect.objects.get().perpetrator.latin == "invented offender"
    assert not StageReached.objects.exists()


def test_a_workbook_holds_ones_own_office_and_nothing_sealed(case_manager, office):
    mine = factories.involvement(factories.case(office))
    sealed = factories.involvement(factories.case(office, level=SEALED))
    foreign = factories.involvement(factories.case(factories.office("manila", "PH-MNL")))
    found = lines(given(office, case_manager))
    assert [row[0] for row in found["cases"][1:]] == [mine.case.reference]
    assert [row[0] for row in found["victims"][1:]] == [str(mine.victim_id)]
    text = str(found)
    for hidden in (sealed, foreign):
        assert str(hidden.pk) not in text
        assert str(hidden.victim_id) not in text


@pytest.mark.nightly
def test_lines_and_signs_of_a_text_come_back_as_they_were(case_manager, office):
    taken(whole(), case_manager)
    text = "=1+1\r\n  two  \n'three'\tfour ＝ five"
    Identity.objects.all().delete()
    Identity.objects.create(victim=Victim.objects.get(), full_name="Invented", contacts=text)
    found = lines(given(office, case_manager))["identities"]
    assert found[1][found[0].index("contacts")] == text
