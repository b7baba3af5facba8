"""Faults in the limits of custody: a day nobody derives, a clock an old charge stops."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef

from prosecutions import laws
from prosecutions.court_querysets import ComplaintQuerySet, CustodyQuerySet
from prosecutions.models import Charge
from prosecutions.services import custody
from tests.mutants.catalogue import fault
from tests.mutants.planting import like, replace

LIMITS = "tests/prosecutions/test_limits.py"


@fault(LIMITS)
def gravity_makes_no_difference():
    """Every offence has the shortest limit of its country."""
    replace(laws.Limit, "fits", lambda limit, law: limit.is_for_all)


@fault(LIMITS)
def another_limit_without_a_reason():
    """A limit by hand needs no reason."""
    replace(custody, "_check_reason", lambda row, reason, hours, charge_by: None)


@fault(LIMITS)
def an_old_charge_stops_the_clock():
    """A charge from before the arrest counts as the one that is due."""
    charges = Charge.objects.filter(suspect=OuterRef("suspect"))
    replace(CustodyQuerySet, "uncharged", lambda self: self.filter(~Exists(charges)))


@fault("tests/prosecutions/test_docket_whole.py")
def no_limit_is_no_question():
    """Who is held and nobody knows until when is asked for by nobody."""
    replace(CustodyQuerySet, "without_limit", lambda self: self.none())


@fault(LIMITS)
def nobody_need_be_seen_by_a_court():
    """Who was never before a court is left out of the docket."""
    replace(CustodyQuerySet, "unseen", lambda self: self.none())


@fault("tests/prosecutions/test_bail.py")
def terms_without_a_bail():
    """Conditions and sums are taken from people who are not on bail."""
    every = like(custody.Release, ON_BAIL=("bail", "default_bail", "acquitted"))
    replace(custody, "Release", every)


@fault("tests/prosecutions/test_police_reports.py")
def a_complaint_taken_up_again_is_as_old_as_before():
    """What the police took up again counts from the first day."""
    before = ComplaintQuerySet.unreported
    replace(
        ComplaintQuerySet,
        "unreported",
        lambda self: before(self).annotate(open_since=F("filed_on")),
    )
