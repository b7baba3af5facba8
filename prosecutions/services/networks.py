"""Networks: begun from a suspect, told apart by a code, seen through their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.models import Case
from casework.services.cases import require_content, require_past
from core import audit
from core.access import CONTENT
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from prosecutions.columns import RoleInNetwork
from prosecutions.contradictions.police import LEFT_EARLY
from prosecutions.enums import NetworkStatus
from prosecutions.models import Network, NetworkMember
from prosecutions.networks import network_lines, network_page
from prosecutions.services.persons import OFFERED

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from prosecutions.models import Suspect


@service(Perm.NETWORK_RECORD, label=gettext_lazy("Begin a network"))
def begin_network(
    suspect: Suspect,
    *,
    role: RoleInNetwork,
    identified_on: date,
    actor: User,
) -> Network:
    """Begin a network with one suspect as its first member. It gets a code, not a name;
    suspects of other cases are added there."""
    require_content(suspect.case, actor)
    require_past(suspect.case, identified_on)
    network = Network(identified_on=identified_on)
    member = NetworkMember(
        case=suspect.case, network=network, suspect=suspect, role=role, known_on=identified_on
    )
    # The member first: a network is visible, and may be written, only through one.
    member.save(force_insert=True)
    network.save(force_insert=True)
    audit.record("network.begun", network, actor=actor)
    return network


@service(Perm.NETWORK_RECORD, label=gettext_lazy("Add to a network"))
def add_member(
    suspect: Suspect, *, network: Network, role: str, known_on: date, actor: User
) -> NetworkMember:
    """Add a suspect to a known network. A person may be a member as a suspect of several cases."""
    require_content(suspect.case, actor)
    case_of_ours(network, actor)
    require_past(suspect.case, known_on)
    Case.objects.select_for_update().get(pk=suspect.case_id)
    if NetworkMember.objects.filter(network=network, suspect=suspect).exists():
        raise Refused(_("This suspect is already a member of the network."))
    member = NetworkMember.objects.create(
        case=suspect.case, network=network, suspect=suspect, role=role, known_on=known_on
    )
    audit.record("networkmember.added", member, actor=actor)
    return member


@service(Perm.NETWORK_RECORD, label=gettext_lazy("Change a member"))
def change_member(
    member: NetworkMember,
    *,
    version: int,
    role: str,
    left_on: Annotated[date | None, Column(null=True)] = None,
    actor: User,
) -> NetworkMember:
    """Change the record of a member. The former values stay in the history. Raises `Stale`."""
    require_content(member.case, actor)
    check_membership(member.known_on, left_on, member.case)
    changed = amend(member, version, role=role, left_on=left_on)
    audit.record("networkmember.changed", changed, actor=actor)
    return changed


@service(Perm.NETWORK_RECORD)
def mark_network(network: Network, *, version: int, status: str, actor: User) -> Network:
    """Say that a network is active, dormant or broken up."""
    case_of_ours(network, actor)
    if status not in NetworkStatus.values:
        raise Refused(_("Choose active, dormant or broken up."))
    changed = amend(network, version, status=status)
    audit.record("network.marked", changed, actor=actor, status=status)
    return changed


@service(Perm.SUSPECT_VIEW)
def read_network(network: Network, *, day: date | None = None, actor: User) -> dict[str, object]:
    """The page of a network; the arrested share as of `day`, or of today."""
    page = network_page(network, actor, day or clock.today())
    members = NetworkMember.objects.visible_to(actor).filter(network=network)
    seen = members.values_list("case", "suspect__perpetrator")
    keys = [key for pair in seen for key in pair]
    audit.read("network.read", network, actor=actor, shown=keys)
    return page


@service(Perm.SUSPECT_VIEW)
def read_networks(networks: list[Network], *, actor: User) -> list[dict[str, object]]:
    """Lines of the list of networks."""
    lines, ids = network_lines(networks, actor), [row.pk for row in networks]
    members = NetworkMember.objects.visible_to(actor).filter(network__in=ids)
    cases = set(members.values_list("case", flat=True))
    audit.read_rows("network.listed", Network._meta.label, ids, actor=actor, shown=cases)
    return lines


def check_membership(known_on: date, left_on: date | None, case: Case) -> None:
    """Known as a member first, and found to be none on that day or later."""
    require_past(case, known_on, field="known_on")
    if left_on is None:
        return
    require_past(case, left_on, field="left_on")
    if left_on < known_on:
        raise Refused(LEFT_EARLY, "left_on")


def case_of_ours(network: Network, actor: User) -> Case:
    """The first case of theirs with a member of it.

    Who has none is only shown the network, or sees none of it, and may not write to it.
    """
    reach = actor.scope.rows(CONTENT, case="case", office="office")
    members = NetworkMember.objects.filter(reach, network=network)
    beside = members.select_related("case__office", "case__jurisdiction")
    member = beside.order_by("created_at", "pk").first()
    if member is None:
        raise PermissionDenied("no member of this network is in a case of theirs")
    return member.case


@service(Perm.NETWORK_RECORD)
def offer_networks(case: Case, *, actor: User) -> list[Network]:
    """Networks open to the actor, the newest first, of which a suspect of this case may be one."""
    rows = Network.objects.visible_to(actor).order_by("-identified_on", "code")
    networks = list(rows[:OFFERED])
    audit.read("network.offered", case, actor=actor, shown=[row.pk for row in networks])
    return networks
