"""One survivor is erased from every case; the cases and everybody else in them stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from aftercare.models import Referral
from casework.files.received import path_of
from casework.models import Case
from core import jobs
from core.models import AuditEvent, Job
from intake.models import Extract
from questions.models import Reply, ReplyWords
from reports.models import AnonymousRow, KeptIds, RowNumber
from retention import ledger, replay
from retention.declared import TABLES
from retention.fates import Clock, Deed
from retention.models import Erasure, Tombstone
from tests import factories
from tests.factories import papers, questions
from tests.factories import retention as kept
from tests.nights import nightly
from tests.retention.survivors import all_of_one, all_rows, hanging_from, tables_of_a_survivor
from tests.retention.test_figures import figures
from tests.retention.world import IDS_STAY, dump, filled, places
from victims.models import Involvement, Victim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
LAW = {"legal_source": "Invented Data Act, section 12"}


@pytest.fixture(autouse=True)
def file(tmp_path, settings):
    settings.ERASURE_LEDGER = str(tmp_path / "erasures.ledger")
    return ledger.path()


@pytest.fixture
def managers(office):
    return [factories.user("case_manager", office) for _ in range(2)]


def go_through():
    """The worker, at night."""
    Job.objects.all().delete()
    nightly("retention")
    for kind in ("erase", "finish-erasure"):
        for job in Job.objects.filter(kind=kind, state="queued"):
            jobs.run(job.pk)
            job.refresh_from_db()
            assert job.state == "done", job.failure


def erase(part, **fields):
    """As two persons confirmed a month ago."""
    told = {"of_person": part.victim_id, "status": "confirmed"}
    erasure = kept.confirmed_erasure(part.case, **(told | fields))
    go_through()
    erasure.refresh_from_db()
    return erasure


def test_c4_everything_of_one_goes_and_everything_else_stays():
    case = filled()
    part = all_of_one(case)
    erased = hanging_from(part, part.victim)
    of_case = Extract.objects.filter(case=case).values_list("pk", flat=True)
    erased["intake_extract"] = set(of_case)  # phones wipe what they hold of it
    assert len(erased) > 25, sorted(erased)
    ids = {str(pk) for table in erased.values() for pk in table}
    before, text = all_rows(), dump()
    assert [pk for pk in ids if not places(text, pk)] == []
    assert erase(part).status == "erased"
    after, text = all_rows(), dump()
    lost = {table: before[table] - after[table] - erased.get(table, set()) for table in before}
    assert {table: rows for table, rows in lost.items() if rows} == {}
    left = {pk: places(text, pk) - IDS_STAY for pk in ids}
    assert {pk: where for pk, where in left.items() if where} == {}
    assert Case.objects.filter(pk=case.pk, status="closed").exists()


def test_every_table_that_leads_to_a_survivor_says_so():
    """Whatever hangs from a survivor's part and is not deleted with it is found here."""
    silent = [
        table
        for table in tables_of_a_survivor()
        if TABLES[table].deed is not Deed.DELETE
        or (TABLES[table].clock is Clock.CASE and TABLES[table].where == "case_id = which")
    ]
    assert silent == []


def test_the_case_may_be_open():
    part = factories.involvement(factories.case())
    assert erase(part).status == "erased"
    assert Case.objects.filter(pk=part.case_id).exists()


def test_it_goes_from_every_case_with_every_record_of_it():
    one, other = factories.case(), factories.case()
    part = factories.involvement(one)
    elsewhere = factories.involvement(other)
    Victim.objects.filter(pk=elsewhere.victim_id).update(merged_into=part.victim)
    stays = factories.involvement(other)
    erase(part)
    assert set(Involvement.objects.values_list("pk", flat=True)) == {stays.pk}
    assert list(Victim.objects.values_list("pk", flat=True)) == [stays.victim_id]


def test_answers_about_one_go_and_those_about_others_stay():
    case = factories.case()
    part, other = (factories.involvement(case) for _ in range(2))
    gone = questions.reply(case, about=part.pk)
    ReplyWords.objects.create(id=gone.pk, case=case, reply=gone, text="{}")
    referred = [
        Referral.objects.create(case=case, involvement=who, need="medical").pk
        for who in (part, other)
    ]
    of_one, of_other = (questions.reply(case, about=pk).pk for pk in referred)
    stays = {questions.reply(case, about=other.pk).pk, questions.reply(case).pk, of_other}
    assert of_one not in stays
    assert erase(part).status == "erased"
    assert set(Reply.objects.values_list("pk", flat=True)) == stays
    assert not ReplyWords.objects.exists()


