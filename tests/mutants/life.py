"""Faults in how a case ends and to whom it goes."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse

from accounts.services import leaving
from aftercare.services import placements
from casework import workflow
from casework.models.transfers import TransferRows
from casework.querysets import CaseQuerySet
from casework.services import cases, offering, transfers
from core import web
from core.access import SEALED
from core.sheets import spreadsheets
from desk.closing import readiness, services
from desk.rules import standing
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

TRANSFERS, CLOSING = "tests/casework/test_transfers.py", "tests/desk/test_closing.py"
CASES, STALE = "tests/desk/test_case_list.py", "tests/core/test_stale_edits.py"


@fault(CLOSING)
def closed_whatever_is_open():
    """A case is closed though something is not settled, and nobody says why."""
    replace(services, "blocking", lambda _needs: [])


@fault("tests/desk/test_readiness.py")
def closed_over_what_the_record_asks():
    """What a rule asks of the record is not looked at before a case is closed."""
    replace(readiness.BEFORE, readiness.CLOSE, standing.RULES)


@fault("tests/desk/test_readiness.py")
def what_is_not_due_yet_is_passed_over():
    """A case is closed and nobody says what would have been asked later."""
    asked = readiness._needs
    replace(readiness, "_needs", lambda *of, due: asked(*of, due=due) if due else [])


@fault("tests/desk/test_closed.py")
def work_begins_in_a_closed_case():
    """A place is recorded in a closed case, where nobody asks about it."""
    replace(placements, "require_open_case", cases.require_content)


@fault("tests/accounts/test_stranded.py")
def a_case_left_to_nobody_at_all():
    """The last case manager of an office, or the last reader of a sealed case, is disabled."""
    replace(leaving, "_require_nothing_stranded", lambda *_args: None)


@fault(CLOSING)
def it_goes_on_where_it_stood_once():
    """A case closed a second time goes on where it stood before the first."""
    replace(
        workflow.where_it_stood,
        "__code__",
        (lambda case: case.closing_set.order_by("-closed_on").first().stood).__code__,
    )


@fault("tests/casework/test_take_off.py")
def a_case_left_to_nobody():
    """The last who works on a case is taken off its team."""
    replace(cases, "at_work", Q)


@fault(TRANSFERS)
def taken_over_by_anybody():
    """Somebody else answers an offer."""
    replace(transfers, "_open_ones", lambda transfer, whole, actor: [transfer])


@fault(TRANSFERS)
def handed_to_who_is_tied():
    """A conflict of interest is not looked at when a case is offered."""
    replace(
        offering, "_takers", lambda cases, person, office: {case.pk: {person} for case in cases}
    )


@fault(TRANSFERS)
def an_offer_shown_though_sealed_or_tied():
    """The first wall shows an offer to who has a tie, and of a sealed case."""
    replace(
        TransferRows,
        "offered",
        lambda self, user: (
            Q(to_person=user.pk) | Q(to_office__any_of=user.scope.offices[3]) & Q(level__lte=SEALED)
        ),
    )


@fault(TRANSFERS)
def moved_by_the_side_that_offers():
    """The database lets whoever offers a case say that it was taken over."""
    return (
        "create or replace function casework_offered_to_me(t casework_transfer)"
        " returns boolean stable language sql as $$ select true $$"
    )


@fault(CASES)
def a_case_stranded_on_who_left():
    """A team of people who have left counts as a team."""
    replace(CaseQuerySet, "without_anybody", lambda self: self.filter(assignment__isnull=True))


@fault(CASES)
def a_formula_in_a_cell():
    """What begins like a formula is written as it is."""
    replace(spreadsheets, "harmless", lambda value: value)


@fault(STALE)
def typing_lost():
    """A form that came too late is answered by a page without it."""
    replace(web.FormPage, "_stale", lambda self, form, current: HttpResponse(status=409))
