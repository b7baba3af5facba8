"""Every page: no barrier, no error, no sideways scroll, a title that says what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from intake.demo.people import NAMES, OTHERS, PASSWORD
from tests.browser import looks

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PEOPLE = [name for names in NAMES.values() for name in names]
PEOPLE += [name for name, _role, _office in OTHERS.values()]


@dataclass(frozen=True)
class Place:
    """A page: who opens it, how one gets there, how its title begins."""

    name: str
    who: str | None
    open: Callable[[Page], object]
    title: str

    def __str__(self) -> str:
        return self.name


def at(path: str) -> Callable[[Page], object]:
    return lambda page: page.goto(path)


def demo_case(page: Page) -> None:
    """A case of the demonstration with a site, seven survivors, suspects and a note."""
    page.goto("/cases/?programme=bonded_labour")
    page.get_by_role("link", name="KOL-2026-0002").click()
    page.locator(".idbar").wait_for()


def then(first: Callable[[Page], object], link: str, *, role: str = "link") -> Callable[..., None]:
    def visit(page: Page) -> None:
        first(page)
        before = page.url
        page.get_by_role(role, name=link).first.click()
        page.wait_for_url(lambda url: url != before)

    return visit


def survivor(page: Page) -> None:
    """The first survivor of that case, completed in the demonstration."""
    demo_case(page)
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
    demo_case(page)
    page.locator("a[href$='/suspects/new/']").click()
    page.wait_for_url("**/suspects/new/")


def hearing_form(page: Page) -> None:
    page.goto("/docket/?show=overdue")
    page.get_by_role("link", name="Record result").first.click()
    page.wait_for_url("**/record/**")


def its_hearing(link: str) -> Callable[[Page], None]:
    """From the form of the result to the case, and there to another verb on the hearing."""

    def visit(page: Page) -> None:
        hearing_form(page)
        page.locator(".crumb a").click()
        court = page.get_by_role("region", name="Court")
        court.get_by_role("link", name=link, exact=True).first.click()
        page.wait_for_url("**/hearings/**")

    return visit


def calendar(page: Page) -> None:
    page.goto("/calendar/")
    page.get_by_role("button", name="address").click()
    page.get_by_text("Copy this address now.").wait_for()


def custody_form(page: Page) -> None:
    demo_case(page)
    page.locator("a[href$='/custody/new/']").first.click()
    page.wait_for_url("**/custody/new/")


def cared_for(page: Page) -> None:
    """The first case of the year, whose survivors have plans, places and sessions."""
    page.goto("/cases/?programme=csec")
    page.get_by_role("link", name="KOL-2026-0001").click()
    page.locator(".idbar").wait_for()


def demo_plan(page: Page) -> None:
    cared_for(page)
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
    demo_case(page)
    page.goto(page.locator("[data-fragment]").first.get_attribute("data-fragment") or "")


def rescue_page(page: Page) -> None:
    demo_case(page)
    page.get_by_role("region", name="Rescues").locator("h3 a").first.click()
    page.wait_for_url("**/rescues/**")


def site_page(page: Page) -> None:
    """A site of the demonstration that was closed, opened again, and is known from another case."""
    page.goto("/search/")
    page.locator("#main input[name=q]").first.fill("KOL-2026-0001")
    page.keyboard.press("Enter")
    page.locator("#main").get_by_role("link", name="KOL-2026-0001").first.click()
    page.locator(".idbar").wait_for()
    page.get_by_role("region", name="Sites").get_by_role("link").last.click()
    page.wait_for_url("**/sites/**")


def online_case(page: Page) -> None:
    page.goto("/cases/?programme=osec")
    page.locator("tbody th a").last.click()
    page.get_by_role("region", name="Abuse online").wait_for()


def its_note(link: str) -> Callable[[Page], None]:
    """A note of the case: itself, or a verb on it."""

    def visit(page: Page) -> None:
        demo_case(page)
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
    demo_case(page)
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
    demo_case(page)
    page.get_by_role("link", name="Disclose").click()
    page.get_by_role("heading", level=1).wait_for()
    if "/account/confirm/" in page.url:
        confirm(page)
    page.wait_for_url("**/disclosures/new/")


def chosen_cases(page: Page) -> None:
    page.goto("/cases/")
    for number in range(3):
        page.locator("input[name=case]").nth(number).check()
    page.get_by_role("button", name="Assign the chosen").click()
    page.wait_for_url("**/cases/assign/**")


def closed_case(page: Page) -> None:
    page.goto("/cases/?status=closed")
    page.locator("tbody th a").first.click()
    page.locator(".idbar").wait_for()


def stale_form(page: Page) -> None:
    """The form of a version that is over: as if somebody else had been faster."""
    demo_case(page)
    page.get_by_role("link", name="Correct", exact=True).first.click()
    page.wait_for_url("**/correct/")
    page.locator("input[name=version]").evaluate("box => { box.value = 9999; }")
    page.get_by_label("Opened on").fill("2026-02-03")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Somebody else changed this").wait_for()


def keys(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def disabling(page: Page) -> None:
    then(then(at("/people/"), "Anik Roy"), "Disable the account")(page)


TEMPLATE = re.compile(r"\{[{%#]|[}%#]\}")  # its own language, left over on a page
LEAD, FIELD, ADMIN = "lead.kolkata", "field.kolkata", "admin.system"
PLACES = [
    Place("sign-in", None, at("/sign-in/"), "Sign in"),
    Place("sign-in-refused", None, refused_sign_in, "Sign in"),
    Place("forgotten", None, at("/password/forgotten/"), "Forgotten password"),
    Place("forgotten-sent", None, at("/password/forgotten/sent/"), "Look at your mail"),
    Place("forgotten-old", None, at("/password/new/0-x/"), "New password"),
    Place("security", FIELD, at("/account/security/"), "Sign-in and security"),
    Place("confirm", FIELD, at("/account/confirm/"), "Confirm that it is you"),
    Place("set-up-app", FIELD, confirmed("/account/app/"), "Set up your second factor"),
    Place("passkey-add", FIELD, confirmed("/account/passkeys/add/"), "Add a passkey"),
    Place("password", FIELD, confirmed("/account/password/"), "Change your password"),
    Place("sessions", FIELD, confirmed("/account/sessions/"), "Where you are signed in"),
    Place("today", FIELD, at("/"), "Today"),
    Place("today-empty", "manager.global", at("/"), "Today"),
    Place("keys", FIELD, keys, "Today"),
    Place("list", LEAD, at("/cases/"), "Cases"),
    Place("list-filtered", LEAD, at("/cases/?status=lead&office=kolkata"), "Cases"),
    Place("list-none", LEAD, at("/cases/?programme=osec"), "Cases"),
    Place("case", LEAD, demo_case, "KOL-"),
    Place("case-known", "aftercare.kolkata", known_only, "KOL-"),
    Place("case-open", FIELD, at("/cases/new/"), "Open a case"),
    Place("case-assign", LEAD, then(demo_case, "Assign"), "KOL-"),
    Place("case-correct", LEAD, then(demo_case, "Correct"), "KOL-"),
    Place("case-close", LEAD, then(demo_case, "Close the case"), "KOL-"),
    Place("case-summary", LEAD, then(demo_case, "Summary"), "KOL-"),
    Place("case-transfer", LEAD, then(demo_case, "Hand the case over"), "KOL-"),
    Place("caseload", LEAD, then(demo_case, "Hand over all cases"), "Hand over a caseload"),
    Place("transfers", LEAD, at("/transfers/"), "Handing over"),
    Place("transfers-offered", "legal.kolkata", at("/transfers/"), "Handing over"),
    Place("list-alone", LEAD, at("/cases/?team=nobody"), "Cases"),
    Place("list-refused", LEAD, at("/cases/?status=x&opened_from=soon"), "Cases"),
    Place("assign-many", LEAD, chosen_cases, "Assign several cases"),
    Place("assign-none", LEAD, at("/cases/assign/"), "Step refused"),
    Place("case-reopen", LEAD, then(closed_case, "Reopen the case"), "KOL-"),
    Place("case-stale", LEAD, stale_form, "KOL-"),
    Place(
        "person-disable",
        ADMIN,
        then(then(at("/people/"), "Anik Roy"), "Disable the account"),
        "Disable",
    ),
    Place("case-readers", LEAD, then(demo_case, "Who saw this"), "Who saw this"),
    Place("person-readers", LEAD, then(demo_case, "Who saw this S-1"), "Who saw this"),
    Place("trail", "auditor.global", at("/audit/"), "History"),
    Place("trail-refused", "auditor.global", at("/audit/?since=soon&kind=read"), "History"),
    Place("unusual", "auditor.global", at("/audit/unusual/"), "Unusual today"),
    Place("emergencies", LEAD, at("/emergencies/"), "Emergencies"),
    Place("today-outside", "prosecutor.kolkata", at("/"), "Today"),
    Place("notices", FIELD, at("/notices/"), "Notices"),
    Place("people", ADMIN, at("/people/"), "People"),
    Place("person", ADMIN, then(at("/people/"), "Anik Roy"), "Person"),
    Place("role-end", ADMIN, then(then(at("/people/"), "Anik Roy"), "End this role"), "End a role"),
    Place("changes", ADMIN, at("/people/changes/"), "Changes that wait"),
    Place("invitation-over", None, at("/invitation/"), "This link opens nothing"),
    Place("site", FIELD, then(demo_case, "Add a site"), "KOL-"),
    Place("narrative", LEAD, narrative, "KOL-"),
    Place("rescue-page", LEAD, rescue_page, "KOL-"),
    Place("rescue-amend", LEAD, then(rescue_page, "Amend"), "KOL-"),
    Place("rescue-tell", LEAD, then(rescue_page, "Tell more"), "KOL-"),
    Place("site-page", LEAD, site_page, "KOL-"),
    Place("site-correct", LEAD, then(site_page, "Correct"), "KOL-"),
    Place("site-same", LEAD, then(site_page, "Add"), "KOL-"),
    Place("lead", FIELD, then(demo_case, "Record a lead"), "KOL-"),
    Place("lead-end", LEAD, then(demo_case, "Change what became of it"), "KOL-"),
    Place("step-plan", FIELD, then(demo_case, "Plan a step"), "KOL-"),
    Place("step", FIELD, then(demo_case, "Record a step"), "KOL-"),
    Place("online", "lead.manila", online_case, "MNL-"),
    Place("online-record", "lead.manila", then(online_case, "Record"), "MNL-"),
    Place("suspect-add", LEAD, suspect_form, "KOL-"),
    Place("complaint", LEAD, then(demo_case, "Record a complaint"), "KOL-"),
    Place("prosecution", LEAD, then(demo_case, "Open a prosecution"), "KOL-"),
    Place("docket", LEAD, at("/docket/"), "Docket"),
    Place("docket-overdue", LEAD, at("/docket/?show=overdue"), "Docket"),
    Place("docket-none", LEAD, at("/docket/?show=later"), "Docket"),
    Place("docket-empty", "legal.manila", at("/docket/"), "Docket"),
    Place("hearing-record", LEAD, hearing_form, "KOL-"),
    Place("hearing-list", LEAD, its_hearing("List a hearing"), "KOL-"),
    Place("hearing-move", LEAD, its_hearing("Change"), "KOL-"),
    Place("hearing-correct", LEAD, its_hearing("Correct"), "KOL-"),
    Place("calendar", LEAD, at("/calendar/"), "Calendar feed"),
    Place("calendar-address", LEAD, calendar, "Calendar feed"),
    Place("arrest", LEAD, then(demo_case, "Record an arrest"), "KOL-"),
    Place("custody", LEAD, custody_form, "KOL-"),
    Place("seal", LEAD, then(demo_case, "Seal the case"), "KOL-"),
    Place("conflict", LEAD, then(demo_case, "Declare a conflict of interest"), "KOL-"),
    Place("disclose", LEAD, disclosure_form, "KOL-"),
    Place("referral-send", LEAD, then(demo_case, "Send"), "KOL-"),
    Place("service", LEAD, then(demo_case, "Record a service"), "KOL-"),
    Place("providers", LEAD, at("/providers/"), "Providers"),
    Place("providers-tonight", LEAD, at("/providers/?sex=female&tonight=1"), "Providers"),
    Place("provider", LEAD, then(at("/providers/"), "Shelter A"), "Shelter A"),
    Place("provider-new", LEAD, at("/providers/new/"), "Add a provider"),
    Place("place", LEAD, then(demo_case, "Record where the person sleeps"), "KOL-"),
    Place("plan", LEAD, demo_plan, "KOL-"),
    Place("plan-goal", LEAD, then(demo_plan, "Add"), "KOL-"),
    Place("plan-close", LEAD, then(demo_plan, "Close the plan"), "KOL-"),
    Place("assessment", LEAD, assessment, "KOL-"),
    Place("session", LEAD, then(cared_for, "Alone with the person"), "KOL-"),
    Place("survivor", LEAD, survivor, "KOL-"),
    Place("survivor-sections", LEAD, section(""), "KOL-"),
    Place("survivor-age", LEAD, section("age"), "KOL-"),
    Place("survivor-background", LEAD, section("background"), "KOL-"),
    Place("survivor-safety", LEAD, section("safety"), "KOL-"),
    Place("survivor-exploitation", LEAD, section("exploitation"), "KOL-"),
    Place("survivor-control", LEAD, section("control"), "KOL-"),
    Place("survivor-route", LEAD, section("route"), "KOL-"),
    Place("survivor-indicators", LEAD, section("indicators"), "KOL-"),
    Place("survivor-told", LEAD, then(survivor, "What was told"), "KOL-"),
    Place("survivor-consent", LEAD, consent_form, "KOL-"),
    Place("survivor-involve", LEAD, then(survivor, "Add to another case"), "KOL-"),
    Place("referrals-received", "provider.kolkata", at("/referrals/"), "Referrals"),
    Place("reports", "manager.global", at("/reports/"), "Reports"),
    Place("report", "manager.global", at("/reports/conviction-rate/"), "Conviction rate"),
    Place(
        "report-refused", "manager.global", at("/reports/survivors-served/?to=soon"), "Survivors"
    ),
    Place("rescue", FIELD, at("/field/rescues/new/"), "Log a rescue"),
    Place("rescue-refused", FIELD, refused_form, "Log a rescue"),
    Place("rescue-waiting", FIELD, waiting_form, "Log a rescue"),
    Place("receipt", FIELD, receipt, "KOL-"),
    Place("note-write", FIELD, then(demo_case, "Write"), "KOL-"),
    Place("note-correct", FIELD, its_note("Correct"), "KOL-"),
    Place("note", FIELD, its_note(""), "KOL-"),
    Place("notes", FIELD, all_notes, "KOL-"),
    Place("documents-add", FIELD, documents_form, "KOL-"),
    Place("hash", FIELD, then(documents_form, "Record such material by its hash"), "KOL-"),
    Place("document", FIELD, then(demo_case, "D-1"), "KOL-"),
    Place("document-evidence", LEAD, then(demo_case, "D-2"), "KOL-"),
    Place("document-version", FIELD, then(then(demo_case, "D-1"), "Newer version"), "KOL-"),
    Place("custody-record", FIELD, then(then(demo_case, "D-1"), "Hand over"), "KOL-"),
    Place("not-found", FIELD, at("/cases/00000000-0000-0000-0000-000000000000/"), "Not found"),
    Place("not-open", "manager.global", at("/cases/"), "Not open to you"),
    Place("styleguide", FIELD, at("/styleguide/"), "Style guide"),
]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_page(place: Place, visitors) -> None:
    page = visitors(place.who)
    place.open(page)
    title = page.title()
    assert title.startswith(place.title)
    assert not [name for name in PEOPLE if set(name.split()) & set(title.split())]
    assert not TEMPLATE.search(page.locator("body").inner_text())
    found = []
    for size in looks.SIZES:
        for scheme in ("light", "dark"):
            looks.look(page, size, scheme)
            lines = looks.barriers(page, colours_only=scheme == "dark")
            found += [f"{size} {scheme} {line}" for line in lines]
            looks.keep_screen(page, f"{place}-{size}-{scheme}")
    assert not found
    assert looks.scrolls_sideways(page) == []
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert looks.scrolls_sideways(page) == []


@pytest.mark.parametrize("path", ["/", "/cases/", "/field/rescues/new/", "/styleguide/"])
def test_written_from_right_to_left(path, visitors) -> None:
    page = visitors(FIELD)
    page.goto(path)
    page.evaluate("document.documentElement.dir = 'rtl'")
    for size in looks.SIZES:
        looks.look(page, size)
        assert looks.barriers(page) == []
        looks.keep_screen(page, f"rtl-{path.strip('/').replace('/', '-') or 'today'}-{size}")
    expect(page.locator("main").first).to_have_css("direction", "rtl")


def test_documentation_of_the_api_works_under_the_policy(visitors) -> None:
    page = visitors(FIELD)
    page.goto("/api/v1/docs/")
    first = page.get_by_text("/api/v1/account-changes/").first  # it draws what is in sight
    expect(first).to_be_visible()


def test_paper_says_that_it_is_confidential(visitors) -> None:
    page = visitors(LEAD)
    demo_case(page)
    banner = page.locator(".print-banner")
    expect(banner).to_be_hidden()
    page.emulate_media(media="print")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("CONFIDENTIAL")
    expect(banner).to_contain_text("Printed by Paroma Sen")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("region", name="Survivors")).to_be_visible()
    looks.keep_screen(page, "case-paper")
