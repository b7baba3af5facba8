"""Faults in what goes to outside addresses: releases alone, and where two persons agreed to it."""

from __future__ import annotations

from reports.outside import letters, services
from reports.outside.models import OutsideAddressQuerySet, ReleaseLetterQuerySet
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

OUTSIDE = "tests/reports/test_outside.py"
MAIL = "tests/reports/test_outside_mail.py"


@fault(OUTSIDE)
def an_address_that_nobody_confirmed_gets_mail():
    """One person alone sends figures to whom they like."""
    replace(OutsideAddressQuerySet, "in_force", lambda self: self.filter(ended_at__isnull=True))


@fault(OUTSIDE)
def an_ended_address_gets_mail():
    """It was ended at once, and what waited leaves all the same; also of an office that closed."""
    replace(
        OutsideAddressQuerySet, "in_force", lambda self: self.filter(confirmed_at__isnull=False)
    )


@fault(OUTSIDE)
def a_table_leaves_before_it_is_let_out():
    """The letter does not wait for the second person."""
    replace(ReleaseLetterQuerySet, "let_out", lambda self: self.all())


@fault(OUTSIDE)
def whoever_keeps_a_report_names_addresses():
    """Neither the right to propose releases nor the register is asked."""
    replace(services, "require_named", lambda report, addresses, actor: None)


@fault(OUTSIDE)
def a_header_is_an_address():
    """What is typed goes into the head of a letter as it stands."""
    replace(services, "_checked", lambda email: email)


@fault(MAIL)
def a_letter_is_sent_again():
    """What left is not marked, so that the next sweep sends it again."""
    replace(letters, "mark_sent", lambda letter: None)
