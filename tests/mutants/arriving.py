"""Faults by which an account of the organisation's provider opens, or closes, more than its own."""

from __future__ import annotations

import time
from typing import Any

from allauth.socialaccount.models import SocialAccount

from accounts import arriving
from accounts.api import scim
from accounts.models import User
from accounts.permissions import Perm
from accounts.services import off_boarding
from accounts.sign_in import provider, session
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

SIGN_IN = "tests/accounts/test_organisation.py"
SCIM = "tests/accounts/test_scim.py"


@fault(SIGN_IN)
def an_answer_to_another_question_is_taken() -> None:
    """Neither the nonce nor when the provider asked its person is looked at."""
    replace(provider, "check", lambda _login: time.time())


@fault(SIGN_IN)
def any_word_is_a_second_factor() -> None:
    """A password alone at the provider opens a whole session."""
    replace(provider, "gave_second_factor", lambda _login: True)


@fault(SIGN_IN)
def a_password_alone_links() -> None:
    """Who is inside may link without having confirmed, at a locked screen as well."""

    def is_open(request: Any, purpose: str) -> bool:
        inside = request.user.is_authenticated
        return inside if purpose == arriving.LINK else kept(request, purpose)

    kept = arriving._is_open
    replace(arriving, "_is_open", is_open)


@fault(SIGN_IN)
def whoever_comes_back_confirms() -> None:
    """Another person's account at the provider unlocks a screen."""

    def confirm(request: Any, login: Any, said: Any) -> str:
        login.user = request.user
        return kept(request, login, said)

    kept = arriving._confirm
    replace(arriving, "_confirm", confirm)


@fault(SIGN_IN)
def no_second_factor_is_asked_of_whom_a_provider_sends() -> None:
    """Whatever the provider said of it."""
    replace(session, "vouched", lambda _request, _user: True)


@fault(SCIM)
def a_provider_sees_everybody() -> None:
    """Also people who are linked to another, or were before."""
    everybody = SocialAccount.objects.select_related("user").order_by("pk")
    replace(scim.Scim, "people", lambda _self: list(everybody.all()))


@fault(SCIM)
def a_name_that_means_two_closes_the_first() -> None:
    """Who asks for one person is answered with another."""

    def first(people: list[SocialAccount], name: str, value: str) -> list[SocialAccount]:
        return [one for one in people if value.casefold() in scim._names(one)[name]][:1]

    replace(scim, "_matching", first)


@fault(SCIM)
def the_last_administrators_are_let_go() -> None:
    """A stolen key closes the house."""
    replace(off_boarding, "FEWEST", 0)


@fault(SCIM)
def accounts_close_without_end() -> None:
    """A mistaken list closes every account within a minute."""
    replace(off_boarding, "MOST", 10_000)


@fault(SCIM)
def nobody_hears_of_a_closing() -> None:
    """Administrators learn of it from whoever cannot work."""
    replace(off_boarding, "tell", lambda _people, *_about, **_of: None)


@fault(SCIM)
def administrators_are_counted_unheld() -> None:
    """Two keys at the same time let the last two go."""
    replace(off_boarding, "held_administrators", lambda: User.objects.holding(Perm.PEOPLE_MANAGE))
