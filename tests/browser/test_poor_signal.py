"""A report survives a bad connection: kept on the page, sent with one key, stored once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import fill_in, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Request, Route

FORM = "/field/rescues/new/"
ANY_FORM = f"**{FORM}"


@dataclass
class Report:
    """A rescue of two people on the form, and the keys it was sent with."""

    page: Page
    before: set[str]
    keys: list[str] = field(default_factory=list)

    def save(self) -> None:
        self.page.get_by_role("button", name="Save").click()

    def try_now(self) -> None:
        self.page.get_by_role("button", name="Try now").click()

    def says(self, words: str) -> None:
        expect(self.page.locator("[data-strip=words]")).to_contain_text(words)

    def is_kept(self) -> None:
        """Nothing was lost, and nothing claims to be saved."""
        expect(self.page.get_by_label("Woman 18 and over")).to_have_value("2")
        kind = self.page.get_by_label("Bonded labour", exact=True)
        expect(kind).to_be_checked()
        expect(self.page.get_by_label("Food, clothes")).to_be_checked()
        expect(self.page.get_by_role("button", name="Save", exact=True)).to_be_visible()
        expect(self.page.locator("#receipt")).to_be_hidden()

    def is_stored_once(self) -> str:
        """The receipt has come, and one case is new. Returns its reference."""
        place = self.page.locator("[data-receipt=reference]")
        expect(place).to_have_text(re.compile("KOL-"))
        reference = place.inner_text()
        expect(self.page.locator("#receipt .code")).to_have_text(["S-1", "S-2"])
        assert len(set(self.keys)) == 1
        assert references(self.page) - self.before == {reference}
        self.page.get_by_role("link", name="Open case").click()
        self.page.get_by_role("link", name="Investigation", exact=True).click()
        expect(self.page.get_by_role("region", name="Rescues").locator(".count")).to_have_text("1")
        return reference

    def note(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith(FORM):
            self.keys.append(request.headers["idempotency-key"])


def references(page: Page) -> set[str]:
    """What the list of cases holds for this visitor, read beside the page."""
    answer = page.context.request.get("/cases/")
    assert answer.ok
    return set(re.findall(r"KOL-\d+-\d+", answer.text()))


def enter(page: Page) -> None:
    page.get_by_label("One more: Woman, 18 and over").click(click_count=2)
    page.get_by_label("Bonded labour", exact=True).check()
    page.get_by_label("Food, clothes").check()


@pytest.fixture
def report(phone) -> Report:
    page = phone("field.kolkata")
    page.goto(FORM)
    made = Report(page, references(page))
    page.on("request", made.note)
    enter(page)
    return made


def test_no_signal_at_all(report: Report) -> None:
    report.page.context.set_offline(True)
    report.save()
    report.says("Not sent yet: no signal")
    report.is_kept()
    report.page.context.set_offline(False)  # the page notices by itself
    report.is_stored_once()
    assert len(report.keys) >= 2


@pytest.mark.nightly
def test_the_connection_breaks_on_the_way(report: Report) -> None:
    report.page.route(ANY_FORM, lambda route: route.abort("connectionreset"), times=1)
    report.save()
    report.says("Not sent yet: no signal")
    report.is_kept()
    report.try_now()
    report.is_stored_once()
    assert len(report.keys) == 2


@pytest.mark.nightly
def test_the_answer_is_lost_after_the_server_has_stored_it(report: Report) -> None:
    first: list[str] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        assert answer.status == 201
        first.append(answer.json()["reference"])
        route.abort("connectionreset")

    report.page.route(ANY_FORM, lose, times=1)
    report.save()
    report.says("Not sent yet")
    report.is_kept()
    report.try_now()
    assert [report.is_stored_once()] == first
    assert len(report.keys) == 2


@pytest.mark.nightly
def test_the_server_cannot_take_it_now(report: Report) -> None:
    busy = {"status": 503, "headers": {"Retry-After": "600"}, "body": "<h1>Back soon</h1>"}
    report.page.route(ANY_FORM, lambda route: route.fulfill(**busy), times=1)
    report.save()
    report.says("Not sent yet: the server cannot take it now")
    expect(report.page.locator("[data-strip=seconds]")).to_contain_text(re.compile(r"(600|59\d) s"))
    report.is_kept()
    report.try_now()
    report.is_stored_once()


@pytest.mark.nightly
def test_a_wifi_sign_in_page_is_no_receipt(report: Report) -> None:
    portal = {"status": 200, "content_type": "text/html", "body": "<h1>Buy an hour</h1>"}
    report.page.route(ANY_FORM, lambda route: route.fulfill(**portal), times=1)
    report.save()
    report.says("Not sent yet")
    report.is_kept()
    report.try_now()
    report.is_stored_once()


@pytest.mark.nightly
@pytest.mark.parametrize("lost", [{"name": "session"}, {}], ids=["session", "every cookie"])
@pytest.mark.by_turns(2)
def test_signed_out_meanwhile(phone, lost) -> None:
    page = phone("field.kolkata", afresh=True)
    page.goto(FORM)
    report = Report(page, references(page))
    page.on("request", report.note)
    enter(page)
    page.context.clear_cookies(**lost)
    report.save()
    report.says("Not saved: you are signed out")
    report.is_kept()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in").click()
    fill_in(opened.value, "field.kolkata")
    opened.value.wait_for_url("/")
    report.save()
    report.is_stored_once()


@pytest.mark.nightly
def test_an_entry_is_missing(phone) -> None:
    page = phone("field.kolkata")
    page.goto(FORM)
    page.get_by_label("One more: Woman, 18 and over").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#summary")).to_be_focused()
    page.get_by_role("link", name="Choose the kind of exploitation.").click()
    expect(page.locator("#id_programme")).to_be_in_viewport()
    expect(page.locator("[data-errors=programme]")).to_contain_text("Choose the kind")
    expect(page.get_by_label("Woman 18 and over")).to_have_value("1")


def test_without_javascript(phone) -> None:
    page = phone(None, java_script_enabled=False)
    sign_in(page, "field.kolkata")
    page.goto(FORM)
    before = references(page)
    page.get_by_label("Girl 13–17").fill("2")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Not saved. Please correct:")).to_be_visible()
    expect(page.get_by_label("Girl 13–17")).to_have_value("2")
    page.get_by_label("Bonded labour", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Saved on the server")).to_be_visible()
    expect(page.locator(".code")).to_have_text(["S-1", "S-2"])
    reference = page.locator("[data-receipt=reference]").inner_text()
    assert references(page) - before == {reference}


PLANT = """() => new Promise((done) => {
  localStorage.unsent = 'a rescue';
  const asked = indexedDB.open('unsent', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('rescues');
  asked.onsuccess = () => { asked.result.close(); done(); };
})"""
PLANTED = """async () => [
  localStorage.unsent, ...(await indexedDB.databases()).map(({ name }) => name),
]"""


@pytest.mark.nightly
def test_signing_out_beside_it_takes_nothing_that_waits_unsent(report: Report) -> None:
    page = report.page
    page.route(ANY_FORM, lambda route: route.abort("connectionreset"))
    report.save()
    report.says("Not sent yet")
    other = page.context.new_page()
    other.goto("/notices/")
    other.evaluate(PLANT)
    other.locator(".menu .ib").click()
    with other.expect_response("**/sign-out/") as answer:
        other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in/**")
    assert '"cache"' in answer.value.header_value("clear-site-data")
    report.is_kept()
    assert other.evaluate(PLANTED) == ["a rescue", "unsent"]
