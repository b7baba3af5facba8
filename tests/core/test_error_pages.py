"""When the database is away for a moment it is said so, and not taken for a fault."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from casework.models import Task
from core.pages import StyleGuide
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (OperationalError, 503, "Back soon"),
        (InterfaceError, 503, "Back soon"),
        (ValueError, 500, "Something went wrong"),
    ],
)
def test_a_page_says_what_happened(
    browser_client, field_officer, monkeypatch, said, fault, status, words
):
    def away(*_args):
        raise fault

    monkeypatch.setattr(StyleGuide, "get", away)
    page = browser_client(field_officer)
    page.raise_request_exception = False
    answer = page.get("/styleguide/")
    assert answer.status_code == status
    assert words in said(answer)
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)


WORDS = "Invented words that took <a while>"
DUE = (date.today() + timedelta(days=9)).isoformat()


@pytest.fixture
def form(office, field_officer):
    """The address of a form, and a browser whose person signed in anew since it was opened."""
    case = factories.case(office)
    factories.assignment(case, field_officer)
    client = Client(enforce_csrf_checks=True)
    client.force_login(field_officer)
    client.get(f"/cases/{case.pk}/tasks/new/")
    return client, f"/cases/{case.pk}/tasks/new/"


def sent(form, **more):
    client, path = form
    body = {"csrfmiddlewaretoken": "x" * 32, "what": WORDS, "due_on": DUE, "key": "once", **more}
    return client.post(path, body, headers={"Sec-Fetch-Site": "same-origin"})


def test_who_signed_in_anew_is_given_back_what_they_typed_and_sends_it_again(form, said):
    answer = sent(form)
    assert answer.status_code == 403
    assert "what you typed is kept here" in said(answer)
    page = answer.content.decode()
    again = dict(re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', page, re.DOTALL))
    (token,) = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)
    again = {name: unescape(value) for name, value in again.items()}
    assert again.keys() == {"what", "due_on", "key"}
    assert not Task.objects.exists()
    done = form[0].post(form[1], again | {"csrfmiddlewaretoken": token})
    assert done.status_code == 302
    assert Task.objects.get().what == WORDS


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
def test_what_no_page_of_ours_sent_is_not_offered(form, said, site):
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = form[0].post(form[1], {"what": "Invented"}, headers=headers)
    assert answer.status_code == 403
    assert "Invented" not in said(answer)


def test_no_password_comes_back(form, said):
    assert WORDS not in said(sent(form, old_password="secret"))
    assert b"secret" not in sent(form, password="secret").content
