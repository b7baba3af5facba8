"""Pages on which is set what others work with: choices, task rules, regular reports, phones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.care_pages import by
from tests.browser.pages import ADMIN, FIELD, Place
from tests.browser.ways import at, confirm, confirmed, demo_case, then

if TYPE_CHECKING:
    from playwright.sync_api import Page

MANAGER, LEGAL = "manager.global", "legal.kolkata"
kinds = at("/choices/?kind=site_kind")
choice = then(kinds, "Brick kiln")


rule = then(at("/task-rules/"), "Ask a colleague about a task that is late")


def connected(page: Page) -> None:
    """An account of ODK Collect, which is shown once; it is ended, since ten are the most."""
    confirmed("/field/phones/collect/")(page)
    page.get_by_role("button", name="Connect").click()
    page.locator("img.scan").wait_for()


def read_offline(page: Page) -> None:
    demo_case(page)
    page.goto(f"{page.url.rstrip('/')}/read-offline/")
    if "/account/confirm/" in page.url:
        confirm(page)
    page.wait_for_url("**/read-offline/")


SETTINGS = [
    Place("choices", ADMIN, at("/choices/"), "Lists of choices"),
    Place("choices-of-a-list", ADMIN, kinds, "Lists of choices"),
    Place("choice", ADMIN, choice, "Brick kiln"),
    Place("choice-change", ADMIN, by(choice, "/change/"), "Change"),
    Place("choice-new", ADMIN, at("/choices/new/"), "Add"),
    Place("choices-table", ADMIN, at("/choices/table/"), "From a table"),
    Place("laws", LEGAL, at("/laws/"), "Laws in force"),
    Place("law-limit", LEGAL, confirmed("/laws/limits/new/"), "Propose a limit"),
    Place("law-provision", LEGAL, confirmed("/laws/provisions/new/"), "Propose a provision"),
    Place("law-scheme", LEGAL, confirmed("/laws/schemes/new/"), "Propose a scheme"),
    Place("law-stages", LEGAL, confirmed("/laws/stages/new/?country=NP"), "Propose stages"),
    Place("task-rules", ADMIN, at("/task-rules/"), "Task rules"),
    Place("task-rule", ADMIN, rule, "Ask a colleague"),
    Place("task-rule-change", ADMIN, by(rule, "/change/"), "Change"),
    Place("regular-reports", MANAGER, at("/reports/regular/"), "Regular reports"),
    Place("read-offline", FIELD, read_offline, "KOL-"),
    Place("connected", FIELD, connected, "Connect ODK Collect"),
]
