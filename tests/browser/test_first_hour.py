"""The first hour of an organisation: from two links that a new installation prints to its first
rescue in the figures, by pages alone. Its country is none of those whose law comes along."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.phone import PASSWORD, code
from tests.browser import house as houses
from tests.browser.visit import Visitors
from tests.jobs.test_mail import MailServer, mail_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ADMINISTRATORS = {"a.first": "Ada First", "a.second": "Bea Second"}
STAFF = {
    "cora.manager": ("Cora Manager", "Case manager"),
    "dan.field": ("Dan Field", "Field officer"),
    "eve.programme": ("Eve Programme", "Programme manager"),
}
PRINTED = re.compile(r"^([a-z.]+): \S+?(/invitation/\S+/)", re.MULTILINE)
OPENED = re.compile(r"^To: a\.first@.*?(/letters/\S+/arrived/)", re.MULTILINE | re.DOTALL)
WRITTEN = re.compile(r"^To: ([a-z.]+)@.*?(/invitation/\S+/)", re.MULTILINE | re.DOTALL)


Words = dict[str, str]


@dataclass
class Place:
    """An installation in which nothing is but what its first start makes, and its mail."""

    house: houses.House
    mail: MailServer
    visitors: Visitors

    def links(self) -> dict[str, str]:
        """Those that were sent, once what waits has left: whose they are, and where they lead."""
        self.house.plant("letters")
        return dict(link for letter in self.mail.taken for link in WRITTEN.findall(letter))

    def begins(self, who: str, link: str) -> Page:
        """Somebody opens their link, chooses a password and shows a second factor."""
        page = self.visitors(None, afresh=True)
        page.goto(link)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("The same once more").fill(PASSWORD)
        page.get_by_role("button", name="Save the password").click()
        page.get_by_label("User name").fill(who)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        key = page.get_by_text(re.compile(r"^[A-Z2-7]{32}$")).inner_text()
        page.get_by_label("The six digits that the app shows").fill(code(key))
        page.get_by_role("button", name="Connect").click()
        page.get_by_role("link", name="I have written them down").click()
        return page


@pytest.fixture
def place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    built = houses.build(tmp_path_factory.mktemp("new"), new=True)
    try:
        with mail_server() as mail:
            built.mail = mail.url
            built.make()
            visitors = Visitors(browser, built.url, {})
            yield Place(built, mail, visitors)
            visitors.leave()
    finally:
        built.close()


def send(page: Page, address: str, button: str, values: Words, chosen: Words) -> None:
    """Fill in a form by its labels. `chosen`: by the label of a list what is chosen in it."""
    page.goto(address)
    for label, text in values.items():
        page.get_by_label(label, exact=True).fill(text)
    for label, option in chosen.items():
        box = page.get_by_label(label, exact=True)
        offered = box.locator("option", has_text=option)
        box.select_option(offered.first.get_attribute("value"))
    page.get_by_role("button", name=button, exact=True).click()
    expect(page).not_to_have_url(re.compile(f"{address}$"))


def opens_an_office(page: Page) -> None:
    """With its district, its police and its court, in a country that brings no law."""
    district = {"Level": "District", "Lies in (optional)": "Kenya"}
    send(page, "/places/new/", "Save", {"Name": "Nairobi County"}, district)
    police = {"Kind": "Police unit", "Jurisdiction": "Nairobi County"}
    send(page, "/agencies/new/", "Save", {"Name": "Invented Police Unit"}, police)
    court = {"Kind": "Court", "Jurisdiction": "Kenya"}
    send(page, "/agencies/new/", "Save", {"Name": "Invented Court"}, court)
    office = {"Name": "Nairobi", "Short name": "nairobi", "Letters of its cases": "NBO"}
    send(page, "/offices/new/", "Save", office, {"Place": "Nairobi County"})


def invites(page: Page) -> None:
    for who, (name, role) in STAFF.items():
        values = {"Name": name, "User name": who, "Reason": "Joins us"}
        values["Address for mail"] = f"{who}@example.org"
        send(page, "/people/invite/", "Invite", values, {"Office": "Nairobi", "Role": role})


def confirms(page: Page) -> None:
    for _one in STAFF:
        page.goto("/people/changes/")
        page.get_by_role("link", name="Confirm").first.click()
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url("**/people/changes/**")


def adds_a_provider(page: Page) -> None:
    page.goto("/providers/new/")
    page.get_by_label("Safe place").check()
    page.get_by_label("Name", exact=True).fill("Invented Shelter")
    page.get_by_label("Place", exact=True).select_option(label="Nairobi County")
    page.get_by_role("button", name="Add the provider").click()
    expect(page.get_by_role("heading", name="Invented Shelter")).to_be_visible()


def tries_mail(place: Place, page: Page) -> None:
    """Sends herself a letter and opens what stands in it."""
    page.goto("/letters/new/")
    page.get_by_role("button", name="Send it").click()
    expect(page).not_to_have_url(re.compile("/letters/new/$"))
    place.house.plant("letters")
    (link,) = {link for letter in place.mail.taken for link in OPENED.findall(letter)}
    page.goto(link)
    page.get_by_role("button", name="It arrived").click()
    expect(page).not_to_have_url(re.compile("/arrived/$"))


def logs_a_rescue(page: Page) -> str:
    """Returns the number of its case."""
    page.goto("/field/rescues/new/")
    page.get_by_label("One more: Girl, 13–17").click()
    page.locator("label", has_text="Child labour slavery").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Saved on the server")).to_be_visible()
    return page.locator("[data-receipt=reference]").inner_text()


def steps(page: Page) -> str:
    page.goto("/setting-up/")
    return page.locator("#steps").inner_text()


@pytest.mark.nightly
@pytest.mark.enable_socket
def test_from_nothing_to_the_first_rescue_in_the_figures(place: Place) -> None:
    """The step of a backup is left to the night, which makes it."""
    said = place.house.plant("command", words=["first_administrators", *_admins()])
    printed = dict(PRINTED.findall(said["printed"]))
    first, second = (place.begins(who, printed[who]) for who in ADMINISTRATORS)
    assert steps(first) == "1 of 12 steps are done"  # there are two of them
    opens_an_office(first)
    invites(first)
    confirms(second)
    links = place.links()
    manager, field, programme = (place.begins(who, links[who]) for who in STAFF)
    tries_mail(place, first)
    adds_a_provider(manager)
    against = {"Form of exploitation": "Child labour", "Place": "Nairobi County"}
    send(programme, "/programmes/new/", "Save", {"Since": "1 Jan 2026"}, against)
    assert steps(first) == "10 of 12 steps are done"
    assert logs_a_rescue(field) == "NBO-2026-0001"
    place.house.plant("figures", reader="cora.manager")
    manager.goto("/dashboards/field-office/")
    for tile in ("Rescues", "Brought to safety"):
        figure = manager.locator(".big", has=manager.get_by_role("link", name=tile, exact=True))
        expect(figure.locator(".big__value")).to_have_text("1")
    for panel in ("People brought to safety, by place", "Rescues, by place"):
        expect(manager.get_by_role("region", name=panel)).to_contain_text("Kenya")


def _admins() -> list[str]:
    asked = [(who, name, f"{who}@example.org") for who, name in ADMINISTRATORS.items()]
    return [part for one in asked for part in ("--admin", *one)]
