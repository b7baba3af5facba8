"""Studies, strata and visits: who keeps them, and what cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.services import Refused, Stale
from studies.models import Stratum, Study, Visit
from studies.samples import sample_of
from studies.services.studies import add_stratum, change_stratum, change_study, record_study
from studies.services.visits import (
    correct_observation,
    correct_recapture,
    correct_visit,
    record_observation,
    record_recapture,
    record_visit,
    record_visits,
)
from tests import factories
from tests.factories import studies
from tests.factories.people import place

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 5)


def details(**fields):
    values = {"title": "Invented", "programme": "csec", "jurisdiction": place("IN-WB")}
    values |= {"method": "venues", "is_representative": True, "minor_judged": "observers"}
    values |= {"fieldwork_from": date(2024, 3, 1), "fieldwork_to": date(2024, 3, 31)}
    return values | fields


def test_a_study_is_recorded_and_corrected(act, keeper, recorded):
    study = act(record_study, keeper, **details(title="  Invented "))
    assert (study.title, study.phase, study.minor_below) == ("Invented", "single", 18)
    changed = act(change_study, keeper, study, version=study.version, phase="baseline")
    assert changed.phase == "baseline"
    with pytest.raises(Stale):
        act(change_study, keeper, study, version=study.version, phase="endline")
    assert recorded("study.recorded") == [(keeper.pk, str(study.pk))]
    assert recorded("study.changed") == [(keeper.pk, str(study.pk))]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"title": " "}, "title", "cannot be blank"),
        ({"fieldwork_to": date(2024, 2, 1)}, "fieldwork_to", "ends before it begins"),
        ({"published_on": date(2023, 2, 1)}, "published_on", "before the fieldwork began"),
        ({"minor_below": 40}, "minor_below", "from 10 to 21"),
        ({"method": "guess"}, "method", "not a valid choice"),
    ],
)
def test_what_a_study_cannot_be_is_said_of_its_field(act, keeper, wrong, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        act(record_study, keeper, **details(**wrong))
    assert refusal.value.field == field
    assert not Study.objects.exists()


def test_a_name_is_given_once_at_a_place(act, keeper):
    act(record_study, keeper, **details())
    with pytest.raises(Refused, match="There is already a study with this name"):
        act(record_study, keeper, **details())
    assert act(record_study, keeper, **details(jurisdiction=place("IN-MH"))).title == "Invented"


@pytest.mark.parametrize("role", ["field_officer", "legal_officer", "aftercare_worker"])
def test_who_reads_reports_does_not_keep_studies(act, role):
    reader = factories.user(role)
    study = studies.study()
    assert Study.objects.visible_to(reader).get() == study
    with pytest.raises(PermissionDenied):
        act(record_study, reader, **details())


@pytest.mark.parametrize("role", ["prosecutor", "auditor", "system_admin", "provider_partner"])
def test_who_sees_no_reports_sees_no_studies(role):
    studies.visit()
    reader = factories.user(role)
    for model in (Study, Stratum, Visit):
        assert not model.objects.visible_to(reader).exists()


@pytest.mark.parametrize("role", ["data_officer", "programme_manager", "case_manager"])
def test_who_runs_the_work_keeps_them(act, role):
    assert act(record_study, factories.user(role), **details()).pk


def test_a_stratum_lies_within_the_place_of_its_study(act, keeper):
    study = act(record_study, keeper, **details())
    part = {"kind": "public", "frame": "Invented map"}
    made = act(add_stratum, keeper, study, jurisdiction=place("IN-WB-KOL"), **part)
    with pytest.raises(Refused, match="outside the place"):
        act(add_stratum, keeper, study, jurisdiction=place("IN-MH"), **part)
    with pytest.raises(Refused, match="outside the place"):
        act(change_stratum, keeper, made, version=1, jurisdiction=place("IN-MH"))
    with pytest.raises(Refused, match="outside the place"):
        act(change_study, keeper, study, version=1, jurisdiction=place("KH"))
    with pytest.raises(Refused, match="already has this stratum"):
        act(add_stratum, keeper, study, jurisdiction=place("IN-WB-KOL"), **part)
    assert act(change_stratum, keeper, made, version=1, mapped=451).mapped == 451


def test_a_visit_counts_its_minors_among_its_people(act, keeper):
    stratum = studies.stratum()
    visit = act(record_visit, keeper, stratum, venue="E-1", visited_on=DAY, counted=9, minors=9)
    assert visit.establishments == 1
    with pytest.raises(Refused, match="More minors") as refusal:
        act(correct_visit, keeper, visit, version=1, minors=10)
    assert refusal.value.field == "minors"
    with pytest.raises(Refused, match="outside the fieldwork"):
        act(record_visit, keeper, stratum, venue="E-2", visited_on=date(2024, 4, 1), **COUNTS)
    with pytest.raises(Refused, match="code of the venue"):
        act(record_visit, keeper, stratum, venue=" ", visited_on=DAY, **COUNTS)
    with pytest.raises(Refused, match="At least one establishment"):
        act(record_visit, keeper, stratum, venue="E", visited_on=DAY, establishments=0, **COUNTS)


COUNTS = {"counted": 8, "minors": 1}


def test_a_venue_is_visited_once_unless_the_method_comes_again(act, keeper):
    once, again = studies.stratum(), studies.stratum(studies.study(method="time_location"))
    for stratum in (once, again):
        act(record_visit, keeper, stratum, venue="E-1", visited_on=DAY, **COUNTS)
        with pytest.raises(Refused, match="already has a visit on that day"):
            act(record_visit, keeper, stratum, venue="E-1", visited_on=DAY, **COUNTS)
    later = date(2024, 3, 9)
    act(record_visit, keeper, again, venue="E-1", visited_on=later, **COUNTS)
    with pytest.raises(Refused, match="visited once"):
        act(record_visit, keeper, once, venue="E-1", visited_on=later, **COUNTS)
    first = Visit.objects.get(stratum=once)
    act(correct_visit, keeper, first, version=1, left_out="broken_off")
    act(record_visit, keeper, once, venue="E-1", visited_on=later, **COUNTS)
    with pytest.raises(Refused, match="visited once"):
        act(correct_visit, keeper, first, version=2, left_out="")


def test_many_visits_are_kept_all_or_none(act, keeper, recorded):
    stratum = studies.stratum()
    good = [{"venue": f"E-{n}", "visited_on": DAY, **COUNTS} for n in range(3)]
    bad = [*good, {"venue": "E-0", "visited_on": DAY, **COUNTS}, {**good[0], "minors": 9}]
    with pytest.raises(Refused) as refusal:
        act(record_visits, keeper, stratum, visits=bad)
    assert "Visit 4: This venue already has a visit on that day" in str(refusal.value)
    assert "Visit 5: More minors" in str(refusal.value)
    assert not Visit.objects.exists()
    assert len(act(record_visits, keeper, stratum, visits=good)) == 3
    assert recorded("visits.recorded") == [(keeper.pk, str(stratum.pk))]
    with pytest.raises(Refused, match="The file has no visits"):
        act(record_visits, keeper, stratum, visits=[])
    with pytest.raises(Refused, match="At most 2000"):
        act(record_visits, keeper, stratum, visits=good * 700)


def test_a_visit_left_out_does_not_count(act, keeper):
    stratum = studies.stratum(mapped=50)
    for minors, counted in ((1, 10), (0, 8), (2, 12), (0, 9), (1, 11)):
        studies.visit(stratum, minors=minors, counted=counted)
    broken = studies.visit(stratum, minors=5, counted=5)
    act(correct_visit, keeper, broken, version=1, left_out="doubtful")
    sample = sample_of(stratum)
    assert (sample.visits, sample.left_out, sample.establishments) == (5, 1, 5)
    assert sample.fraction == pytest.approx(0.1)
    assert sample.per_establishment == 10
    assert (sample.share.k, sample.share.n) == (4, 50)
    assert sample.share.error == pytest.approx(0.0321248 * 0.9**0.5, abs=1e-6)


def test_a_venue_is_one_cluster_whatever_the_number_of_its_visits():
    """The five venues of the textbook, the first seen twice, the last empty on another day."""
    stratum = studies.stratum(studies.study(method="time_location"))
    rows = (("A", 1, 6), ("A", 0, 4), ("B", 0, 8), ("C", 2, 12), ("D", 0, 9), ("E", 1, 11))
    for day, (venue, minors, counted) in enumerate((*rows, ("E", 0, 0)), 1):
        on = date(2024, 3, day)
        studies.visit(stratum, venue=venue, minors=minors, counted=counted, visited_on=on)
    sample = sample_of(stratum)
    assert (sample.visits, sample.share.clusters) == (7, 5)
    assert sample.share.error == pytest.approx(0.0321248, abs=1e-6)


def test_a_census_is_complete_when_every_venue_was_visited_not_after_as_many_visits():
    """Four venues on the map, three of them seen in four visits: a quarter is not known."""
    stratum = studies.stratum(studies.study(method="census"), mapped=4)
    rows = (("A", 1, 6), ("A", 0, 4), ("B", 1, 10), ("C", 2, 12))
    for day, (venue, minors, counted) in enumerate(rows, 1):
        on = date(2024, 3, day)
        studies.visit(stratum, venue=venue, minors=minors, counted=counted, visited_on=on)
    sample = sample_of(stratum)
    assert (sample.visits, sample.establishments, sample.fraction) == (4, 3, 0.75)
    assert sample.per_establishment == 8, "people met at a visit"
    assert sample.share.error > 0
    assert sample.share.interval
    studies.visit(stratum, venue="D", minors=0, counted=5, visited_on=date(2024, 3, 9))
    assert (sample_of(stratum).fraction, sample_of(stratum).share.error) == (1, 0)


def test_where_venues_are_seen_again_the_map_does_not_narrow():
    stratum = studies.stratum(studies.study(method="time_location"), mapped=2)
    studies.visit(stratum, minors=1)
    studies.visit(stratum, minors=3)
    assert sample_of(stratum).fraction is None
    assert sample_of(stratum).share.error > 0


def test_observers_agree_where_all_count_the_same_minors(act, keeper):
    visit, other = studies.visit(), studies.visit()
    other.stratum = visit.stratum
    other.save()
    for one, observer, minors in ((visit, 1, 2), (visit, 2, 2), (other, 1, 1), (other, 2, 3)):
        words = {"observer": observer, "counted": 10, "minors": minors}
        act(record_observation, keeper, one, **words)
    sample = sample_of(visit.stratum)
    assert (sample.agreed, sample.observed) == (1, 2)
    with pytest.raises(Refused, match="already on record"):
        act(record_observation, keeper, visit, observer=1, counted=1, minors=0)
    with pytest.raises(Refused, match="More minors"):
        act(record_observation, keeper, visit, observer=3, counted=1, minors=2)


def test_counts_are_corrected_by_the_version_that_was_read(act, keeper, recorded):
    count, rounds = studies.observation(), studies.recapture()
    changed = act(correct_observation, keeper, count, version=1, minors=2)
    assert (changed.minors, changed.counted, changed.version) == (2, 10, 2)
    with pytest.raises(Stale):
        act(correct_observation, keeper, count, version=1, minors=3)
    with pytest.raises(Refused, match="More minors") as refusal:
        act(correct_observation, keeper, count, version=2, minors=11)
    assert refusal.value.field == "minors"
    with pytest.raises(Refused, match="both rounds than in one"):
        act(correct_recapture, keeper, rounds, version=1, both=151)
    assert act(correct_recapture, keeper, rounds, version=1, both=31).both == 31
    assert {target for _actor, target in recorded("count.corrected")} == {
        str(count.pk),
        str(rounds.pk),
    }


def test_two_rounds_of_a_stratum(act, keeper):
    stratum, days = studies.stratum(), {"first_on": DAY, "second_on": date(2024, 3, 12)}
    made = act(record_recapture, keeper, stratum, first=200, second=150, both=30, **days)
    assert made.both == 30
    with pytest.raises(Refused, match="already on record"):
        act(record_recapture, keeper, stratum, first=1, second=1, both=1, **days)
    with pytest.raises(Refused, match="both rounds than in one"):
        act(record_recapture, keeper, studies.stratum(), first=2, second=9, both=3, **days)
    turned = {"first_on": DAY, "second_on": DAY}
    with pytest.raises(Refused, match="comes after the first"):
        act(record_recapture, keeper, stratum, first=2, second=9, both=1, **turned)


def test_the_database_keeps_the_rules_of_visits_by_itself():
    stratum = studies.stratum()
    for wrong in ({"minors": 11}, {"venue": ""}, {"establishments": 0}, {"left_out": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            studies.visit(stratum, **wrong)
