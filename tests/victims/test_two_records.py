"""One person in two records: what one of them answers is not asked of the other."""

from __future__ import annotations

import pytest

from core.context import acting_as
from core.services import Refused
from tests import factories
from victims.models import Victim
from victims.sections import SECTIONS, PersonInCase, State
from victims.services.persons import describe_person
from victims.services.siblings import join_siblings

pytestmark = pytest.mark.django_db
BY_CODE = {section.code: section for section in SECTIONS}


@pytest.fixture
def person(office):
    victim = Victim.objects.create(sex="female", age_min_months=156, age_max_months=215)
    return factories.involvement(factories.case(office), victim)


def test_nothing_is_asked_twice_of_a_person_in_two_records(person, office, case_manager):
    """What another record answers appears here as well; where both are silent, it is asked."""
    other = factories.involvement(factories.case(office))
    describe_person(
        other.victim,
        version=other.victim.version,
        actor=case_manager,
        nationality="BD",
        languages=["bn"],
        marital_status=None,
    )
    other.victim.refresh_from_db()
    assert PersonInCase(person, case_manager).value("nationality") == ""
    other.victim.merged_into = person.victim
    other.victim.save()
    known = PersonInCase(person, case_manager)
    assert known.value("nationality") == "BD"
    assert known.is_not_known("marital_status")
    assert known.state(BY_CODE["background"]) == State.IN_PROGRESS
    answers = {str(value) for _label, value in known.answers(BY_CODE["background"])}
    assert {"Bangladesh", "Not known"} < answers
    other.victim.merged_into = None
    other.victim.save()
    assert PersonInCase(person, case_manager).value("nationality") == ""


def test_what_another_record_says_is_shown_only_to_who_may_see_it(person, office):
    other = factories.involvement(factories.case(office))
    other.victim.nationality, other.victim.merged_into = "BD", person.victim
    other.victim.save()
    worker = factories.assignment(person.case, factories.user("aftercare_worker", office)).user
    with acting_as(worker.pk):
        assert PersonInCase(person, worker).value("nationality") == ""


def test_nobody_is_a_sibling_of_the_own_other_record(person, case_manager):
    other = factories.involvement(person.case)
    other.victim.merged_into = person.victim
    other.victim.save()
    with pytest.raises(Refused, match="Choose another person: this is the same one"):
        join_siblings(person.victim, sibling=other, actor=case_manager)
