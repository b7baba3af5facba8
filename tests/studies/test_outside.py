"""Figures of others stand side by side; not done and none found are different things."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.services import Refused
from studies.models import DistrictSurvey, ExternalStatistic
from studies.services.outside import (
    correct_statistic,
    correct_survey,
    record_statistic,
    record_survey,
)
from studies.services.programmes import (
    add_finding,
    change_programme,
    correct_evaluation,
    correct_finding,
    correct_training,
    record_evaluation,
    record_programme,
    record_training,
)
from studies.side_by_side import Ground, comparisons
from tests import factories
from tests.factories import studies
from tests.factories.people import place

pytestmark = pytest.mark.django_db


def figure(**fields):
    values = {"publisher": "Bureau", "series": "One", "measure": "people_held"}
    values |= {"unit": "persons", "programme": "bonded_labour", "jurisdiction": place("IN")}
    values |= {"year": 1978, "value": 343000, "quality": "survey", "source": "Invented book"}
    return values | fields


def test_a_figure_is_a_number_or_a_text(act, keeper):
    made = act(record_statistic, keeper, **figure())
    few = act(record_statistic, keeper, **figure(series="Two", value=None, text="<5"))
    assert (made.value, few.text) == (343000, "<5")
    for wrong in ({"text": "<5"}, {"value": None}):
        with pytest.raises(Refused, match="not both"):
            act(record_statistic, keeper, **figure(series="Three", **wrong))
    with pytest.raises(Refused, match="already has a figure for that place and year"):
        act(record_statistic, keeper, **figure())
    with pytest.raises(Refused, match="from 0 to 1"):
        act(record_statistic, keeper, **figure(unit="share", measure="share_minors", value=40))
    assert act(correct_statistic, keeper, made, version=1, value=350000).value == 350000


def test_the_parts_of_a_figure_lie_in_its_place(act, keeper):
    made = act(record_statistic, keeper, **figure(parts=["IN-WB", "IN-MH"], parts_number=16))
    with pytest.raises(Refused, match="Not part of this place: KH, IN"):
        act(correct_statistic, keeper, made, version=1, parts=["KH", "IN", "IN-WB"])
    with pytest.raises(Refused, match="You named more parts"):
        act(correct_statistic, keeper, made, version=1, parts_number=1)


def lines(*rows):
    return [(line.ratio, line.ground, line.common) for line in comparisons(rows)]


def test_two_figures_have_a_ratio_and_common_ground():
    survey = studies.external_statistic(value=343000, year=1978, parts_number=16)
    ngo = studies.external_statistic(value=2600000, year=1978, parts_number=10)
    ((ratio, ground, common),) = lines(survey, ngo)
    assert ratio == pytest.approx(7.58, abs=0.01)
    assert (ground, common) == (Ground.UNKNOWN, None)


def test_how_areas_lie_to_each_other():
    country = studies.external_statistic()
    again = studies.external_statistic()
    state = studies.external_statistic(jurisdiction=place("IN-WB"))
    two = studies.external_statistic(parts=["IN-WB", "IN-MH"])
    others = studies.external_statistic(parts=["IN-MH", "IN-TN"])
    assert lines(country, again)[0][1:] == (Ground.SAME, None)
    assert lines(state, country)[0][1] == Ground.WITHIN
    assert lines(country, state)[0][1] == Ground.AROUND
    assert lines(two, others)[0][1:] == (Ground.PARTLY, 1)
    assert lines(state, two)[0][1] == Ground.WITHIN
    assert lines(state, others)[0][1] == Ground.APART


def test_only_what_measures_the_same_stands_side_by_side():
    one = studies.external_statistic()
    for other in (
        {"measure": "victims"},
        {"unit": "cases"},
        {"programme": "csec"},
        {"jurisdiction": place("KH")},
    ):
        assert lines(one, studies.external_statistic(**other)) == []


def test_the_later_stands_over_the_earlier():
    late = studies.external_statistic(value=50, year=2016)
    early = studies.external_statistic(value=200, year=1978)
    for rows in ((late, early), (early, late)):
        (line,) = comparisons(rows)
        assert (line.one, line.two, line.ratio, line.years_apart) == (early, late, 0.25, 38)


@pytest.mark.parametrize(("text", "most"), [("<5", 4), (" < 11 ", 10), ("<2", 1)])
def test_fewer_than_five_are_one_to_four(text, most):
    few = studies.external_statistic(value=None, text=text, year=2010)
    many = studies.external_statistic(value=8, year=2016)
    (line,) = comparisons([few, many])
    assert (line.ratio, line.ratios) == (8 if most == 1 else None, (8 / most, 8))
    other = studies.external_statistic(value=None, text="<5", year=2012)
    (both,) = comparisons([few, other])
    assert both.between == (1 / most, 4)


def test_text_and_nothing_have_no_ratio():
    one, few = studies.external_statistic(), studies.external_statistic(value=None, text="some")
    none = studies.external_statistic(value=0)
    assert [line[0] for line in lines(one, few)] == [None]
    assert [line[0] for line in lines(none, one)] == [None]
    assert [line[0] for line in lines(one, none)] == [0]


def test_not_done_and_none_found_are_different(act, keeper):
    words = {"jurisdiction": place("IN-WB"), "programme": "bonded_labour"}
    none = act(record_survey, keeper, year=2016, status="done", found=0, **words)
    not_done = act(record_survey, keeper, year=2017, status="not_done", **words)
    assert (none.found, not_done.found) == (0, None)
    for status in ("not_done", "unknown"):
        with pytest.raises(Refused, match="Only a survey that was done") as refusal:
            act(record_survey, keeper, year=2018, status=status, found=0, **words)
        assert refusal.value.field == "found"
    with pytest.raises(Refused, match="entry for that year"):
        act(record_survey, keeper, year=2016, status="unknown", **words)
    late = act(correct_survey, keeper, not_done, version=1, status="done", found=12)
    assert late.found == 12
    assert DistrictSurvey.objects.count() == 2


def test_a_programme_has_a_first_day_and_perhaps_a_last(act, keeper):
    made = act(
        record_programme,
        keeper,
        programme="csec",
        jurisdiction=place("IN-WB-KOL"),
        starts_on=date(2006, 1, 1),
    )
    with pytest.raises(Refused, match="ends before it begins"):
        act(change_programme, keeper, made, version=1, ends_on=date(2005, 1, 1))
    whole = {"programme": made.programme, "ends_on": date(2015, 1, 1)}  # as the page sends it
    ended = act(change_programme, keeper, made, version=1, **whole)
    assert ended.ends_on == date(2015, 1, 1)


def test_a_training_may_have_scores(act, keeper):
    words = {"topic": "Interviews", "agency": factories.agency(), "held_on": date(2024, 5, 6)}
    made = act(record_training, keeper, people=24, hours=Decimal("16.5"), **words)
    assert (made.score_before, made.score_after) == (None, None)
    scored = act(correct_training, keeper, made, version=1, score_after=Decimal(80))
    assert scored.score_after == 80
    for wrong, match in (({"hours": 0}, "1,000 hours"), ({"people": 0}, "At least one")):
        with pytest.raises(Refused, match=match):
            act(
                record_training, keeper, **(words | {"people": 1, "hours": 1, "topic": "B"} | wrong)
            )
    with pytest.raises(Refused, match="already on record"):
        act(record_training, keeper, people=1, hours=1, **words)


def test_a_finding_has_both_numbers_or_words(act, keeper):
    words = {"evaluator": "Institute", "programme": "csec", "jurisdiction": place("KH")}
    years = {"first_year": 2003, "last_year": 2015}
    study = act(record_evaluation, keeper, title="Invented", **words, **years)
    act(correct_evaluation, keeper, study, version=1, last_year=2016)
    with pytest.raises(Refused, match="first year first"):
        act(correct_evaluation, keeper, study, version=2, last_year=2001)
    made = act(add_finding, keeper, study, question="Better?", k=12, n=12)
    said = act(add_finding, keeper, study, question="Why?", quote="Invented words")
    for wrong in ({"k": 9}, {"n": 9}, {"k": 10, "n": 9}, {"k": 0, "n": 0}):
        with pytest.raises(Refused, match="needs both numbers"):
            act(add_finding, keeper, study, question="How?", quote="Words", **wrong)
    with pytest.raises(Refused, match="the numbers, or the words"):
        act(add_finding, keeper, study, question="How?")
    assert act(correct_finding, keeper, made, version=1, k=11).k == 11
    assert said.n is None


def test_nothing_of_it_is_of_a_case_and_every_reader_counts_all():
    studies.external_statistic()
    reader = factories.user("field_officer")
    assert ExternalStatistic.objects.countable_by(reader).count() == 1
