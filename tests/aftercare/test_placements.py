"""Where survivors sleep: never in two places, in a bed that is there, or with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.utils import timezone

from aftercare.models import Placement
from aftercare.occupancy import by_month, free, free_on, lie_within
from aftercare.services.placements import correct_placement, end_placement, place
from core.models import AuditEvent
from core.services import Refused, Stale
from tests import factories
from tests.factories import care, persons
from victims.models import Victim
from victims.services.siblings import join_siblings, leave_siblings

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = date(2026, 3, 12), date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def shelter(db):
    """Two beds for girls and women, none for others."""
    return factories.provider(places_female=2)


def of(case, sex="female", age=150):
    victim = Victim.objects.create(sex=sex, age_min_months=age, age_max_months=age)
    return factories.involvement(case, victim)


def test_a_placement_is_recorded_moved_and_ended(act, person, worker, shelter, recorded):
    first = act(place, person, worker, kind="shelter", since=MARCH, provider=shelter)
    assert (first.victim, first.until) == (person.victim, None)
    moved = act(place, person, worker, kind="foster_care", since=APRIL, moved_for="planned")
    first.refresh_from_db()
    assert (first.until, first.ended_for) == (APRIL, "planned")
    ended = act(
        end_placement, moved, worker, version=moved.version, until=MAY, ended_for="reunified"
    )
    assert (ended.until, ended.ended_for) == (MAY, "reunified")
    assert len(recorded("placement.recorded")) == 2
    assert len(recorded("placement.ended")) == 2


def test_nobody_sleeps_in_two_places_in_one_night(act, person, worker):
    act(place, person, worker, kind="hospital", since=MARCH, until=APRIL, ended_for="planned")
    for since, until in ((MARCH, None), (date(2026, 3, 31), MAY), (date(2026, 2, 1), None)):
        words = {"until": until, "ended_for": "planned" if until else ""}
        with pytest.raises(Refused, match="another place for one of these nights"):
            act(place, person, worker, kind="kinship", since=since, **words)
    assert act(place, person, worker, kind="kinship", since=APRIL).since == APRIL  # the next night


def test_nor_in_two_cases_one_of_which_is_closed_to_the_asker(act, person, worker):
    elsewhere = factories.case(factories.office("manila", "PH-MNL"))
    there = factories.involvement(elsewhere, person.victim)
    care.placement(involvement=there, since=MARCH)
    with pytest.raises(Refused, match="perhaps in another case"):
        act(place, person, worker, kind="kinship", since=APRIL)


def test_the_database_refuses_it_by_itself(person):
    care.placement(involvement=person)
    with pytest.raises(IntegrityError, match="aftercare_placement_one_a_night"):
        care.placement(involvement=person, since=MAY)


def test_longer_and_earlier_nights_are_asked_again(act, case, worker, person):
    lone = factories.provider(places_any=1)
    first = act(
        place,
        *(person, worker),
        kind="shelter",
        since=MARCH,
        until=APRIL,
        ended_for="planned",
        provider=lone,
    )
    act(place, of(case), worker, kind="shelter", since=APRIL, provider=lone)
    with pytest.raises(Refused, match="no free place on 1 Apr 2026"):
        act(end_placement, first, worker, version=first.version, until=MAY, ended_for="left")
    first.refresh_from_db()
    assert first.until == APRIL
    shorter = date(2026, 3, 20)
    act(end_placement, first, worker, version=first.version, until=shorter, ended_for="left")
    later = Placement.objects.get(since=APRIL)
    earlier = date(2026, 3, 19)
    with pytest.raises(Refused, match="no free place on 19 Mar 2026"):
        act(correct_placement, later, worker, version=1, kind="shelter", since=earlier)
    corrected = act(correct_placement, later, worker, version=1, kind="shelter", since=shorter)
    assert corrected.since == shorter
    with pytest.raises(Stale):
        act(correct_placement, later, worker, version=1, kind="shelter", since=shorter)


@pytest.mark.parametrize(
    ("rules", "sex", "age", "words"),
    [
        ({"sexes": ["female"]}, "male", 150, "takes only: Female"),
        ({"age_min_months": 156}, "female", 150, "takes people of another age"),
        ({"age_max_months": 140}, "female", 150, "takes people of another age"),
        ({"places_female": 0}, "female", 150, "no free place on 12 Mar 2026"),
        ({"places_female": 9}, "male", 150, "no free place on 12 Mar 2026"),
    ],
)
def test_a_rule_of_the_provider_is_held_or_overridden_by_a_case_manager(
    act, case, worker, manager, rules, sex, age, words
):
    there, person = factories.provider(**rules), of(case, sex, age)
    asked = {"kind": "shelter", "since": MARCH, "provider": there}
    with pytest.raises(Refused, match=words):
        act(place, person, worker, **asked)
    with pytest.raises(Refused, match="Only a case manager"):
        act(place, person, worker, override="No other house tonight", **asked)
    with pytest.raises(Refused, match="Say why"):
        act(place, person, manager, override="no", **asked)
    placed = act(place, person, manager, override="No other house tonight", **asked)
    assert (placed.override, placed.overridden_by) == ("No other house tonight", manager)
    said = AuditEvent.objects.get(action="placement.overridden")
    assert (said.actor_id, said.detail) == (manager.pk, {"rules": 1})


def test_a_reason_without_a_broken_rule_is_not_kept(act, person, manager, shelter):
    placed = act(
        place, person, manager, kind="shelter", since=MARCH, provider=shelter, override="Just so"
    )
    assert (placed.override, placed.overridden_by) == (None, None)


def test_only_a_certain_age_is_refused_and_ages_grow(act, case, worker):
    teens = factories.provider(age_min_months=156)
    rescue = factories.rescue(case, occurred_on=date(2025, 3, 1))
    victim = Victim.objects.create(sex="female", age_min_months=150, age_max_months=150)
    grown = factories.involvement(case, victim, rescue=rescue, outcome="rescued")
    act(place, grown, worker, kind="shelter", since=MARCH, provider=teens)  # a year later
    unknown = factories.involvement(case, Victim.objects.create(sex="female"))
    act(place, unknown, worker, kind="shelter", since=MARCH, provider=teens)


def test_beds_are_those_of_the_sex_and_then_those_for_anyone():
    beds = {"female": 2, "male": 1, "any": 1}
    assert free(beds, {}, "female") == 3
    assert free(beds, {"female": 2}, "female") == 1
    assert free(beds, {"female": 3}, "female") == 0
    assert free(beds, {"female": 3}, "male") == 1
    assert free(beds, {"female": 3, "male": 1}, "male") == 0
    assert free(beds, {"female": 5}, "male") == 1  # overridden there; the bed for boys is free
    assert free(beds, {"other": 1}, "unknown") == 0
    assert free({"female": 2, "male": 1, "any": 0}, {}, "other") == 0


def test_who_is_full_is_known_over_cases_one_may_not_see(act, person, worker):
    lone = factories.provider(places_any=1)
    sealed = factories.case(factories.office("manila", "PH-MNL"), level=4)
    care.placement(sealed, provider=lone)
    with pytest.raises(Refused, match="no free place on 12 Mar 2026"):
        act(place, person, worker, kind="shelter", since=MARCH, provider=lone)


def test_days_and_reasons_must_make_sense(act, case, person, worker):
    closed = factories.provider(is_active=False)
    tomorrow = timezone.localdate().replace(year=timezone.localdate().year + 1)
    refused = {
        "future": {"since": tomorrow},
        "at least one night": {"since": MARCH, "until": MARCH, "ended_for": "left"},
        "Enter both the end date and the reason, or neither": {"since": MARCH, "until": APRIL},
        "Enter both the end date": {"since": MARCH, "ended_for": "left"},
        "This provider no longer takes people in": {"since": MARCH, "provider": closed},
        "This person has no current placement": {"since": MARCH, "moved_for": "left"},
    }
    for words, asked in refused.items():
        with pytest.raises(Refused, match=words):
            act(place, person, worker, kind="shelter", **asked)
    met = factories.rescue(case)
    known = factories.involvement(case, rescue=met, outcome="rescued")
    with pytest.raises(Refused, match="before the rescue"):
        act(place, known, worker, kind="home", since=date(2026, 3, 9))
    act(place, known, worker, kind="home", since=MARCH)
    with pytest.raises(Refused, match="on that day or later"):
        act(place, known, worker, kind="kinship", since=MARCH, moved_for="left")
    assert Placement.objects.count() == 1


def test_brothers_and_sisters_stay_together_or_a_reason_is_kept(act, case, person, worker, shelter):
    sister = of(case)
    act(join_siblings, person.victim, worker, sibling=sister)
    act(place, person, worker, kind="shelter", since=MARCH, provider=shelter)
    with pytest.raises(Refused, match="Say why they are apart"):
        act(place, sister, worker, kind="foster_care", since=APRIL)
    apart = act(place, sister, worker, kind="foster_care", since=APRIL, apart="The doctor says so")
    assert apart.apart == "The doctor says so"
    together = act(
        place, sister, worker, kind="shelter", since=MAY, provider=shelter, moved_for="planned"
    )
    assert together.apart is None


def test_who_left_the_group_sleeps_where_it_is_best(act, case, person, worker, shelter):
    sister = of(case)
    joined = act(join_siblings, person.victim, worker, sibling=sister)
    act(leave_siblings, joined, worker)
    act(place, person, worker, kind="shelter", since=MARCH, provider=shelter)
    alone = act(place, sister, worker, kind="foster_care", since=APRIL)
    assert alone.apart is None


def test_a_sibling_nobody_here_may_know_of_is_not_betrayed(act, case, person, worker, shelter):
    """A refusal would tell that there is a brother in a case that is closed to the worker."""
    sealed = factories.case(case.office, level=4)
    brother = factories.involvement(sealed)
    persons.sibling_pair(person.victim, brother.victim)
    care.placement(involvement=brother, kind="foster_care", since=MARCH)
    placed = act(place, person, worker, kind="shelter", since=MARCH, provider=shelter)
    assert placed.apart is None


def test_who_may_not_place(act, person, field_officer, worker, case):
    with pytest.raises(PermissionDenied):
        act(place, person, field_officer, kind="home", since=MARCH)
    colleague = factories.user("aftercare_worker", case.office)
    with pytest.raises(PermissionDenied):
        act(place, person, colleague, kind="home", since=MARCH)


def test_free_beds_of_tonight_and_nights_by_month(case, shelter, django_assert_num_queries):
    planned = {"provider": shelter, "ended_for": "planned"}
    care.placement(case, since=date(2026, 10, 30), until=date(2026, 11, 3), **planned)
    care.placement(case, since=date(2026, 11, 20), until=date(2026, 12, 1), **planned)
    care.placement(case, since=date(2026, 11, 20), provider=shelter)
    unknown = factories.provider(sexes=["male"])
    boys = factories.provider(sexes=["male"], places_any=4)
    with django_assert_num_queries(1):
        free_beds = free_on(dict.fromkeys([shelter, unknown, boys], date(2026, 11, 24)))
    assert free_beds == {
        shelter.pk: {"female": 0, "male": 0},
        unknown.pk: None,
        boys.pk: {"male": 4},
    }
    months = by_month(shelter, date(2026, 11, 24))
    assert len(months) == 12
    november, october = months[0], months[1]
    assert (november["nights"], november["of"]) == (2 + 5 + 5, 2 * 24)
    assert november["share"] == 0.25
    assert (october["nights"], october["of"]) == (2, 62)
    assert months[-1]["month"] == date(2025, 12, 1)


def test_the_numbers_lead_to_nobody():
    with connection.cursor() as cursor:
        cursor.execute("select * from aftercare_stays('{}', now()::date, null)")
        columns = [column.name for column in cursor.description]
    assert columns == ["provider", "sex", "since", "until", "leaves"]


def test_what_was_decided_against_a_rule_does_not_bar_the_way(act, case, worker, manager):
    """A later end, or a correction, of an overridden placement asks nothing twice."""
    there = factories.provider(sexes=["female"], places_any=1)
    boy = of(case, "male")
    words = {"kind": "shelter", "since": MARCH, "provider": there}
    over = {"until": APRIL, "ended_for": "planned"}
    placed = act(place, boy, manager, override="No other house tonight", **words, **over)
    longer = {"until": date(2026, 4, 10), "ended_for": "planned"}
    act(end_placement, placed, worker, version=placed.version, **longer)
    placed.refresh_from_db()
    assert (placed.override, placed.overridden_by) == ("No other house tonight", manager)
    fixed = {"kind": "shelter", "since": date(2026, 3, 13)}
    act(correct_placement, placed, worker, version=placed.version, **fixed)
    # Another rule than the one decided about is asked for anew.
    act(place, of(case), worker, kind="shelter", since=date(2026, 4, 10), provider=there)
    placed.refresh_from_db()
    latest = {"until": MAY, "ended_for": "planned", "version": placed.version}
    with pytest.raises(Refused, match="no free place on 10 Apr 2026"):
        act(end_placement, placed, worker, **latest)
    with pytest.raises(Refused, match="Only a case manager"):
        act(end_placement, placed, worker, override="Nobody else has a bed", **latest)
    ended = act(end_placement, placed, manager, override="Nobody else has a bed", **latest)
    assert (ended.until, ended.override) == (MAY, "Nobody else has a bed")


def test_a_reason_for_a_full_night_is_no_reason_for_another(act, case, manager, worker):
    """One bed: taken from 1 to 5 April and from 10 April on. Only these nights are missing."""
    there = factories.provider(places_female=1)
    five, ten, april = date(2026, 4, 5), date(2026, 4, 10), {"provider": there}
    care.placement(case, since=APRIL, until=five, ended_for="planned", **april)
    care.placement(case, since=ten, **april)
    words = {"kind": "shelter", "since": MARCH, "provider": there, "ended_for": "planned"}
    why = {"override": "No other house tonight"}
    placed = act(place, of(case), manager, until=date(2026, 4, 3), **why, **words)

    def until(day, user, **more):
        placed.refresh_from_db()
        named = {"version": placed.version, "until": day, "ended_for": "planned"}
        return act(end_placement, placed, user, **named, **more)

    # The nights of 3 and 4 April are full as well, and nobody decided about them.
    with pytest.raises(Refused, match="no free place on 1 Apr 2026"):
        until(date(2026, 4, 4), worker)
    until(date(2026, 4, 4), manager, override="Another night")
    with pytest.raises(Refused, match="no free place"):
        until(five, worker)
    until(five, manager, override="All of them")
    # From 5 to 9 April the bed is free: that stretches nothing.
    assert until(ten, worker).override == "All of them"
    with pytest.raises(Refused, match="no free place"):
        until(date(2026, 4, 11), worker)
    assert until(ten, worker).until == ten


def test_beds_are_of_the_sex_of_the_person_not_of_the_record(act, case, worker):
    """One bed for girls, one for boys. Whoever stands as a girl takes the bed of girls."""
    there = factories.provider(places_female=1, places_male=1)
    stands, gone, unsaid = of(case, "female"), of(case, "male"), of(case, "unknown")
    Victim.objects.filter(pk=gone.victim_id).update(merged_into=stands.victim_id)
    words = {"kind": "shelter", "provider": there, "since": MARCH}
    act(place, gone, worker, **words)
    assert free_on({there: APRIL})[there.pk] == {"female": 0, "male": 1}
    with pytest.raises(Refused, match="no free place"):
        act(place, of(case, "female"), worker, **words)
    known = of(case, "male")
    Victim.objects.filter(pk=known.victim_id).update(merged_into=unsaid.victim_id)
    act(place, unsaid, worker, **words)
    assert free_on({there: APRIL})[there.pk] == {"female": 0, "male": 0}
    with pytest.raises(Refused, match="no free place"):
        act(place, of(case, "male"), worker, **words)


@pytest.mark.parametrize(
    ("some", "others", "within"),
    [
        ([], [], True),
        ([(1, 3)], [], False),
        ([(1, 3)], [(1, 3)], True),
        ([(1, 4)], [(1, 3)], False),
        ([(2, 3)], [(1, 3)], True),
        ([(0, 3)], [(1, 3)], False),
        ([(2, None)], [(1, None)], True),
        ([(2, None)], [(1, 9)], False),
        ([(2, 9)], [(1, None)], True),
        ([(1, 3), (5, 6)], [(1, 3)], False),
        ([(1, 3), (5, 6)], [(1, 3), (4, 7)], True),
    ],
)
def test_nights_among_other_nights(some, others, within):
    def days(nights):
        day = [(MARCH + timedelta(a), b) for a, b in nights]
        return [(a, None if b is None else MARCH + timedelta(b)) for a, b in day]

    assert lie_within(days(some), days(others)) is within


def test_a_reason_goes_with_what_it_was_given_for(act, case, manager, worker, shelter):
    shelter.places_female = 1
    shelter.save()
    act(place, of(case), worker, kind="shelter", since=APRIL, provider=shelter)
    words = {"kind": "shelter", "since": MARCH, "provider": shelter}
    over = {"until": MAY, "ended_for": "planned", "override": "No other house tonight"}
    placed = act(place, of(case), manager, **words, **over)
    assert placed.overridden_by == manager
    sooner = {"until": APRIL, "ended_for": "planned"}
    ended = act(end_placement, placed, worker, version=placed.version, **sooner)
    ended.refresh_from_db()
    assert (ended.override, ended.overridden_by) == (None, None)


@pytest.mark.parametrize("stands", ["here", "there"])
def test_sex_and_age_are_those_of_the_person_of_whatever_record(act, case, worker, stands):
    """The record of this case says nothing; the other one of the same person does."""
    bare = factories.involvement(case, Victim.objects.create(sex="unknown"))
    known = of(factories.case(case.office), "male", 150)
    factories.assignment(known.case, worker)
    kept, gone = (bare, known) if stands == "here" else (known, bare)
    gone.victim.merged_into = kept.victim
    gone.victim.save()
    for rules, words in (({"sexes": ["female"]}, "takes only"), ({"age_min_months": 216}, "age")):
        there = factories.provider(**rules)
        with pytest.raises(Refused, match=words):
            act(place, bare, worker, kind="shelter", since=MARCH, provider=there)


@pytest.mark.parametrize("whose", ["mine", "the sibling's"])
def test_siblings_are_found_over_every_record_of_a_person(act, case, worker, manager, whose):
    sister, brother, again = of(case), of(case), of(case)
    persons.sibling_pair(sister.victim, brother.victim)
    again.victim.merged_into = sister.victim if whose == "mine" else brother.victim
    again.victim.save()
    placed, other = (again, brother) if whose == "mine" else (sister, again)
    act(place, other, manager, kind="kinship", since=MARCH)
    with pytest.raises(Refused, match="brother or sister is placed elsewhere"):
        act(place, placed, manager, kind="hospital", since=MARCH)
