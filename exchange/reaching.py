"""Reaching an address outside, and nothing inside.

The host must be one that is allowed (`exchange/hosts.py`). Its name is resolved once, every address
it has must be public, and the connection goes to the address that was looked at: a name that
changes meanwhile changes nothing. Redirects are not followed and answers are not read beyond their
status.

The standard library does this in a hundred lines; clients that follow redirects and pool would
have to be untaught.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import suppress
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from core.refusals import Worded
from core.refusals import gettext as _
from exchange.models import Failure, WebhookHost

CONNECT_SECONDS, MOST_SECONDS = 5, 10
WORLD = ip_network("2000::/3")  # all of IPv6 that is given out to the world
# Ways to say an IPv4 address in IPv6, behind which an inside one may stand.
WRAPPED = [ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]


class NotThere(Exception):
    """No answer; `kind` says why."""

    def __init__(self, kind: Failure) -> None:
        super().__init__(kind)
        self.kind = kind


class NotAllowed(Worded, ValueError):
    """An address that may not be called, in words for whoever typed it."""


def check(url: str) -> SplitResult:
    """The parts of an address that may be called."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowed(_("This is not an address.")) from None
    odd = not url.isascii() or not url.isprintable() or " " in url or "\\" in url
    if odd or not parts.hostname or parts.username is not None or parts.fragment:
        raise NotAllowed(_("An address like https://example.org/hook is expected."))
    if settings.WEBHOOKS_TO_LOOPBACK and parts.hostname == "127.0.0.1":
        return parts
    if parts.scheme != "https" or port not in {None, 443}:
        raise NotAllowed(_("An address that begins with https:// is expected, at the usual port."))
    if not _is_allowed(parts.hostname):
        raise NotAllowed(_("This host may not be called. Ask for it first, at Webhooks."))
    return parts


def _is_allowed(host: str) -> bool:
    """Whether the operators named it, or two administrators allowed it."""
    named: list[str] = settings.WEBHOOK_HOSTS
    return host in named or WebhookHost.objects.allowed().filter(host=host).exists()


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Send, and say with which status it was answered."""
    try:
        parts = check(url)
    except NotAllowed:
        raise NotThere(Failure.ADDRESS) from None
    connection, late = _connection(parts), Event()
    watch = Timer(MOST_SECONDS, _hang_up, [connection, late])
    watch.daemon = True
    watch.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, headers)
        with connection.getresponse() as answer:
            return answer.status
    except (OSError, ValueError, http.client.HTTPException) as failed:
        raise NotThere(Failure.TIME if late.is_set() else _kind(failed)) from None
    finally:
        watch.cancel()
        connection.close()


def is_public(text: str) -> bool:
    """Whether this is an address of the world outside, by whatever spelling."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if address not in WORLD or any(address in network for network in WRAPPED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int) -> str:
    """The address to connect to. One that is not public refuses them all."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotThere(Failure.CONNECTION) from None
    addresses = [str(where[0]) for *_rest, where in answers]
    loopback = settings.WEBHOOKS_TO_LOOPBACK and host == "127.0.0.1"
    if not addresses or not (loopback or all(map(is_public, addresses))):
        raise NotThere(Failure.ADDRESS)
    return addresses[0]


class Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, whatever its host is called by now."""

    def __init__(self, host: str, port: int, *, encrypted: bool) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self.default_port = 443 if encrypted else 80  # which the other side is not told
        self.address, self.encrypted = resolve(host, port), encrypted

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.encrypted:
            # Kept before its handshake, which can drip as well: `_hang_up` ends this one.
            self.sock = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()


def _connection(parts: SplitResult) -> Pinned:
    encrypted = parts.scheme == "https"
    return Pinned(
        str(parts.hostname), parts.port or (443 if encrypted else 80), encrypted=encrypted
    )


def _kind(failed: Exception) -> Failure:
    """What a failure is called in the log."""
    known: list[tuple[type[Exception], Failure]] = [
        (TimeoutError, Failure.TIME),
        (ssl.SSLError, Failure.ENCRYPTION),
        (http.client.HTTPException, Failure.ANSWER),
    ]
    return next((kind for of, kind in known if isinstance(failed, of)), Failure.CONNECTION)


def _hang_up(connection: Pinned, late: Event) -> None:
    """End a connection whose other side sends so slowly that it would never end.

    Below its encryption, which the thread that waits for it holds.
    """
    late.set()
    with suppress(OSError):
        if connection.sock:
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
