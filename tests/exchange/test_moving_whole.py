"""A whole office moves: its workbook taken in elsewhere is the same workbook again."""

from __future__ import annotations

import pytest

from accounts.models import Office, User
from exchange.workbooks.sheets import SHEETS
from tests import factories
from tests.exchange.moving import emptied, given, lines, looked_at, taken
from tests.whole import WHOLE

# Of which the small demonstration has nothing in these offices.
NOT_SHOWN = {"accusations", "aliases", "suspects_met", "tasks", "networks", "network_members"}
NOT_SHOWN |= {"corridors", "corridor_legs", "observations", "recaptures"}
NOT_SHOWN |= {"compensation_shares"}
OFFICES = ("kolkata", "manila")  # the second at night


@pytest.mark.nightly
@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_the_workbook_of_an_office_comes_back_as_it_went():
    offices = [Office.objects.get(code=code) for code in (OFFICES if WHOLE else OFFICES[:1])]
    moving = [(office, User.objects.get(username=f"lead.{office.code}")) for office in offices]
    for office, manager in moving:  # estimates come as they are only from who may publish them
        factories.membership(manager, "programme_manager", office)
    before = [given(office, manager) for office, manager in moving]
    for (_office, manager), content in zip(moving, before, strict=True):
        again = looked_at(content, manager)  # where it comes from nothing would change
        assert [str(fault) for fault in again.preview["faults"]] == []
        assert again.preview["new"] == {}
    shown, other = set(), {}
    for (office, manager), content in zip(moving, before, strict=True):
        emptied()
        whole = lines(content)
        made = taken(content, manager)
        assert made.rows + made.known == sum(len(rows) - 1 for rows in whole.values())
        assert taken(content, manager).rows == 0  # the same file again changes nothing
        after = lines(given(office, manager))
        other |= {
            (office.code, name): (rows, after[name])
            for name, rows in whole.items()
            if sorted(after[name]) != sorted(rows)
        }
        shown |= {name for name, rows in whole.items() if len(rows) > 1}
    assert other == {}
    empty = {sheet.name for sheet in SHEETS} - shown
    assert empty == NOT_SHOWN if WHOLE else len(empty) < len(SHEETS) / 2