def test_chosen_papers_go_with_their_files_and_others_stay(api, managers):
    case = factories.case()
    part = factories.involvement(case)
    mine, other = (
        papers.version(case, file=papers.stored_file(text)) for text in (b"mine", b"other")
    )
    note, stays = papers.note(case, text="Invented of one"), papers.note(case, text="Invented all")
    body = LAW | {"involvement": str(part.pk), "documents": [str(mine.document_id)]}
    made = api(managers[0]).post("erasures/", body | {"notes": [str(note.pk)]})
    assert made.status_code == 201, made.content
    confirm_both(api, managers, Erasure.objects.get())
    Erasure.objects.update(not_before=timezone.now() - timedelta(days=1))
    go_through()
    assert not path_of(mine.file_id).exists()
    assert path_of(other.file_id).exists()
    assert set(type(note).objects.values_list("pk", flat=True)) == {stays.pk}
    assert set(type(mine).objects.values_list("pk", flat=True)) == {other.pk}


def test_copies_go_with_the_document_they_were_made_of():
    case = factories.case()
    part = factories.involvement(case)
    first, other = (papers.version(case, file=papers.stored_file(b"x")) for _ in range(2))
    copy = papers.version(case, document=papers.document(case, redacts=first.document.code))
    again = papers.version(case, document=papers.document(case, redacts=copy.document.code))
    erase(part, papers=[first.document_id])
    assert set(type(first).objects.values_list("pk", flat=True)) == {other.pk}
    assert not path_of(again.file_id).exists()


def confirm_both(api, managers, erasure):
    for manager in managers:
        erasure.refresh_from_db()
        answer = confirm(api(manager), erasure)
        assert answer.status_code == 200, answer.content


def confirm(client, erasure, version=None):
    named = f'"{version or erasure.version}"'
    return client.post(f"erasures/{erasure.pk}/confirm/", If_Match=named)


def propose(client, part, **more):
    return client.post("erasures/", LAW | {"involvement": str(part.pk)} | more)


def test_two_persons_and_thirty_days(api, managers):
    part = factories.involvement(factories.case())
    first, second = map(api, managers)
    assert propose(first, part).status_code == 201
    assert propose(second, part).json()["detail"] == "This has already been proposed."
    erasure = Erasure.objects.get()
    assert confirm(first, erasure).json()["status"] == "once"
    go_through()
    erasure.refresh_from_db()
    assert confirm(second, erasure).json()["status"] == "confirmed"
    go_through()
    assert Involvement.objects.filter(pk=part.pk).exists()  # within the thirty days
    erasure.refresh_from_db()
    undo = first.post(f"erasures/{erasure.pk}/undo/", If_Match=f'"{erasure.version}"')
    assert undo.json()["status"] == "proposed"
    go_through()
    assert Involvement.objects.filter(pk=part.pk).exists()


def test_a_confirmation_sent_again_counts_once(api, managers):
    """By the same person, by whatever version; and one of another person of before."""
    part = factories.involvement(factories.case())
    first, second = map(api, managers)
    propose(first, part)
    erasure = Erasure.objects.get()
    assert confirm(first, erasure, 1).status_code == 200
    assert confirm(first, erasure, 1).status_code == 412
    assert "second person" in confirm(first, erasure, 2).json()["detail"]
    assert confirm(second, erasure, 1).status_code == 412
    erasure.refresh_from_db()
    assert (erasure.status, erasure.second_by) == ("once", None)


def test_whoever_cannot_open_the_case_finds_no_survivor_and_no_erasure(api, managers):
    stranger = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    part = factories.involvement(factories.case())
    answer = propose(api(stranger), part)
    assert answer.status_code == 400
    assert "Not found, or not open to you." in answer.content.decode()
    propose(api(managers[0]), part)
    erasure = Erasure.objects.get()
    assert confirm(api(stranger), erasure).status_code == 404
    assert api(stranger).get("erasures/").json()["results"] == []
    field_officer = factories.user("field_officer", part.case.office)
    factories.assignment(part.case, field_officer)
    assert propose(api(field_officer), part).status_code == 403


def test_papers_of_another_case_are_refused(api, managers):
    part = factories.involvement(factories.case())
    paper = papers.version(factories.case(), file=papers.stored_file(b"x"))
    answer = propose(api(managers[0]), part, documents=[str(paper.document_id)])
    assert (answer.status_code, "documents" in answer.content.decode()) == (400, True)
    assert not Erasure.objects.exists()


def test_c3_a_hold_on_any_case_of_the_survivor_beats_it(api, managers):
    case, other = factories.case(), factories.case()
    part = factories.involvement(case)
    factories.involvement(other, victim=part.victim)
    hold = kept.hold(other)
    refused = propose(api(managers[0]), part)
    assert refused.json()["detail"].startswith("A case of this survivor is under a legal hold.")
    erasure = erase(part)
    assert (erasure.status, erasure.first_by) == ("proposed", None)
    hold.delete()
    kept.hold(case, victim=part.victim)
    assert confirm(api(managers[0]), erasure).status_code == 409


