"""A word about each fault, for the operator's own program: its type, its place, a number.

Each exception that the log has is told, from web, workers and clock alike. The text of an exception
may hold a name, its frames hold rows: neither leaves. The number is that of the request, which its
person sees on the page that says so, or of the job.
"""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass
from threading import BoundedSemaphore, Thread
from urllib.request import Request, urlopen

from django.utils.module_loading import import_string

from core.context import request_id
from core.logs import place

log = logging.getLogger("core.watch")
PATIENCE = 3  # seconds for whoever is told
AT_ONCE = 4  # are being told; what comes then is in the log alone
TOLD = "told of"
WEB = ("https://", "http://")


@dataclass(frozen=True)
class Fault:
    """`place`: file and line, and those that called it; `id`: of the request or the job."""

    type: str
    place: str
    id: str


class Telling(logging.Handler):
    """Tells `hook` of each, beside the work: a URL is sent it, a function by its path is called."""

    def __init__(self, hook: str) -> None:
        super().__init__(logging.ERROR)
        self.hook = hook
        self.free = BoundedSemaphore(AT_ONCE)

    def emit(self, record: logging.LogRecord) -> None:
        kind, error, trace = record.exc_info or (None, None, None)
        if kind is None or error is None or vars(error).get(TOLD):
            return  # the same is logged again on its way up
        vars(error)[TOLD] = True
        number = record.__dict__.get("job") or request_id.get() or ""
        fault = Fault(kind.__name__, place(trace), str(number))
        if self.free.acquire(blocking=False):
            Thread(target=self._tell, args=[fault], daemon=True).start()

    def _tell(self, fault: Fault) -> None:
        try:
            if self.hook.startswith(WEB):
                _send(self.hook, fault)
            else:
                import_string(self.hook)(fault)
        except Exception:
            with suppress(Exception):
                log.warning("nobody could be told of a fault")
        finally:
            self.free.release()


def _send(url: str, fault: Fault) -> None:
    body = json.dumps(asdict(fault)).encode()
    sent = Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - `WEB` alone
    with urlopen(sent, timeout=PATIENCE):  # noqa: S310 - the same
        pass


def amiss(hook: str) -> bool:
    """Whether nobody could be told this way."""
    if hook.startswith(WEB) or not hook:
        return False
    with suppress(ImportError):
        return not callable(import_string(hook))
    return True
