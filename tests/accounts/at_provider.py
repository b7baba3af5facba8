"""A real provider of identities, and people who sign in there in a browser of their own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from contextlib import contextmanager
from urllib.parse import urljoin

import pytest
import requests
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as configured
from django.test import Client

from accounts.organisation import Organisation
from tests import factories
from tests.programs import NODE, needed

HERE = configured.BASE_DIR / "tests" / "accounts" / "provider"
PLACE = configured.BASE_DIR / "var" / "generated" / "provider"
KEY = "amara hwk"  # signed in there by a passkey
ONLY = "amara"  # by something that does not count
OURS, CALLBACK = "http://testserver", "/account/organisation/callback/"


@pytest.fixture(scope="session")
def issuer():
    """Where it listens: one in a run, ended by its own number."""
    node, npm = (needed(shutil.which(program), NODE) for program in ("node", "npm"))
    shutil.copytree(HERE, PLACE, dirs_exist_ok=True)
    if not (PLACE / "node_modules" / "oidc-provider").exists():
        install = [npm, "install", "--no-audit", "--no-fund", "--prefer-offline"]
        got = subprocess.run([*install, "--fetch-retries=1"], cwd=PLACE, check=False, timeout=300)
        if got.returncode:
            pytest.skip("npm could not install the provider of identities: is its registry away?")
    with subprocess.Popen(
        [node, "provider.mjs"],
        cwd=PLACE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        yield running.stdout.readline().strip()
        running.terminate()


@pytest.fixture
def provider(issuer, settings):
    """The organisation's, whose passkeys count as a second factor."""
    settings.ORGANISATION = Organisation(
        issuer=issuer,
        client_id="casework",
        secret="secret-of-casework",
        name="Invented Office",
        second_factor=("phr", "hwk"),
    )
    return settings.ORGANISATION


@pytest.fixture
def amara(office, provider):
    """Linked to the account `amara`, without a password of ours."""
    user = factories.user("field_officer", office, email="amara@example.org")
    user.set_unusable_password()
    user.save()
    SocialAccount.objects.create(user=user, provider=provider.issuer, uid="amara")
    return user


@contextmanager
def spoiled(issuer, **what):
    """Meanwhile its answers say something else: `claims` of a token, or its `configuration`."""
    requests.post(f"{issuer}/spoil", data=json.dumps(what), timeout=9)
    try:
        yield
    finally:
        requests.post(f"{issuer}/spoil", data="{}", timeout=9)


def begin(client, purpose="sign-in", **more):
    """Where one is led."""
    return client.post("/account/organisation/", {"purpose": purpose} | more)


def through(answer, account):
    """What one does there: by `account` (a name and how one showed it, or nothing: one cancels).
    The address that leads back, without the host."""
    with requests.Session() as browser:
        browser.headers["X-Account"], there = account, answer["Location"]
        while not there.startswith(OURS):
            found = browser.get(there, allow_redirects=False, timeout=9)
            assert found.status_code in {302, 303}, found.text
            there = urljoin(there, found.headers["Location"])
    return there.removeprefix(OURS)


def by_provider(account, client=None, **how):
    """Through the provider and back: the browser, and what it is answered."""
    client = client or Client()
    return client, client.get(through(begin(client, **how), account))


def an_hour_later(client):
    """Since the provider asked the person in this browser."""
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        if "asked" in record:
            record["asked"] -= 3600
    session.save()


def words(answer, status=400):
    """What the page says on which one was not let in."""
    assert answer.status_code == status
    note = re.search(r'role="alert">(.*?)</main>', answer.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", note[1])).strip()
