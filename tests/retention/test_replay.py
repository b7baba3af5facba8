"""After a restore what was erased is erased again: the ledger lies outside the database."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backups import after_restore
from casework.files.received import name_of
from casework.models import Case
from retention import ledger
from retention.models import Tombstone
from tests import factories
from tests.factories import papers
from tests.factories import retention as kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path, settings):
    settings.ERASURE_LEDGER = str(tmp_path / "erasures.ledger")
    return ledger.path()


def line(case, stone="00000000-0000-4000-8000-000000000001"):
    return ledger.Line(stone, "2026-05-04", "IN", kept.LAW, ledger.digest(case.pk))


def test_c5_what_a_backup_brings_back_is_erased_again(file, capsys):
    case, other = kept.closed_case(), kept.closed_case()
    factories.identity(case)
    kept.erasure(case)  # as the backup has it: not even confirmed
    ledger.append(line(case))
    call_command("replay_erasures")
    assert set(Case.objects.values_list("pk", flat=True)) == {other.pk}
    assert Tombstone.objects.get().erased_on.isoformat() == "2026-05-04"
    assert "1 cases and survivors were here again" in capsys.readouterr().out


def test_every_restore_erases_again(file, tmp_path):
    case, other = kept.closed_case(), kept.closed_case()
    with connection.cursor() as cursor:
        assert after_restore.run(cursor, tmp_path) == []  # no ledger yet
        ledger.append(line(case))
        assert after_restore.run(cursor, tmp_path) == []
    assert set(Case.objects.values_list("pk", flat=True)) == {other.pk}


def test_files_go_from_the_folder_that_was_restored(file, tmp_path):
    """Into another one than that of this machine."""
    case = kept.closed_case()
    stored = papers.version(case, file=papers.stored_file(b"Invented")).file_id
    there = tmp_path / "again" / name_of(stored)
    there.parent.mkdir(parents=True)
    there.write_bytes(b"restored")
    ledger.append(line(case))
    with connection.cursor() as cursor:
        after_restore.run(cursor, tmp_path / "again")
    assert not there.exists()


def test_a_restore_says_which_key_is_missing(file, settings, tmp_path):
    ledger.append(line(kept.closed_case()))
    number = settings.FIELD_KEYS.partition(":")[0]
    settings.FIELD_KEYS = settings.FIELD_KEYS.replace(f"{number}:", "9:", 1)
    with connection.cursor() as cursor:
        assert after_restore.run(cursor, tmp_path) == [
            f"Erasures were not made again: field key {number} is not here."
        ]


def test_done_twice_it_finds_nothing(file):
    case = kept.closed_case()
    ledger.append(line(case))
    call_command("replay_erasures")
    call_command("replay_erasures")
    assert Tombstone.objects.count() == 1


def test_a_line_under_a_key_that_is_not_here_is_said(file, settings):
    case = kept.closed_case()
    ledger.append(line(case))
    number = settings.FIELD_KEYS.partition(":")[0]
    settings.FIELD_KEYS = settings.FIELD_KEYS.replace(f"{number}:", "9:", 1)
    with pytest.raises(CommandError, match=f"field key {number}"):
        call_command("replay_erasures")
    assert Case.objects.filter(pk=case.pk).exists()


def test_no_ledger_is_said(tmp_path):
    with pytest.raises(CommandError, match="There is no ledger"):
        call_command("replay_erasures", "--ledger", str(tmp_path / "none"))
