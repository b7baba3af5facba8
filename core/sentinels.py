"""A Redis or Valkey that sentinels watch: which server leads at this moment is asked of them.

    REDIS_URL=sentinel://:password@one:26379,two:26379,three:26379/0?master=casework

The password is that of the servers. Celery and the cache each have their own way to say the same,
and both learn it here. While another server takes the lead nobody can be told of a job, and calls
are not counted; jobs are rows, which the next sweep finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from redis.sentinel import Sentinel, SentinelConnectionPool

PORT = 26379
PATIENCE = 1.0  # seconds that a sentinel has to answer; then the next one is asked
ASKED = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}


@dataclass(frozen=True)
class Watched:
    """Where the sentinels are, and what they call the servers they watch."""

    sentinels: tuple[tuple[str, int], ...]
    master: str
    password: str
    database: int

    @property
    def broker_url(self) -> str:
        secret = f":{quote(self.password, safe='')}@" if self.password else ""
        return ";".join(
            f"sentinel://{secret}{host}:{port}/{self.database}" for host, port in self.sentinels
        )

    @property
    def transport_options(self) -> dict[str, object]:
        return {"master_name": self.master, "sentinel_kwargs": ASKED}


def watched(url: str) -> Watched | None:
    """What an address says of sentinels; nothing where it names a server itself."""
    parts = urlsplit(url)
    if parts.scheme != "sentinel":
        return None
    who, _at, where = parts.netloc.rpartition("@")
    hosts = [host.partition(":") for host in where.split(",") if host]
    named = parse_qs(parts.query).get("master", [])
    if not hosts or len(named) != 1:
        raise SystemExit("REDIS_URL: sentinel://:password@host:26379,…/0?master=name is expected.")
    return Watched(
        sentinels=tuple((host, int(port or PORT)) for host, _colon, port in hosts),
        master=named[0],
        password=unquote(who.partition(":")[2]),
        database=int(parts.path.strip("/") or 0),
    )


class Leader(SentinelConnectionPool):
    """Connections of the cache to the server that leads."""

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Leader:
        servers = watched(url)
        if servers is None:
            raise ValueError("No sentinels are named.")
        sentinel = Sentinel(list(servers.sentinels), sentinel_kwargs=dict[str, Any](ASKED))
        secret = {"password": servers.password} if servers.password else {}
        return cls(servers.master, sentinel, db=servers.database, **secret, **options)
