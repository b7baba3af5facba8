"""Pages of people and their care that are reached by a link of another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.pages import LEAD, Place
from tests.browser.ways import at, cared_for, demo_case, demo_plan, on, section, survivor, then

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PROVIDER, PROGRAMME = "provider.kolkata", "manager.global"
CASES = "#main a[href^='/cases/']:has-text('KOL-')"


def by(first: Callable[[Page], object], address: str) -> Callable[[Page], None]:
    """The first link of a page whose address holds this."""

    def visit(page: Page) -> None:
        first(page)
        before = page.url
        page.locator(f"#main a[href*='{address}']").first.evaluate("link => link.click()")
        page.wait_for_url(lambda url: url != before)

    return visit


def on_record(page: Page) -> None:
    """The page of a survivor who withdrew a consent of which somebody has not heard."""
    for case in (demo_case, cared_for):
        on("people", case)(page)
        links = page.locator("#main a[href^='/survivors/']").filter(has_text="S-")
        paths = [links.nth(n).get_attribute("href") or "" for n in range(links.count())]
        for path in dict.fromkeys(path for path in paths if path.count("/") == OF_A_PAGE):
            page.goto(path)
            if page.locator(".untold").count():
                return


OF_A_PAGE = 3  # strokes in the address of a page of a survivor


def ledger(address: str = "", *, without: str = "") -> Callable[[Page], None]:
    """The first ledger of a case of bonded labour that has the one link and not the other."""

    def visit(page: Page) -> None:
        for case in _all(page, "/cases/?programme=bonded_labour", CASES):
            for path in _all(page, f"{case}care/", "#main a[href$='/ledger/']"):
                page.goto(path)
                if not address:
                    return
                link = page.locator(f"#main a[href*='{address}']")
                barred = without and page.locator(f"#main a[href*='{without}']").count()
                if link.count() and not barred:
                    link.first.evaluate("link => link.click()")  # some are folded away
                    page.wait_for_url(f"**{address}**")
                    return
        raise LookupError(address)

    return visit


def answered(page: Page) -> None:
    """What is owed on a certificate that came just now: all others of the demonstration say it."""
    ledger("/certificates/", without="/entitlements/")(page)
    page.get_by_label("Issued").check()
    page.get_by_label("Day of the certificate").fill("2026-11-01")
    page.get_by_label("Number").fill("INV/1")
    page.locator("#main form button[type=submit]").last.click()
    page.wait_for_url("**/ledger/**")
    page.locator("#main a[href*='/entitlement/new/']").first.click()
    page.wait_for_url("**/entitlement/new/**")


def _all(page: Page, path: str, links: str) -> list[str]:
    """Where the links of a page lead, each once."""
    page.goto(path)
    found = page.locator(links).evaluate_all("links => links.map(one => one.pathname)")
    return list(dict.fromkeys(found))


def against_the_rules(page: Page) -> None:
    """A place asked for where the person may not go, or without its day."""
    then(on("care"), "Record where somebody sleeps")(page)
    page.get_by_role("button", name="Record").or_(page.get_by_role("button", name="Save")).click()
    page.locator("[data-focus]").first.wait_for()


def refused_consent(page: Page) -> None:
    by(survivor, "/consents/new/")(page)
    page.locator("#main form button[type=submit]").last.click()
    page.locator("[data-focus]").first.wait_for()


CARE = [
    Place("survivor-papers", LEAD, section("papers"), "KOL-"),
    Place("survivor-identification", LEAD, section("identification"), "KOL-"),
    Place("survivor-siblings", LEAD, by(survivor, "/siblings/new/"), "KOL-"),
    Place("survivor-withdrawn", LEAD, on_record, "KOL-"),
    Place("survivor-consent-refused", LEAD, refused_consent, "KOL-"),
    Place("consent-renew", LEAD, by(survivor, "/renew/"), "KOL-"),
    Place("consent-withdraw", LEAD, by(survivor, "/withdraw/"), "KOL-"),
    Place("consent-told", LEAD, by(on_record, "/withdrawals/"), "KOL-"),
    Place("referral-new", LEAD, by(on("care"), "/referrals/new/"), "KOL-"),
    Place("referral-decline", PROVIDER, by(at("/referrals/"), "/decline/"), ""),
    Place("referral-write", PROVIDER, by(at("/referrals/"), "/write/"), ""),
    Place("provider-change", LEAD, by(then(at("/providers/"), "Shelter A"), "/change/"), ""),
    Place("place-refused", LEAD, against_the_rules, "KOL-"),
    Place("place-end", LEAD, by(on("care", cared_for), "/placements/"), "KOL-"),
    Place("plan-review", LEAD, by(demo_plan, "/reviews/new/"), "KOL-"),
    Place("plan-new", LEAD, by(on("care"), "/plans/new/"), "KOL-"),
    Place("goal-end", LEAD, by(demo_plan, "/goals/"), "KOL-"),
    Place("assessment-new", LEAD, by(demo_plan, "/assessments/"), "KOL-"),
    Place("schemes", LEAD, at("/schemes/"), ""),
    Place("ledger", LEAD, ledger(), "KOL-"),
    Place("certificate", LEAD, ledger("/certificate/new/"), "KOL-"),
    Place("certificate-answer", LEAD, ledger("/certificates/"), "KOL-"),
    Place("entitlement", LEAD, answered, "KOL-"),
    Place("entitlement-change", LEAD, ledger("/change/"), "KOL-"),
    Place("scheme-payment", LEAD, ledger("/payments/new/"), "KOL-"),
    Place("claim", LEAD, ledger("/claims/new/"), "KOL-"),
    Place("claim-answer", LEAD, ledger("/claims/"), "KOL-"),
    Place("journey", LEAD, ledger("/journeys/new/"), "KOL-"),
    Place("outcomes", PROGRAMME, at("/reports/aftercare-outcomes/"), "How survivors recover"),
    Place("profile", PROGRAMME, at("/reports/osec-profile/"), "Survivors of online"),
    Place(
        "reconciliation", PROGRAMME, at("/reports/bonded-labour-reconciliation/"), "Bonded labour"
    ),
]
