"""A notice written by the web reaches a mailbox through a real worker, and once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.jobs.conftest import House, eventually

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ADDRESS = "field@example.org"
NOTICE = (
    f"with person as (update accounts_user set email = '{ADDRESS}', name = 'Canary Name'"
    "  where username = 'field' returning id) insert into accounts_notice"
    "  (id, version, updated_at, kind, target_type, target_id, user_id)"
    "  select gen_random_uuid(), 1, now(), 'role-given', 'accounts.User', id, id from person"
)


def letters(folder: Path) -> list[str]:
    """Those to the person of the notice: rows of other tests send theirs."""
    texts = [path.read_text() for path in folder.glob("*.log")]
    return [text for text in texts if f"To: {ADDRESS}" in text]


def test_a_notice_is_mailed_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    box = house.folder / "box"
    box.mkdir()
    monkeypatch.setenv("EMAIL_URL", f"filemail:///{box}")
    house.rows("delete from accounts_notice")
    house.rows(NOTICE)
    house.worker()
    for _ in range(2):
        assert house.celery("call", "accounts.send_mail").wait() == 0
    assert eventually(lambda: bool(letters(box))), house.said()
    time.sleep(2)  # time enough for the second call to have sent another
    (letter,) = letters(box)
    assert "You have an update in Casework" in letter
    assert "Canary" not in letter
    assert house.rows("select count(*) from accounts_notice where mailed_at is null") == [(0,)]
