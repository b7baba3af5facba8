"""What ODK Collect is told, and of whom: its account, its list of forms, and the forms."""

from __future__ import annotations

import base64
import json
import re
import shutil
import zlib
from datetime import timedelta
from hashlib import md5
from xml.etree import ElementTree

import pytest
from allauth.account.signals import password_reset
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.db.transaction import atomic
from pyxform.validators.odk_validate import check_xform

from accounts.models import Notice, User
from accounts.services.leaving import disable_person
from accounts.sign_in import limits
from core.context import acting_as
from core.days import clock
from core.models import AuditEvent
from intake.collect import xforms
from intake.collect.services import connect_collect
from intake.models import BoxKind, Phone
from places.models import Choice
from tests import factories
from tests.intake.collect import Collect
from tests.intake.phone import Device
from tests.intake.test_collect import collect, connected
from tests.meta.tables import execute
from tests.programs import JAVA, needed

__all__ = ["collect"]
pytestmark = pytest.mark.django_db
LIST, NEW = "/field/phones/", "/field/phones/collect/"
SPACE = {"l": "http://openrosa.org/xforms/xformsList"}
FORM = {"h": "http://www.w3.org/1999/xhtml", "f": "http://www.w3.org/2002/xforms"}


# --- Its account ---


def test_it_is_connected_after_a_second_factor_and_shown_once(
    browser_client, field_officer, said, fresh
):
    page = browser_client(field_officer)
    answer = page.post(NEW, {"name": "Phone of the team"})
    row = Phone.objects.get(person=field_officer)
    text = said(answer)
    password = re.search(r"(?:[a-z2-7]{4}-){5}[a-z2-7]{4}", text)[0]
    assert row.user_name in text
    assert "http://testserver/collect" in text
    assert "data:image/svg+xml;base64," in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    listed = said(page.get(LIST))
    assert row.user_name in listed
    assert password not in listed
    assert password.encode() not in bytes(row.digest)
    assert Collect(row.user_name, password).call("get", "formList").status_code == 200


def test_without_a_second_factor_there_is_none(browser_client, field_officer, settings):
    settings.STEP_UP_WITHIN = timedelta(0)
    page = browser_client(field_officer)
    assert page.post(NEW, {"name": "A phone"}).status_code == 403
    assert page.get(NEW).status_code == 302
    assert not Phone.objects.exists()


def test_the_code_holds_what_collect_reads(field_officer, fresh):

    with acting_as(field_officer.pk):
        made = connect_collect(name="ODK Collect", actor=field_officer)
    told = json.loads(zlib.decompress(base64.b64decode(made.settings("https://c.example/collect"))))
    general = told["general"]
    assert (general["server_url"], general["protocol"]) == (
        "https://c.example/collect",
        "odk_default",
    )
    assert (general["username"], general["password"]) == (made.phone.user_name, made.password)


def test_who_does_not_say_both_is_asked_for_them(collect):
    for user_name, password in (
        (collect.user_name, "wrong"),
        ("0" * 8, collect.password),
        ("", ""),
        ("é\0", "\0"),
    ):
        answer = Collect(user_name, password).call("get", "formList")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic ")
    for header in ("", "Basic", "Basic !!", "Basic /w==", "Bearer x", "Digest x"):
        answer = collect.call("head", "submission", headers={"Authorization": header})
        assert answer.status_code == 401
    assert not answer.cookies


def test_a_password_is_taken_over_https_only(collect):
    assert collect.call("get", "formList", secure=False).status_code == 403


def test_it_opens_nothing_else(collect):
    for path in ("/", "/field/phones/", "/api/v1/phones/"):
        answer = collect.call("get", f"..{path}")
        assert answer.status_code in (302, 401, 404), path


def test_a_form_says_and_offers_what_the_organisation_does():
    before = xforms.template(BoxKind.RESCUE, "en")
    kinds = Choice.objects.filter(listed="programme")
    kinds.filter(code="osec").update(labels={"en": "Invented kind"}, version=2)
    kinds.filter(code="csec").update(ends_on=clock.today() - timedelta(days=1), version=2)
    with acting_as(None):
        text = xforms.template(BoxKind.RESCUE, "en")
    assert ("Invented kind" in before, "Invented kind" in text) == (False, True)
    assert ("<name>csec</name>" in before, "<name>csec</name>" in text) == (True, False)


def test_wrong_tries_are_counted_where_they_come_from(collect, monkeypatch):
    monkeypatch.setattr(limits, "FREE_PER_ADDRESS", 2)
    wrong = Collect(collect.user_name, "wrong")
    answers = [wrong.call("get", "formList").status_code for _ in range(3)]
    assert answers == [401, 401, 429]
    assert wrong.call("get", "formList").status_code == 429
    assert collect.call("get", "formList").status_code == 200, "nobody stops the right one"


