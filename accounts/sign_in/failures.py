"""What is kept of a sign-in that failed: enough to see a burst, nothing that was typed."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from allauth.core.internal.httpkit import get_client_ip
from django.db.models import Q

from accounts.models import User
from accounts.sign_in import devices

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

PREFIX = {4: 24, 6: 48}  # a network, not a household


def trace(request: HttpRequest | None, name: str) -> dict[str, Any]:
    """Which account was tried, as a keyed digest and by its ids, and from which network.

    What was typed may be a password in the wrong field: it is never kept in clear.
    """
    return {
        "subjects": _tried(name),
        "account": devices.account(name),
        "network": _network(request),
    }


def _network(request: HttpRequest | None) -> str:
    """The network of the caller, without the part that tells one household from the next."""
    try:
        address = ip_address((request and get_client_ip(request)) or "")
    except ValueError:
        return ""
    if mapped := getattr(address, "ipv4_mapped", None):
        address = mapped
    return str(ip_network((address, PREFIX[address.version]), strict=False))


def _tried(name: str) -> list[UUID]:
    """The ids of the accounts that were meant, if there are any: by user name or address."""
    text = devices.spelling(name)
    if not text or "\0" in text:
        return []
    meant = Q(username__iexact=text) | Q(email__iexact=text)
    return list(User.objects.filter(meant).order_by("pk").values_list("pk", flat=True)[:5])
