"""The head of the chain leaves this machine: as a letter, as a file, on paper."""

from __future__ import annotations

import logging
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection

from core import jobs
from core.files import buckets
from core.models import ChainLink

LINE = re.compile(r"^[>\s]*(number|events|hash)\b[\s:=]*([0-9a-f][0-9a-f \t]*?)\s*$", re.M | re.I)
HASH_BYTES = 32
SUBJECT = "Casework: head {} of the history"
KEEP = """Keep this letter where those who run the system cannot reach it. Whoever changes the
history later cannot make it agree with these three lines again.
"""
log = logging.getLogger("core.chain")


class NoAnchor(ValueError):
    """What was given does not name a link, how many events there were, and a hash."""


@dataclass(frozen=True)
class Anchor:
    """What left. `name`: how whoever holds it calls it."""

    number: int
    total: int
    hash: bytes
    name: str = ""

    @property
    def text(self) -> str:
        """Read by people and by `verify_history` alike."""
        return f"number {self.number}\nevents {self.total}\nhash   {self.hash.hex()}\n"


def head() -> Anchor | None:
    """The newest link, as it would leave now."""
    newest = ChainLink.objects.order_by("-number").first()
    return Anchor(newest.number, newest.total, bytes(newest.hash)) if newest else None


def send(anchor: Anchor) -> bool:
    """To each officer by mail, and to the place where files stay as they are; then note it.

    What one way does not take, another may: it left if it left by any. Sent twice it does no harm.
    """
    letters, kept = _mail(anchor), _keep(anchor)
    if letters or kept:
        with connection.cursor() as cursor:
            cursor.execute("select chain_left(%s, %s, %s)", [anchor.number, letters, kept])
    return bool(letters or kept)


def _mail(anchor: Anchor) -> int:
    sent = 0
    for address in settings.HISTORY_OFFICERS:
        try:
            sent += send_mail(
                SUBJECT.format(anchor.number),
                f"{anchor.text}\n{KEEP}",
                settings.DEFAULT_FROM_EMAIL,
                [address],
            )
        except (SMTPException, OSError):
            log.warning("the head of the history was not mailed", exc_info=True)
    return sent


def _keep(anchor: Anchor) -> int:
    """A file of its own in a folder or a bucket, never written a second time."""
    place = settings.HISTORY_PLACE
    if not place:
        return 0
    name = f"history-{anchor.number:012}-{anchor.hash.hex()[:16]}.txt"
    keep = buckets.keep_once if place.startswith(buckets.SCHEME) else _in_folder
    try:
        return int(keep(place, name, anchor.text) == anchor.text)
    except OSError:
        log.warning("the head of the history was not kept in its place", exc_info=True)
        return 0


def _in_folder(folder: str, name: str, text: str) -> str:
    """Write it; return what lies there, which may be older."""
    path = Path(folder, name)
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(made, "w", encoding="ascii") as file:
        file.write(text)
    return text


@jobs.job("send-history-head")
def send_head(run: jobs.Run) -> dict[str, Any]:
    """Each hour."""
    newest = head()
    return {"number": newest.number if newest else 0, "left": bool(newest and send(newest))}


def read(text: str, name: str) -> Anchor:
    """From a file, or from a letter as somebody kept it."""
    values = {key.lower(): re.sub(r"\s", "", value) for key, value in LINE.findall(text)}
    missing = [key for key in ("number", "events", "hash") if key not in values]
    if missing:
        raise NoAnchor(f"{name} is no anchor: it does not say its {' and '.join(missing)}.")
    with suppress(ValueError):
        anchor = Anchor(
            int(values["number"]), int(values["events"]), bytes.fromhex(values["hash"]), name
        )
        if len(anchor.hash) == HASH_BYTES:
            return anchor
    raise NoAnchor(f"{name} is no anchor: its number, events or hash are not whole.")


def read_file(path: Path) -> Anchor:
    try:
        return read(path.read_text(encoding="utf-8", errors="replace"), path.name)
    except OSError as error:
        raise NoAnchor(f"{path} cannot be read ({type(error).__name__}).") from error
