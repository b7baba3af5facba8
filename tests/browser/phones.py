"""A phone of an officer: a browser with a profile on the disk, and what one does with it."""

from __future__ import annotations

import os
import signal
import zlib
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from playwright.sync_api import expect

from tests.browser.flags import CHROMIUM_FLAGS
from tests.browser.visit import PATIENCE, sign_in
from tests.browser.ways import confirmed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from playwright.sync_api import Browser, BrowserContext, Page

SHELL = """async () => {
  const names = (await caches.keys()).filter(name => name.startsWith('shell-'));
  const shells = await Promise.all(names.map(name => caches.open(name)));
  return (await Promise.all(shells.map(shell => shell.keys()))).flat().length;
}"""
KEPT = """async () => (await phoneBox.boxes()).map(({ kind, sealed, state }) =>
  [kind, Boolean(sealed), state ?? ''])"""
SHORTEST = 12  # signs of base64 that are there by no chance
GZIP = b"\x1f\x8b\x08"


class Phone:
    """A browser with a profile on the disk, which outlives it."""

    def __init__(
        self, browser: Browser, path: str, url: str, profile: Path, **options: Any
    ) -> None:
        self.browser, self.kind = browser, browser.browser_type
        self.path, self.url, self.profile = path, url, profile
        self.options = {"locale": "en-GB"} | options
        self.clock: datetime | None = None
        self.scripts: list[str] = []  # that run before those of a page
        self.faults: list[str] = []
        self.history: list[str] = []  # which a browser without windows does not keep
        self.start()

    def start(self) -> None:
        self.context: BrowserContext = self.kind.launch_persistent_context(
            self.profile,
            executable_path=self.path,
            args=CHROMIUM_FLAGS,
            base_url=self.url,
            viewport={"width": 390, "height": 844},
            has_touch=True,
            is_mobile=True,
            **self.options,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.page: Page = self.context.pages[0]
        self.context.on("page", self.note)
        self.note(self.page)
        for script in self.scripts:
            self.context.add_init_script(script)
        if self.clock:
            self.at(self.clock)

    def start_offline(self, moment: datetime | None = None) -> Page:
        """Cold, without a network; at this time by its clock."""
        self.clock = moment or self.clock
        self.start()
        self.context.set_offline(True)
        return self.page

    def note(self, page: Page) -> None:
        page.on("framenavigated", lambda frame: self.history.append(unquote(frame.url)))

    def at(self, moment: datetime) -> None:
        """Its clock says so, and goes on; that of its worker is not moved."""
        self.clock = moment
        self.context.clock.set_system_time(moment)

    def enrol(self, who: str) -> None:
        sign_in(self.page, who)
        confirmed("/field/phones/new/")(self.page)
        self.page.get_by_label("What you call this phone").fill("Invented phone")
        self.page.get_by_role("button", name="Enrol").click()
        self.is_ready()

    def is_ready(self) -> None:
        """It knows itself in the list, and has what opens without a network."""
        expect(self.page.locator("[data-phone] h3 > span:visible")).to_have_count(1)
        while not self.page.evaluate(SHELL):
            self.page.wait_for_timeout(100)

    def kill(self) -> None:
        """As a phone that runs out of battery."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                told = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if str(self.profile).encode() in told:
                os.kill(int(process.name), signal.SIGKILL)

    def holds(self, *words: str) -> list[str]:
        """The files of the profile in which one of these can be read, as they are and unpacked; and
        the addresses of its history."""
        forms = [form for word in words for form in written(word)]
        files = [path for path in self.profile.rglob("*") if path.is_file()]
        places = [url for url in self.history if any(word in url for word in words)]
        return places + [
            str(path.relative_to(self.profile))
            for path in files
            if any(form in text for text in texts(path.read_bytes()) for form in forms)
        ]


def written(words: str) -> Iterator[bytes]:
    """However a browser may write words down."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        plain = words.encode(encoding)
        yield plain
        for before in range(3):  # wherever in a base64 they begin
            within = b64encode(b"\0" * before + plain)[4:-4]
            if len(within) >= SHORTEST:
                yield within
    yield quote(words).encode()


def texts(content: bytes) -> Iterator[bytes]:
    """A file, and what is packed in it as answers of a server are."""
    yield content
    at = content.find(GZIP)
    while at >= 0:
        packed = zlib.decompressobj(31)
        with suppress(zlib.error):
            yield packed.decompress(content[at:])
        at = content.find(GZIP, at + 1)


def enter(page: Page, note: str) -> int:
    """Five survivors, as a field officer would. Says how many taps that took."""
    taps = 0

    def tap(name: str, times: int = 1) -> None:
        nonlocal taps
        for _one in range(times):
            page.get_by_label(name, exact=True).first.tap(force=True)
            taps += 1

    tap("One more: Girl, 12 or younger", 2)
    tap("One more: Boy, 12 or younger")
    tap("One more: Girl, 13–17", 2)
    tap("Commercial sexual exploitation of children")
    tap("Medical")
    tap("Safe place")
    page.locator("summary", has_text="Add a note").tap()
    page.locator("#id_narrative").tap()
    page.locator("#id_narrative").fill(note)
    page.get_by_role("button", name="Seal and send").tap()
    return taps + 3


def waits(page: Page, words: str) -> None:
    expect(page.locator("#waiting li").last).to_contain_text(words, ignore_case=True)


def write(page: Page, what: str, /, **said: Any) -> None:
    """By the form of this kind."""
    fill(page, what, **said)
    boxes = page.locator("#waiting li")
    before = boxes.count()
    page.locator(f"form[data-kind={what}]").get_by_role("button", name="Seal and send").tap()
    expect(boxes).to_have_count(before + 1)
    expect(page.locator(f"form[data-kind={what}] [name$=reference]")).to_have_value("")


def fill(page: Page, what: str, /, **said: Any) -> None:
    page.get_by_label("What do you want to write?").select_option(what)
    form = page.locator(f"form[data-kind={what}]")
    for name, value in said.items():
        box = form.locator(f"[name='{name.replace('about_', 'about-')}']")
        kind = box.first.evaluate("box => box.tagName === 'SELECT' ? 'select' : box.type")
        if kind == "file":
            box.set_input_files(value)
        elif kind == "radio":
            form.locator(f"[name={name}][value='{value}']").check(force=True)
        elif kind == "select":
            box.select_option(value)
        else:
            box.fill(value)


def picture(words: str, size: int) -> Any:
    """No picture, but bytes that would be found again."""
    return {
        "name": "LANTERN.jpg",
        "mimeType": "image/jpeg",
        "buffer": words.encode().ljust(size, b"."),
    }
