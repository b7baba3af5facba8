"""Faults across borders: what a link tells of closed cases, whom a network counts."""

from __future__ import annotations

from django.db.models.functions import Coalesce

from casework.querysets import CaseLinkQuerySet
from casework.services import links
from prosecutions import networks
from prosecutions.services import corridors
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

LINKS = "tests/casework/test_links.py"
NETWORKS = "tests/prosecutions/test_networks.py"


@fault(f"{LINKS}::test_a_case_is_not_betrayed_by_its_twin")
def a_twin_that_betrays():
    """A link is told whatever the reader may know of the other case."""
    replace(CaseLinkQuerySet, "known_to", CaseLinkQuerySet.visible_to)


@fault(f"{LINKS}::test_the_content_of_both_is_needed")
def a_link_into_a_closed_case():
    """A case is linked with one that is not open to who links them."""
    replace(links, "_require_other", lambda other, actor: None)


@fault(f"{NETWORKS}::test_merged_records_are_one_member_whichever_was_arrested")
def one_offender_as_two_members():
    """Records that were merged are counted as two members of a network."""
    replace(networks, "PERSON", Coalesce("suspect__perpetrator", "suspect__perpetrator"))


@fault("tests/prosecutions/test_corridors.py::test_what_is_no_way_is_refused")
def a_way_in_any_order():
    """People are brought home before they are found."""
    replace(corridors, "_check_legs", lambda legs: None)
