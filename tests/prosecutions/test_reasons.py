"""The reason for no next date holds until the matter moves on, and everywhere alike."""

from __future__ import annotations

from datetime import date

import pytest

from desk.rules import court as rules
from prosecutions.docket import read_docket
from tests import factories

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE, JULY = (date(2026, month, 2) for month in (4, 5, 6, 7))


@pytest.fixture
def court(case):
    return factories.prosecution(case, filed_on=APRIL)


@pytest.fixture
def reserved(court):
    """Heard in June, and the judgment was reserved."""
    factories.charge(prosecution=court)
    facts = {"result": "held", "no_next_date": "reserved"}
    return factories.hearing(prosecution=court, listed_on=JUNE, **facts)


def judged(court, day):
    """One of its charges is decided; another is still open."""
    return factories.decision(charge=factories.charge(prosecution=court), decided_on=day)


def appealed(court, day):
    return factories.appeal(judgment=judged(court, MAY).judgment, filed_on=day)


def charged(court, day):
    return factories.charge(prosecution=court, filed_on=day)


def taken_up(court, day):
    end = judged(court, MAY)
    end.disposition, end.lifted_on, end.lifted_for = "archived", day, "revived"
    end.save()
    return end


MOVES = [judged, appealed, charged, taken_up]


def asked(court, user):
    """What the docket and the rules say of it."""
    day = court.jurisdiction.today
    rows = read_docket(actor=user)["rows"]
    (row,) = (row for row in rows if row["prosecution"] == court.pk and row["group"] != "asleep")
    silent = rules.without_reason(day).filter(pk=court.pk).exists()
    waits = rules.because("reserved")(day).filter(pk=court.pk).exists()
    return row["group"], row["away"].split(",")[0], silent, waits


HOLDS = ("waiting", "Judgment reserved", False, True)
FALLEN = ("no-date", "Nobody said why", True, False)


def test_a_reserved_judgment_is_waited_for(court, reserved, lawyer):
    assert asked(court, lawyer) == HOLDS


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.by_turns(4)
def test_once_the_matter_moves_on_there_is_no_reason_any_more(court, reserved, lawyer, move):
    move(court, JULY)
    assert asked(court, lawyer) == FALLEN


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.by_turns(4)
def test_what_came_before_the_hearing_leaves_the_reason(court, reserved, lawyer, move):
    move(court, JUNE)
    assert asked(court, lawyer) == HOLDS


def test_a_judgment_in_error_moved_nothing(court, reserved, lawyer):
    end = judged(court, JULY)
    end.lifted_on, end.lifted_for = JULY, "error"
    end.save()
    assert asked(court, lawyer) == HOLDS


def test_another_court_moves_nothing(case, court, reserved, lawyer):
    for move in MOVES:
        move(factories.prosecution(case, filed_on=APRIL), JULY)
    assert asked(court, lawyer) == HOLDS


def test_with_the_next_hearing_there_is_a_reason_again(court, reserved, lawyer):
    charged(court, JULY)
    factories.hearing(prosecution=court, listed_on=JULY, result="held", no_next_date="reserved")
    assert asked(court, lawyer) == HOLDS


def test_the_case_page_says_the_reason_only_while_it_holds(court, reserved, page):
    said = "Judgment reserved"
    where = f"/cases/{court.case_id}/court/"
    before = page.get(where).content.decode().count(said)
    charged(court, JULY)
    assert page.get(where).content.decode().count(said) == before - 1, "its own row keeps it"
