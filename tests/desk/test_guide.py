"""Each page has its part of the guide, printed from what is written once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from accounts.roles import Role
from desk.guide import text as guide
from desk.guide.parts import PARTS, SIGN_IN, WHOSE
from tests import factories
from tests.meta.addresses import of_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from accounts.models import User

NAMED = sorted({*PARTS.values(), *WHOSE.values(), SIGN_IN})


def test_every_part_that_a_page_names_is_written() -> None:
    for named in NAMED:
        part = guide._part(named)
        assert part, named
        assert len(re.sub(r"<[^>]*>", "", part.html)) > 60, named
        assert part.title


def test_nothing_of_how_it_is_written_is_left() -> None:
    text = "".join(str(part.html) for named in NAMED if (part := guide._part(named)))
    text = re.sub(r"<(pre|code)>.*?</\1>", "", text, flags=re.DOTALL)
    assert not re.findall(r"\*\*|\]\(|<a |^\||`|^#", text, flags=re.MULTILINE)
    opened, closed = (re.findall(rf"<{end}(\w+)>", text) for end in ("", "/"))
    assert sorted(opened) == sorted(closed)


def test_every_page_has_its_part() -> None:
    """By what its address is called, and not by the last resort of pages about signing in."""
    own = (
        "account_",
        "mfa_",
        "usersessions_",
        "styleguide",
        "desk:today",
        "desk:search",
        "desk:go",
    )
    names = {address.name for address in of_kind("page")}
    assert [name for name in sorted(names) if not name.startswith((*own, *PARTS))] == []


def test_every_role_has_its_own_day() -> None:
    told = {guide.part_of("desk:today", [role]) for role in WHOSE}
    assert None not in told
    assert set(WHOSE) == {*Role} - {Role.API_CLIENT}


@pytest.mark.django_db
def test_it_stands_above_the_page_that_is_asked(
    browser_client: Callable[[User], Client], said: Callable[[object], str]
) -> None:
    client = browser_client(factories.user("system_admin"))
    for path, words in (
        ("/places/?q=Kolkata", "A line may name a place from an earlier line"),
        ("/?", "is done when what it asks for exists"),
        ("/backups/?", "opens with the private keys of two persons"),
    ):
        plain = client.get(path).content.decode()
        asked = f"{path}{'&' if path[-1] != '?' else ''}help"
        assert f'href="{asked.replace("&", "&amp;")}#guide"' in plain
        assert words not in " ".join(plain.split())
        assert words in said(client.get(asked))


@pytest.mark.django_db
def test_it_says_in_the_readers_language_that_it_is_in_english(
    browser_client: Callable[[User], Client], said: Callable[[object], str]
) -> None:
    admin = factories.user("system_admin")
    assert "The guide is in English." not in said(browser_client(admin).get("/places/?help"))
    admin.language = "es"
    admin.save(update_fields=["language"])
    page = browser_client(admin).get("/places/?help").content.decode()
    assert "Esta guía está en inglés." in page
    assert '<div class="stack" lang="en" dir="ltr">' in page


@pytest.mark.django_db
def test_the_field_form_opens_it_beside_what_is_typed(
    browser_client: Callable[[User], Client],
) -> None:
    client = browser_client(factories.user("field_officer"))
    page = client.get("/field/rescues/new/").content.decode()
    assert '<a href="/field/rescues/new/?help#guide" target="_blank"' in page
    assert "Tap once for each person" in client.get("/field/rescues/new/?help").content.decode()
