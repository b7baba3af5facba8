"""Visitors of the site, and what must never happen to any of them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from intake.demo.people import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Response

# The browser's own line about an answer of 4xx or a lost connection; `_answered` judges those.
NETWORK = "Failed to load resource"
# Milliseconds for a page to come to what is waited for, also on a busy machine.
PATIENCE = 20_000
# Seconds a session may lie unused before it is made anew; sooner than a screen locks by itself.
STALE = 120


def sign_in(page: Page, username: str) -> None:
    """Through the real page, from wherever the visitor is."""
    page.goto("/sign-in/")
    fill_in(page, username)
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def fill_in(page: Page, username: str) -> None:
    """In whatever language the page is."""
    form = page.locator("form:has(input[type=password])")
    form.locator("input[name=username]").fill(username)
    form.locator("input[type=password]").fill(PASSWORD)
    form.locator("button[type=submit]").click()


@dataclass
class Visitors:
    """Contexts of one test. When it ends, nothing may have gone wrong on any page."""

    browser: Browser
    url: str
    signed_in: dict[str, tuple[float, Any]]
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(self, who: str | None, *, afresh: bool = False, **options: Any) -> Page:
        """A page signed in as `who`; `afresh` with a session that no other test shares."""
        used, state = self.signed_in.get(who or "", (0.0, None))
        if afresh or time.monotonic() - used > STALE:
            state = None
        options.setdefault("service_workers", "block")  # it would stand between page and test
        options.setdefault("locale", "en-GB")
        context = self.browser.new_context(base_url=self.url, storage_state=state, **options)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("dialog", self._asked)
        context.on("response", self._answered)
        context.on("response", lambda response: self._left(response, who))
        page = context.new_page()
        if who and state is None:
            sign_in(page, who)
            state = context.storage_state()
        if who and not afresh:
            self.signed_in[who] = time.monotonic(), state
        return page

    def leave(self) -> None:
        for context in self.contexts:
            context.close()
        assert not self.faults

    def _left(self, response: Response, who: str | None) -> None:
        """A session that a test signs out is over for the tests after it, too."""
        if response.url.endswith("/sign-out/"):
            self.signed_in.pop(who or "", None)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NETWORK):
            self.faults.append(f"console: {message.text}")

    def _asked(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            self.faults.append(f"dialog: {dialog.message}")
        dialog.accept()

    def _answered(self, response: Response) -> None:
        kind = response.request.resource_type
        if response.status >= 400 and kind not in {"document", "fetch", "xhr"}:
            self.faults.append(f"{response.status}: {response.url}")
