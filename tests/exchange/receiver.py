"""The other side of a webhook: a small server on loopback that keeps what it is sent."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Receiver:
    """What came, and what is answered: the statuses in turn, the last one for ever."""

    url: str
    statuses: list[int] = field(default_factory=lambda: [204])
    drip: float = 0  # seconds between two bytes of the answer
    greeting: bytes = b""  # what is said before anything was asked, dripping on for ever
    held: threading.Event | None = None  # nothing is answered before this is set
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def messages(self) -> list[Any]:
        return [json.loads(body) for _path, _headers, body in self.came]

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _path, headers, _body in self.came]


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As the page of Standard Webhooks tells receivers to check it."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mine = base64.b64encode(hmac.digest(key, said, hashlib.sha256)).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) < 300
    return fresh and f"v1,{mine}" in headers["webhook-signature"].split(" ")


class Handler(BaseHTTPRequestHandler):
    there: Receiver

    def handle(self) -> None:
        if self.there.greeting:
            self._drip(self.there.greeting + bytes(200), 0.05)
        else:
            super().handle()

    def do_POST(self) -> None:
        there = self.there
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        there.came.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        if there.held:
            there.held.wait(60)
        status = there.statuses.pop(0) if len(there.statuses) > 1 else there.statuses[0]
        if there.drip:
            self._drip(b"HTTP/1.1 204 No Content" + b"." * 200, there.drip)
            return
        with suppress(OSError):  # who asked is gone
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

    def do_GET(self) -> None:
        self.do_POST()

    def _drip(self, text: bytes, seconds: float) -> None:
        with suppress(OSError):  # hung up on
            for byte in text:
                time.sleep(seconds)
                self.wfile.write(bytes([byte]))

    def log_message(self, *_words: Any) -> None:
        """Nothing is printed."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    handler = type("Handler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    there = Receiver(f"http://127.0.0.1:{server.server_port}/hook?of=casework")
    handler.there = there
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
