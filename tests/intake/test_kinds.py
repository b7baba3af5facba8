"""Everything that can be written without a network goes by the verb of its page, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from aftercare.models import ServiceRecord
from casework.models import Case, Document, Note, StoredFile
from intake.models import Box, BoxKind
from intake.phones import kinds
from prosecutions.models import Arrest
from tests import factories
from tests.casework import files
from tests.factories import courts
from tests.intake.phone import Device
from tests.intake.test_boxes import state, told
from victims.models import Involvement

pytestmark = pytest.mark.django_db
NOTE = {"kind": "visit", "text": "CANARY-7731 behind the mill"}
LIST = "/field/phones/"


@pytest.fixture
def manager(case_manager):
    """Who may write all of it."""
    return case_manager


@pytest.fixture
def case(manager, office):
    return factories.assignment(factories.case(office), manager).case


@pytest.fixture
def phone(manager):
    return Device(manager)


def sealed(phone, what, case, about=None, /, *, written_at=None, held=None, **said):
    """What a phone seals of a form: each value a list of texts."""
    named = {"reference": case.reference if case else "", **(about or {})}
    fields = {f"about-{name}": [value] for name, value in named.items()}
    fields |= {name: [value] for name, value in said.items()}
    return phone.seal(fields, kind=what, written_at=written_at, files=held or {})


def entries(case):
    """Of each kind: what it is about, what is said, and how many of it there are then."""
    suspect = factories.suspect(case)
    survivor = factories.involvement(case)
    factories.rescue(case)
    courts.hearing(case)
    day = "2026-05-05"
    met = {"sex": "female", "age_band": "13-17", "outcome": "rescued"}
    heard = {"outcome": "held", "goes_on": "day", "next_on": "2027-06-01"}
    arrest = {"arrested_on": day, "attribution": "supported"}
    return {
        "note": ({}, NOTE, Note),
        "file": ({}, {"kind": "evidence_photo"}, Document),
        "arrest": ({"code": suspect.code}, arrest, Arrest),
        "survivor": ({}, met, Involvement),
        "hearing": ({}, heard, case.hearing_set),
        "service": ({"code": survivor.code}, {"kind": "medical"}, ServiceRecord),
    }


@pytest.mark.parametrize("kind", [kind.value for kind in kinds.KINDS])
def test_each_kind_is_taken_in_as_its_writer_and_once(phone, case, kind):
    about, said, made = entries(case)[kind]
    held = {"IMG_1.jpg": files.photo()} if kind == "file" else {}
    box = sealed(phone, kind, case, about, held=held, **said)
    rows = getattr(made, "objects", made)
    before = rows.count()
    answers = [phone.deliver(box) for _ in range(2)]
    assert [(one.status_code, one.json()["taken"]) for one in answers] == [(201, True), (200, True)]
    assert rows.count() == before + 1, Box.objects.get().words
    assert state(box) == ("taken", "")


def test_a_page_and_a_phone_ask_the_same(office):
    """Whatever a page needs to know, a phone asks as well, but for rows to choose."""
    for code, kind in kinds.KINDS.items():
        asked = kinds.empty_form(code).fields
        for name, field in kind.view.form_class.base_fields.items():
            of_rows = hasattr(field, "queryset")
            assert (name in asked) is not of_rows, (code, name)
            assert not (of_rows and field.required), (code, name)
    assert set(BoxKind) - set(kinds.KINDS) == {BoxKind.RESCUE}


def test_a_day_that_was_left_empty_is_that_of_writing_at_the_place(phone, case):
    written = timezone.now() - timedelta(days=3)
    phone.deliver(sealed(phone, "note", case, written_at=written, **NOTE))
    assert Note.objects.get().happened_on == case.jurisdiction.clock(written).date()


def test_a_photo_is_kept_as_from_the_page(phone, case):
    box = sealed(phone, "file", case, kind="evidence_photo", held={"IMG_1.jpg": files.photo()})
    first = phone.piece(box, 0, box.text[:300])
    assert (first.status_code, first.json()["have"]) == (202, 300)
    behind = phone.piece(box, len(box.text), b"")
    assert (behind.status_code, behind.json()["have"]) == (409, 300), "how far it is"
    phone.deliver(box)
    version = Document.objects.get().versions.get()
    assert (version.name, version.type, version.repainted) == ("IMG_1.jpg", "jpeg", True)
    assert StoredFile.objects.count() == 2, "and its untouched original"


def test_a_role_that_does_not_write_this_kind_waits_with_the_case_manager(office, case, manager):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(case, worker)
    phone = Device(worker)
    courts.hearing(case)
    phone.deliver(sealed(phone, "hearing", case, outcome="held"))
    assert Box.objects.get().waits_for == "role"
    assert told(manager) == ["box-held"]
    assert phone.deliver(sealed(phone, "note", case, **NOTE)).json()["taken"]


def test_a_case_that_is_closed_to_its_writer_waits_and_is_not_told_from_none(office, case, manager):
    officer = factories.user("field_officer", office)
    phone = Device(officer)
    suspect = factories.suspect(case)
    for kind, about, said in (
        ("note", {}, NOTE),
        ("arrest", {"code": suspect.code}, {"arrested_on": "2026-05-05"}),
    ):
        box = sealed(phone, kind, case, about, **said)
        phone.deliver(box)
        assert state(box) == ("waiting", "closed")
    Case.objects.filter(pk=case.pk).update(level=4)
    hidden, none = sealed(phone, "note", case, **NOTE), sealed(phone, "note", None, **NOTE)
    for box in (hidden, none):
        phone.deliver(box)
        assert state(box) == ("waiting", "refused")
    assert len({str(box.words) for box in Box.objects.filter(waits_for="refused")}) == 1


def test_its_writer_says_which_record_it_is_about_and_saves_it_on_the_page(
    browser_client, manager, phone, case, said
):
    box = sealed(phone, "service", case, {"code": "S-999"}, kind="medical")
    phone.deliver(box)
    page, address = browser_client(manager), f"/field/boxes/{box.id}/"
    assert f'href="{address}"' in page.get(LIST).content.decode()
    assert "Which record is it about?" in said(page.get(address))
    survivor = factories.involvement(case)
    about = {"about-reference": case.reference, "about-code": "S-998"}
    assert page.post(address, about).status_code == 409
    there = page.post(address, about | {"about-code": survivor.code})["Location"]
    form = page.get(address + there)
    assert form.context["form"]["kind"].value() == "medical"
    assert "Correct what is wrong, then save it." in said(form)
    day = form.context["form"]["provided_on"].value()
    sent = {"kind": "medical", "provided_on": day, "key": form.context["key"]}
    assert page.post(address + there, sent).status_code == 302
    assert ServiceRecord.objects.get().involvement == survivor
    assert state(box) == ("taken", "")
    assert page.post(address + there, sent | {"key": "another"}).status_code == 409


def test_a_file_that_came_back_is_saved_from_the_box(browser_client, manager, phone, case):
    box = sealed(phone, "file", None, kind="evidence_photo", held={"IMG_1.jpg": files.photo()})
    phone.deliver(box)
    assert not StoredFile.objects.exists()
    page, address = browser_client(manager), f"/field/boxes/{box.id}/?row={case.pk}"
    form = page.get(address)
    assert form.status_code == 200
    assert not StoredFile.objects.exists()
    day = form.context["form"]["received_on"].value()
    sent = {"kind": "evidence_photo", "received_on": day, "key": form.context["key"]}
    assert page.post(address, sent).status_code == 302
    assert Document.objects.get().versions.get().name == "IMG_1.jpg"


def test_two_results_of_a_hearing_are_a_choice(browser_client, manager, phone, case, said):
    """Somebody recorded another result while the phone had no network."""
    hearing = courts.hearing(case, result="held")
    box = sealed(phone, "hearing", case, outcome="adjourned judge_absent")
    phone.deliver(box)
    assert state(box) == ("waiting", "refused")
    page, address = browser_client(manager), f"/field/boxes/{box.id}/?row={hearing.pk}"
    form = page.get(address)
    (line,) = form.context["form"].stale.lines
    assert (line.typed, line.stands) == ("Adjourned: Judge absent", "Held")
    sent = {"outcome": "adjourned judge_absent", "version": form.context["version"]}
    assert page.post(address, sent).status_code == 302
    hearing.refresh_from_db()
    assert (hearing.result, hearing.adjourned_for) == ("adjourned", "judge_absent")
    assert state(box) == ("taken", "")


def test_what_names_no_case_is_shown_to_nobody_but_its_writer(
    browser_client, office, manager, said
):
    officer = factories.user("field_officer", office)
    phone = Device(officer)
    box = sealed(phone, "note", None, **NOTE)
    phone.deliver(box)
    address = f"/field/boxes/{box.id}/"
    assert browser_client(officer).get(address).status_code == 200
    answer = browser_client(manager).get(address)
    assert answer.status_code == 409
    assert "something you may not see" in said(answer)


def test_both_clocks_are_kept_and_its_writer_is_asked(phone, case, manager):
    phone.behind = timedelta(days=1)
    phone.deliver(sealed(phone, "note", case, **NOTE))
    assert Note.objects.get().happened_on == case.jurisdiction.today
    (notice,) = Notice.objects.filter(user=manager)
    assert (notice.kind, notice.target_id) == ("box-clock", case.pk)
