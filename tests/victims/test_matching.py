"""People of a like name: offered within the reader's sight, judged once, found over all offices
by the worker alone."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction

from core.context import acting_as
from core.models import Job
from core.services import Refused
from tests import factories
from tests.factories import duplicates
from tests.nights import nightly
from victims.matching import MATCHING
from victims.models import Confirmation, Involvement, Match
from victims.services.confirmations import answer_confirmation, ask_confirmations
from victims.services.matches import judge, read_alike

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(office):
    return factories.user("case_manager", office)


@pytest.fixture
def officer():
    return factories.user("data_officer", factories.office("global"))


@pytest.fixture
def abroad():
    return factories.case(factories.office("manila", "PH-MNL"))


def named(case, name):
    return factories.identity(case, full_name=name).victim


def offered(victim, reader):
    part = Involvement.objects.visible_to(reader).filter(victim=victim).first()
    with acting_as(reader.pk):
        return [found.victim for found in read_alike(part, actor=reader)]


def test_people_of_a_like_name_are_offered_in_any_script(case, manager):
    here = named(case, "Mohammed Rahman")
    same = named(factories.case(case.office), "মোহাম্মদ রহমান")
    named(case, "Priya Das")
    assert offered(here, manager) == [same]
    assert offered(same, manager) == [here]


def test_whom_the_reader_may_not_see_is_not_offered(case, manager, field_officer, abroad):
    here = named(case, "Priya Das")
    named(abroad, "Preeya Das")
    named(factories.case(case.office, level=4), "Priya Das")
    mate = named(factories.case(case.office), "Priya Dass")
    assert offered(here, field_officer) == []
    assert offered(here, manager) == [mate]


def test_what_was_judged_is_not_offered_again(case, manager, field_officer):
    here, other = named(case, "Priya Das"), named(case, "Preeya Das")
    with acting_as(field_officer.pk):
        judge(here, other=other, answer="different", actor=field_officer)
    assert offered(here, manager) == offered(other, manager) == []
    assert Match.objects.get().status == "different"


def test_nobody_judges_whom_they_do_not_reach(case, field_officer, abroad):
    pair = factories.victim(case), factories.victim(abroad)
    with acting_as(field_officer.pk), pytest.raises(PermissionDenied):
        judge(pair[0], other=pair[1], answer="same", actor=field_officer)


def test_the_worker_finds_pairs_over_all_offices(case, abroad, manager, officer):
    here, there = named(case, "សុខា ចាន់"), named(abroad, "Sokkha Chan")
    named(abroad, "Rosa Lim")
    assert nightly(MATCHING).result == {"people": 3, "new": 1}
    pair = Match.objects.get()
    assert {pair.one, pair.other} == {here, there}
    assert list(Match.objects.visible_to(officer)) == [pair]
    assert not Match.objects.visible_to(manager).exists()
    with acting_as(manager.pk):
        assert not Match.objects.exists()
    assert nightly(MATCHING).result == {"people": 3, "new": 0}


def test_a_job_leaves_ids_and_a_number_and_no_name(case, abroad, caplog):
    named(case, "Canary Ivory")
    named(abroad, "Canary Ivorie")
    nightly(MATCHING)
    kept = json.dumps([list(m.objects.values()) for m in (Job, Match)], default=str)
    assert "ivor" not in (kept + caplog.text).lower()
    assert Job.objects.get().parameters == {}


def test_who_is_known_in_sealed_cases_only_is_compared_with_nobody(case, office):
    named(case, "Priya Das")
    named(factories.case(office, level=4), "Priya Das")
    assert nightly(MATCHING).result == {"people": 1, "new": 0}


def test_a_judgement_stands_and_a_pair_found_no_more_goes(case, abroad):
    pair = duplicates.match(
        case,
        named(case, "Priya Das"),
        named(abroad, "Preeya Das"),
        status="different",
        decided_by=factories.user(),
        decided_at=case.created_at,
    )
    gone = duplicates.match(case, named(case, "Rosa Lim"), named(abroad, "Aung Min"))
    nightly(MATCHING)
    assert [(m.pk, m.status) for m in Match.objects.all()] == [(pair.pk, "different")]
    assert gone.pk != pair.pk


@pytest.mark.parametrize("asked", ["victims_identities_to_match()", "victims_former_to_match()"])
def test_the_web_cannot_ask_for_the_names(officer, asked):
    with (
        acting_as(officer.pk),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"select * from {asked}")


# Each side is asked about its own person


def test_each_case_manager_is_asked_about_the_own_record_alone(case, abroad, manager, officer):
    pair = duplicates.match(case, named(case, "Priya Das"), named(abroad, "Preeya Das"))
    with acting_as(officer.pk):
        assert len(ask_confirmations(pair, actor=officer)) == 2
        with pytest.raises(Refused, match="already been asked"):
            ask_confirmations(pair, actor=officer)
    mine = Confirmation.objects.visible_to(manager).get()
    assert mine.case == case
    with acting_as(manager.pk):
        assert Confirmation.objects.get() == mine
        answered = answer_confirmation(mine, version=1, answer="yes", actor=manager)
        with pytest.raises(Refused, match="already been answered"):
            answer_confirmation(answered, version=2, answer="no", actor=manager)
    assert answered.answered_by == manager
