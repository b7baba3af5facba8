"""Whatever is done in whatever order at two browsers: no page opens without a second factor."""

from __future__ import annotations

import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from tests import factories
from tests.accounts.phone import PASSWORD, code, recovery_codes, visitor
from tests.whole import examples

BROWSERS = st.integers(0, 1)
START = "2026-11-24T08:00:00Z"


class SigningIn(RuleBasedStateMachine):
    """The model knows, of each browser, only this: was a second factor shown since signing in?"""

    spent = Bundle("spent")

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.now = self.clock.start()
        self.user = factories.user("field_officer", factories.office())
        self.user.set_password(PASSWORD)
        self.user.save()
        self.browsers = [visitor(self.user), visitor(self.user)]
        self.shown = [False, False]
        self.secret = None

    def teardown(self):
        self.clock.stop()

    @initialize()
    def begin(self):
        cache.clear()

    def later(self):
        """Long enough for a new code and for limits, short enough to stay signed in."""
        self.now.shift(61)

    def enrolled(self):
        return Authenticator.objects.filter(user=self.user, type="totp").exists()

    @rule(one=BROWSERS, right=st.booleans())
    def password(self, one, right):
        self.later()
        self.browsers[one].password(PASSWORD if right else "wrong")

    @rule(one=BROWSERS)
    def set_up(self, one):
        self.later()
        had = self.enrolled()
        client = self.browsers[one].client
        client.get("/account/app/")
        secret = client.session.get("mfa.totp.secret")
        if secret:
            client.post("/account/app/", {"code": code(secret)})
        if not had and self.enrolled():
            self.secret, self.shown = secret, [False, False]
            self.shown[one] = True

    @rule(one=BROWSERS, target=spent)
    def right_code(self, one):
        self.later()
        given = code(self.secret) if self.secret else "000000"
        pending = "account_login" in self.browsers[one].client.session
        answer = self.browsers[one].code(given)
        if pending and answer.status_code == 302:
            assert self.enrolled()
            self.shown[one] = True
        return given

    @rule(one=BROWSERS, given=spent)
    def spent_code(self, one, given):
        before = self.inside(one)
        self.browsers[one].code(given)
        assert self.inside(one) == before

    @rule(one=BROWSERS)
    def recovery_code(self, one):
        self.later()
        left = recovery_codes(self.user) if self.enrolled() else []
        pending = "account_login" in self.browsers[one].client.session
        answer = self.browsers[one].code(left[0] if left else "00000000")
        if left and pending and answer.status_code == 302:
            self.shown[one] = True

    @rule(one=BROWSERS, text=st.sampled_from(["000000", "", "x", "12345678"]))
    def wrong_code(self, one, text):
        self.later()
        before = self.inside(one)
        self.browsers[one].client.post("/sign-in/code/", {"code": text})
        self.browsers[one].client.post("/account/confirm/code/", {"code": text})
        self.browsers[one].client.post("/sign-in/passkey/", {"credential": "{}"})
        assert self.inside(one) == before

    @rule(one=BROWSERS)
    def confirm(self, one):
        self.later()
        client = self.browsers[one].client
        answer = client.post("/account/confirm/code/", {"code": code(self.secret or "A" * 32)})
        if self.secret and answer.status_code == 302 and answer["Location"] == "/":
            self.shown[one] = True  # signed in by password before the other browser set it up

    @rule(one=BROWSERS)
    def confirm_by_password(self, one):
        self.later()
        self.browsers[one].client.post("/account/confirm/", {"password": PASSWORD})

    @rule(one=BROWSERS)
    def take_away(self, one):
        if self.enrolled():
            self.browsers[one].client.post("/account/app/remove/")
            if not self.enrolled():
                assert self.shown[one]
                self.secret, self.shown = None, [False, False]

    @rule(one=BROWSERS)
    def sign_out(self, one):
        self.browsers[one].client.post("/sign-out/")
        self.shown[one] = False

    @rule(one=BROWSERS)
    def rest(self, one):
        self.now.shift(901)
        self.shown = [False, False]

    def inside(self, one):
        return self.browsers[one].inside()

    @invariant()
    def no_page_without_a_second_factor(self):
        for one, shown in enumerate(self.shown):
            if self.inside(one):
                assert shown
            if not shown:
                assert self.browsers[one].client.get("/api/v1/me/").status_code in {401, 403}


class TestSigningIn(TestCase, SigningIn.TestCase):
    settings = settings(
        max_examples=examples(30),
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
