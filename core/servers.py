"""Addresses of servers, with the password that opens them.

Whoever reads an address prints what puzzles it, which may be a part of the password. So each is
read here first, and one that cannot be read is refused by the name of its setting alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from psycopg2 import ProgrammingError
from psycopg2.extensions import parse_dsn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BROKERS = {"redis", "rediss", "redis+socket", "unix", "sentinel"}
FORMS = {
    "DATABASE": "postgres://user:password@host:5432/casework",
    "REDIS": "redis://:password@host:6379/0",
    "EMAIL": "smtp+tls://user:password@host:587",
}


@contextmanager
def read(name: str) -> Iterator[None]:
    """Within the block the address that this setting holds is read."""
    try:
        yield
    except (ValueError, ImproperlyConfigured, ProgrammingError):
        form = FORMS[next(kind for kind in FORMS if kind in name)]
        raise SystemExit(
            f"{name} cannot be read as an address: {form} is expected. In a password, signs that"
            " mean something there (/ ? # @ : %) are written as %2F %3F %23 %40 %3A %25."
        ) from None


def database(name: str, url: str) -> dict[str, Any]:
    """As Django takes it; several hosts with commas between them."""
    with read(name):
        if url.partition("://")[0] not in environ.Env.POSTGRES_FAMILY:
            raise ValueError
        known: dict[str, Any] = environ.Env.db_url_config(url)
        _whole(known["NAME"], ports=str(known["PORT"]).split(","))
    return known


def for_libpq(name: str, url: str) -> str:
    """The same address, which PostgreSQL's own library reads."""
    with read(name):
        known = parse_dsn(url)
        ports = known.get("port", "").split(",")
        _whole(known.get("dbname", ""), known.get("host", ""), ports=ports)
    return url


def broker(url: str) -> str:
    """The same address, of a Redis or Valkey or of the sentinels that watch it."""
    with read("REDIS_URL"):
        parts = urlsplit(url)
        if parts.scheme not in BROKERS:
            raise ValueError
        hosts = parts.netloc.rpartition("@")[2].split(",")
        ports = [host.rpartition("]")[2].partition(":")[2] for host in hosts]
        number = parts.path.strip("/") if parts.netloc else ""
        _whole(parts.path, parts.query, parts.fragment, ports=[*ports, number])
    return url


def cache(broker: str) -> str:
    """Where calls are counted, beside this broker: database 1 of the same server.

    A private Redis is addressed as a socket, a given one as it is.
    """
    parts = urlsplit(broker)
    if parts.scheme in {"redis+socket", "unix"}:
        return f"unix://{parts.path}?db=1"
    return parts._replace(path="/1").geturl()


def mail(url: str) -> dict[str, Any]:
    with read("EMAIL_URL"):
        parts = urlsplit(url)
        _whole(parts.path, parts.query, parts.fragment)
        known: dict[str, Any] = environ.Env.email_url_config(url)
    return known


def bucket(name: str, place: str) -> str:
    """A bucket, or the service that keeps it: the account has settings of its own."""
    if "://" in place and "@" in place:
        raise SystemExit(
            f"{name} names an account: that stands in settings of its own (.env.example)."
        )
    return place


def _whole(*after: str, ports: Iterable[str] = ()) -> None:
    """Raises `ValueError` where a sign of the password ended the part that it stands in: then what
    is before the host comes after it, or a word in the place of a number."""
    if any("@" in part for part in after) or any(port and not port.isdecimal() for port in ports):
        raise ValueError
