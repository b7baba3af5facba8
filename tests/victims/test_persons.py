"""A person is completed later, section by section; siblings, and the same person in two cases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.context import acting_as
from core.services import Refused, Stale
from tests import factories
from tests.factories import justice, persons
from victims.crosswalk import CONTROLS, NOT_IN_PICKLIST, RELATIONSHIP
from victims.enums import Exploiter
from victims.htcds import Control
from victims.models import Evidence, Indicator, Involvement, Particular, RouteStop, Sibling, Victim
from victims.sections import SECTIONS, PersonInCase, State
from victims.services.exploitation import describe_exploitation
from victims.services.involving import involve
from victims.services.siblings import join_siblings, leave_siblings, siblings_of

pytestmark = pytest.mark.django_db
BY_CODE = {section.code: section for section in SECTIONS}


@pytest.fixture
def case(office):
    return factories.case(office, programme="bonded_labour")


@pytest.fixture
def person(case):
    victim = Victim.objects.create(sex="female", age_min_months=156, age_max_months=215)
    met = factories.rescue(case)
    return factories.involvement(case, victim, code="S-1", rescue=met, outcome="rescued")


@pytest.fixture
def page(browser_client, case_manager):
    return browser_client(case_manager)


def state(person, user, code):
    fresh = Involvement.objects.select_related("victim").get(pk=person.pk)
    return PersonInCase(fresh, user).state(BY_CODE[code])


def fill(page, person, section, sent, version=None):
    address = f"/survivors/{person.pk}/{section}/"
    form = page.get(address)
    assert form.status_code == 200
    key = version or form.context["version"]
    return page.post(address, sent | {"version": key})


def test_what_the_rescue_said_stands_in_the_form(page, person):
    form = page.get(f"/survivors/{person.pk}/age/").context["form"]
    assert (form["sex"].value(), form["years"].value(), form["years_to"].value()) == (
        "female",
        13,
        17,
    )
    way = page.get(f"/survivors/{person.pk}/route/").context["form"]
    assert (way["kind-1"].value(), way["place-1"].value()) == ("identified", "IN-WB-KOL")
    what = page.get(f"/survivors/{person.pk}/exploitation/").context["form"]
    assert what["what"].value() == ["ForcedLabour"]


def test_an_age_is_told_as_years_months_or_a_range_and_the_band_follows(page, person, case_manager):
    assert state(person, case_manager, "age") == State.IN_PROGRESS  # a band is not an age
    for sent, low, high, band in (
        ({"years": "14", "how": "exact"}, 168, 179, "13-17"),
        ({"years": "14", "months": "3", "how": "exact"}, 171, 171, "13-17"),
        ({"years": "11", "years_to": "14", "how": "estimated"}, 132, 179, "unknown"),
        ({"years": "0", "months": "7", "how": "exact"}, 7, 7, "0-12"),
        ({"how": "not_known"}, None, None, "unknown"),
    ):
        assert fill(page, person, "age", {"sex": "female"} | sent).status_code == 302
        victim = Victim.objects.get(pk=person.victim_id)
        assert (victim.age_min_months, victim.age_max_months, victim.age_band) == (low, high, band)
    assert state(person, case_manager, "age") == State.COMPLETE
    with connection.cursor() as cursor:  # the former ages stay
        cursor.execute(
            "select count(*) from victims_victimevent where pgh_obj_id = %s", [person.victim_id]
        )
        assert cursor.fetchone()[0] == 6
    for wrong in (
        {"years": "14"},
        {"how": "exact"},
        {"years": "14", "years_to": "9", "how": "exact"},
    ):
        assert fill(page, person, "age", wrong).status_code == 400


def test_a_section_is_left_and_taken_up_again(page, person, case_manager):
    assert state(person, case_manager, "background") == State.NOT_STARTED
    fill(page, person, "background", {"nationality": "KH", "more_languages": "kok"})
    assert state(person, case_manager, "background") == State.IN_PROGRESS
    form = page.get(f"/survivors/{person.pk}/background/").context["form"]
    assert (form["nationality"].value(), form["more_languages"].value()) == ("KH", "kok")
    whole = {"nationality": "KH", "languages": ["km"], "marital_status": "Single"}
    fill(page, person, "background", whole | {"education": "not_known"})
    assert state(person, case_manager, "background") == State.COMPLETE
    unknown = dict.fromkeys(
        ("nationality", "languages", "marital_status", "education"), "not_known"
    )
    fill(page, person, "background", unknown)
    assert state(person, case_manager, "background") == State.NOT_KNOWN
    assert Victim.objects.get(pk=person.victim_id).nationality == ""


def test_questions_that_do_not_apply_are_not_asked_for(page, person, case_manager):
    fill(page, person, "exploitation", {"what": ["SexualExploitation"]})
    assert state(person, case_manager, "exploitation") == State.IN_PROGRESS
    sexual = {"what": ["SexualExploitation"], "sexual_kinds": ["RemoteInteractiveServices"]}
    fill(page, person, "exploitation", sexual)
    assert state(person, case_manager, "exploitation") == State.COMPLETE
    fill(page, person, "exploitation", {"what": ["ForcedMarriage"]})
    assert state(person, case_manager, "exploitation") == State.COMPLETE
    wrong = {"what": ["ForcedMarriage"], "industries": ["C_Manufacturing"]}
    assert fill(page, person, "exploitation", wrong).status_code == 409
    both = {"what": ["ForcedMarriage", "not_known"]}
    assert fill(page, person, "exploitation", both).status_code == 400


def test_a_way_has_places_with_days_in_order(page, person, case_manager):
    way = {"kind-1": "recruitment", "place-1": "KH", "since-1": "2025-02-01"}
    way |= {"kind-2": "exploitation", "place-2": "IN-WB-KOL", "since-2": "2025-03-01"}
    assert fill(page, person, "route", way | {"lasted_years": "1"}).status_code == 302
    assert [stop.kind for stop in RouteStop.objects.all()] == ["recruitment", "exploitation"]
    assert state(person, case_manager, "route") == State.COMPLETE
    assert fill(page, person, "route", way | {"since-2": "2025-01-01"}).status_code == 409
    assert fill(page, person, "route", way | {"place-2": ""}).status_code == 400
    fill(page, person, "route", {"way_not_known": "on", "length_not_known": "on"})
    assert state(person, case_manager, "route") == State.NOT_KNOWN
    assert not RouteStop.objects.exists()


def test_signs_are_answered_with_evidence_and_decide_nothing(page, person, case_manager):
    sent = {
        "debt_bondage": "yes",
        "evidence-debt_bondage": "Invented ledger",
        "deception": "unknown",
    }
    assert fill(page, person, "indicators", sent).status_code == 302
    assert dict(Indicator.objects.values_list("sign", "answer")) == {
        "debt_bondage": "yes",
        "deception": "unknown",
    }
    assert state(person, case_manager, "identification") == State.NOT_STARTED
    fill(page, person, "indicators", sent)
    assert Evidence.objects.count() == 1  # the same words are not written twice
    fill(page, person, "indicators", sent | {"evidence-debt_bondage": "Invented, seen again"})
    assert Evidence.objects.count() == 2
    assert fill(page, person, "indicators", {"evidence-threats": "Words"}).status_code == 400


def test_words_lie_encrypted_and_the_danger_shows_in_every_case(page, person, said, case_manager):
    assert fill(page, person, "safety", {"safety": "danger"}).status_code == 409
    fill(page, person, "safety", {"safety": "danger", "reason": "Invented threat"})
    other = involve(factories.case(person.case.office), person=person, actor=case_manager)
    assert "In danger" in said(page.get(f"/survivors/{other.pk}/"))
    assert "Invented threat" in said(page.get(f"/survivors/{other.pk}/told/"))
    with connection.cursor() as cursor:
        cursor.execute("select text from victims_particular")
        assert b"Invented" not in bytes(cursor.fetchone()[0])
    fill(page, person, "safety", {"safety": "safe", "reason": "Invented: he is in jail"})
    assert Particular.objects.count() == 2
    assert not Victim.objects.get(pk=person.victim_id).safety_flag


def test_two_who_complete_at_once_are_told(page, person):
    assert fill(page, person, "control", {"controls": ["DebtBondage"]}).status_code == 302
    assert fill(page, person, "control", {"controls": ["Other"]}, version=1).status_code == 409


def test_the_page_asks_the_same_number_of_queries_whatever_is_recorded(page, person, case_manager):
    def queries(address):
        with CaptureQueriesContext(connection) as seen:
            assert page.get(address).status_code == 200
        return len(seen)

    def more():
        join_siblings(person.victim, sibling=factories.involvement(person.case), actor=case_manager)
        consent = persons.consent(
            person, recipient_kind="provider", recipient_id=factories.provider().pk
        )
        persons.withdrawal(consent=consent)
        persons.indicator(
            involvement=person, sign="threats" if Indicator.objects.exists() else "deception"
        )
        persons.route_stop(involvement=person, position=RouteStop.objects.count() + 1)

    more()
    pages = [f"/survivors/{person.pk}/", f"/survivors/{person.pk}/complete/"]
    before = [queries(address) for address in pages]
    more()
    assert [queries(address) for address in pages] == before


def test_every_control_has_its_names_elsewhere_and_every_exploiter_a_code_of_htcds():
    assert set(CONTROLS) == set(Control.values)
    assert len(Control.values) == 17
    assert {"RestrictsMovement"} == NOT_IN_PICKLIST
    assert set(RELATIONSHIP) == set(Exploiter.values)
    assert set(RELATIONSHIP.values()) == {"Familial", "Acquainted", "Unaquainted"}


# The same person in another case


def test_a_person_is_added_to_another_case_once(case, person, case_manager):
    other = factories.case(case.office)
    factories.involvement(other, code="S-1")
    part = involve(other, person=person, actor=case_manager)
    assert (part.code, part.victim_id) == ("S-2", person.victim_id)
    with pytest.raises(Refused, match="already in this case"):
        involve(other, person=part, actor=case_manager)


def test_a_record_that_stands_for_the_same_person_counts_as_that_person(case, person, case_manager):
    other = factories.case(case.office)
    twin = factories.involvement(other)
    Victim.objects.filter(pk=twin.victim_id).update(merged_into=person.victim_id)
    with pytest.raises(Refused, match="already in this case"):
        involve(other, person=person, actor=case_manager)


def test_a_person_of_a_sealed_case_is_told_in_no_open_one(case, person, case_manager):
    sealed = factories.case(case.office, level=4)
    factories.assignment(sealed, case_manager, named=True)
    hidden = factories.involvement(sealed)
    with pytest.raises(Refused, match="sealed"):
        involve(case, person=hidden, actor=case_manager)


def test_the_page_names_only_cases_open_to_the_reader(page, person, said):
    hidden = factories.case(factories.office("manila", "PH-MNL"))
    sealed = factories.case(person.case.office, level=4)
    for case in (hidden, sealed):
        factories.involvement(case, person.victim)
    words = said(page.get(f"/survivors/{person.pk}/"))
    assert person.case.reference in words
    assert hidden.reference not in words
    assert sealed.reference not in words


def test_an_accusation_stands_on_the_page(page, person, said):
    justice.accusation(person.case, involvement=person)
    assert "Accused" in said(page.get(f"/survivors/{person.pk}/"))


# Siblings


def test_siblings_are_shown_on_both_and_flagged(page, person, said, case_manager):
    other = factories.involvement(factories.case(person.case.office))
    address = f"/survivors/{person.pk}/siblings/new/"
    sent = {"elsewhere": f"{other.case.reference} {other.code}", "key": "k-1"}
    assert page.post(address, sent).status_code == 302
    for one in (person, other):
        assert "Has siblings" in said(page.get(f"/survivors/{one.pk}/"))
    row = Sibling.objects.get(victim=other.victim_id)
    assert page.post(f"/siblings/{row.pk}/leave/").status_code == 302
    for one in (person, other):
        assert "Has siblings" not in said(page.get(f"/survivors/{one.pk}/"))


def test_a_group_has_two_distinct_persons_at_least(person, case_manager):
    again = factories.involvement(factories.case(person.case.office), person.victim)
    with pytest.raises(Refused, match="Choose another person: this is the same one"):
        join_siblings(person.victim, sibling=again, actor=case_manager)
    assert not Sibling.objects.exists()


def test_a_third_joins_and_two_families_do_not_mix(person, case_manager):
    second, third, fourth, fifth = (factories.involvement(person.case) for _one in range(4))
    join_siblings(person.victim, sibling=second, actor=case_manager)
    join_siblings(third.victim, sibling=second, actor=case_manager)
    found = siblings_of([third.victim_id], case_manager)
    assert found == {third.victim_id: [person.victim_id, second.victim_id]} or set(
        found[third.victim_id]
    ) == {person.victim_id, second.victim_id}
    join_siblings(fourth.victim, sibling=fifth, actor=case_manager)
    with pytest.raises(Refused, match="Both are already in groups of siblings"):
        join_siblings(fourth.victim, sibling=person, actor=case_manager)
    with pytest.raises(Refused, match="already"):
        join_siblings(person.victim, sibling=third, actor=case_manager)
    leave_siblings(Sibling.objects.get(victim=fifth.victim_id), actor=case_manager)
    join_siblings(fourth.victim, sibling=person, actor=case_manager)  # who is alone may join others
    assert len(siblings_of([fourth.victim_id], case_manager)[fourth.victim_id]) == 3


def test_a_sibling_of_a_closed_case_is_not_betrayed(person, case_manager):
    hidden = factories.involvement(factories.case(person.case.office, level=4))
    group = persons.sibling(person.case).group
    Sibling.objects.create(group=group, victim=person.victim)
    Sibling.objects.create(group=group, victim=hidden.victim)
    with acting_as(case_manager.pk):
        found = siblings_of([person.victim_id], case_manager)
    assert hidden.victim_id not in found[person.victim_id]


def test_who_only_knows_that_the_case_exists_completes_nothing(person, browser_client, office):
    stranger = browser_client(factories.user("field_officer", office))
    for address in ("age", "indicators", "complete", "consents/new"):
        assert stranger.get(f"/survivors/{person.pk}/{address}/").status_code == 404
    with pytest.raises(Stale):
        describe_exploitation(person, version=9, forms=[], actor=factories.user("case_manager"))