def test_an_account_has_a_budget_of_its_own(collect, settings):
    settings.PHONE_RATE = "1/min"
    caches["calls"].clear()
    answers = [collect.call("head", "submission") for _ in range(2)]
    assert [one.status_code for one in answers] == [204, 429]
    assert int(answers[1]["Retry-After"]) > 0


def test_it_ends_with_a_password_that_was_reset_and_its_person_is_told(collect, field_officer, rf):
    """Whoever had that one may have connected this one."""
    device = Device(field_officer)
    told = Notice.objects.filter(user=field_officer).values_list("kind", flat=True)
    assert list(told) == ["collect-connected"]
    password_reset.send(User, request=rf.get("/"), user=field_officer)
    assert collect.call("get", "formList").status_code == 403
    assert list(Phone.objects.in_force()) == [device.row], "its secret is no password"
    assert set(told.all()) == {"collect-connected", "collect-ended"}
    deeds = AuditEvent.objects.filter(action__startswith="collect.").order_by("at")
    assert [deed.action for deed in deeds] == ["collect.connected", "collect.ended"]


def test_who_may_not_sign_in_fetches_nothing(collect):
    User.objects.update(is_active=False)
    assert collect.call("get", "formList").status_code == 403


def test_it_ends_with_the_role(collect, field_officer):
    admin = factories.user("system_admin")
    with acting_as(admin.pk):
        disable_person(field_officer, reason="Invented", in_wrong_hands=True, actor=admin)
    assert collect.call("get", "formList").status_code == 403


def test_sql_of_the_application_changes_no_password(collect, field_officer):
    for column in ("digest = 'x'", "private = null"):
        with acting_as(field_officer.pk), pytest.raises(DatabaseError) as refusal, atomic():
            execute(f"update intake_phone set {column}")
        assert refusal.value.__cause__.pgcode == "42501"


def test_by_program(api, field_officer, fresh):
    told = api(field_officer).post("phones/connect-collect/", {"name": "ODK Collect"}).json()
    assert told["address"].endswith("/collect")
    made = Collect(told["user_name"], told["password"])
    assert made.call("head", "submission").status_code == 204


# --- Its forms ---


def test_the_list_names_the_forms_of_the_role(collect, field_officer):
    answer = collect.call("get", "formList")
    assert answer["X-OpenRosa-Version"] == "1.0"
    entries = ElementTree.fromstring(answer.content).findall("l:xform", SPACE)
    ids = {entry.find("l:formID", SPACE).text for entry in entries}
    assert {"casework.rescue", "casework.note", "casework.file"} <= ids
    legal = connected(factories.user("legal_officer"))
    theirs = legal.call("get", "formList").content.decode()
    assert ("casework.hearing" in theirs) is not ("casework.hearing" in ids)
    for entry in entries[:2]:
        url = entry.find("l:downloadUrl", SPACE).text
        assert url.startswith("https://testserver/collect/forms/")
        form = collect.call("get", url.partition("/collect/")[2])
        assert entry.find("l:hash", SPACE).text == f"md5:{md5(form.content).hexdigest()}"
        assert f'version="{entry.find("l:version", SPACE).text}"' in form.content.decode()
    assert collect.call("get", "forms/casework.nothing").status_code == 404
    assert collect.call("get", "forms/casework.hearing").status_code == 404


def test_places_come_beside_the_form(collect):
    manifest = collect.call("get", "manifest").content.decode()
    table = collect.call("get", "places.csv").content
    assert f"md5:{md5(table).hexdigest()}" in manifest
    assert table.decode().splitlines()[:2] == ["name,label", "IN-WB-KOL,Kolkata"]


def test_every_form_of_an_account_is_of_its_key(collect, field_officer):
    mine, next_one = collect.form(), connected(field_officer).form()
    versions = [re.search(r'version="([0-9a-f]{16})"', form)[1] for form in (mine, next_one)]
    assert versions[0] != versions[1], "Collect keeps no two texts of one version apart"


def test_a_form_is_in_every_language_and_first_in_ones_own():
    root = ElementTree.fromstring(xforms.template(BoxKind.RESCUE, "hi"))
    spoken = root.findall(".//f:translation", FORM)
    assert [words.get("lang")[-3:-1] for words in spoken if words.get("default")] == ["hi"]
    texts = [{t.get("id"): "".join(t.itertext()) for t in one} for one in spoken]
    assert len(texts) == len(settings.LANGUAGES)
    assert all(said.keys() == texts[0].keys() and all(said.values()) for said in texts)
    same = [label for label, text in texts[0].items() if all(t[label] == text for t in texts)]
    assert not same, "what is the same in every language was never translated"


@pytest.mark.nightly
@pytest.mark.parametrize("kind", BoxKind)
def test_odk_validate_has_nothing_against_it(kind, tmp_path):
    needed(shutil.which("java"), JAVA)
    path = tmp_path / "form.xml"
    path.write_text(xforms.template(kind, "en"))
    assert check_xform(str(path)) == []
