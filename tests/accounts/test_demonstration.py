"""The printed sign-ins of the demonstration: without a second factor there, worth nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from accounts.sign_in.demo import PASSWORD
from intake.demo import people
from tests import factories
from tests.accounts.phone import connect, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(office):
    user = factories.user("field_officer", office)
    user.set_password(PASSWORD)
    user.save()
    return visitor(user)


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_it_is_the_printed_one():
    assert people.PASSWORD == PASSWORD


def test_a_printed_sign_in_goes_straight_in_and_a_banner_says_so(demo, printed, said):
    assert "without a second factor" in said(printed.client.get("/sign-in/"))
    assert printed.password(PASSWORD)["Location"] == "/"
    assert printed.inside()
    for page in ("/styleguide/", "/account/security/"):
        assert "Sign-in without a second factor." in said(printed.client.get(page))


def test_outside_the_demonstration_the_printed_password_opens_nothing(printed):
    assert printed.password(PASSWORD).status_code == 200
    assert not printed.client.session.get("_auth_user_id")


def test_a_session_of_the_demonstration_is_worth_nothing_when_it_is_over(demo, printed, settings):
    printed.password(PASSWORD)
    settings.DEMO = False
    assert printed.client.get("/")["Location"] == "/account/app/"
    assert not printed.inside()


def test_whoever_set_up_a_factor_in_the_demonstration_is_asked_for_it(demo, printed):
    connect(printed.user)
    assert printed.password(PASSWORD)["Location"] == "/sign-in/code/"
    assert not printed.inside()


def test_another_password_is_not_let_off(demo, newcomer):
    guest = visitor(newcomer)
    guest.password()
    assert guest.client.get("/")["Location"] == "/account/app/"


def test_the_mark_of_the_demonstration_does_not_pass_to_the_next_person(demo, printed, newcomer):
    connect(printed.user)
    printed.password(PASSWORD)  # stops at the code
    next_one = visitor(newcomer)
    next_one.client = printed.client
    next_one.password()
    assert not next_one.inside()


PRODUCTION = {
    "CASEWORK_ENV": "production",
    "DEMO": "1",
    "SECRET_KEY": "x",
    "FIELD_KEYS": "1:x",
    "DATABASE_URL": "postgres:///x",
    "REDIS_URL": "redis://redis.invalid/0",
    "PATH": os.environ["PATH"],
}
SAID = """
import json
from casework.conf import settings as s
names = "DEMO DEMO_ASKED ASIDE_DATABASE SESSION_COOKIE_NAME DEVICE_COOKIE_NAME PASSWORD_HASHERS"
names += " ALLAUTH_TRUSTED_PROXY_COUNT MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN CSRF_COOKIE_SECURE"
print(json.dumps({name: getattr(s, name) for name in names.split()}))
"""


def test_production_is_no_demonstration_whatever_it_is_told():
    done = subprocess.run(
        [sys.executable, "-c", SAID], env=PRODUCTION, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == {
        "DEMO": False,
        "DEMO_ASKED": True,  # which preflight refuses
        "ASIDE_DATABASE": "aside",
        "SESSION_COOKIE_NAME": "__Host-session",
        "DEVICE_COOKIE_NAME": "__Host-device",
        "CSRF_COOKIE_SECURE": True,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    }
