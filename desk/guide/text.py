"""The part of the guide that a page is about, printed from `docs/guide/`, which is written once.

Each page finds its part by its name; the longest beginning that is listed here counts. A page that
stands for everybody's day has a part for each role. Parts are read once for each process. Links are
printed as their words: a guide names pages by what stands in the menu.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.roles import Role
from desk.guide.parts import PARTS, SIGN_IN, WHOSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TAG, LINK = re.compile(r"<a id=[^>]*></a>"), re.compile(r"\[([^\]]*)\]\([^)]*\)")
INLINE = ((r"`([^`]+)`", "code"), (r"\*\*([^*]+)\*\*", "strong"), (r"\*([^*]+)\*", "em"))
NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True)
class Part:
    title: str
    html: SafeString


def part_of(page: str, roles: Iterable[str]) -> Part | None:
    """What the guide says of the page of this name, to somebody with these roles."""
    if page in ("desk:today", "desk:search", "desk:go"):
        own = (WHOSE[Role(role)] for role in roles if role in WHOSE)
        return _part(next(own, "everyone-else#"))
    known = [beginning for beginning in PARTS if page.startswith(beginning)]
    return _part(PARTS[max(known, key=len)] if known else SIGN_IN)


@cache
def _part(named: str) -> Part | None:
    name, _hash, title = named.partition("#")
    return _guide(name).get(title)


@cache
def _guide(name: str) -> dict[str, Part]:
    """Of one guide its parts by their titles; what stands above the first of them by none."""
    path: Path = settings.BASE_DIR / "docs" / "guide" / f"{name}.md"
    top, *text = path.read_text(encoding="utf-8").split("\n")
    heading = top.removeprefix("# ")
    parts = {}
    for number, chunk in enumerate("\n".join(text).split("\n## ")):
        title, _line, body = ("", "", chunk) if number == 0 else chunk.partition("\n")
        title = TAG.sub("", title).strip()
        html = mark_safe("\n".join(_blocks(body)))  # noqa: S308 - every text of it is escaped
        parts[title] = Part(title.replace("*", "") or heading, html)
    return parts


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n{2,}", text.strip()):
        lines = block.split("\n")
        if lines[0].startswith("```"):
            yield f"<pre>{escape(chr(10).join(lines[1:-1]))}</pre>"
        elif lines[0].startswith("|"):
            yield _table(lines)
        elif lines[0].startswith("- ") or NUMBERED.match(lines[0]):
            kind = "ul" if lines[0].startswith("- ") else "ol"
            items = re.split(r"\n(?=- |\d+\. )", block)
            parts = (_inline(re.sub(r"^(- |\d+\. )", "", item)) for item in items)
            yield f"<{kind}>{''.join(f'<li>{part}</li>' for part in parts)}</{kind}>"
        elif lines[0].startswith("#"):
            yield f"<p><strong>{_inline(block.lstrip('# '))}</strong></p>"
        else:
            yield f"<p>{_inline(block)}</p>"


def _table(lines: list[str]) -> str:
    """As a list of terms, without its head: each row says itself what it is."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    terms = (f"<dt>{_inline(row[0])}</dt><dd>{_inline(' '.join(row[1:]))}</dd>" for row in rows)
    return f"<dl>{''.join(terms)}</dl>"


def _inline(text: str) -> str:
    html: str = escape(LINK.sub(r"\1", " ".join(text.split())))
    for pattern, tag in INLINE:
        html = re.sub(pattern, rf"<{tag}>\1</{tag}>", html)
    return html
