"""Pictures of the page as an SVG of their own, for paper, where no style sheet reaches them."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join

from reports.maps import boundaries

# As in `static/css/tokens.css`, light.
COLOURS = {
    "ground": "#e3e8e7",
    "none": "#d2dad8",
    "1": "#cfe6e3",
    "2": "#93c7c6",
    "3": "#4fa0a4",
    "4": "#0b6f7a",
    "5": "#063b44",
    "few": "#e3e8e7",
    "hidden": "#e3e8e7",
    "accent": "#0b6470",
    "band": "#b4d1d3",
    "line": "#c8d0ce",
    "ink": "#13222a",
}
HATCHED = "few", "hidden"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{} {} {} {}">'


def map_svg(picture: dict[str, Any]) -> str:
    """The map of the page with its shapes, colours and hatches inside."""
    shapes = boundaries()
    line = '<path d="{}" fill="{}" stroke="#fff" stroke-width=".4"/>'
    rows = [(shapes.ground, COLOURS["ground"])]
    rows += [(shapes.places[code]["d"], COLOURS["none"]) for code in picture["rest"]]
    rows += [(mark["d"], _fill(mark["kind"])) for mark in picture["marks"]]
    dots = [
        (*mark["at"], picture["speck"], _fill(mark["kind"]))
        for mark in picture["marks"]
        if "at" in mark
    ]
    return format_html(
        SVG + "{}{}{}</svg>",
        *picture["box"],
        _hatches(),
        format_html_join("", line, rows),
        format_html_join("", '<circle cx="{}" cy="{}" r="{}" fill="{}"/>', dots),
    )


def _fill(kind: str) -> str:
    return f"url(#{kind})" if kind in HATCHED else COLOURS[kind]


def _hatches() -> str:
    """Lines where there are too few for a rate, dots where the count is hidden."""
    return format_html(
        '<defs><pattern id="few" width="3" height="3" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="3" height="3" fill="{ground}"/>'
        '<rect width="1" height="3" fill="{ink}"/></pattern>'
        '<pattern id="hidden" width="3" height="3" patternUnits="userSpaceOnUse">'
        '<rect width="3" height="3" fill="{ground}"/>'
        '<circle cx="1.5" cy="1.5" r=".7" fill="{ink}"/></pattern></defs>',
        ground=COLOURS["ground"],
        ink=COLOURS["ink"],
    )


def key_svg(kind: str) -> str:
    """The sign of a colour or hatch in the key of the map."""
    return format_html(
        SVG + '{}<rect width="11" height="7" fill="{}" stroke="{}" stroke-width=".6"/></svg>',
        *(0, 0, 11, 7),
        _hatches() if kind in HATCHED else "",
        _fill(kind),
        COLOURS["line"],
    )


def curve_svg(panel: dict[str, Any]) -> str:
    """A curve of `reports.charts.survival`."""
    upright = [(at, at, 0, 40) for at in panel["grid"]]
    level = [(0, 100, y, y) for y in (0, 20, 40)]
    return format_html(
        SVG + '{}<path d="{}" fill="{}"/><path d="{}" fill="none" stroke="{}" stroke-width=".6"/>'
        "</svg>",
        *(-0.5, -0.5, 101, 41),
        format_html_join(
            "",
            '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width=".25"/>',
            ((*ends, COLOURS["line"]) for ends in (*upright, *level)),
        ),
        panel["band"],
        COLOURS["band"],
        panel["line"],
        COLOURS["accent"],
    )
