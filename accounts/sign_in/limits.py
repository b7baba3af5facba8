"""How often a secret may be tried: after five failures each next one waits longer.

A try is counted for its account before the secret is looked at and forgiven when it was right, so
that many at once are no way round. Its address counts it only once it was wrong: an office that
signs in rightly behind one address leaves no mark there. Counts are kept on the second connection:
a refused request, which is rolled back, still counts.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.dispatch import Signal

from accounts.sign_in import devices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest

FREE, FREE_PER_ADDRESS = 5, 30  # an office shares one address
FIRST_WAIT, LONGEST_WAIT, A_DAY = 60, 900, 86_400
CLOSED_AT = 100  # failures in a row; from then on a known device, a passkey or a day is needed

limited = Signal()  # a try was refused unseen


@dataclass(frozen=True)
class Counter:
    """Failures of one account, one known device or one address."""

    key: str
    free: int = FREE
    closes: bool = False
    shared: bool = False  # by everybody at this address

    def wait(self, failures: int) -> int:
        """Seconds from the last failure to the next try."""
        if failures < self.free:
            return 0
        if self.closes and failures >= CLOSED_AT:
            return A_DAY
        return int(min(FIRST_WAIT * 2 ** min(failures - self.free, 8), LONGEST_WAIT))


def counters(request: HttpRequest, purpose: str, username: str) -> list[Counter]:
    """What a try counts against. On a known device: that device alone."""
    name = f"{purpose}:{devices.account(username)}"
    device = devices.device_number(request, username)
    if device:
        return [Counter(f"tries:{name}:{device}")]
    return [Counter(f"tries:{name}", closes=True), of_address(request, purpose)]


def of_address(request: HttpRequest, purpose: str) -> Counter:
    """What everybody's tries at one address count against."""
    return Counter(f"tries:{purpose}:from:{get_ip(request)}", free=FREE_PER_ADDRESS, shared=True)


def begin(counted: Sequence[Counter]) -> int:
    """Count a try; or say how many seconds to wait, and count nothing."""
    with alone(counted):
        now = time.time()  # not before one's turn: whoever came first would seem to come later
        tries = [cache.get(counter.key, (0, 0.0)) for counter in counted]
        left = max(
            last + counter.wait(failures) - now
            for counter, (failures, last) in zip(counted, tries, strict=True)
        )
        if left > 0:
            return ceil(left)
        for counter, (failures, _last) in zip(counted, tries, strict=True):
            if not counter.shared:
                cache.set(counter.key, (failures + 1, now), A_DAY)
    return 0


def failed(counted: Sequence[Counter]) -> None:
    """The secret was wrong: now its address counts the try, too."""
    shared = [counter for counter in counted if counter.shared]
    with alone(shared):
        for counter in shared:
            failures, _last = cache.get(counter.key, (0, 0.0))
            cache.set(counter.key, (failures + 1, time.time()), A_DAY)


def forgive(counted: Sequence[Counter]) -> None:
    """The secret was right: the account begins anew. What others did at its address stays."""
    own = [counter for counter in counted if not counter.shared]
    with alone(own):
        for counter in own:
            cache.delete(counter.key)


@contextmanager
def alone(counted: Sequence[Counter]) -> Iterator[None]:
    """Nobody else counts on these meanwhile, in whatever process."""
    using = settings.ASIDE_DATABASE
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for key in sorted(counter.key for counter in counted):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        yield
