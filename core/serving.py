"""The web worker: what it does when more is asked than it can answer, and how it ends.

What is asked last is refused at once, with when to try again, and whoever signs in or logs a
rescue goes first. Django sees nothing of a refusal, so that it costs nothing.
"""

from __future__ import annotations

import json
import selectors
import socket
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from threading import Barrier, Lock
from typing import TYPE_CHECKING, Any

from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, TConn, ThreadWorker

if TYPE_CHECKING:
    from collections.abc import Callable

# Seconds that anybody waits for a thread, as far as can be told when they ask.
MOST = 2.0
TRY_AGAIN = 5
# These go first, and so does asking whether the worker lives.
KEPT = (b"/sign-in/", b"/field/rescues/new/", b"/api/v1/rescue-reports/", b"/healthz")
HEAD = 2048  # bytes of a request in which its address is looked for


@dataclass
class Line:
    """Those who wait for a thread, first come, first served."""

    most: int  # threads that serve it at the same time
    serving: int = 0
    waiting: deque[Request] = field(default_factory=deque)
    takes: float = 0  # seconds for one, by the last dozen

    def is_full(self) -> bool:
        """Whether somebody has waited too long, or whoever comes now would."""
        with suppress(IndexError):  # the last one was given a thread meanwhile
            if time.monotonic() - self.waiting[0].since > MOST:
                return True
        return len(self.waiting) * self.takes / self.most > MOST


@dataclass(frozen=True)
class Request:
    handle: Callable[[], object]
    answered: Future = field(default_factory=Future)
    since: float = field(default_factory=time.monotonic)


class Threads:
    """The threads of a worker before two lines: the first line goes first, with half of them at
    most, so that a flood of passwords leaves room; the other one leaves it a thread.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.pool = ThreadPoolExecutor(max_workers=number)
        self.first = Line(max(1, number // 2))
        self.others = Line(max(1, number - 1))
        self._lock = Lock()

    def each(self, deed: Callable[[], object]) -> None:
        """Every thread does this once, before anybody is served."""
        all_there = Barrier(self.number)

        def once() -> None:
            all_there.wait()
            deed()

        for _ in range(self.number):
            self.pool.submit(once)

    def submit(self, line: Line, handle: Callable[[], object]) -> Future:
        request = Request(handle)
        with self._lock:
            line.waiting.append(request)
        self.pool.submit(self._serve)
        return request.answered

    def _serve(self) -> None:
        """Whoever is next, for as long as a line may have this thread."""
        while turn := self._next():
            (line, request), began = turn, time.monotonic()
            try:
                outcome = request.handle()
            except BaseException as fault:  # gunicorn asks for it, and logs it
                request.answered.set_exception(fault)
            else:
                request.answered.set_result(outcome)
            with self._lock:
                line.serving -= 1
                # A single long one says little of the next.
                line.takes += (min(time.monotonic() - began, MOST) - line.takes) / 12

    def _next(self) -> tuple[Line, Request] | None:
        with self._lock:
            for line in (self.first, self.others):
                if line.waiting and line.serving < line.most:
                    line.serving += 1
                    return line, line.waiting.popleft()
        return None


class Worker(ThreadWorker):
    """gunicorn's worker of threads, with two lines in place of one and an end to each, and whose
    orphans stand in nobody's way."""

    def init_process(self) -> None:
        self.threads = Threads(self.cfg.threads)
        self.refusing = ThreadPoolExecutor(max_workers=1)
        super().init_process()

    def get_thread_pool(self) -> ThreadPoolExecutor:
        return self.threads.pool

    def accept(self, listener: Any) -> None:
        """Wait for the first bytes here: they say which line it is, and take no thread."""
        try:
            sock, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        conn = TConn(self.cfg, sock, address, listener.getsockname())
        conn.timeout = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(sock, selectors.EVENT_READ, readable)

    def enqueue_req(self, conn: TConn) -> None:
        kept = _address(conn).startswith(KEPT)
        line = self.threads.first if kept else self.threads.others
        if line.is_full():
            begun = self.refusing.submit(_refuse, conn)
        else:
            begun = self.threads.submit(line, partial(self.handle, conn))
        begun.add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, conn, done)
        )

    def is_parent_alive(self) -> bool:
        """Let go of the address at once where the process above was killed.

        gunicorn's own worker ends what it had begun, for as long as that takes, and keeps the
        address until then. A new master tries for five seconds, and gives up.
        """
        alive: bool = super().is_parent_alive()
        if not alive:
            self.set_accept_enabled(False)
            for listener in self.sockets:
                listener.close()
        return alive


def _address(conn: TConn) -> bytes:
    """What is asked for, read without taking it; nothing where it has not come in one piece."""
    conn.sock.setblocking(False)
    with suppress(OSError):
        _verb, _space, rest = conn.sock.recv(HEAD, socket.MSG_PEEK).partition(b" ")
        return bytes(rest.partition(b" ")[0])
    return b""


@cache
def _refusal(program: bool) -> tuple[str, bytes]:
    """The kind of its text, and the text: for a program or for a person."""
    # Django is ready once a worker serves, not when gunicorn reads this file.
    from django.template import loader  # noqa: PLC0415

    from core.api.errors import CONTENT_TYPE, not_available, problem  # noqa: PLC0415

    if program:
        return CONTENT_TYPE, json.dumps(problem(503, not_available())).encode()
    return "text/html; charset=utf-8", loader.get_template("503.html").render().encode()


def _refuse(conn: TConn) -> bool:
    """503, and the connection is closed."""
    from core.watch import counters  # noqa: PLC0415 - once a worker serves, as above

    counters.refused.inc()
    program = _address(conn).startswith(b"/api/")
    kind, body = _refusal(program)
    head = (
        "HTTP/1.1 503 Service Unavailable\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nRetry-After: {TRY_AGAIN}\r\n"
        "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'self'; font-src 'self'\r\n"
        "Connection: close\r\n\r\n"
    )
    conn.sock.settimeout(1)
    with suppress(OSError):
        conn.sock.sendall(head.encode() + body)
    return False
