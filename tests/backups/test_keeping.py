"""Which backups stay: the last of each day, week and month, for so many of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backups import keeping
from backups.faults import Fault
from backups.stores import Folder, StoredBackup, moment_of, name_at

NOW = datetime(2026, 11, 29, 2, 10, tzinfo=UTC)


def nights(many: int) -> list[StoredBackup]:
    return [
        StoredBackup(name_at(at), at, 1) for at in (NOW - timedelta(days=n) for n in range(many))
    ]


def days(names):
    return sorted(f"{moment_of(name):%m-%d}" for name in names)


def test_a_year_of_nights():
    stay = keeping.kept_of(nights(365), (7, 5, 12))
    assert len(stay) == 7 + 4 + 11  # some are the last of a week and of a month
    assert {f"11-{day}" for day in range(23, 30)} <= set(days(stay))
    assert {"10-31", "09-30", "01-31"} <= set(days(stay))


def test_two_in_a_day_leave_the_later_one():
    morning = StoredBackup(name_at(NOW), NOW, 1)
    later = NOW + timedelta(hours=4)
    assert keeping.kept_of([morning, StoredBackup(name_at(later), later, 1)], (7, 5, 12)) == {
        name_at(later)
    }


@given(st.lists(st.integers(0, 4000), max_size=60), st.tuples(*[st.integers(0, 9)] * 3))
def test_the_newest_stays_and_never_more_than_asked(hours, keep):
    keep = (max(1, keep[0]), *keep[1:])
    there = [
        StoredBackup(name_at(at), at, 1) for at in (NOW - timedelta(hours=n) for n in set(hours))
    ]
    stay = keeping.kept_of(there, keep)
    assert len(stay) <= sum(keep)
    if there:
        assert max(there, key=lambda one: one.made_at).name in stay


def test_in_a_folder(tmp_path, settings):
    settings.BACKUP_KEEP = "2,0,0"
    for one in nights(4):
        (tmp_path / one.name).write_text("x")
    (tmp_path / "notes.txt").write_text("not ours")
    assert len(keeping.prune(Folder(tmp_path))) == 2
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("said", ["7", "7,5", "a,b,c", "0,5,12", "7,-1,1", "7,5,12,1"])
def test_numbers_that_are_none(said):
    with pytest.raises(Fault, match="BACKUP_KEEP is three numbers"):
        keeping.numbers(said)
