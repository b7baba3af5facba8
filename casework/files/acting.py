"""What a file may do by itself when somebody opens it; evidence that acts is held, never refused.

A macro runs, a template is fetched and tells who opened it and from where, a script speaks to a
server of others. So whatever acts is given out only once a scanner found it clean
(`scanning.py`). What cannot be looked into counts as acting.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from casework.files.kinds import is_two
from casework.paper_codes import Acts, FileType

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator
    from typing import IO

CHILD = Path(__file__).with_name("look_into.py")
SECONDS = 30
MOST_XML = 50_000_000  # bytes of one part that are parsed; a report of a thousand pages has ten
# Words in the names of parts.
PARTS = {
    Acts.PROGRAM: ("vbaproject", "macrosheets/", "activex", "basic/", "scripts/"),
    Acts.FILES: ("oleobject", "embeddings/", "object 1/", "objectreplacements/"),
    Acts.OUTSIDE: ("externallinks/", "xl/connections.xml", "querytables/"),
}
# Fields of Word by their first words: those that start a program, those that fetch.
FIELDS = {
    Acts.COMMAND: ("DDE", "DDEAUTO"),
    Acts.OUTSIDE: ("LINK", "INCLUDEPICTURE", "INCLUDETEXT", "IMPORT"),
}
ELSEWHERE = ("http:", "https:", "ftp:", "file:", "smb:", "//", "\\\\")
UNREADABLE: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, RuntimeError, ValueError),
    *(ParseError, DefusedXmlException, LookupError),
)


def acts_of(file: io.RawIOBase, size: int, kind: str) -> list[str]:
    """What this file may do, as codes in the order of `Acts`; nothing: it lies still."""
    if kind == FileType.OTHER:
        return [Acts.LOCKED.value]
    acts = {Acts.TWO} if is_two(file, size, FileType(kind)) else set()
    if kind == FileType.PDF:
        acts |= _of_pdf(file)
    elif kind in FileType.PACKAGES:
        acts |= _of_package(file)
    return [code for code in Acts.values if code in acts]


def _of_pdf(file: io.RawIOBase) -> set[Acts]:
    """Asked of a process of its own, which has limits and no keys, as the one for pictures."""
    file.seek(0)
    try:
        done = subprocess.run(  # noqa: S603 - our own file
            [sys.executable, "-I", str(CHILD)],
            input=file.read(),
            capture_output=True,
            env={},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {Acts.LOCKED}
    if done.returncode != 0:
        return {Acts.LOCKED}
    return {Acts(code) for code in done.stdout.decode().split()}


def _of_package(file: io.RawIOBase) -> set[Acts]:
    acts: set[Acts] = set()
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name.lower() for name in archive.namelist()]
            for code, words in PARTS.items():
                if any(word in name for name in names for word in words):
                    acts.add(code)
            for part in archive.infolist():
                acts |= _of_part(archive, part)
    except UNREADABLE:
        acts.add(Acts.LOCKED)
    return acts


def _of_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> set[Acts]:
    name = part.filename.lower()
    look = next((look for is_of, look in LOOKS if is_of(name)), None)
    if look is None:
        return set()
    if part.file_size > MOST_XML:
        return {Acts.LOCKED}
    with archive.open(part) as text:
        return set(look(_elements(text)))


def _elements(text: IO[bytes]) -> Iterator[tuple[str, dict[str, str], str]]:
    """The elements of a part: name without its namespace, attributes likewise, words."""
    for _event, element in iterparse(text, events=("end",)):
        attributes = {_bare(key): value for key, value in element.attrib.items()}
        yield _bare(element.tag), attributes, element.text or ""
        element.clear()


def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def _types(elements: Iterable[tuple[str, dict[str, str], str]]) -> Iterator[Acts]:
    for _name, attributes, _words in elements:
        if "macroenabled" in attributes.get("ContentType", "").lower():
            yield Acts.PROGRAM


def _relations(elements: Iterable[tuple[str, dict[str, str], str]]) -> Iterator[Acts]:
    """What lies outside is fetched when the document is opened; a hyperlink, when it is clicked."""
    for _name, attributes, _words in elements:
        outside = attributes.get("TargetMode", "").lower() == "external"
        if outside and not attributes.get("Type", "").endswith("/hyperlink"):
            yield Acts.OUTSIDE


def _fields(elements: Iterable[tuple[str, dict[str, str], str]]) -> Iterator[Acts]:
    """A field may be written in pieces, which Word puts together before it does what they say."""
    written = []
    for name, attributes, words in elements:
        if name == "fldSimple":
            written.append(f" {attributes.get('instr', '')} ")
        elif name == "instrText":
            written.append(words)
        elif name == "fldChar":
            written.append(" ")
    instructions = "".join(written).upper().split()
    yield from (code for code, words in FIELDS.items() if set(words) & set(instructions))


def _open_document(elements: Iterable[tuple[str, dict[str, str], str]]) -> Iterator[Acts]:
    for name, attributes, _words in elements:
        if name.startswith("dde-") or name == "dde-source":
            yield Acts.COMMAND
        if name in {"event-listener", "script"}:
            yield Acts.SCRIPT
        if name != "a" and attributes.get("href", "").lower().startswith(ELSEWHERE):
            yield Acts.OUTSIDE


LOOKS: tuple[tuple[Any, Any], ...] = (
    (lambda name: name == "[content_types].xml", _types),
    (lambda name: name.endswith(".rels"), _relations),
    (lambda name: name.startswith("word/") and name.endswith(".xml"), _fields),
    (lambda name: name in {"content.xml", "styles.xml"}, _open_document),
)
