"""Setting up a second factor and signing in with it, in a browser with and without passkeys."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "Seven lamps by the quiet harbour"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def newcomer(house):
    def make(username):
        house.plant("newcomer", username=username, password=PASSWORD)
        return username

    return make


def with_authenticator(page: Page) -> Page:
    """The device has a finger to put on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def password(page: Page, username: str) -> None:
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, home: str) -> None:
    page.goto(home)
    page.locator("[data-menu] summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def test_a_passkey_is_made_then_signs_in_alone_and_as_second_factor(visitors, house, newcomer):
    username = newcomer("passkey.person")
    home = house.url.replace("127.0.0.1", "localhost")  # passkeys belong to a name
    page = with_authenticator(visitors(None))
    page.goto(f"{home}/")
    password(page, username)
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_label("Name of this device").fill("Field phone")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator(".recovery li").count() == 10
    page.goto(f"{home}/account/security/")
    assert page.get_by_text("Field phone").first.is_visible()

    page.goto(f"{home}/account/confirm/passkey/?next=/account/sessions/")
    page.get_by_role("button", name="Confirm with a passkey").click()
    page.wait_for_url(f"{home}/account/sessions/")

    sign_out(page, home)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{home}/")

    sign_out(page, home)
    password(page, username)
    page.get_by_role("heading", name="Second factor").wait_for()
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url(f"{home}/")


@pytest.mark.nightly
def test_a_passkey_nobody_knows_signs_nobody_in(visitors, house):
    home = house.url.replace("127.0.0.1", "localhost")
    page = with_authenticator(visitors(None))
    page.goto(f"{home}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("That did not work").wait_for()
    assert page.url == f"{home}/sign-in/"


@pytest.mark.nightly
@pytest.mark.parametrize("scripts", [True, False])
def test_an_app_is_connected_and_its_code_signs_in(visitors, newcomer, scripts):
    username = newcomer(f"app.person{scripts}".lower())
    page = visitors(None, java_script_enabled=scripts)
    page.goto("/")
    password(page, username)
    secret = page.locator(".code-line").inner_text().strip()
    seen = page.locator("img.qr").evaluate("img => img.naturalWidth") if scripts else 1
    assert seen > 0  # the policy let the picture through
    page.get_by_label("The six digits").fill(code(secret, 0))
    page.get_by_role("button", name="Connect").click()
    assert page.locator(".recovery li").count() == 10
    page.get_by_role("link", name="I have written them down").click()
    page.context.clear_cookies()
    page.goto("/")
    password(page, username)
    page.get_by_label("Code from your app").fill(code(secret, 1))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def code(secret: str, steps: int) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
