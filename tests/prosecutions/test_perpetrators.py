"""A person across cases: described, known by other names, seen with every role."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.context import acting_as
from core.services import Refused, Stale
from prosecutions.models import Alias, Suspect
from prosecutions.persons import alike, records_of
from prosecutions.services.perpetrators import (
    add_alias,
    describe_perpetrator,
    merge_perpetrators,
    remove_alias,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(case):
    return factories.perpetrator(case, name="রবি কুমার")


@pytest.fixture
def officer():
    """A data officer, to whom every case is open."""
    return factories.user("data_officer", factories.office("global"))


# Who it is


def test_a_person_is_described_and_the_former_stays(record, lawyer, recorded):
    described = describe_perpetrator(
        record,
        version=1,
        name="Ravi Kumar",
        sex="male",
        nationality="BD",
        born_year=1984,
        actor=lawyer,
    )
    assert (described.latin, described.version) == ("ravi kumar", 2)
    assert recorded("perpetrator.described") == [(lawyer.pk, str(record.pk))]
    history = apps.get_model("prosecutions.PerpetratorEvent").objects.filter(pgh_obj_id=record.pk)
    assert list(history.order_by("pgh_id").values_list("nationality", flat=True)) == ["", "BD"]
    with pytest.raises(Stale):
        describe_perpetrator(record, version=1, name="Another", actor=lawyer)


UNLIKELY = {
    "no country": ({"nationality": "XX"}, "no country"),
    "born in the future": ({"born_year": timezone.localdate().year + 1}, "a later year of birth"),
    "born long ago": ({"born_year": 1850}, "a later year of birth"),
    "a firm of an age": ({"kind": "organisation", "born_year": 1984}, "An organisation"),
    "a firm of a sex": ({"kind": "organisation", "sex": "male"}, "An organisation"),
}


@pytest.mark.parametrize(("facts", "words"), UNLIKELY.values(), ids=UNLIKELY)
def test_what_cannot_be_is_refused(record, lawyer, facts, words):
    with pytest.raises(Refused, match=words):
        describe_perpetrator(record, version=1, actor=lawyer, **facts)
    record.refresh_from_db()
    assert record.version == 1


def test_an_alias_is_added_once_and_taken_away(record, lawyer, recorded):
    alias = add_alias(record, name="Boss", actor=lawyer)
    assert alias.latin == "boss"
    for name in ("Boss", record.name):
        with pytest.raises(Refused, match="already recorded"):
            add_alias(record, name=name, actor=lawyer)
    key = alias.pk
    remove_alias(alias, actor=lawyer)
    assert not Alias.objects.exists()
    gone = apps.get_model("prosecutions.AliasEvent").objects.filter(pgh_obj_id=key)
    assert gone.filter(name="Boss").exists()
    assert [len(recorded(name)) for name in ("alias.added", "alias.removed")] == [1, 1]


def test_who_only_reads_writes_nothing(record, office):
    """Neither a colleague nor someone to whom the case is disclosed or opened in an emergency."""
    case = Suspect.objects.get(perpetrator=record).case
    alias = factories.justice.alias(case)
    reader = factories.user("legal_officer", office)
    factories.break_glass(case, reader)
    for act in (
        lambda: describe_perpetrator(record, version=1, name="X", actor=reader),
        lambda: add_alias(record, name="X", actor=reader),
        lambda: remove_alias(alias, actor=reader),
    ):
        with pytest.raises(PermissionDenied):
            act()
    worker = factories.user("aftercare_worker", office)
    factories.assignment(case, worker)
    with pytest.raises(PermissionDenied):
        add_alias(record, name="X", actor=worker)


# Known already


def names_like(record, user):
    with acting_as(user.pk):  # the database asks its own wall
        return [row.name for row in alike(records_of(record, user), user)]


def test_a_like_name_is_found_in_any_script_and_within_scope(record, case, lawyer):
    mine = factories.assignment(user=lawyer).case
    factories.perpetrator(mine, name="রবি কুমার দাস")
    factories.perpetrator(mine, name="Somchai Wong")
    factories.perpetrator(name="রবি কুমার")  # of a case that is not open
    assert names_like(record, lawyer) == ["রবি কুমার দাস"]
    assert names_like(factories.perpetrator(case, name=""), lawyer) == []


def test_aliases_are_compared_and_one_person_is_offered_once(record, case, lawyer, officer):
    mine = factories.assignment(user=lawyer).case
    other = factories.perpetrator(mine, name="Somchai Wong")
    Alias.objects.create(perpetrator=other, name=record.name)
    twin = factories.perpetrator(mine, name=record.name)
    assert set(names_like(record, lawyer)) == {"Somchai Wong", record.name}
    merge_perpetrators(other, other=twin, actor=officer)
    assert len(names_like(record, lawyer)) == 1
    merge_perpetrators(record, other=other, actor=officer)
    record.refresh_from_db()
    assert names_like(record, lawyer) == []


def test_adding_someone_known_says_so_and_saves_all_the_same(page, case, lawyer, said):
    mine = factories.assignment(user=lawyer).case
    known = factories.perpetrator(mine, name="Ravi Kumar")
    body = {"role": "owner", "name": "Ravi Kumarr", "key": "k"}
    answer = page.post(f"/cases/{case.pk}/suspects/new/", body)
    added = Suspect.objects.get(case=case)
    assert answer["Location"] == f"/perpetrators/{added.perpetrator_id}/#alike"
    words = said(page.get(answer["Location"]))
    assert "Known already?" in words
    assert mine.reference in words
    assert str(known.pk) in page.get(answer["Location"]).content.decode()
    plain = page.post(f"/cases/{case.pk}/suspects/new/", {"role": "owner", "name": "Zuleika"})
    assert plain["Location"].endswith("#suspects")


def test_the_interface_says_so_too(api, case, lawyer):
    known = factories.perpetrator(factories.assignment(user=lawyer).case, name="Ravi Kumar")
    body = {"case": str(case.pk), "role": "owner", "name": "Ravi Kumarr"}
    added = api(lawyer).post("suspects/", body)
    assert (added.status_code, added.json()["known_already"]) == (201, [str(known.pk)])
    row = Suspect.objects.get(pk=added.json()["id"])
    same = api(lawyer).post("suspects/", body | {"name": "", "same_as": ""})
    assert same.status_code == 400
    named = api(lawyer).post(f"suspects/{row.pk}/name/", {"name": "Ravi Kumar"}, If_Match='"1"')
    assert named.json()["known_already"] == [str(known.pk)]
    found = api(lawyer).get(f"perpetrators/{row.perpetrator_id}/candidates/").json()
    assert [one["name"] for one in found["results"]] == ["Ravi Kumar"]
    odd = api(lawyer).get(f"perpetrators/{row.perpetrator_id}/candidates/?x=1")
    assert odd.status_code == 400


# Pages and interface


def test_the_page_shows_every_role_in_open_cases_and_nothing_of_others(
    browser_client, case, officer, lawyer, said
):
    record = factories.perpetrator(case, name="Invented Offender")
    mine, closed = factories.assignment(user=lawyer).case, factories.case()
    twin = factories.perpetrator(mine, name="Invented Twin")
    hidden = factories.perpetrator(closed, name="Hidden Name")
    merge_perpetrators(record, other=twin, actor=officer)
    merge_perpetrators(record, other=hidden, actor=officer)
    client = browser_client(lawyer)
    for address in (f"/perpetrators/{record.pk}/", f"/perpetrators/{twin.pk}/"):
        answer = client.get(address)
        words = said(answer)
        assert case.reference in words
        assert mine.reference in words
        assert "Invented Twin" in words
        assert closed.reference not in words
        assert "Hidden Name" not in words
        assert str(hidden.pk) not in answer.content.decode()
        title = answer.content.decode().partition("<title>")[2].partition("</title>")[0]
        assert "Invented" not in title
    assert client.get(f"/perpetrators/{hidden.pk}/").status_code == 404
    link = f'href="/perpetrators/{record.pk}/"'
    assert link in client.get(f"/cases/{case.pk}/people/").content.decode()


@pytest.mark.nightly
def test_the_page_takes_the_same_queries_however_much_it_holds(
    browser_client, case, lawyer, django_assert_max_num_queries
):
    record = factories.perpetrator(case, name="Invented Offender")

    def count():
        with django_assert_max_num_queries(60) as seen:
            assert browser_client(lawyer).get(f"/perpetrators/{record.pk}/").status_code == 200
        return len(seen)

    def more():
        mine = factories.assignment(user=lawyer).case
        factories.perpetrator(mine, name="Invented Offender")
        Alias.objects.create(perpetrator=record, name=f"Alias {mine.reference}")
        suspect = factories.suspect(mine, perpetrator=record)
        suspect.arrests.create(case=mine, arrested_on=date(2026, 3, 10))

    more()
    few = count()
    for _ in range(3):
        more()
    assert count() == few


def test_a_person_is_described_and_called_by_other_names_on_pages(page, case, said):
    record = factories.perpetrator(case)
    address = f"/perpetrators/{record.pk}/"
    body = {"name": "New Name", "kind": "individual", "sex": "male", "version": "1"}
    sent = body | {"nationality": "PH", "born_year": "1984"}
    assert page.get(f"{address}describe/").status_code == 200
    assert page.post(f"{address}describe/", sent)["Location"] == address
    assert page.post(f"{address}describe/", sent).status_code == 409
    assert page.post(f"{address}describe/", sent | {"nationality": "ZZ"}).status_code == 400
    words = said(page.get(address))
    assert "New Name" in words
    assert "Philippines" in words
    assert "1984" in words
    sent = {"name": "দাদা", "key": "k"}
    assert page.post(f"{address}aliases/new/", sent)["Location"] == address
    alias = Alias.objects.get()
    assert page.post(f"/aliases/{alias.pk}/remove/")["Location"] == address
    assert page.post(f"/aliases/{alias.pk}/remove/").status_code == 404


def test_the_interface_describes_names_merges_and_undoes(api, case, case_manager):
    client = api(case_manager)
    keep, other = factories.perpetrator(case), factories.perpetrator(case)
    address = f"perpetrators/{keep.pk}/"
    assert client.patch(address, {"sex": "male"}).status_code == 428
    described = client.patch(address, {"nationality": "KH"}, If_Match='"1"').json()
    assert (described["nationality"], described["name"]) == ("KH", keep.name)
    alias = client.post("aliases/", {"perpetrator": str(keep.pk), "name": "Boss"}).json()
    assert client.get(address).json()["aliases"] == [{"id": alias["id"], "name": "Boss"}]
    assert (
        client.post(f"perpetrators/{keep.pk}/merge/", {"other": str(other.pk)}).status_code == 200
    )
    assert client.get(f"perpetrators/{other.pk}/").json()["merged_into"] == str(keep.pk)
    rows = client.get(f"suspects/?person={other.pk}").json()["results"]
    assert {row["perpetrator"] for row in rows} == {str(keep.pk), str(other.pk)}
    merge = client.get(f"merges/?kept={keep.pk}").json()["results"][0]
    undone = client.post(f"merges/{merge['id']}/undo/", {})
    assert undone.json()["undone_at"]
    assert client.post(f"merges/{merge['id']}/undo/", {}).status_code == 409
    assert client.post(f"aliases/{alias['id']}/remove/", {}).json()["aliases"] == []
