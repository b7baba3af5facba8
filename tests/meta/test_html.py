"""Every page is valid HTML: as shown, as its form answers a wrong entry, and of every error."""

from __future__ import annotations

import shutil

import pytest
from django.http import HttpResponse
from django.template import loader
from django.urls import NoReverseMatch

from accounts.models import User
from accounts.roles import Role
from core.local.paths import ROOT
from tests.clients import taken_back
from tests.meta.addresses import Caller, asked, of_kind, own_id
from tests.meta.markup import Pages
from tests.programs import JAVA, needed
from tests.whole import share

pytestmark = pytest.mark.django_db

PEOPLE = {
    Role.CASE_MANAGER: "lead.kolkata",
    Role.PROSECUTOR: "prosecutor.kolkata",
    Role.DATA_OFFICER: "data.global",
    Role.AUDITOR: "auditor.global",
    Role.SAFEGUARDING_LEAD: "safeguarding.global",
    Role.SYSTEM_ADMIN: "admin.system",
    Role.PROVIDER_PARTNER: "provider.kolkata",
}
PLANTED = b"<!doctype html>\n<html lang=en>\n<title>Planted</title>\n<p id=one>\n<p id=one>"


@pytest.fixture(scope="module")
def java():
    return needed(shutil.which("java"), JAVA)


@pytest.fixture
def sent(tmp_path):
    return Pages(tmp_path)


def ask_every_page(sent, leads):
    """As whoever it is for: what is shown, and what is said to an empty form."""
    callers = {role: Caller(user) for role, user in leads.items()}
    for address in share(asked("page"), "html", one_in=18, name=lambda a: a.name):
        path = address.path(own_id(address, leads[address.role]))
        caller = callers[address.role]
        caller.stay()
        for method in sorted(address.declared):
            with taken_back():
                sent.keep(f"{method} {address.name}", caller.call(method, path))


def ask_signing_in(sent, user):
    """Pages with a base of their own, as a stranger and as somebody who is signed in."""
    for who in (None, user):
        caller = Caller(who)
        for address in of_kind("other"):
            try:
                path = address.path()
            except NoReverseMatch:  # where a link of a letter leads
                continue
            with taken_back():
                sent.keep(f"get {address.name} as {who or 'a stranger'}", caller.call("get", path))


def draw_errors(sent):
    for file in sorted((ROOT / "templates").glob("*.html")):
        if file.stem[:3].isdigit() or file.stem == "offline":
            page = loader.get_template(file.name).render({"error_id": "0", "minutes": 2})
            sent.keep(file.name, HttpResponse(page))


def test_every_page_is_valid(leads, fresh, sent, java):
    sent.add("planted", PLANTED)
    draw_errors(sent)
    ask_signing_in(sent, leads[Role.CASE_MANAGER])
    ask_every_page(sent, leads)
    found = sent.faults(java)
    planted = [line for line in found if line.startswith("planted, line 5: Duplicate ID")]
    assert len(planted) == 1
    assert [line for line in found if not line.startswith("planted, ")] == []


@pytest.mark.nightly
def test_pages_of_the_demonstration_are_valid(demonstration, fresh, sent, java):
    """Of all that stands on a page where much has happened."""
    leads = {role: User.objects.get(username=name) for role, name in PEOPLE.items()}
    for role, user in leads.items():
        sent.keep(f"home of {role}", Caller(user).look("/"))
    ask_every_page(sent, leads)
    assert sent.faults(java) == []
