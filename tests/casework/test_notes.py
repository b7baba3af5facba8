"""Notes: written, corrected with what stood there before kept, heavy ones shown on opening only."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.services.own import choose_language
from casework.models import FormerNote, Note
from casework.services.notes import write_note
from core.context import acting_as
from core.models import AuditEvent
from tests import factories
from tests.factories import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(browser_client, field_officer):
    return browser_client(field_officer)


@pytest.fixture
def note(case, field_officer):
    return papers.note(case, text="She told of the kiln", written_by=field_officer)


@pytest.fixture
def heavy(case):
    return papers.note(case, text="Heavy words", heavy=True)


def told(case, **fields):
    said = {"kind": "visit", "happened_on": case.jurisdiction.today.isoformat()}
    return said | {"text": "Invented words"} | fields


def correct(page, note, **fields):
    sent = told(note.case, version=note.version) | fields
    return page.post(f"/notes/{note.pk}/correct/", sent)


def test_a_note_is_written_and_stands_on_the_page_of_its_case(page, case, recorded, said):
    answer = page.post(f"/cases/{case.pk}/notes/new/", told(case))
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/documents/#notes")
    assert "Invented words" in said(page.get(f"/cases/{case.pk}/documents/"))
    assert len(recorded("note.written")) == 1


def test_a_note_is_in_the_language_of_its_writer_or_in_one_they_choose(
    page, case, field_officer, said
):
    choose_language("ur", actor=field_officer)
    form = page.get(f"/cases/{case.pk}/notes/new/").content.decode()
    assert re.search(r'<option value="ur"[^>]*selected', form)
    page.post(f"/cases/{case.pk}/notes/new/", told(case, text="ایک نوٹ"))
    page.post(f"/cases/{case.pk}/notes/new/", told(case, text="একটি নোট", language="bn"))
    assert set(Note.objects.values_list("language", flat=True)) == {"ur", "bn"}
    for path in (f"/cases/{case.pk}/documents/", f"/cases/{case.pk}/notes/"):
        text = page.get(path).content.decode()
        assert '<bdi lang="ur" dir="rtl">ایک نوٹ</bdi>' in text
        assert '<bdi lang="bn" dir="ltr">একটি নোট</bdi>' in text
    wrong = page.post(f"/cases/{case.pk}/notes/new/", told(case, language="xx"))
    assert wrong.status_code == 400


def test_the_language_of_a_note_is_corrected_and_the_former_kept(page, api, note, field_officer):
    """Of a note of before nobody said it: the page does not guess."""
    shown = page.get(f"/notes/{note.pk}/").content.decode()
    assert "<bdi>She told of the kiln</bdi>" in shown
    assert correct(page, note, text=note.text, language="ne").status_code == 302
    assert correct(page, note, text="ভাটা", version=2, language="bn").status_code == 302
    client = api(field_officer)
    kept = client.patch(f"notes/{note.pk}/", {"text": "Another"}, If_Match='"3"')
    assert (kept.status_code, kept.json()["language"]) == (200, "bn")
    opened = client.post(f"notes/{note.pk}/open/", {}).json()
    assert [row["language"] for row in opened["former"]] == ["bn", "ne", ""]
    assert '<bdi lang="ne" dir="ltr">' in page.get(f"/notes/{note.pk}/").content.decode()
    strange = client.patch(f"notes/{note.pk}/", {"language": "xx"}, If_Match='"4"')
    assert strange.status_code == 400


@pytest.mark.parametrize("made", [papers.note, papers.former_note])
def test_the_table_knows_the_languages(case, made):
    with pytest.raises(IntegrityError, match="known_language"), transaction.atomic():
        made(case, language="xx")


@pytest.mark.parametrize(
    "wrong",
    [{"text": "  "}, {"kind": "gossip"}, {"happened_on": "2026-13-01"}, {"happened_on": ""}],
)
def test_what_is_no_note_is_refused_beside_its_field(page, case, wrong):
    answer = page.post(f"/cases/{case.pk}/notes/new/", told(case, **wrong))
    assert answer.status_code == 400
    assert not Note.objects.exists()


def test_no_note_is_of_tomorrow(page, case):
    later = (case.jurisdiction.today + timedelta(days=1)).isoformat()
    assert (
        page.post(f"/cases/{case.pk}/notes/new/", told(case, happened_on=later)).status_code == 400
    )


def test_a_heavy_note_is_in_no_source_before_it_is_opened(page, case, heavy):
    for path in (f"/cases/{case.pk}/documents/", f"/cases/{case.pk}/notes/"):
        text = page.get(path).content.decode()
        assert "Heavy words" not in text
        assert f'data-fragment="/notes/{heavy.pk}/"' in text
    assert not AuditEvent.objects.filter(action="note.opened").exists()
    opened = page.get(f"/notes/{heavy.pk}/", headers={"X-Fragment": "1"})
    assert opened.content.decode().lstrip().startswith('<p class="heavy__text"><bdi>Heavy words')
    assert AuditEvent.objects.get(action="note.opened").target_id == str(heavy.pk)


def test_a_program_gets_heavy_text_on_opening_only(api, field_officer, case, heavy):
    client = api(field_officer)
    shown = client.get(f"notes/?case={case.pk}").json()["results"][0]
    assert (shown["heavy"], shown["text"]) == (True, None)
    opened = client.post(f"notes/{heavy.pk}/open/", {})
    assert opened.json()["text"] == "Heavy words"
    assert AuditEvent.objects.filter(action="note.opened").count() == 1


def test_a_correction_keeps_what_stood_there_and_says_who(page, note, field_officer, said):
    assert correct(page, note, text="She told of the farm").status_code == 302
    former = FormerNote.objects.get()
    assert (former.text, former.replaced_by) == ("She told of the kiln", field_officer)
    shown = said(page.get(f"/notes/{note.pk}/"))
    assert "She told of the farm" in shown
    assert "She told of the kiln" in shown
    assert f"corrected by {field_officer.name}" in shown


def test_a_correction_that_changes_nothing_leaves_nothing_behind(page, note):
    same = {"text": note.text, "kind": note.kind, "happened_on": note.happened_on.isoformat()}
    assert correct(page, note, **same).status_code == 302
    assert not FormerNote.objects.exists()


def test_a_stale_correction_is_refused(page, note):
    assert correct(page, note, text="First").status_code == 302
    assert correct(page, note, text="Second").status_code == 409
    assert [row.text for row in FormerNote.objects.all()] == ["She told of the kiln"]


def test_a_program_corrects_by_the_version_it_read(api, field_officer, note):
    client = api(field_officer)
    path = f"notes/{note.pk}/"
    assert client.patch(path, {"text": "New"}).status_code == 428
    assert client.patch(path, {"text": "New"}, If_Match='"9"').status_code == 412
    answer = client.patch(path, {"text": "New"}, If_Match='"1"')
    assert (answer.json()["text"], answer.json()["kind"]) == ("New", "visit")


def test_neither_former_text_nor_notes_can_be_deleted(note, field_officer):
    papers.former_note(note=note)
    with acting_as(field_officer.pk), connection.cursor() as cursor:
        cursor.execute(
            "select has_table_privilege(current_user, 'casework_formernote', 'update, delete'),"
            " has_table_privilege(current_user, 'casework_note', 'delete, truncate')"
        )
        assert cursor.fetchone() == (False, False)


@pytest.mark.parametrize("who", ["colleague", "outsider"])
def test_who_is_not_of_the_team_reads_none(who, request, browser_client, note):
    page = browser_client(request.getfixturevalue(who))
    assert page.get(f"/notes/{note.pk}/").status_code == 404
    assert b"the kiln" not in page.get(f"/cases/{note.case_id}/documents/").content


def test_a_data_officer_reads_none(browser_client, note, office):
    page = browser_client(factories.user("data_officer", office))
    shown = page.get(f"/cases/{note.case_id}/documents/")
    assert shown.status_code == 200
    assert b'id="notes"' not in shown.content
    assert page.get(f"/cases/{note.case_id}/notes/").status_code == 403


def test_all_notes_are_paged_and_the_case_page_shows_the_newest(page, case):
    for n in range(60):
        papers.note(case, text=f"Note number {n:02}.")
    first = page.get(f"/cases/{case.pk}/notes/")
    assert first.content.count(b"Note number") == 50
    url = first.context["list"].next_url
    assert page.get(url).content.count(b"Note number") == 10
    assert page.get(f"/cases/{case.pk}/notes/?cursor=odd").status_code == 200
    assert page.get(f"/cases/{case.pk}/documents/").content.count(b"Note number") == 5


def test_pages_ask_as_much_for_many_as_for_few(page, case, django_assert_max_num_queries):
    def asked(path):
        with django_assert_max_num_queries(200) as queries:
            page.get(path)
        return len(queries)

    paths = [f"/cases/{case.pk}/documents/", f"/cases/{case.pk}/notes/"]
    papers.note(case)
    papers.version(case)
    few = [asked(path) for path in paths]
    for _ in range(4):
        papers.note(case)
        papers.version(case)
    assert [asked(path) for path in paths] == few


def test_the_text_lies_encrypted(case, field_officer):
    with acting_as(field_officer.pk):
        write_note(
            case,
            kind="visit",
            happened_on=case.jurisdiction.today,
            text="Plain words",
            actor=field_officer,
        )
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(encode(text, 'escape'), '') from casework_note")
        assert "Plain words" not in cursor.fetchone()[0]


def test_the_timeline_names_kind_and_day_and_no_word_of_it(page, case, note):
    text = page.get(f"/cases/{case.pk}/timeline/").content.decode()
    assert "Note: Visit" in text
    assert "the kiln" not in text
