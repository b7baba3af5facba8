"""`manage.py setup FILE`: an organisation from a file, all or nothing, and over again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import AccountChange, Invitation, Membership, Office, User
from accounts.services.changes import confirm_change, refuse_change
from accounts.services.leaving import end_role
from core.models import AuditEvent
from places.models import Agency, Choice, Jurisdiction
from tests import factories
from tests.desk.test_setting_up import done

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]

EXAMPLE = Path(settings.BASE_DIR, "docs/how-to/organisation.toml")
BOTH = {"new_password1": "a-long-invented-one-7", "new_password2": "a-long-invented-one-7"}


@pytest.fixture
def everywhere(db):
    return Office.objects.create(is_global=True, code="global", prefix="GLO", name="Global")


@pytest.fixture
def admin(everywhere):
    return factories.user("system_admin", everywhere, username="a.first", email="a@example.org")


@pytest.fixture
def second(everywhere):
    return factories.user("system_admin", everywhere)


@pytest.fixture
def set_up(admin, capsys, tmp_path):
    """`set_up(text)`: what the command says."""

    def call(text, *options, username="a.first"):
        file = tmp_path / "organisation.toml"
        file.write_text(text, encoding="utf-8")
        call_command("setup", str(file), "--as", username, *options)
        return capsys.readouterr().out

    return call


def example(old="", new=""):
    text = EXAMPLE.read_text("utf-8")
    assert old in text
    return text.replace(old, new, 1) if old else text


def counts():
    return [m.objects.count() for m in (Jurisdiction, Agency, Office, User, AccountChange)]


def refused(set_up, text):
    before = counts()
    with pytest.raises(CommandError) as refusal:
        set_up(text)
    assert counts() == before
    return str(refusal.value).splitlines()


def test_a_country_none_of_ours_is_set_up_from_the_example(set_up, admin, second):
    said = set_up(example())
    assert "Added: places 3, agencies 2, choices 2, offices 1, people 2, further roles 1." in said
    office = Office.objects.get(code="iquitos")
    assert (str(office.zone), office.jurisdiction.code) == ("America/Lima", "PE-LOR-1601")
    assert set(Agency.objects.values_list("kind", flat=True)) == {"police_unit", "court"}
    assert not Membership.objects.filter(office=office).exists()  # a second person decides
    for change in AccountChange.objects.waiting():
        confirm_change(change, actor=second)
    links = re.findall(r"(\S+): \S+(/invitation/\S+)", said)
    assert [name for name, _link in links] == ["rosa.example", "luis.example"]
    for _name, link in links:
        client = Client()
        client.get(link)
        assert client.post("/invitation/", BOTH).status_code == 302
    named = ["An office", "A second administrator", "A case manager", "A field officer"]
    assert done(admin) >= {*named, "Districts", "Police and courts", "Laws in force"}


def test_each_row_has_its_history_in_the_name_of_the_administrator(set_up, admin):
    set_up(example())
    acts = AuditEvent.objects.filter(actor_id=admin.pk).values_list("action", flat=True)
    wanted = ["place.added"] * 3 + ["agency.added"] * 2 + ["office.opened"]
    wanted += ["choice.added", "choice.changed"]
    wanted += ["invitation.made"] * 2 + ["change.asked"] * 3
    assert sorted(acts) == sorted(wanted)


def test_a_second_call_adds_nothing_and_says_so(set_up, second):
    set_up(example())
    before, events = counts(), AuditEvent.objects.count()
    assert set_up(example()) == "Nothing to do: all of it is there already.\n"
    assert (counts(), AuditEvent.objects.count()) == (before, events)
    for change in AccountChange.objects.waiting():
        confirm_change(change, actor=second)
    assert set_up(example()) == "Nothing to do: all of it is there already.\n"


def test_what_was_added_to_the_file_is_added(set_up):
    set_up(example())
    said = set_up(example('["field_officer"]', '["field_officer", "legal_officer"]'))
    assert "Added: further roles 1." in said
    assert "There already: 10." in said
    assert "/invitation/" not in said


def test_a_role_that_was_refused_or_has_ended_is_not_asked_for_again(set_up, admin, second):
    set_up(example())
    first, *others = AccountChange.objects.waiting().order_by("role")
    refuse_change(first, actor=second)
    for change in others:
        confirm_change(change, actor=second)
    end_role(Membership.objects.get(role="field_officer"), reason="Left", actor=admin)
    assert "Nothing to do" in set_up(example())


def test_what_differs_is_left_and_told(set_up):
    set_up(example())
    said = set_up(example('name = "Maynas"', 'name = "Maynas Sur"'))
    assert "line 16, places[3]: It is there with another name, and is left as it is." in said
    assert Jurisdiction.objects.get(code="PE-LOR-1601").name == "Maynas"
    said = set_up(example("2026-10-31", "2026-12-31"))
    assert "choices[2]: It is there with another ends_on, and is left as it is." in said
    assert str(Choice.objects.get(code="kiln").ends_on) == "2026-10-31"


def test_it_only_says_what_it_would_do(set_up):
    before = counts()
    said = set_up(example(), "--check")
    assert "Would add: places 3" in said
    assert "/invitation/" not in said
    assert counts() == before


def test_every_fault_is_said_with_its_line_and_key_and_nothing_is_written(set_up):
    text = example('level = "district"', 'level = "county"')
    text = text.replace('prefix = "IQT"', 'prefix = "I1"').replace("luis@example.org", "luis")
    text = text.replace('["case_manager", "data_officer"]', '["chief"]')
    lines = refused(set_up, text)
    assert "line 18, places[3].level: county is not a level." in lines[0]
    assert "line 25, agencies[1].jurisdiction: There is no place" in lines[1]
    assert any("line 51, people[2].email: Enter a valid email address." in one for one in lines)
    assert any("line 46, people[1].roles: chief is no role." in one for one in lines)
    assert lines[-1] == "Nothing was written."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('prefix = "IQT"', 'prefix = "I1"', "line 35, offices[1].prefix: Enter three letters"),
        ('prefix = "IQT"\n', "", "line 32, offices[1].prefix: This is missing."),
        ('prefix = "IQT"', "prefix = 7", "line 35, offices[1].prefix: Write a text"),
        ('"PE-LOR-1601"\nopened', '"PE-X"\nopened', "line 36, offices[1].jurisdiction: There is"),
        ("2026-11-02", '"soon"', "line 37, offices[1].opened_on: Write a day"),
        ("prefix =", "letters =", "line 35, offices[1].letters: No such key."),
        ("[[offices]]", "[[branches]]", "branches: No such table."),
        ("[[offices]]", "[[offices]", "This is not TOML:"),
        ('"rosa.example"', '"Rosa!"', "line 43, people[1].username: Small letters"),
        ('"rosa.example"', '"a.first"', "line 43, people[1].username: This user name is taken"),
        ('["field_officer"]', "[]", "people[2].roles: Write a list of texts."),
        ('name = "Luis Example"', 'name = "L\\u0000"', "people[2].name: Write a text of one line"),
        ('name = "Iquitos"', f'name = "{"I" * 101}"', "offices[1].name: Ensure this value has at"),
        ("luis@example.org", "", "line 51, people[2].email: Enter an address for mail."),
        ('name = "Luis Example"', 'name = ""', "line 49, people[2].name: This field cannot"),
        ('{en = "Houseboat", es = "Casa flotante"}', '"x"', "choices[1].labels: Write names by"),
        ("2026-10-31", '2026-10-31\nposition = "1"', "choices[2].position: Write a whole number"),
        ('"own_houseboat"', '"boat"', "choices[1].code: A code of your own begins with own_"),
        ('code = "PE-LOR"', 'code = "PE"', "line 14, places[2].code: The code must begin with"),
        ('office = "iquitos"', 'office = "lima"', "people[1].office: There is no open office"),
    ],
)
def test_a_fault_is_plain(set_up, old, new, words):
    assert any(words in line for line in refused(set_up, example(old, new)))


def test_without_lines_of_its_own_the_row_is_named_all_the_same(set_up):
    lines = refused(set_up, 'places = [{ name = "Peru", level = "country", code = "QQ" }]')
    assert lines[0].startswith("places[1].code: Enter the two letters of ISO 3166")


def test_only_an_administrator_may(set_up, case_manager):
    with pytest.raises(CommandError, match="may not do this"):
        set_up(example(), username=case_manager.username)
    with pytest.raises(CommandError, match="There is no user nobody"):
        set_up(example(), username="nobody")
    assert not Office.objects.filter(code="iquitos").exists()
    assert not Invitation.objects.exists()
