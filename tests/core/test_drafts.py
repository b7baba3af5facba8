"""What is typed and not saved is kept for its person alone, and offered once more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django import forms
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from accounts.models import User
from casework.models import Note
from core import drafts, jobs
from core.context import acting_as
from core.drafting import Draft
from core.models import AuditEvent
from core.web import FormPage
from tests import factories
from tests.clients import force_login
from tests.factories import field
from tests.meta.addresses import of_kind
from tests.meta.tables import query

pytestmark = pytest.mark.django_db

WORDS = "Invented words that nobody saved"
NOTE = {"kind": "other", "happened_on": "2026-03-02", "text": WORDS}


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(factories.case(office), field_officer).case


@pytest.fixture
def page(browser_client, field_officer):
    return browser_client(field_officer)


def form_of(case):
    return f"/cases/{case.pk}/notes/new/"


def forms_of_pages():
    return {a.cls for a in of_kind("page") if issubclass(a.cls, FormPage)}


def types(client, url, **typed):
    return client.post(url, {"_draft": "keep", "text": WORDS} | typed)


def test_it_is_offered_and_fills_nothing_in_by_itself(case, page, said):
    assert types(page, form_of(case), key="one").status_code == 204
    answer = page.get(form_of(case))
    assert "You typed something here on" in said(answer)
    assert WORDS not in answer.content.decode()
    used = page.get(f"{form_of(case)}?draft=use")
    assert f">\n{WORDS}</textarea>" in used.content.decode()
    assert "It is not saved yet." in said(used)
    assert "Please correct" not in said(used), "half a form has no faults yet"
    assert not Note.objects.exists()


def test_it_lies_encrypted_and_leaves_no_line_in_the_history(case, page):
    before = AuditEvent.objects.count()
    types(page, form_of(case))
    ((row,),) = query("select d::text from core_draft d")
    assert WORDS not in row
    assert WORDS.encode().hex() not in row
    assert AuditEvent.objects.count() == before
    assert case.pk in Draft.objects.get().about


def test_it_goes_when_the_form_is_saved(case, page):
    types(page, form_of(case), text="Older words")
    assert types(page, form_of(case)).status_code == 204
    assert Draft.objects.count() == 1
    saved = page.post(form_of(case), NOTE | {"key": "one"})
    assert saved.status_code == 302
    assert not Draft.objects.exists()
    types(page, form_of(case), key="one")  # the last one of the page, which arrived late
    assert not Draft.objects.exists()


def test_it_stays_when_the_form_is_refused(case, page, said):
    types(page, form_of(case))
    assert page.post(form_of(case), {"text": ""}).status_code == 400
    assert "You typed something here on" in said(page.get(form_of(case)))


def test_its_person_throws_it_away(case, page, said):
    types(page, form_of(case))
    answer = page.post(f"{form_of(case)}?from=today", {"_draft": "drop"})
    assert answer["Location"] == "?from=today"
    assert "You typed" not in said(page.get(form_of(case)))
    assert not Draft.objects.exists()


def test_who_changed_the_record_meanwhile_is_seen(case, case_manager, browser_client, said):
    lead = field.lead(case)
    page, url = browser_client(case_manager), f"/leads/{lead.pk}/correct/"
    types(page, url, source="self_report", version="1")
    lead.keep("source")
    used = page.get(f"{url}?draft=use").content.decode()
    assert 'name="version" value="1"' in used


# --- Attacks ---


def test_nobody_else_is_offered_it(case, page, case_manager, browser_client, said):
    types(page, form_of(case))
    other = browser_client(case_manager)
    for url in (form_of(case), f"{form_of(case)}?draft=use"):
        answer = other.get(url)
        assert answer.status_code == 200
        assert "You typed" not in said(answer)
        assert WORDS not in answer.content.decode()
    other.post(form_of(case), {"_draft": "drop"})
    assert Draft.objects.count() == 1


def test_the_database_shows_it_to_nobody_else(case, page, field_officer, case_manager):
    types(page, form_of(case))
    with acting_as(field_officer.pk):
        assert Draft.objects.count() == 1
    mine = Draft.objects.get()
    for who in (case_manager.pk, None):
        with acting_as(who):
            assert Draft.objects.count() == 0
            assert Draft.objects.update(address="/elsewhere/") == 0
            assert Draft.objects.all().delete()[0] == 0
    forged = Draft(pk=case.pk, person=field_officer, address="/x/", kept_at=timezone.now())
    forged.content = "[]"
    with pytest.raises(DatabaseError), acting_as(case_manager.pk), transaction.atomic():
        Draft.objects.bulk_create([forged])
    assert Draft.objects.get() == mine


def test_another_office_keeps_nothing_there(case, browser_client):
    stranger = browser_client(factories.user("case_manager", factories.office("manila", "PH-00")))
    assert types(stranger, form_of(case)).status_code == 404
    assert not Draft.objects.exists()


def test_a_closed_grant_takes_it_along(case, page, said):
    types(page, form_of(case))
    case.assignment_set.update(ended_at=timezone.now())
    assert page.get(f"{form_of(case)}?draft=use").status_code in (403, 404, 409)
    assert types(page, form_of(case), text="More").status_code in (403, 404, 409)
    case.assignment_set.update(ended_at=None)
    assert WORDS in page.get(f"{form_of(case)}?draft=use").content.decode()


def test_signed_out_and_without_a_token_nothing_is_kept(case, field_officer):
    assert types(Client(), form_of(case)).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    force_login(strict, field_officer)
    assert types(strict, form_of(case)).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"text": "x" * 61_000}, 413),
        ({"text": "x" * 1_100_000}, 413),
        ({f"field-{n}": "x" for n in range(600)}, 400),
        ({"_draft": "everything"}, 400),
        ({"_draft": ""}, 400),
        ({"x" * 61_000: "x"}, 400),
        ({"text": "\x00\ufffe\u202e'\"<script>"}, 204),
    ],
)
def test_a_hostile_body_is_refused_or_harmless(case, page, typed, status):
    answer = types(page, form_of(case), **typed)
    assert answer.status_code == status
    assert Draft.objects.count() == (status == 204)
    opened = page.get(f"{form_of(case)}?draft=use")
    assert opened.status_code == 200
    assert "<script>" not in opened.content.decode().replace("<script src", "")


def test_what_is_too_long_is_said_in_words(case, page):
    answer = types(page, form_of(case), text="ক" * 30_000)
    assert answer.content.decode().startswith("This is too long to be kept as a draft.")


def test_of_too_many_the_oldest_goes(case, page, office, field_officer, monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 1)
    other = factories.assignment(factories.case(office), field_officer).case
    types(page, form_of(case))
    types(page, form_of(other))
    assert Draft.objects.get().address == form_of(other)


def test_too_often_is_refused(case, page, settings):
    settings.DRAFT_RATE = "2/min"
    assert [types(page, form_of(case)).status_code for _time in range(3)] == [204, 204, 429]


def test_passwords_and_files_are_never_kept():
    class Secret(forms.Form):
        name = forms.CharField()
        word = forms.CharField(widget=forms.PasswordInput)
        paper = forms.FileField()

    sent = QueryDict("name=a&word=b&paper=c&csrfmiddlewaretoken=d&key=e&_draft=keep")
    assert drafts._typed(sent, Secret()) == b'[["name",["a"]]]'


def test_where_nothing_is_saved_nothing_is_kept(page, case_manager, browser_client):
    searching = browser_client(case_manager)
    answer = searching.post("/search/name/", {"_draft": "keep", "name": "Invented Name"})
    assert answer.status_code in (400, 404)
    assert not Draft.objects.exists()
    asking = {cls for cls in forms_of_pages() if cls.once is False}
    assert asking
    assert [cls for cls in asking if cls.keeps_drafts] == []
    assert b"data-only" in searching.get("/views/cases/new/").content, "it warns"


# --- Until when ---


def test_who_is_deactivated_leaves_none(case, page, field_officer):
    types(page, form_of(case))
    User.objects.filter(pk=field_officer.pk).update(is_active=False)
    assert not Draft.objects.exists()


def test_after_two_weeks_it_is_neither_offered_nor_there(case, page, said, settings):
    types(page, form_of(case))
    Draft.objects.update(kept_at=timezone.now() - settings.DRAFT_LIFETIME - timedelta(minutes=1))
    assert "You typed" not in said(page.get(form_of(case)))
    newer = factories.assignment(factories.case(case.office), User.objects.get(pk=_me(page))).case
    types(page, form_of(newer))
    row = jobs.request("forget-drafts")
    jobs.run(row.pk)
    row.refresh_from_db()
    assert row.result == {"forgotten": 1}
    assert Draft.objects.get().address == form_of(newer)


def _me(page):
    return page.session["_auth_user_id"]


def test_the_worker_sees_only_what_has_had_its_time(case, page, settings):
    types(page, form_of(case))
    assert as_worker("delete from core_draft") == 0
    just_over = settings.DRAFT_LIFETIME + timedelta(seconds=1)
    Draft.objects.update(kept_at=timezone.now() - just_over)
    assert as_worker("delete from core_draft") == 1


def as_worker(statement):
    """How many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'casework_worker', true)")
        cursor.execute(statement)
        touched = cursor.rowcount
        cursor.execute("select set_config('role', 'none', true)")
    return touched


# --- After a save ---


def test_the_next_page_says_once_what_was_saved(case, page, said):
    there = page.post(form_of(case), NOTE)["Location"].partition("#")[0]
    assert "Wrote a note" in said(page.get(there))
    assert "Wrote a note" not in said(page.get(there))


def test_what_is_refused_says_nothing(case, page):
    page.post(form_of(case), {"text": ""})
    assert "data-done" not in page.get(f"/cases/{case.pk}/").content.decode()


def test_every_form_is_saved_by_the_one_way_that_says_so():
    """Whatever else a page does when its form is sent, it ends in `FormPage.form_valid`."""
    ours = {cls for cls in forms_of_pages() if cls.keeps_drafts}
    assert len(ours) > 100
    by_themselves = {
        one
        for cls in ours
        for one in cls.__mro__
        if "form_valid" in vars(one) and issubclass(one, FormPage) and one is not FormPage
    }
    lost = [one.__name__ for one in by_themselves if not _goes_on(one.form_valid)]
    assert lost == []


def _goes_on(method):
    return "super" in method.__code__.co_names
