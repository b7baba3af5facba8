"""Two records recognised as one person, and undone: every count follows, at every date."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.services import Refused
from prosecutions.models import Merge, Perpetrator
from prosecutions.services.perpetrators import merge_perpetrators, undo_merge
from prosecutions.services.suspects import add_suspect
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    """A data officer, to whom every case is open."""
    return factories.user("data_officer", factories.office("global"))


def merged(keep, other, actor):
    merge_perpetrators(keep, other=other, actor=actor)
    return Merge.objects.latest("created_at")


def stands(*records):
    return [Perpetrator.objects.get(pk=row.pk).merged_into for row in records]


def test_a_merge_is_written_down_and_undone(case, officer, recorded):
    keep, other = factories.perpetrator(case), factories.perpetrator(case)
    merge = merged(keep, other, officer)
    assert (merge.kept, merge.other, merge.moved) == (keep, other, [other.pk])
    assert stands(keep, other) == [None, keep]
    undo_merge(merge, actor=officer)
    assert stands(keep, other) == [None, None]
    assert recorded("merge.undone") == [(officer.pk, str(merge.pk))]
    with pytest.raises(Refused, match="already been undone"):
        undo_merge(merge, actor=officer)
    merge.refresh_from_db()
    assert (merge.undone_by, merge.version) == (officer, 2)


def test_each_goes_back_to_where_it_stood(case, officer):
    first, second, third = (factories.perpetrator(case) for _ in range(3))
    below = merged(second, third, officer)
    above = merged(first, second, officer)
    assert sorted(above.moved) == sorted([second.pk, third.pk])
    assert stands(first, second, third) == [None, first, first]
    with pytest.raises(Refused, match="A later merge depends on this one"):
        undo_merge(below, actor=officer)
    undo_merge(above, actor=officer)
    assert stands(first, second, third) == [None, None, second]
    undo_merge(below, actor=officer)
    assert stands(first, second, third) == [None, None, None]


def test_what_cannot_be_one_is_refused(case, officer):
    keep, other = factories.perpetrator(case), factories.perpetrator(case)
    firm = factories.perpetrator(case)
    Perpetrator.objects.filter(pk=firm.pk).update(kind="organisation")
    firm.refresh_from_db()
    with pytest.raises(Refused, match="already one person"):
        merge_perpetrators(keep, other=keep, actor=officer)
    with pytest.raises(Refused, match="A person and an organisation cannot be the same"):
        merge_perpetrators(keep, other=firm, actor=officer)
    merge_perpetrators(keep, other=other, actor=officer)
    other.refresh_from_db()
    with pytest.raises(Refused, match="already one person"):
        merge_perpetrators(other, other=keep, actor=officer)
    assert Merge.objects.count() == 1


def test_records_out_of_reach_are_not_moved(office, case, case_manager, officer):
    """Else a record would stand under one that stands under another, and be counted twice."""
    here, mine = factories.perpetrator(case), factories.perpetrator(case)
    abroad = factories.perpetrator(factories.case(factories.office("manila", "PH-MNL")))
    merge = merged(mine, abroad, officer)
    with pytest.raises(Refused, match="not open to you"):
        merge_perpetrators(here, other=mine, actor=case_manager)
    with pytest.raises(Refused, match="not open to you"):
        undo_merge(merge, actor=case_manager)
    with pytest.raises(PermissionDenied):
        merge_perpetrators(here, other=abroad, actor=case_manager)
    assert stands(here, mine, abroad) == [None, None, mine]
    undo_merge(merge, actor=officer)
    merge_perpetrators(abroad, other=mine, actor=officer)
    mine.refresh_from_db()
    with pytest.raises(Refused, match="not open to you"):
        merge_perpetrators(mine, other=here, actor=case_manager)


def test_a_person_is_a_suspect_of_a_case_once(case, lawyer, officer):
    mine = factories.suspect(factories.assignment(user=lawyer).case)
    factories.suspect(case, perpetrator=mine.perpetrator)
    twin = factories.suspect(mine.case)
    merge_perpetrators(mine.perpetrator, other=twin.perpetrator, actor=officer)
    twin.refresh_from_db()
    with pytest.raises(Refused, match="already a suspect"):
        add_suspect(case, role="guard", same_as=twin, actor=lawyer)


def figures(as_of):
    params = parse({"as_of": as_of})
    rows = compute(REPORTS["conviction-rate"], Reporter(), params).rows
    return {
        row["jurisdiction"]["code"] if row["jurisdiction"] else "": (row["k"], row["n"])
        for row in rows
        if row["programme"] is None
    }


def convicted(as_of):
    """Distinct persons over all."""
    result = compute(REPORTS["conviction-rate"], Reporter(), parse({"as_of": as_of}))
    return len({key for _cell, counts in result.behind.items() for key in counts["k"]})


def test_merged_and_undone_every_count_is_right_at_every_date(office, officer):
    """Convicted in two countries: once in each, and once over all."""
    india, abroad = factories.case(office), factories.case(factories.office("manila", "PH-MNL"))
    manila = factories.prosecution(abroad, jurisdiction=factories.place("PH-MNL"))
    one = factories.decision(india, decided_on=date(2026, 5, 4))
    two = factories.decision(
        charge=factories.charge(prosecution=manila), decided_on=date(2026, 9, 1)
    )
    days = ("2026-04-30", "2026-06-30", "2026-10-31")
    before = [figures(day) for day in days]
    people = [row.charge.suspect.perpetrator for row in (one, two)]
    merge = merged(*people, officer)
    after = [figures(day) for day in days]
    assert after[0] == before[0]
    assert after[1] == before[1]
    assert (after[2]["IN"], after[2]["PH"]) == ((1, 1), (1, 1))
    assert [convicted(day) for day in days] == [0, 1, 1]
    undo_merge(merge, actor=officer)
    assert [figures(day) for day in days] == before
    assert [convicted(day) for day in days] == [0, 1, 2]


# Pages and interface


def test_two_records_are_looked_at_before_they_are_merged(browser_client, case, case_manager, said):
    one = factories.suspect(case, name="Ravi Kumar").perpetrator
    other = factories.suspect(case, name="Ravi Kumarr")
    client, address = browser_client(case_manager), f"/perpetrators/{one.pk}/merge/"
    assert f"?other={other.perpetrator_id}" in client.get(address).content.decode()
    for query in (f"other={other.perpetrator_id}", f"suspect={case.reference}+{other.code}"):
        words = said(client.get(f"{address}?{query}"))
        assert "Are they one person?" in words
        assert "Ravi Kumarr" in words
    for query in ("suspect=nobody", "suspect=XXX-1+A-1", "other=x", f"other={one.pk}"):
        assert "Which other record?" in said(client.get(f"{address}?{query}"))
    assert client.post(address, {"other": "x"}).status_code == 400
    done = client.post(address, {"other": str(other.perpetrator_id)})
    assert done["Location"] == f"/perpetrators/{one.pk}/"
    merge = Merge.objects.get()
    shown = client.get(done["Location"]).content.decode()
    assert f'action="/merges/{merge.pk}/undo/"' in shown
    assert client.post(f"/merges/{merge.pk}/undo/")["Location"] == done["Location"]
    assert stands(one) == stands(other.perpetrator) == [None]
    assert client.post(f"/merges/{merge.pk}/undo/").status_code == 409


def test_the_interface_tells_nothing_of_records_out_of_sight(api, case, lawyer, officer):
    record, hidden = factories.perpetrator(case), factories.perpetrator()
    merge_perpetrators(record, other=factories.perpetrator(case), actor=officer)
    merge_perpetrators(record, other=hidden, actor=officer)
    client = api(lawyer)
    assert len(client.get("merges/").json()["results"]) == 1
    undo_merge(Merge.objects.get(other=hidden), actor=officer)
    merge_perpetrators(hidden, other=record, actor=officer)
    assert client.get(f"perpetrators/{record.pk}/").json()["merged_into"] is None
