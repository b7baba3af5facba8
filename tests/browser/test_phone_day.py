"""A day of an officer without a network, from morning to evening, on one phone; and that the search
of its profile would find what lay open there."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phones import KEPT, Phone, enter, fill, picture, waits, write
from tests.browser.test_field_phone import phone  # noqa: F401
from tests.browser.test_poor_signal import references
from tests.browser.test_reading_offline import EARLIER, LATER, NAMES, PIN, READING, open_by, taken
from tests.browser.visit import sign_in
from tests.browser.ways import DEMO_CASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

NOTE, PHOTO, RESCUE = "QUARRY-5519 said at noon", "LANTERN-8806 in a picture", "MILLET-7731 behind"
# As browsers that send nothing by themselves once the page is closed.
NO_SYNC = "delete globalThis.ServiceWorkerRegistration?.prototype.sync;"
ASKED = """() => {
  globalThis.asked = [];
  SyncManager.prototype.register = async tag => asked.push(tag);
}"""
PARTS = "**/parts/"
A_MOMENT = 60  # seconds


class Day:
    """Of one phone that was enrolled, and what the server has of it."""

    def __init__(self, phone: Phone, lead: Page) -> None:  # noqa: F811
        self.phone, self.lead = phone, lead
        self.cases, self.boxes = references(lead), boxes(lead)
        self.morning = datetime.now().replace(second=0, microsecond=0) - timedelta(hours=6)
        phone.scripts.append(NO_SYNC)
        phone.context.add_init_script(NO_SYNC)
        phone.at(self.morning)
        lines = taken(phone)
        self.words = [line for line in lines if line.startswith("S-")]
        self.words += [NOTE, PHOTO, RESCUE, "LANTERN.jpg", PIN]
        phone.page.evaluate(EARLIER)
        phone.context.set_offline(True)

    def new(self) -> list[dict[str, str]]:
        return [row for pk, row in boxes(self.lead).items() if pk not in self.boxes]

    def are_sealed(self, number: int) -> None:
        sealed = [still for _kind, still, _state in self.phone.page.evaluate(KEPT)]
        assert sealed == [True] * number + [False] * (3 - number)

    def is_written(self) -> None:
        """Three hours apart, in two tabs."""
        page = self.phone.page
        page.goto("/field/")
        assert enter(page, RESCUE) <= 13
        waits(page, "not sent yet")
        write(page, "note", about_reference=DEMO_CASE, kind="visit", text=NOTE)
        noon = self.morning + timedelta(hours=3)
        self.phone.at(noon)
        page.get_by_role("button", name="Send now").tap()
        words = re.compile(rf"^Waiting: 2\. Last tried: .*{noon:%H:%M}\.$")
        expect(page.locator("#last")).to_have_text(words)
        other = self.phone.context.new_page()
        other.goto("/field/")
        write(other, "file", kind="evidence_photo", file=[picture(PHOTO, 300_000)])
        expect(page.locator("#count")).to_have_text("3")

    def is_full(self) -> None:
        """After the battery the browser gives this site no more room, from its first page on."""
        page = self.phone.start_offline(self.morning + timedelta(hours=6))
        session = self.phone.context.new_cdp_session(page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": self.phone.url, "quotaSize": 1})
        page.goto("/field/")
        expect(page.locator("#count")).to_have_text("3")
        fill(page, "note", kind="visit", text=NOTE)
        form = page.locator("form[data-kind=note]")
        form.get_by_role("button", name="Seal and send").tap()
        expect(page.get_by_text("Not saved: this phone has no room left.")).to_be_visible()
        expect(form.locator("[name=text]")).to_have_value(NOTE)
        expect(page.locator("#count")).to_have_text("3")
        session.send("Storage.overrideQuotaForOrigin", {"origin": self.phone.url})

    def is_read(self) -> None:
        """Without a session, for 12 hours."""
        self.reads()
        self.phone.at(self.morning + timedelta(hours=13))
        self.phone.page.goto(READING)
        open_by(self.phone.page, PIN)
        expect(self.phone.page.locator("#said")).to_contain_text("must reach the server first")
        self.phone.context.route(PARTS, lambda route: route.abort())
        self.phone.context.set_offline(False)
        self.reads()

    def reads(self) -> None:
        self.phone.page.goto(READING)
        open_by(self.phone.page, PIN)
        expect(self.phone.page.locator("#extracts li").first).to_be_visible()

    def is_signed_out(self) -> None:
        """What can be read is wiped, what is sealed stays."""
        page = self.phone.page
        sign_in(page, "field.kolkata")
        page.locator(".menu .ib").click()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in/")
        self.phone.at(datetime.now())
        page.goto(READING)
        expect(page.get_by_text("Nothing can be read here.")).to_be_visible()
        page.goto("/field/")
        expect(page.locator("#waiting li").first).to_contain_text("last tried")
        self.are_sealed(3)

    def has_a_network(self) -> None:
        """The first receipt is lost; then a new version comes."""
        page, context = self.phone.page, self.phone.context
        context.set_offline(True)
        context.unroute(PARTS)
        context.route(PARTS, lose, times=1)
        context.set_offline(False)
        while not (new := self.new()):
            page.wait_for_timeout(200)
        self.are_sealed(3)
        assert [(row["kind"], row["state"]) for row in new] == [("rescue", "taken")]
        page.evaluate(LATER)
        while len(kept := page.evaluate(NAMES)) != 1 or kept == ["shell-before"]:
            page.wait_for_timeout(100)
        page.goto("/field/")
        expect(page.locator("#waiting li:not([data-state=sealed])")).to_have_count(3)
        self.are_sealed(0)

    def has_arrived(self) -> None:
        """Once, and as it was written this morning."""
        new = {row["kind"]: row for row in self.new()}
        assert len(new) == len(self.new())
        assert sorted(new) == ["file", "note", "rescue"]
        written, sent, arrived = (
            datetime.fromisoformat(new["rescue"][f"{name}_at"]).timestamp()
            for name in ("written", "sent", "arrived")
        )
        assert abs(written - self.morning.timestamp()) < A_MOMENT
        assert abs(arrived - sent) < A_MOMENT
        assert len(references(self.lead) - self.cases) == 1


@pytest.mark.nightly
def test_from_morning_to_evening(phone: Phone, visitors) -> None:  # noqa: F811
    """Six hours without a network, and nothing of it lies anywhere to be read."""
    day = Day(phone, visitors("lead.kolkata"))
    day.is_written()
    phone.kill()
    assert phone.holds(*day.words) == []
    day.is_full()
    day.is_read()
    day.is_signed_out()
    day.has_a_network()
    day.has_arrived()
    phone.kill()
    assert phone.holds(*day.words) == []
    phone.start()


@pytest.mark.nightly
def test_the_worker_sends_where_no_page_does(phone: Phone, visitors) -> None:  # noqa: F811
    """As the browser wakes it up once there is a network."""
    lead, page = visitors("lead.kolkata"), phone.page
    known = boxes(lead)
    page.goto("/field/")
    page.evaluate(ASKED)  # for the browser of the tests has it turned off
    phone.context.set_offline(True)
    write(page, "note", kind="visit", text=NOTE)
    assert page.evaluate("asked") == ["boxes"]
    page.goto("about:blank")
    phone.context.set_offline(False)
    wake(phone, page)
    while not (new := [row for pk, row in boxes(lead).items() if pk not in known]):
        page.wait_for_timeout(200)
    assert [(row["kind"], row["state"]) for row in new] == [("note", "waiting")]


def wake(phone: Phone, page: Page) -> None:  # noqa: F811
    """The worker, for what it had asked to be woken up for."""
    session, found = phone.context.new_cdp_session(page), []
    session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"])
    )
    session.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(50)
    values = {"origin": phone.url, "tag": "boxes", "lastChance": False}
    values |= {"registrationId": found[0]["registrationId"]}
    session.send("ServiceWorker.dispatchSyncEvent", values)


def boxes(lead: Page) -> dict[str, dict[str, str]]:
    """On the server, by id."""
    return {row["id"]: row for row in lead.request.get("/api/v1/boxes/").json()["results"]}


def lose(route: Route) -> None:
    """The server has it, and its answer does not arrive."""
    assert route.fetch().ok
    route.abort("connectionreset")


# --- The search itself ---


# A server of a page that browsers may keep, packed.
PACKED = """
import gzip, http.server
class Packed(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = gzip.compress(b"<p>WORDS</p>")
        self.send_response(200)
        for name, value in (("Content-Type", "text/html"), ("Content-Encoding", "gzip"),
                            ("Content-Length", len(text)), ("Cache-Control", "max-age=3600")):
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(text)
server = http.server.HTTPServer(("127.0.0.1", 0), Packed)
print(server.server_port, flush=True)
server.serve_forever()
"""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """In a process of its own, for tests open no sockets."""
    command = [sys.executable, "-c", PACKED.replace("WORDS", PHOTO)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}/"
        server.kill()


LEFT = {
    "Cache API": "([key, words]) => caches.open(key).then(c => c.put('/c', new Response(words)))",
    "IndexedDB": """([key, words]) => new Promise(done => {
      const asked = indexedDB.open(key);
      asked.onupgradeneeded = () => asked.result.createObjectStore('c').put({ words }, 1);
      asked.onsuccess = done;
    })""",
    "Local Storage": "([key, words]) => localStorage.setItem(key, words)",
    "Session Storage": "([key, words]) => sessionStorage.setItem(key, words)",
    "History": "([key, words]) => history.pushState({}, '', `/field/?${key}=${words}`)",
}


@pytest.mark.nightly
def test_the_search_finds_what_lies_open(phone: Phone, elsewhere) -> None:  # noqa: F811
    """Wherever a browser keeps something, in either encoding."""
    page = phone.page
    page.goto("/field/")
    words = {(place, letter): f"{NOTE} {place} {letter}" for place in LEFT for letter in "aग"}
    for (place, letter), each in words.items():
        page.evaluate(LEFT[place], [letter, each])
    page.goto(elsewhere)
    page.wait_for_timeout(1500)
    phone.context.close()
    places = {place: phone.holds(each) for place, each in words.items()}
    places |= {("HTTP cache", "a"): phone.holds(PHOTO)}
    assert {place for place, files in places.items() if not files} == set()
    phone.start()
