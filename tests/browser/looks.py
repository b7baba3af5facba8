"""What is asked of every page, at every size and in every theme."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python

from core.local.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that another theme can change
SIZES = {"phone": (390, 844), "desktop": (1366, 900)}
SCREENS = ROOT / "var" / "screens"
PICTURES = bool(os.environ.get("SCREENS"))  # for people: SCREENS=1


def barriers(page: Page, *, colours_only: bool = False) -> list[str]:
    """What axe finds, one line each. Evaluated from outside, so the CSP does not matter."""
    rules = (
        {"type": "rule", "values": COLOURS} if colours_only else {"type": "tag", "values": RULES}
    )
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run({ runOnly: rules, resultTypes: ['violations'] })", rules
    )
    return [_line(rule, node) for rule in found["violations"] for node in rule["nodes"]]


def _line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = " ".join(node["failureSummary"].split())
    return f"{rule['id']}: {' '.join(map(str, node['target']))}: {why}"


def look(page: Page, size: str, scheme: Any = "light") -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    # Reduced motion: colours that are still changing would be measured half-way.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


def scrolls_sideways(page: Page, width: int = 320) -> list[str]:
    """The elements that stand out of a page of this width, if it can be moved sideways."""
    page.set_viewport_size({"width": width, "height": 568})
    return page.evaluate(
        """() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          if (scrollWidth <= clientWidth) return [];
          const wide = [...document.body.querySelectorAll('*')].filter(element => {
            const box = element.getBoundingClientRect();
            return box.right > clientWidth + 1 || box.left < -1;
          });
          return ['page', ...wide.map(element => element.outerHTML.slice(0, 80))];
        }"""
    )


def keep_screen(page: Page, name: str) -> None:
    """A picture for people, where they asked for it."""
    if PICTURES:
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
