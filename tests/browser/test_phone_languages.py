"""Without a network a phone speaks the language of its officer, in letters it can show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.phones import Phone
from tests.browser.visit import fill_in
from tests.browser.ways import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.house import House

SPOKEN = ["hi", "km", "ur"]
LATIN = re.compile(r"[A-Za-z]{3,}")
OURS = {"Casework", "PIN", "KOL"}  # and are said so in every language
MANIFEST = """async () => {
  const manifest = await (await fetch(document.querySelector('link[rel=manifest]').href)).json();
  const icons = manifest.icons.map(async ({ src }) => (await fetch(src)).ok);
  return { ...manifest, icons: await Promise.all(icons) };
}"""
LOADED = """async () => {
  await document.fonts.ready;
  return [...document.fonts].filter(({ status }) => status === 'loaded').length;
}"""


@pytest.fixture
def enrolled(browser, chromium_path, house: House, tmp_path) -> Any:
    """A phone whose browser is English, of somebody who chose another language."""
    made: list[Phone] = []

    def enrol(code: str, **options: Any) -> Phone:
        username = f"newcomer.{code}.{tmp_path.name}"
        house.plant("newcomer", username=username, password=PASSWORD)
        phone = Phone(browser, chromium_path, house.url, tmp_path / "profile", **options)
        made.append(phone)
        choose_and_sign_in(phone.page, username, code)
        page = phone.page
        page.goto("/account/confirm/?next=/field/phones/new/")
        page.locator("#main input[type=password]").fill(PASSWORD)
        page.locator("#main form:has(input[type=password]) button").first.click()
        page.wait_for_url("**/field/phones/new/")
        page.locator("[data-enrol] button[type=submit]").click()
        phone.is_ready()
        return phone

    yield enrol
    for phone in made:
        phone.context.close()
        assert phone.faults == []


def choose_and_sign_in(page: Page, username: str, code: str) -> None:
    page.goto("/sign-in/")
    page.locator(f"[name=language][value={code}]").click()
    expect(page.locator("html")).to_have_attribute("lang", code)
    fill_in(page, username)
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def latin(page: Page) -> set[str]:
    """Words in Latin letters, but for names of towns, which are in English."""
    texts = page.locator("h1, h2, p, label, legend, button, summary").all_inner_texts()
    places = page.locator("[data-places] label").all_inner_texts()
    return set(LATIN.findall(" ".join(texts))) - set(LATIN.findall(" ".join(places)))


def starts(page: Page, name: str) -> None:
    """As from the home screen of the phone, without a network."""
    manifest = page.evaluate(MANIFEST)
    assert (manifest["name"], manifest["short_name"], manifest["icons"]) == (name, name, [True] * 3)
    page.goto(manifest["start_url"])
    expect(page.locator("#rescue")).to_be_visible()


@pytest.mark.nightly
@pytest.mark.parametrize("code", SPOKEN)
def test_it_opens_cold_in_the_language_of_its_officer(enrolled, code) -> None:
    phone = enrolled(code)
    phone.kill()
    page = phone.start_offline()
    with override(code):
        titles = {
            "/field/": gettext("Log a rescue"),
            "/field/reading/": gettext("Read offline"),
            "/cases/": gettext("No connection"),
        }
        name = pgettext("name of the app on a phone", "Notes")
        tried = gettext("Not sent yet; last tried TIME").split("TIME")[0].strip()
    for path, title in titles.items():
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if code == "ur" else "ltr")
        expect(page.locator("h1")).to_have_text(title)
        assert path == "/cases/" or page.title() == name
        words = " ".join(
            page.locator("h1, h2, p, label, legend, button, summary").all_inner_texts()
        )
        for place in page.locator("[data-places] label").all_inner_texts():
            words = words.replace(place, "")  # those of towns are in English
        assert set(LATIN.findall(words)) <= OURS, path
        assert looks.scrolls_sideways(page) == []
        looks.keep_screen(page, f"offline-{code}-{path.strip('/').replace('/', '-')}")
    page.goto("/field/")
    starts(page, name)
    page.locator("[name^=people-]").first.fill("2")
    page.locator("[name=programme]").first.check(force=True)
    page.locator("#rescue button[type=submit]").click()
    expect(page.locator("#waiting li")).to_contain_text(tried)
    looks.keep_screen(page, f"offline-{code}-sealed")
    for place in ("#waiting", "#said", "#last"):
        assert set(LATIN.findall(page.locator(place).inner_text())) <= OURS, place
    kinds = page.locator("#kind option").all_text_contents()
    assert not LATIN.findall(" ".join(kinds))


def without_letters(folder: Path) -> dict[str, str]:
    """The environment of a device that has one font, with Latin letters."""
    every = Path("/usr/share/fonts").rglob("*.ttf")
    (folder / "fonts").mkdir()
    (folder / "fonts" / "only.ttf").symlink_to(next(p for p in every if "Noto" not in p.name))
    conf = folder / "fonts.conf"
    conf.write_text(
        f"<fontconfig><dir>{folder / 'fonts'}</dir><cachedir>{folder}</cachedir></fontconfig>"
    )
    return {"FONTCONFIG_FILE": str(conf)}


@pytest.mark.nightly
@pytest.mark.parametrize(("code", "lacks"), [("km", True), ("km", False), ("en", True)])
def test_letters_are_fetched_where_the_device_lacks_them(
    enrolled, tmp_path: Path, code, lacks
) -> None:
    """And are there still without a network."""
    phone = enrolled(code, **({"env": without_letters(tmp_path)} if lacks else {}))
    fonts: list[str] = []
    phone.context.on("request", lambda asked: fonts.append(asked.url))
    phone.page.goto("/field/")
    needed = int(lacks and code == "km")
    assert phone.page.evaluate(LOADED) == needed
    asked = {url.rpartition("/")[2].split(".")[0] for url in fonts if "/fonts/noto" in url}
    assert asked <= ({"noto-sans-khmer"} if needed else set())
    phone.kill()
    page = phone.start_offline()
    page.goto("/field/")
    assert page.evaluate(LOADED) == needed
