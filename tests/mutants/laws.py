"""Faults in how the law of a country is kept: one person is enough, or what was is changed."""

from __future__ import annotations

import dataclasses
from datetime import date

from aftercare import schemes as aftercare_schemes
from aftercare.models import RehabilitationScheme
from desk.schemes import services as schemes
from prosecutions import laws as limits
from prosecutions.corrections.services import records
from prosecutions.models import Charge, LawVersion
from prosecutions.services import law_effects, law_stages, laws, stages
from prosecutions.stages import StageTable
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

LAWS = "tests/prosecutions/test_laws.py"
SCHEMES = "tests/desk/test_schemes.py"
LIMITS = "tests/prosecutions/test_law_limits.py"
STAGES = "tests/prosecutions/test_law_stages.py"
RACES = "tests/prosecutions/test_law_races.py"


@fault(LAWS)
def who_proposed_a_law_confirms_it():
    """One person alone says what the law is."""
    replace(laws, "_to_decide", lambda law, actor: laws._waiting(law))


@fault(LAWS)
def two_provisions_of_one_number_hold():
    """What was confirmed meanwhile is not looked at, so two of one number hold on one day."""
    replace(laws, "_check_alone", lambda provision: None)


@fault(LAWS)
def a_change_of_law_counts_cases_of_others():
    """What would change is counted in cases that the reader may not read."""
    every = lambda law, reader: list(Charge.objects.filter(provision=law.provision))  # noqa: E731
    replace(law_effects, "_changed_by", every)


@fault(LIMITS)
def a_new_limit_reaches_back():
    """What began before the day of a limit is put under it."""
    latest = limits.in_force
    replace(limits, "in_force", lambda kind, country, day: latest(kind, country, date.max))


@fault(LIMITS)
def a_confirmed_limit_moves_nobody() -> str:
    """Who is held goes on under the former limit, and no case is asked again."""
    return "drop trigger prosecutions_lawversion_holds on prosecutions_lawversion"


@fault(LIMITS)
def a_limit_is_taken_back_after_its_day():
    """What held for somebody is withdrawn, as if it never had."""
    replace(LawVersion, "is_ahead", property(lambda law: law.is_limit))


@fault(SCHEMES)
def what_is_only_tried_is_proposed():
    """Whoever only looks at what would change has proposed it."""
    replace(
        law_effects,
        "effect_before",
        lambda propose, *, actor: law_effects.read_effect(propose(), actor=actor),
    )


@fault(SCHEMES)
def a_change_of_law_counts_survivors_for_everybody():
    """Who only counts learns by two proposals on which day one of them got a certificate."""
    replace(law_effects, "CONTENTS", _not_of_survivors(law_effects.CONTENTS))


def _not_of_survivors(contents):
    return {
        kind: dataclasses.replace(content, of_survivors=False) for kind, content in contents.items()
    }


@fault(SCHEMES)
def a_figure_counts_what_pays_the_same():
    """The preview says that figures change where they do not."""
    replace(schemes, "_is_other", lambda law, category, *amounts: True)


@fault(SCHEMES)
def a_scheme_is_confirmed_behind_another():
    """What a later version pays already is gone back behind."""
    replace(schemes, "_check_later", lambda country, begins_on: None)


@fault(SCHEMES)
def a_scheme_reaches_back():
    """A version pays for certificates from before its day."""
    replace(
        aftercare_schemes,
        "scheme_on",
        lambda place, day: (
            RehabilitationScheme.objects.filter(jurisdiction__code=place.country)
            .order_by("-in_force_from")
            .first()
        ),
    )


@fault(STAGES)
def stages_reach_back():
    """A proceeding goes by the stages of today, not by those of the day of its filing."""
    latest = StageTable.at
    replace(StageTable, "at", lambda place, day: latest(place, date.max))


@fault(STAGES)
def a_stage_on_record_is_left_out():
    """A version is confirmed without a stage that a proceeding under it has on record."""
    replace(law_stages, "_check_on_record", lambda country, begins_on, terms: None)


@fault(RACES)
def a_stage_goes_by_a_law_that_has_ended():
    """It is recorded in the moment in which a version without it is confirmed."""
    replace(stages, "hold", lambda: None)


@fault(RACES)
def a_day_goes_by_a_law_that_has_ended():
    """A filing is moved under a version that is confirmed in this moment, without its stages."""
    replace(records, "hold", lambda: None)


@fault(RACES)
def a_law_does_not_wait_for_stages():
    """It leaves out a stage that is being recorded."""
    replace(law_stages, "hold_alone", lambda: None)


@fault(RACES)
def two_laws_are_confirmed_at_once():
    """Neither is checked against the other."""
    replace(laws, "one_at_a_time", lambda what: None)


@fault(RACES)
def a_limit_is_confirmed_behind_another():
    """What was confirmed since it was proposed is not looked at."""
    replace(laws, "check_followed", lambda limit: None)


@fault(STAGES)
def what_may_follow_is_what_stands_next():
    """Stages on record are out of their turn once a version has them in another order."""
    said = StageTable.said
    replace(StageTable, "said", lambda country, terms: _in_a_row(said(country, terms)))


def _in_a_row(table: StageTable) -> StageTable:
    codes = [*table.stages]
    return StageTable(
        dataclasses.replace(stage, then=tuple(codes[place + 1 : place + 2]))
        for place, stage in enumerate(table.stages.values())
    )
