"""The picture of a network: drawn as SVG with classes instead of colours.

Every node has a line of its own, so that no label covers another at any width; what stands where
depends on what is drawn and on nothing else.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

MOST = 80  # nodes; more are a thicket, and the table has them all
WIDTH, MARGIN, LINE = 360, 24, 34
ROUNDS = 200  # of the layout
FITS = 24  # narrow characters beside a node in the middle of the picture
GAP = 14  # from the middle of a node to its label
MEMBER, CASE, PLACE = "member", "case", "place"
SHAPES = {
    MEMBER: '<circle class="net__{kind}{mark}" cx="{x}" cy="{y}" r="8"/>',
    CASE: '<rect class="net__{kind}{mark}" x="{left}" y="{top}" width="15" height="15"/>',
    PLACE: '<path class="net__{kind}{mark}" d="M{x} {top}l8.5 15h-17z"/>',
}
FRAME = (
    '<svg class="net" role="img" aria-labelledby="net-title net-words" viewBox="0 0 {} {}">'
    '<title id="net-title">{}</title><desc id="net-words">{}</desc>'
    '<defs><marker id="net-arrow" viewBox="0 0 10 10" refX="18" refY="5" markerWidth="7"'
    ' markerHeight="7" orient="auto"><path class="net__arrow" d="M0 0l10 5-10 5z"/></marker></defs>'
    "{}{}</svg>"
)


@dataclass(frozen=True)
class Node:
    """Something in the picture; `key` tells it apart and never leaves the server."""

    key: str
    kind: str
    label: str
    marked: bool = False  # an arrested member


@dataclass(frozen=True)
class Link:
    """From one node to another; a `way` has a direction."""

    start: str
    end: str
    way: bool = False


def network_picture(page: dict[str, Any]) -> dict[str, Any]:
    """The picture of what the page of a network shows, or that it would be a thicket.

    Made from the page and nothing else, so it can tell no more than the page.
    """
    people = [person for person in page["people"] if not person["left_on"]]
    seats = [(person, seat) for person in people for seat in person["seats"]]
    named = {seat["case"] for _person, seat in seats}
    cases = [case for case in page["cases"] if case["reference"] in named]
    stops = [leg for way in page["corridors"] for leg in way["legs"]]
    nodes = {Node(_key(person), MEMBER, _label(person), person["arrested"]) for person in people}
    nodes |= {Node(case["reference"], CASE, case["reference"]) for case in cases}
    nodes |= {Node(place["code"], PLACE, place["place"]) for place in [*cases, *stops]}
    links = {Link(_key(person), seat["case"]) for person, seat in seats}
    links |= {Link(case["reference"], case["code"]) for case in cases}
    links |= {Link(*pair) for pair in page["links"] if named.issuperset(pair)}
    links |= {
        Link(before["code"], after["code"], way=True)
        for way in page["corridors"]
        for before, after in pairwise(way["legs"])
        if before["code"] != after["code"]
    }
    if len(nodes) > MOST:
        return {"picture": "", "thicket": True}
    title = _("Network %(code)s") % {"code": page["network"].code}
    words = _(
        "Its members, their cases and places, and the links between them. The tables show the same."
    )
    return {"picture": draw(list(nodes), list(links), title=title, words=words) if nodes else ""}


def _key(person: dict[str, Any]) -> str:
    first = person["seats"][0]
    return f"{first['case']} {first['code']}"


def _label(person: dict[str, Any]) -> str:
    return person["name"] or _key(person)


def draw(nodes: Sequence[Node], links: Sequence[Link], *, title: str, words: str) -> SafeString:
    """The picture as one SVG element. The order of nodes and links does not matter."""
    nodes = sorted(nodes, key=lambda node: (node.kind, node.label, node.key))
    links = sorted(set(links), key=lambda link: (link.start, link.end, link.way))
    places = _places(nodes, links)
    lines = [_line(link, places) for link in links]
    return format_html(
        FRAME,
        WIDTH,
        LINE * len(nodes) + MARGIN,
        title,
        words,
        format_html_join("", "{}", ((line,) for line in lines)),
        format_html_join("", "{}", ((_node(node, *places[node.key]),) for node in nodes)),
    )


def _places(nodes: Sequence[Node], links: Sequence[Link]) -> dict[str, tuple[int, int]]:
    """Where each node stands: across as the layout has it, down on a line of its own."""
    laid = {key: (round(x, 4), round(y, 4)) for key, (x, y) in _laid(nodes, links).items()}
    down = sorted(laid, key=lambda key: (laid[key][1], key))
    across = [x for x, _y in laid.values()]
    wide = (WIDTH - 2 * MARGIN) / (max(across) - min(across) or 1)
    return {
        key: (MARGIN + round((laid[key][0] - min(across)) * wide), MARGIN + LINE * row)
        for row, key in enumerate(down)
    }


def _laid(nodes: Sequence[Node], links: Sequence[Link]) -> dict[str, list[float]]:
    """By key the place of each node: all push each other apart, links pull (Fruchterman and
    Reingold, 1991)."""
    import numpy as np  # noqa: PLC0415 -- which no other page needs

    row = {node.key: number for number, node in enumerate(nodes)}
    pulls = np.zeros((len(row), len(row)))
    for link in links:
        pulls[row[link.start], row[link.end]] = pulls[row[link.end], row[link.start]] = 1
    # They begin on a spiral, where no two are mirrored; its turn is the golden angle.
    number = np.arange(1, len(row) + 1)
    at = np.sqrt(number / len(row))[:, None] * np.column_stack(
        [np.cos(2.4 * number), np.sin(2.4 * number)]
    )
    rest = len(row) ** -0.5  # where a link neither pulls nor pushes
    for step in np.linspace(0.2, 0, ROUNDS, endpoint=False):
        apart = at[:, None] - at
        far = np.linalg.norm(apart, axis=-1).clip(0.01)
        moved = ((rest**2 / far**2 - pulls * far / rest)[..., None] * apart).sum(axis=1)
        at += step * moved / np.linalg.norm(moved, axis=-1, keepdims=True).clip(0.01)
    return {key: at[number].tolist() for key, number in row.items()}


def _line(link: Link, places: dict[str, tuple[int, int]]) -> SafeString:
    (x1, y1), (x2, y2) = places[link.start], places[link.end]
    form = '<line class="net__link" x1="{}" y1="{}" x2="{}" y2="{}"/>'
    if link.way:
        form = (
            '<line class="net__way" marker-end="url(#net-arrow)" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        )
    return format_html(form, x1, y1, x2, y2)


def _node(node: Node, x: int, y: int) -> SafeString:
    """The shape and, on the side where there is more room, its label."""
    left = x > WIDTH / 2
    shape = format_html(
        SHAPES[node.kind],
        kind=node.kind,
        mark=" net__marked" if node.marked else "",
        x=x,
        y=y,
        left=x - 7.5,
        top=y - (9 if node.kind == PLACE else 7.5),
    )
    return format_html(
        '<g>{}<text class="net__label{}" x="{}" y="{}">{}</text></g>',
        shape,
        " net__label--end" if left else "",
        x - GAP if left else x + GAP,
        y + 4,
        fitted(node.label),
    )


def fitted(label: str) -> str:
    """The label as far as there is room for it; wide characters need that of two."""
    room, kept = FITS, ""
    for letter in label:
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            return f"{kept.rstrip()}…"
        kept += letter
    return kept
