"""A process of its own: a PDF in, what it does when it is opened out. Knows nothing of Casework.

`python -I look_into.py`, bytes through stdin, codes through stdout; ends with 1 where it cannot
tell. Looks at every object, also those packed into streams, and at the plain bytes, for a reader
that finds objects where the list of them does not.
"""

from __future__ import annotations

import io
import re
import resource
import sys
from typing import Any

MEMORY, SECONDS = 1 << 30, 20
DEEPEST = 60
SHORT = 3  # signs: by chance, packed pictures hold these anywhere
# Names of PDF (ISO 32000, 12.6 and 7.11) by what they do.
DOES = {
    "/JavaScript": "script",
    "/JS": "script",
    "/Launch": "command",
    "/EmbeddedFile": "files",
    "/EmbeddedFiles": "files",
    "/FileAttachment": "files",
    "/RichMedia": "files",
    "/GoToE": "files",
    "/GoToR": "outside",
    "/SubmitForm": "outside",
    "/ImportData": "outside",
    "/XFA": "script",
}
NAME = re.compile(rb"/[^\x00\s()<>\[\]{}/%]+")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    codes = plainly(content)
    try:
        codes |= inside(content)
    except Exception:
        codes.add("locked")
    sys.stdout.write(" ".join(sorted(codes)))
    return 0


def plainly(content: bytes) -> set[str]:
    """By the names that stand there in clear, also where their signs are written as numbers."""
    names = (_plain(match.group()) for match in NAME.finditer(content))
    return {DOES[name] for name in names if name in DOES and len(name) > SHORT}


def _plain(name: bytes) -> str:
    return ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), name).decode("latin-1")


def inside(content: bytes) -> set[str]:
    """By its objects, one by one, unpacked."""
    from pypdf import PdfReader  # noqa: PLC0415 - within the limits
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"locked"}
    numbers = {(number, of) for of, there in reader.xref.items() for number in there}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    codes: set[str] = set()
    for number, of in sorted(numbers):
        codes |= _names(reader.get_object(IndirectObject(number, of, reader)))
    return codes


def _names(value: Any, depth: int = 0) -> set[str]:
    """What the names in this object do: keys and values alike. References lead to other objects."""
    if depth > DEEPEST:
        return {"locked"}
    if isinstance(value, dict):
        parts = [*value.keys(), *dict.values(value)]
    elif isinstance(value, list):
        parts = list(list.__iter__(value))
    else:
        return {DOES[value]} if isinstance(value, str) and value in DOES else set()
    return set().union(*(_names(part, depth + 1) for part in parts))


if __name__ == "__main__":
    sys.exit(main())
