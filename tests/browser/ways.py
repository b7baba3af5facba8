"""Ways through the demonstration: how one gets to a page that has no address of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intake.demo.people import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

DEMO_CASE = "KOL-2026-0002"


def at(path: str) -> Callable[[Page], object]:
    return lambda page: page.goto(path)


def demo_case(page: Page) -> None:
    """A case of the demonstration with a site, seven survivors, suspects and a note."""
    page.goto("/cases/?programme=bonded_labour")
    page.get_by_role("link", name=DEMO_CASE).click()
    page.locator(".idbar").wait_for()
    page.wait_for_load_state()  # a slow machine shows a page before its scripts run


def on(part: str, first: Callable[[Page], object] = demo_case) -> Callable[[Page], None]:
    """One of the pages of a case, by its name in the address."""

    def visit(page: Page) -> None:
        first(page)
        page.goto(f"{page.url.partition('#')[0].partition('?')[0]}{part}/")
        page.locator(".idbar").wait_for()

    return visit


def unfold(page: Page) -> None:
    """The menus of rows, so that what stands in them can be found."""
    page.locator("#main details.menu").evaluate_all(
        "all => all.forEach(one => { one.open = true })"
    )


def then(first: Callable[[Page], object], link: str, *, role: str = "link") -> Callable[..., None]:
    def visit(page: Page) -> None:
        first(page)
        before = page.url
        unfold(page)
        page.get_by_role(role, name=link).first.evaluate("link => link.click()")
        page.wait_for_url(lambda url: url != before)

    return visit


def survivor(page: Page) -> None:
    """The first survivor of that case, completed in the demonstration."""
    on("people")(page)
    page.get_by_role("region", name="Survivors").locator(".who a").first.click()
    page.wait_for_url("**/survivors/**")


def section(name: str) -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        survivor(page)
        page.get_by_role("link", name="Complete").click()
        page.wait_for_url("**/complete/")
        if name:
            page.locator(f"#{name} a").click()
            page.wait_for_url(f"**/{name}/")

    return visit


def consent_form(page: Page) -> None:
    survivor(page)
    page.locator("a[href$='/consents/new/']").click()
    page.wait_for_url("**/consents/new/")


def suspect_form(page: Page) -> None:
    on("people")(page)
    page.locator("a[href$='/suspects/new/']").click()
    page.wait_for_url("**/suspects/new/")


def hearing_form(page: Page) -> None:
    page.goto("/docket/?show=overdue")
    page.get_by_role("link", name="Record result").first.click()
    page.wait_for_url("**/record/**")


def its_hearing(link: str) -> Callable[[Page], None]:
    """From the demonstration's case to a verb on a hearing of it."""

    def visit(page: Page) -> None:
        on("court")(page)
        unfold(page)
        court = page.get_by_role("region", name="Court")
        begins = re.compile(f"^{link}( \\d.*)?$")  # after it stands the day of which
        court.get_by_role("link", name=begins).first.evaluate("link => link.click()")
        page.wait_for_url("**/hearings/**")

    return visit


def calendar(page: Page) -> None:
    page.goto("/calendar/")
    page.get_by_role("button", name="address").click()
    page.get_by_text("Copy this address now.").wait_for()


def custody_form(page: Page) -> None:
    on("people")(page)
    page.locator("a[href$='/custody/new/']").first.click()
    page.wait_for_url("**/custody/new/")


def network(page: Page) -> None:
    page.goto("/networks/")
    page.locator("main tbody a[href^='/networks/']").first.click()
    page.wait_for_url("**/networks/*-*/")


def cared_for(page: Page) -> None:
    """The first case of the year, whose survivors have plans, places and sessions."""
    page.goto("/cases/?programme=csec")
    page.get_by_role("link", name="KOL-2026-0001").click()
    page.locator(".idbar").wait_for()


def demo_plan(page: Page) -> None:
    on("care", cared_for)(page)
    page.locator("a[href^='/plans/']").first.click()
    page.wait_for_url("**/plans/**")


def assessment(page: Page) -> None:
    demo_plan(page)
    page.get_by_role("link", name="Assess").or_(
        page.get_by_role("link", name="Go on with it")
    ).first.click()
    if "new" in page.url:
        page.get_by_role("button", name="Begin").click()
    page.locator(".parts").wait_for()


def narrative(page: Page) -> None:
    on("investigation")(page)
    page.goto(
        page.get_by_role("region", name="Rescues")
        .locator("[data-fragment]")
        .first.get_attribute("data-fragment")
        or ""
    )


def rescue_page(page: Page) -> None:
    on("investigation")(page)
    page.get_by_role("region", name="Rescues").locator("h3 a").first.click()
    page.wait_for_url("**/rescues/**")


