"""Casework from Python: the generated calls, and what each program would write around them.

from casework_client import connect, rows
from casework_client.generated.api.cases.cases_list import sync_detailed as cases_list

for case in rows(cases_list, client=connect(), status="rescued"):
    print(case.reference)
"""

from __future__ import annotations

import os
import time
import uuid
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from httpx import Timeout

from casework_client.generated import AuthenticatedClient
from casework_client.generated.models import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casework_client.generated.types import Response

Row = TypeVar("Row")
TRIES = 5
MOST = 200  # rows of a page


class Refused(Exception):
    """The call was refused: `problem` says why, `detail` for people; `code` is that of the rule,
    `codes` what is wrong with each field. They stay the same, whatever the words and language."""

    def __init__(self, problem: Problem | None, status: int) -> None:
        words = f"{problem.code}: {problem.detail}" if problem else "no answer that can be read"
        faults = problem.errors.to_dict() if problem and problem.errors else ""
        super().__init__(f"{status} {words} {faults}".rstrip())
        self.problem = problem
        self.code = problem.code if problem else ""
        self.codes: dict[str, list[str]] = (
            problem.codes.to_dict() if problem and problem.codes else {}
        )


def connect(base: str = "", key: str = "") -> AuthenticatedClient:
    """A client; by default of CASEWORK (https and the host of the office) and CASEWORK_KEY."""
    base, key = base or os.environ["CASEWORK"], key or os.environ["CASEWORK_KEY"]
    return AuthenticatedClient(base.rstrip("/"), token=key, timeout=Timeout(30))


def call(ask: Callable[..., Response[Problem | Row]], *keys: Any, **sent: Any) -> Row:
    """What is answered. Waits where the server says so, and sends again what is safe to send
    twice. Raises `Refused`. `ask`: `sync_detailed` of an operation."""
    if "idempotency_key" in ask.__annotations__:
        sent.setdefault("idempotency_key", str(uuid.uuid4()))
    for left in reversed(range(TRIES)):
        answer = ask(*keys, **sent)
        if answer.status_code not in {429, 503} or not left:
            break
        time.sleep(int(answer.headers.get("Retry-After", 1)))
    if answer.parsed is None or isinstance(answer.parsed, Problem):
        raise Refused(answer.parsed, answer.status_code)
    return answer.parsed


def pages(ask: Callable[..., Response[Problem | Row]], **asked: Any) -> Iterator[Row]:
    """Every page of a list, or of what changed in it."""
    asked = {"limit": MOST} | asked
    while True:
        page: Any = call(ask, **asked)
        yield page
        if page.next_ is None:
            return
        asked["cursor"] = parse_qs(urlsplit(page.next_).query)["cursor"][0]


def rows(ask: Callable[..., Any], **asked: Any) -> Iterator[Any]:
    """Every row of a list."""
    for page in pages(ask, **asked):
        yield from page.results


def wait_for(ask: Callable[..., Response[Problem | Row]], key: Any, **sent: Any) -> Row:
    """The row of a job once it is done, such as a run of a report; within two minutes."""
    end = time.monotonic() + 120
    while True:
        row: Any = call(ask, key, **sent)
        if row.state not in {"queued", "running"}:
            return row
        if time.monotonic() > end:
            raise TimeoutError(row.state)
        time.sleep(1)