def test_what_is_kept_comes_back_after_its_day(api, managers):
    part = factories.involvement(factories.case())
    propose(api(managers[0]), part)
    asked = kept.longer()
    pk = Erasure.objects.get().pk
    api(managers[1]).post(f"erasures/{pk}/keep/", asked, If_Match='"1"')
    go_through()
    assert Erasure.objects.get().status == "kept"
    Erasure.objects.update(kept_until="2020-01-01")
    go_through()
    assert Erasure.objects.get().status == "proposed"


def test_a_proposal_goes_with_a_survivor_who_is_gone_with_the_case():
    case = kept.closed_case()
    part = factories.involvement(case)
    kept.erasure(case, of_person=part.victim_id)
    kept.confirmed_erasure(case)
    go_through()
    assert list(Erasure.objects.values_list("status", "of_person")) == [("erased", None)]


def test_the_clock_proposes_a_case_of_which_a_survivor_was_proposed(office):
    kept.policies()
    case = kept.closed_case()
    kept.erasure(case, of_person=factories.involvement(case).victim_id)
    go_through()
    assert Erasure.objects.filter(of_case=case.pk, of_person=None).count() == 1


def test_c5_what_a_backup_brings_back_is_erased_again(file):
    """The backup is of before two records were merged into one."""
    case, other = factories.case(), factories.case()
    part, later = factories.involvement(case), factories.involvement(other)
    stays, paper = factories.involvement(case), papers.note(case, text="Invented of one")
    named = [ledger.digest(pk) for pk in (part.victim_id, later.victim_id, paper.pk)]
    stone = "00000000-0000-4000-8000-000000000002"
    ledger.append(
        ledger.Line(stone, "2026-05-04", "IN", kept.LAW, named[0], person=True, also=named)
    )
    kept.erasure(case, of_person=part.victim_id)
    with connection.cursor() as cursor:
        assert replay.replay(cursor) == 1
        assert replay.replay(cursor) == 0
    assert set(Involvement.objects.values_list("pk", flat=True)) == {stays.pk}
    assert not type(paper).objects.exists()
    assert not Erasure.objects.exists()
    assert str(Tombstone.objects.get().pk) == stone


def test_what_is_left_is_a_tombstone_a_line_and_a_history_that_verifies(file):
    part = factories.involvement(factories.case())
    person = part.victim_id
    erasure = erase(part)
    (line,) = ledger.lines(file)
    stone = Tombstone.objects.get()
    assert (line.person, line.stone, line.digest) == (True, str(stone.pk), ledger.digest(person))
    assert str(person) not in file.read_text()
    assert (erasure.of_case, erasure.of_person, erasure.papers, erasure.digests) == (
        None,
        None,
        [],
        [],
    )
    deeds = AuditEvent.objects.filter(action__startswith="erasure.").values_list(
        "action", flat=True
    )
    assert {"erasure.begun", "erasure.done"} <= set(deeds)


def test_figures_of_before_and_computed_anew_count_the_same(office):
    reader = factories.user("programme_manager", factories.office("global"))
    case = kept.closed_case()
    rescue = factories.rescue(case, occurred_on="2010-05-04")
    people = [
        factories.involvement(case, rescue=rescue, outcome="rescued", code=f"S-{n}") for n in (8, 9)
    ]
    for part in people:
        factories.service_record(case, involvement=part, provided_on="2010-06-01")
    number = RowNumber.objects.get(row_id=people[0].victim_id).number
    factories.snapshot(behind={"IN|": {"k": {number}}})
    slugs = {"survivors-served": ("k", "n"), "rescues-and-victims": ("rescues", "rescued")}
    before = {slug: figures(slug, reader)["csec"] for slug in slugs}
    erase(people[0])
    after = {slug: figures(slug, reader)["csec"] for slug in slugs}
    for slug, names in slugs.items():
        assert [after[slug][name] for name in names] == [before[slug][name] for name in names]
    assert before["survivors-served"]["n"] == 2
    assert AnonymousRow.objects.count() == 1
    assert KeptIds.objects.get().count == 1
    assert RowNumber.objects.get(number=number).row_id != people[0].victim_id


def test_by_the_pages(browser_client, managers, said):
    part = factories.involvement(factories.case())
    first, second = map(browser_client, managers)
    address = f"/survivors/{part.pk}/erase/"
    assert address in first.get(f"/survivors/{part.pk}/").content.decode()
    assert "Erase this survivor" in said(first.get(address))
    short = first.post(address, {"legal_source": "  x ", "key": "k"})
    assert "Name the law" in said(short)
    there = first.post(address, LAW | {"key": "k2"})["Location"]
    page = said(second.get(there))
    assert "A survivor who is to be erased" in page
    assert part.code in page
    assert "One survivor" in said(second.get("/retention/"))
