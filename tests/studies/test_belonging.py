"""Studies, figures, programmes and evaluations belong to an office, or to the whole: all read them,
their own change them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from studies.belonging import is_own, of_others
from studies.models.numbers import OfficeRecord
from studies.services import estimates, outside, programmes, visits
from studies.services import studies as rounds
from tests import factories
from tests.factories import studies as made
from tests.factories.people import place

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 6)


@pytest.fixture
def manila():
    return factories.office("manila", "PH-MNL")


@pytest.fixture
def theirs(manila):
    return factories.user("case_manager", manila)


@pytest.fixture
def whole():
    return factories.user("data_officer", factories.office("global"))


def of(office, model):
    """A row of this table whose whole belongs to this office."""
    row = made.FACTORIES[model]()
    top = row
    while not isinstance(top, OfficeRecord):
        top = getattr(top, top.part_of)
    type(top).objects.filter(pk=top.pk).update(office=office)
    return model.objects.get(pk=row.pk)


VISIT = {"venue": "E-1", "visited_on": DAY, "counted": 10, "minors": 1}
# Every verb on a row: the table, the words.
VERBS = {
    rounds.change_study: ("Study", {"phase": "endline"}),
    rounds.add_stratum: ("Study", {"kind": "private", "frame": "Another map", "jurisdiction": ""}),
    rounds.change_stratum: ("Stratum", {"frame": "Another map"}),
    visits.record_visit: ("Stratum", VISIT),
    visits.record_visits: ("Stratum", {"visits": [VISIT]}),
    visits.correct_visit: ("Visit", {"minors": 2}),
    visits.record_observation: ("Visit", {"observer": 3, "counted": 9, "minors": 1}),
    visits.correct_observation: ("Observation", {"minors": 2}),
    visits.record_recapture: (
        "Stratum",
        {"first_on": DAY, "second_on": date(2024, 3, 8), "first": 9, "second": 8, "both": 2},
    ),
    visits.correct_recapture: ("Recapture", {"both": 1}),
    estimates.estimate_from_visits: ("Stratum", {}),
    estimates.enter_estimate: ("Stratum", {"k": 1, "n": 10, "source": "Invented report"}),
    estimates.correct_estimate: ("Estimate", {"k": 2}),
    estimates.publish_estimate: ("Estimate", {}),
    estimates.part_estimates: ("Pair", {}),
    outside.correct_statistic: ("ExternalStatistic", {"value": 1}),
    outside.correct_survey: ("DistrictSurvey", {"found": 1}),
    programmes.change_programme: ("ProgrammePlace", {"ends_on": date(2024, 1, 1)}),
    programmes.correct_training: ("Training", {"people": 25}),
    programmes.correct_evaluation: ("Evaluation", {"evaluator": "Another"}),
    programmes.add_finding: ("Evaluation", {"question": "Invented?", "k": 1, "n": 2}),
    programmes.correct_finding: ("Finding", {"k": 1}),
}
VERSIONED = ("change_", "correct_", "publish_")
MODELS = {model.__name__: model for model in made.FACTORIES}


def call(act, verb, row, user):
    _model, words = VERBS[verb]
    words = dict(words)
    if "jurisdiction" in words:
        words["jurisdiction"] = row.jurisdiction
    if verb.__name__.startswith(VERSIONED):
        words["version"] = row.version
    return act(verb, user, row, **words)


def state():
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS.values()}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
@pytest.mark.by_turns(6)
def test_nobody_of_another_office_changes_it(act, office, theirs, verb):
    factories.membership(theirs, "programme_manager", theirs.home_office)  # who publishes
    for whose in (office, None):
        row = of(whose, MODELS[VERBS[verb][0]])
        before = state()
        with pytest.raises(PermissionDenied):
            call(act, verb, row, theirs)
        assert state() == before


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
@pytest.mark.by_turns(6)
def test_its_own_and_who_works_for_the_whole_change_it(act, office, keeper, whole, verb):
    for user, whose in ((keeper, office), (whole, office), (whole, None)):
        row = of(whose, MODELS[VERBS[verb][0]])
        if verb is estimates.estimate_from_visits:
            made.visit(row)
        assert call(act, verb, row, user)


def test_every_verb_on_a_row_is_tried_here():
    modules = (rounds, visits, estimates, outside, programmes)
    verbs = {one for module in modules for one in vars(module).values() if hasattr(one, "fresh")}
    new = {verb for verb in verbs if verb.__name__.startswith("record_") and verb not in VERBS}
    assert {verb.__name__ for verb in verbs - new - set(VERBS)} == {"pair_estimates"}


def test_two_estimates_of_another_office_are_not_paired(act, office, theirs):
    pair = of(office, MODELS["Pair"])
    baseline, endline = pair.baseline, pair.endline
    pair.delete()
    with pytest.raises(PermissionDenied):
        act(estimates.pair_estimates, theirs, baseline, endline=endline)


def test_a_new_row_belongs_to_the_office_of_whoever_records_it(act, office, keeper, whole):
    words = {"programme": "csec", "jurisdiction": place("IN-WB")}
    ours = act(programmes.record_programme, keeper, starts_on=DAY, **words)
    of_all = act(programmes.record_programme, whole, starts_on=date(2024, 3, 7), **words)
    assert (ours.office, of_all.office) == (office, None)


def test_pages_and_programs_show_whose_it_is_and_offer_its_own_to_change(
    office, keeper, theirs, browser_client, api, said
):
    row = of(office, MODELS["ProgrammePlace"])
    study = of(office, MODELS["Study"])
    change = reverse("studies:change-programme", args=[row.pk])
    for user, may in ((keeper, True), (theirs, False)):
        page = browser_client(user)
        listed = page.get(reverse("studies:programmes"))
        assert office.name in said(listed)
        assert (change in listed.content.decode()) is may
        about = page.get(study.get_absolute_url())
        assert office.name in said(about)
        assert (reverse("studies:change-study", args=[study.pk]) in about.content.decode()) is may
        shown = api(user).get(f"programmes/{row.pk}/").json()
        assert shown["office"] == office.code
        answer = api(user).patch(f"programmes/{row.pk}/", {"source": "S"}, If_Match='"1"')
        assert answer.status_code == (200 if may else 403)
        form = {"version": "2", "programme": "csec", "jurisdiction": "IN-WB-KOL", "source": "T"}
        sent = page.post(change, form | {"starts_on": "2024-03-06"})
        assert sent.status_code == (302 if may else 403)


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.__name__)
@pytest.mark.by_turns(6)
def test_the_two_ways_to_ask_whose_it_is_agree(office, keeper, theirs, whole, model):
    rows = [of(office, model), of(None, model)]
    asked = model.objects.filter(pk__in=[row.pk for row in rows])
    for user in (keeper, theirs, whole):
        foreign = {row.pk for row in rows if not is_own(row, user)}
        assert set(of_others(asked, user).values_list("pk", flat=True)) == foreign
