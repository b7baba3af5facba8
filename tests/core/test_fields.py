"""Encrypted text: nothing readable in the row, no way around its row, no trace in history."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection

from casework.models import Narrative
from core.fields import Ciphertext, EncryptedTextField
from core.keys.crypto import Unreadable
from tests import factories
from tests.meta.tables import histories
from victims.models import Identity, Involvement

pytestmark = pytest.mark.django_db

CANARY = "Canary Ivory"


@pytest.fixture
def identity(db):
    return factories.identity(full_name=CANARY)


def stored(identity, column="full_name"):
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from victims_identity where id = %s", [identity.pk])
        (value,) = cursor.fetchone()
    return None if value is None else bytes(value)


def again(identity):
    return Identity.objects.get(pk=identity.pk)


def test_the_row_holds_nothing_readable(identity):
    with connection.cursor() as cursor:
        cursor.execute("select t::text from victims_identity t")
        (row,) = cursor.fetchone()
    assert CANARY.encode().hex() not in row
    assert CANARY not in row
    assert CANARY.encode() not in stored(identity)


@pytest.mark.parametrize("text", [CANARY, "", "মেয়ে", "a\nb", "x" * 10_000])
def test_what_was_written_is_read(identity, text):
    identity.full_name = text
    identity.save()
    assert again(identity).full_name == text


def test_empty_is_not_absent(identity):
    identity.latin_name = ""
    identity.save()
    assert (again(identity).latin_name, again(identity).contacts) == ("", None)
    assert stored(identity, "contacts") is None
    assert stored(identity, "latin_name")
    assert Identity.objects.filter(contacts__isnull=True, latin_name__isnull=False).exists()


def test_a_value_nobody_opened_is_saved_as_it_lies(identity):
    before = stored(identity)
    again(identity).save()
    assert stored(identity) == before
    opened = again(identity)
    assert opened.full_name == CANARY
    opened.save()
    assert stored(identity) != before
    assert again(identity).full_name == CANARY


def test_a_deferred_value_is_fetched_and_opened(identity):
    assert Identity.objects.defer("full_name").get(pk=identity.pk).full_name == CANARY
    assert Identity.objects.only("victim").get(pk=identity.pk).full_name == CANARY


def test_values_stay_closed_and_show_nothing(identity):
    (value,) = Identity.objects.values_list("full_name", flat=True)
    assert isinstance(value, Ciphertext)
    assert repr(value) == "<ciphertext>"
    assert repr([again(identity).__dict__["full_name"]]) == "[<ciphertext>]"


@pytest.mark.parametrize(
    "look",
    [
        {"full_name": CANARY},
        {"full_name__contains": "Canary"},
        {"full_name__in": [CANARY]},
        {"full_name__gt": "A"},
        {"victim__identity__full_name": CANARY},
    ],
    ids=str,
)
def test_searching_is_refused(look):
    """A comparison would always be false, and look like an answer."""
    with pytest.raises(FieldError, match="cannot be searched"):
        Identity.objects.filter(**look).exists()


def test_searching_from_another_table_is_refused():
    with pytest.raises(FieldError, match="cannot be searched"):
        Involvement.objects.exclude(victim__identity__contacts=CANARY).exists()


@pytest.mark.parametrize("value", [CANARY, CANARY.encode(), bytearray(b"x")], ids=repr)
def test_writing_past_the_row_is_refused(identity, value):
    """`update` does not know the key a value is bound to; it would store clear text."""
    with pytest.raises(FieldError, match="not by update"):
        Identity.objects.update(full_name=value)


def test_bulk_update_is_refused(identity):
    with pytest.raises(FieldError, match="not by update"):
        Identity.objects.bulk_update([identity], ["full_name"])


def test_bulk_create_encrypts(identity):
    rescue = factories.rescue()
    Narrative.objects.bulk_create([Narrative(case=rescue.case, rescue=rescue, text=CANARY)])
    assert Narrative.objects.get().text == CANARY
    with connection.cursor() as cursor:
        cursor.execute("select text from casework_narrative")
        assert CANARY.encode() not in bytes(cursor.fetchone()[0])


def test_it_is_not_serialised(identity):
    with pytest.raises(FieldError, match="not serialised"):
        serializers.serialize("json", [identity])


@pytest.mark.parametrize("move", ["to another row", "to another column"])
def test_a_moved_value_does_not_open(identity, move):
    """Who can write to the table cannot show one person's name as another's."""
    other = factories.identity(full_name="Somebody Else")
    with connection.cursor() as cursor:
        if move == "to another row":
            cursor.execute(
                "update victims_identity set full_name = %s where id = %s",
                [stored(identity), other.pk],
            )
        else:
            cursor.execute("update victims_identity set contacts = full_name")
    with pytest.raises(Unreadable):
        _ = again(other).full_name if move == "to another row" else again(other).contacts


def test_history_keeps_no_encrypted_column():
    """A name must be erasable; history is not."""
    secret = [
        f"{event._meta.label}.{field.name}"
        for event in histories()
        for field in event._meta.fields
        if isinstance(field, EncryptedTextField)
    ]
    assert secret == []
    kept = {f.column for event in histories() for f in event._meta.fields}
    assert not kept & {"full_name", "latin_name", "born_on", "contacts", "documents", "text"}


def test_the_sweep_of_history_has_something_to_look_at():
    fields = [
        f for m in apps.get_models() for f in m._meta.fields if isinstance(f, EncryptedTextField)
    ]
    assert len(fields) >= 7