def site_page(page: Page) -> None:
    """A site of the demonstration that was closed, opened again, and is known from another case."""
    page.goto("/search/")
    page.locator("#main input[name=q]").first.fill("KOL-2026-0001")
    page.keyboard.press("Enter")
    page.locator("#main").get_by_role("link", name="KOL-2026-0001").first.click()
    page.locator(".idbar").wait_for()
    page.get_by_role("link", name="Investigation", exact=True).click()
    page.get_by_role("region", name="Sites").get_by_role("link").last.click()
    page.wait_for_url("**/sites/**")


def online_case(page: Page) -> None:
    page.goto("/cases/?programme=osec")
    page.locator("tbody th a").last.click()
    page.get_by_role("link", name="Investigation", exact=True).click()
    page.get_by_role("region", name="Abuse online").wait_for()


def its_note(link: str) -> Callable[[Page], None]:
    """A note of the case: itself, or a verb on it."""

    def visit(page: Page) -> None:
        on("documents")(page)
        notes = page.get_by_role("region", name="Notes")
        if link:
            notes.get_by_role("link", name=link).first.click()
            page.wait_for_url("**/correct/")
        else:
            page.goto(notes.locator("[data-fragment]").first.get_attribute("data-fragment") or "")

    return visit


def all_notes(page: Page) -> None:
    demo_case(page)
    page.goto(f"{page.url.partition('#')[0].partition('?')[0]}notes/")


def documents_form(page: Page) -> None:
    on("documents")(page)
    page.locator("a[href$='/documents/new/']").click()
    page.wait_for_url("**/documents/new/")


def known_only(page: Page) -> None:
    """A case whose content is closed to this person."""
    page.goto("/cases/?status=lead")
    page.locator("tbody th a").first.click()
    page.get_by_text("You can see that this case exists.").wait_for()


def receipt(page: Page) -> None:
    page.goto("/field/rescues/new/")
    for tile, times in (("Girl, 13–17", 3), ("Woman, 18 and over", 1), ("Boy, 12 or younger", 1)):
        page.get_by_label(f"One more: {tile}").click(click_count=times)
    page.get_by_label("Commercial sexual exploitation").check()
    page.get_by_label("One arrest more").click()
    if page.locator("#receipt").is_hidden():
        page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Saved on the server").wait_for()


def refused_form(page: Page) -> None:
    page.goto("/field/rescues/new/")
    page.get_by_role("button", name="Save").click()
    page.locator("#summary").wait_for()


def waiting_form(page: Page) -> None:
    page.goto("/field/rescues/new/")
    page.get_by_label("One more: Girl, 13–17").click(click_count=3)
    page.get_by_label("Medical").check()
    later = {"status": 503, "headers": {"Retry-After": "900"}}
    page.route("**/field/rescues/new/", lambda route: route.fulfill(**later))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Try now").wait_for()


def refused_sign_in(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("alert").wait_for()


def confirmed(path: str) -> Callable[[Page], None]:
    """A grave page: the demonstration confirms by its password."""

    def visit(page: Page) -> None:
        page.goto(f"/account/confirm/?next={path}")
        confirm(page)
        page.wait_for_url(lambda url: url.endswith(path) and "confirm" not in url)

    return visit


def confirm(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def disclosure_form(page: Page) -> None:
    on("people")(page)
    page.get_by_role("link", name="Disclose").click()
    page.get_by_role("heading", level=1).wait_for()
    if "/account/confirm/" in page.url:
        confirm(page)
    page.wait_for_url("**/disclosures/new/")


def chosen_cases(page: Page) -> None:
    page.goto("/cases/")
    for number in range(3):
        page.locator("input[name=row]").nth(number).check()
    page.get_by_role("button", name="Assign").click()
    page.wait_for_url("**/cases/several/assign/**")


def seen_cases(page: Page) -> None:
    chosen_cases(page)
    page.locator("select[name=user]").select_option(index=1)
    page.get_by_role("button", name="See what happens").click()
    page.get_by_role("heading", name="This happens").wait_for()


def closed_case(page: Page) -> None:
    page.goto("/cases/?status=closed")
    page.locator("tbody th a").first.click()
    page.locator(".idbar").wait_for()


def stale_form(page: Page) -> None:
    """The form of a version that is over: as if somebody else had been faster."""
    then(demo_case, "Correct")(page)
    page.wait_for_url("**/correct/")
    page.locator("input[name=version]").evaluate("box => { box.value = 9999; }")
    page.get_by_label("Opened on").fill("2026-02-03")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Somebody else changed this").wait_for()


def keys(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def list_menu(page: Page) -> None:
    page.goto("/cases/")
    page.locator(".list-do summary").click()


def searched(typed: str) -> Callable[..., None]:
    def visit(page: Page) -> None:
        page.goto("/search/")
        page.locator("main").get_by_role("searchbox").fill(typed)
        page.locator("main").get_by_role("button", name="Search").click()
        page.wait_for_load_state()

    return visit


def sought_by_name(page: Page) -> None:
    """Spelt so, and said so."""
    page.goto("/search/name/")
    page.get_by_label("Name").fill("priya")
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_load_state()
