"""Two records of one person: what each held stays, is shown together, and parts again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from aftercare.models import Entitlement, Placement, ReleaseCertificate
from aftercare.services.certificates import answer_certificate, apply_for_certificate
from aftercare.services.placements import end_placement, place
from core.context import acting_as
from core.services import Refused
from desk.survivor.hub import survivor_page
from desk.survivor.ledger import Ledger
from tests import factories
from tests.factories import care, ledger, persons
from victims.models import Background, Consent, Indicator, Involvement, VictimMerge
from victims.services.consents import Recipient, live_consent, withdraw_consent
from victims.services.merges import merge_victims, undo_victim_merge

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = date(2026, 3, 12), date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def other(case, manager):
    """The same person, written down a second time, in another case of the office."""
    return factories.involvement(factories.case(case.office))


@pytest.fixture
def merge(act, manager):
    def run(keep, gone):
        act(merge_victims, keep.victim, manager, other=gone.victim)
        keep.victim.refresh_from_db()
        gone.victim.refresh_from_db()
        return VictimMerge.objects.latest("created_at")

    return run


def test_nobody_becomes_one_person_who_sleeps_in_two_places(act, person, other, manager, merge):
    act(place, person, manager, kind="home", since=MARCH)
    there = act(place, other, manager, kind="hospital", since=APRIL)
    with pytest.raises(Refused, match="Both have a placement for the same night"):
        merge(person, other)
    other.victim.refresh_from_db()
    assert other.victim.merged_into is None
    here = Placement.objects.get(involvement=person)
    act(end_placement, here, manager, version=1, until=APRIL, ended_for="planned")
    merge(person, other)
    assert there.involvement_id == other.pk


def test_merged_no_second_place_is_found_for_the_same_night(act, person, other, manager, merge):
    act(place, person, manager, kind="home", since=MARCH)
    merge(other, person)  # the record with the place stands under the one without
    with pytest.raises(Refused, match="another place for one of these nights"):
        act(place, other, manager, kind="hospital", since=APRIL)


def test_undone_each_may_sleep_elsewhere_again(act, person, other, manager, merge):
    act(place, person, manager, kind="home", since=MARCH)
    merged = merge(other, person)
    act(undo_victim_merge, merged, manager)
    assert act(place, other, manager, kind="hospital", since=APRIL).since == APRIL


def test_through_a_chain_of_merges_it_is_still_one_person(act, case, person, other, manager, merge):
    third = factories.involvement(factories.case(case.office))
    act(place, third, manager, kind="home", since=MARCH)
    below = merge(other, third)
    above = merge(person, other)
    with pytest.raises(Refused, match="another place"):
        act(place, person, manager, kind="hospital", since=APRIL)
    act(undo_victim_merge, above, manager)
    assert act(place, person, manager, kind="hospital", since=APRIL)
    with pytest.raises(Refused, match="another place"):
        act(place, other, manager, kind="hospital", since=APRIL)
    act(undo_victim_merge, below, manager)
    assert act(place, other, manager, kind="hospital", since=APRIL)


def test_the_database_alone_knows_whom_a_record_stands_for(person, other):
    care.placement(involvement=person)
    care.placement(involvement=other)
    other.victim.merged_into = person.victim
    with pytest.raises(IntegrityError, match="aftercare_placement_one_a_night"):
        other.victim.save()


def test_nobody_becomes_one_person_who_is_freed_or_owed_twice(act, person, other, manager, merge):
    for part in (person, other):
        ledger.entitlement(certificate=ledger.certificate(involvement=part))
    with pytest.raises(Refused, match="Both have a release certificate, issued or applied for"):
        merge(person, other)
    other.victim.refresh_from_db()
    assert other.victim.merged_into is None


def test_a_refused_certificate_stands_in_nobodys_way(act, person, other, manager, merge):
    refused = {"status": "refused", "answered_on": APRIL, "number": ""}
    ledger.certificate(involvement=person, **refused)
    ledger.certificate(involvement=other)
    merge(person, other)
    again = ReleaseCertificate.objects.get(involvement=person)
    issued = {"status": "issued", "answered_on": APRIL, "number": "RC/twice"}
    with pytest.raises(Refused, match="nobody can have two"):
        act(answer_certificate, again, manager, version=again.version, **issued)


def test_merged_nobody_applies_a_second_time(act, person, other, manager, merge):
    ledger.certificate(involvement=person)
    merged = merge(other, person)
    asked = {"applied_on": APRIL, "jurisdiction": person.case.jurisdiction}
    with pytest.raises(Refused, match="nobody can have two"):
        act(apply_for_certificate, other, manager, **asked)
    act(undo_victim_merge, merged, manager)
    assert act(apply_for_certificate, other, manager, **asked).status == "pending"


def test_the_database_alone_refuses_a_second_title(person, other):
    """Also past the services, and whichever of the two records stands."""
    first = ledger.certificate(involvement=person)
    ledger.entitlement(certificate=first)
    other.victim.merged_into = person.victim
    other.victim.save()
    second = "aftercare_certificate_one_a_person"
    with pytest.raises(IntegrityError, match=second), transaction.atomic():
        ledger.certificate(involvement=other)
    refused = ledger.certificate(involvement=other, status="refused", answered_on=APRIL)
    with pytest.raises(IntegrityError, match="aftercare_entitlement_one_a_person"):
        ledger.entitlement(certificate=refused)


def held(*parts):
    """All that hangs from these parts of cases, as it stands: what no merge may touch."""
    rows = []
    for part in parts:
        for relation in Involvement._meta.related_objects:
            model, name = relation.related_model, relation.field.name
            if not model.__name__.endswith("Event"):
                rows += [(model, row.pk) for row in model.objects.filter(**{name: part})]
        rows += [(Background, row.pk) for row in Background.objects.filter(victim=part.victim_id)]
    return sorted(rows, key=str)


def test_what_each_record_holds_stays_its_own_and_comes_back(act, person, other, merge, manager):
    for part in (person, other):
        Background.objects.create(victim=part.victim, marital_status="Single", not_known=[])
        persons.particular(victim=part.victim)
        persons.indicator(involvement=part)
        persons.consent(part)
        care.care_plan(involvement=part)
        ledger.claim(involvement=part)
    entitlement = ledger.entitlement(certificate=ledger.certificate(involvement=person))
    ledger.rehabilitation_payment(entitlement=entitlement)
    before = held(person, other)
    assert {model for model, _pk in before} > {Background, Indicator, Consent, Entitlement}
    merged = merge(person, other)
    assert held(person, other) == before
    act(undo_victim_merge, merged, manager)
    assert held(person, other) == before


def test_a_consent_of_one_record_carries_nothing_for_the_other(act, person, other, merge, manager):
    """Whoever agreed in one case is asked in the other: a merge agrees to nothing."""
    given = persons.consent(person)
    house = Recipient("provider", factories.provider().pk)
    merge(person, other)
    assert live_consent(person, "care", house) == given
    assert live_consent(other, "care", house) is None
    act(withdraw_consent, given, manager, withdrawn_on=MAY, version=1)
    assert live_consent(person, "care", house) is None


def shown(part, user):
    with acting_as(user.pk):
        return survivor_page(part, type(user).objects.get(pk=user.pk))


def test_the_page_shows_danger_cases_and_siblings_of_the_whole_person(
    case, person, other, merge, manager, act
):
    brother = factories.involvement(case)
    persons.sibling_pair(person.victim, brother.victim)
    person.victim.safety_flag = True
    person.victim.save()
    assert not shown(other, manager)["danger"]
    merged = merge(other, person)
    page = shown(other, manager)
    assert page["danger"]
    assert {row["code"] for row in page["cases"]} == {person.code, other.code}
    assert len(page["cases"]) == 2
    assert [row["parts"][0]["id"] for row in page["siblings"]] == [brother.pk]
    act(undo_victim_merge, merged, manager)
    page = shown(other, manager)
    assert (page["danger"], len(page["cases"]), page["siblings"]) == (False, 1, [])


def test_the_ledger_says_what_the_same_person_is_owed_elsewhere(person, other, merge, manager, act):
    ledger.entitlement(certificate=ledger.certificate(involvement=other))

    def elsewhere():
        with acting_as(manager.pk):
            user = type(manager).objects.get(pk=manager.pk)
            return [row["words"] for row in Ledger(person, user).shown()["owed_elsewhere"]]

    assert elsewhere() == []
    merged = merge(person, other)
    assert elsewhere() == [f"{other.case.reference} {other.code}"]
    act(undo_victim_merge, merged, manager)
    assert elsewhere() == []
