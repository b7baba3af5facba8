"""Log lines that cannot hold a name: an allow-list of keys, exceptions as type and place."""

from __future__ import annotations

import json
import logging
import traceback

from core.context import request_id

ALLOWED = ("status_code", "method", "route", "ms", "job", "kind", "attempt")


class Lines(logging.Formatter):
    """One JSON object a line. Messages of libraries are replaced by where they came from."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.msg if _constant(record) else f"{record.module}.{record.funcName}",
            "request": str(request_id.get() or ""),
        }
        line |= {key: record.__dict__[key] for key in ALLOWED if key in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["place"] = place(record.exc_info[2])
        return json.dumps(line, default=str)


def _constant(record: logging.LogRecord) -> bool:
    """Our own messages are constants; anything with arguments may hold a value of a record."""
    return not record.args and record.name.startswith(("casework", "core"))


def place(trace: object) -> str:
    """File and line of a fault, and of what called it."""
    frames = traceback.extract_tb(trace)  # type: ignore[arg-type]
    return " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(frames[-4:]))
