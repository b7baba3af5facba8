"""Pages of a case and of what belongs to it that are reached by a link, or lie below an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.care_pages import by
from tests.browser.pages import FIELD, LEAD, Place
from tests.browser.ways import at, confirmed, demo_case, on, site_page, then

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


def below(first: Callable[[Page], object], part: str) -> Callable[[Page], None]:
    """A page whose address begins with that of another."""

    def visit(page: Page) -> None:
        first(page)
        page.goto(f"{page.url.partition('#')[0].partition('?')[0]}{part}")

    return visit


def refused(first: Callable[[Page], object]) -> Callable[[Page], None]:
    """The same form sent empty."""

    def visit(page: Page) -> None:
        first(page)
        page.locator("#main form button[type=submit]").last.click()
        page.locator("[data-focus]").first.wait_for()

    return visit


OFFENDERS, THEIR_TITLE = "/offenders/duplicates/", "One offender in two records?"
offender = by(on("people"), "/perpetrators/")
recognise = then(
    then(on("documents"), "D-1 Release certificate"), "This is material of child abuse"
)
CASE = [
    Place("offenders", LEAD, at(OFFENDERS), THEIR_TITLE),
    Place("offenders-none", LEAD, at(f"{OFFENDERS}?status=different"), THEIR_TITLE),
    Place("offenders-across", "data.global", at(OFFENDERS), THEIR_TITLE),
    Place("offender-pair", LEAD, then(at(OFFENDERS), "Side by side"), "Are they one person?"),
    Place("offender", LEAD, offender, "Offender"),
    Place("offender-which", LEAD, by(offender, "/merge/"), "Are they one person?"),
    Place("offender-describe", LEAD, by(offender, "/describe/"), "Describe an offender"),
    Place("offender-alias", LEAD, by(offender, "/aliases/new/"), "Add another name"),
    Place("sites", LEAD, at("/sites/"), "Sites"),
    Place("sites-none", LEAD, at("/sites/?kind=quarry"), "Sites"),
    Place("sites-refused", LEAD, at("/sites/?kind=castle"), "Sites"),
    Place("sites-empty", "legal.manila", at("/sites/"), "Sites"),
    Place("site-place", LEAD, below(site_page, "place/write/"), "KOL-"),
    Place("site-close", LEAD, below(site_page, "close/"), "KOL-"),
    Place("site-closing", LEAD, by(site_page, "/site-closings/"), "KOL-"),
    Place("cases-file", LEAD, confirmed("/cases/csv/"), "The list as a file"),
    Place("document-recognise", FIELD, recognise, "KOL-"),
    Place("document-recognise-refused", FIELD, refused(recognise), "KOL-"),
    Place("timeline", LEAD, below(demo_case, "timeline/"), "KOL-"),
    Place("task-add", LEAD, below(demo_case, "tasks/new/"), "KOL-"),
    Place("link-cases", LEAD, below(demo_case, "links/new/"), "KOL-"),
    Place("task-add-refused", LEAD, refused(below(demo_case, "tasks/new/")), "KOL-"),
]
