"""Views of lists: kept under a name, shown to an office, each reader with what is open to them."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from accounts.models import SavedView
from accounts.services import list_views
from accounts.services.leaving import disable_person
from core.context import acting_as
from core.models import AuditEvent
from tests import factories
from tests.meta.tables import query

pytestmark = pytest.mark.django_db

NEW, COLUMNS = "/views/cases/new/", "/views/cases/columns/"
KEPT = {"name": "Invented, in court", "columns": ["status", "next"]}


@pytest.fixture
def page(case_manager, browser_client):
    return browser_client(case_manager)


@pytest.fixture
def cases(office):
    return [factories.case(office, status=status) for status in ("lead", "rescued", "rescued")]


@pytest.fixture
def officer(office):
    return factories.user("field_officer", office)


def save(page, query="", **sent):
    return page.post(f"{NEW}{query}", KEPT | {"key": "k"} | sent)


def names(answer):
    return [column.name for column in answer.context["list"].columns]


# Columns


def test_columns_are_chosen_once_and_kept_for_that_person_alone(
    page, cases, officer, browser_client, said
):
    all_of_them = names(page.get("/cases/"))
    assert all_of_them[:2] == ["case", "status"]
    sent = page.post(f"{COLUMNS}?status=rescued", {"columns": ["opened", "team"]})
    assert sent["Location"] == "/cases/?status=rescued"
    answer = page.get("/cases/")
    assert names(answer) == ["case", "team", "opened"], "in the order of the list, the first always"
    html = answer.content.decode()
    assert 'data-label="Team"' in html
    assert 'data-label="Place"' not in html
    assert names(browser_client(officer).get("/cases/")) == all_of_them
    page.post(COLUMNS, {"columns": all_of_them[1:]})
    assert names(page.get("/cases/")) == all_of_them
    assert SavedView.objects.get().columns == [], "all of them are said by none"
    assert page.post(COLUMNS, {"columns": []}).status_code == 400
    assert page.post(COLUMNS, {"columns": ["level"]}).status_code == 400


def test_no_column_is_shown_to_whom_its_content_is_not(office, browser_client):
    outside = factories.user("prosecutor", office)
    factories.disclosure(user=outside)
    client = browser_client(outside)
    form = client.get(COLUMNS).context["form"]
    assert "team" not in dict(form.fields["columns"].choices)
    assert client.post(COLUMNS, {"columns": ["team"]}).status_code == 400
    SavedView.objects.create(
        owner=outside, listed="cases", name="", usual=True, columns=["team", "status"]
    )
    answer = client.get("/cases/")
    assert names(answer) == ["case", "status"]
    assert b'data-label="Team"' not in answer.content


# Views


def test_a_view_keeps_filters_order_and_columns(page, cases, said):
    offered = page.get("/cases/?status=rescued&sort=reference").context["list"]
    assert offered.save_url == f"{NEW}?status=rescued&sort=reference"
    assert "Save the filters, the order and the columns" in said(page.get(offered.save_url))
    sent = save(page, "?status=rescued&sort=reference&cursor=x")
    view = SavedView.objects.get()
    assert (view.name, view.query) == (KEPT["name"], "status=rescued&sort=reference")
    assert sent["Location"] == f"/cases/?status=rescued&sort=reference&view={view.pk}"
    answer = page.get(sent["Location"])
    assert names(answer) == ["case", "status", "next"]
    shown = [row.reference for row in answer.context["cases"]]
    assert shown == sorted(case.reference for case in cases[1:])
    (offer,) = answer.context["list"].look.views
    assert (offer.name, offer.is_open, offer.url) == (view.name, True, sent["Location"])
    assert all("view=" in head.url for head in answer.context["list"].orders)
    assert names(page.get("/cases/"))[-1] == "opened", "the list itself stays as it is"
    event = AuditEvent.objects.get(action="view.saved")
    assert event.target_id == str(view.pk)
    assert KEPT["name"] not in str(event.detail)


def test_its_name_lies_encrypted_and_in_no_address(page, cases):
    save(page, "?status=lead")
    ((name,),) = query("select name from accounts_savedview")
    assert KEPT["name"].encode() not in bytes(name)
    view = SavedView.objects.get()
    for address in ("/cases/", "/views/", f"/views/{view.pk}/change/"):
        assert "in court" not in "".join(
            part.partition('"')[0]
            for part in page.get(address).content.decode().split('href="')[1:]
        )


@pytest.mark.parametrize(
    "asked", ["?status=gone", "?opened_from=soon", "?sort=level", "?secret=1", "?office=atlantis"]
)
def test_what_the_list_does_not_understand_is_not_kept(page, cases, asked):
    answer = save(page, asked)
    assert answer.status_code == 409
    assert "not one of this list" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_a_name_is_used_once_and_there_is_a_most(page, cases, case_manager, said, monkeypatch):
    save(page)
    again = save(page, "?status=lead", key="other")
    assert again.status_code == 409
    assert "You already have a view with this name" in said(again)
    assert save(page, name=" ", key="third").status_code == 400
    monkeypatch.setattr(list_views, "MOST", 1)
    assert "You have 1 views. Remove one first." in said(save(page, name="Another", key="f"))
    assert SavedView.objects.count() == 1


def test_it_is_changed_and_removed_by_whoever_kept_it(page, cases, said, recorded):
    save(page, "?status=lead")
    view = SavedView.objects.get()
    form = page.get(f"/views/{view.pk}/change/")
    assert form.context["form"].initial["columns"] == ["status", "next"]
    sent = {"name": "Another", "columns": ["team"], "version": 1}
    page.post(f"/views/{view.pk}/change/", sent)
    assert page.post(f"/views/{view.pk}/change/", sent).status_code == 409, "an old version"
    renewed = page.post(f"/views/{view.pk}/change/?status=rescued", sent | {"version": 2})
    assert renewed["Location"] == f"/cases/?status=rescued&view={view.pk}"
    view.refresh_from_db()
    assert (view.name, view.query, view.columns) == ("Another", "status=rescued", ["team"])
    assert "Another" in said(page.get("/views/"))
    page.post(f"/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()
    assert "No view yet" in said(page.get("/views/"))
    assert page.get(f"/cases/?view={view.pk}").status_code == 200, "an old address"
    assert len(recorded("view.changed")) == 2
    assert len(recorded("view.removed")) == 1


# Shown to an office


def test_a_shared_view_shows_each_reader_what_is_open_to_them(
    page, cases, officer, office, browser_client, said
):
    manila = factories.office("manila", "PH-MNL")
    abroad = factories.case(manila, status="rescued")
    save(page, "?status=rescued", office=office.code)
    view = SavedView.objects.get()
    theirs = browser_client(officer)
    (offer,) = theirs.get("/cases/").context["list"].look.views
    assert offer.shared
    seen = {row.reference for row in theirs.get(offer.url).context["cases"]}
    assert seen == {case.reference for case in cases[1:]}
    assert abroad.reference not in seen
    assert "for Kolkata" in said(theirs.get("/views/"))
    assert theirs.get(f"/views/{view.pk}/change/").status_code == 404
    assert theirs.post(f"/views/{view.pk}/remove/").status_code == 404
    stranger = browser_client(factories.user("case_manager", manila))
    assert stranger.get("/cases/").context["list"].look.views == ()
    assert names(stranger.get(offer.url)) == names(stranger.get("/cases/"))


def test_it_is_shown_only_to_offices_whose_cases_one_knows_of(page, cases, api, case_manager):
    factories.office("manila", "PH-MNL")
    assert save(page, office="manila").status_code == 400
    body = {"listed": "cases", "name": "Invented", "office": "manila"}
    refused = api(case_manager).post("views/", body)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["office"])


def test_the_database_shows_and_gives_it_to_nobody_else(
    case_manager, officer, office, field_officer
):
    mine = factories.saved_view(case_manager)
    shared = factories.saved_view(case_manager, office=office, name="Shared")
    stranger = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    for who, seen in (
        (officer, {shared.pk}),
        (stranger, set()),
        (case_manager, {mine.pk, shared.pk}),
    ):
        with acting_as(who.pk):
            assert set(SavedView.objects.values_list("pk", flat=True)) == seen
        assert set(SavedView.objects.visible_to(who).values_list("pk", flat=True)) == seen
    for who in (officer, stranger):
        with acting_as(who.pk):
            assert SavedView.objects.update(query="") == 0
            assert SavedView.objects.all().delete()[0] == 0
    for owner, at in ((case_manager, None), (stranger, office)):
        forged = SavedView(owner=owner, listed="cases", name="Forged", office=at)
        with pytest.raises(DatabaseError), acting_as(stranger.pk), transaction.atomic():
            forged.save(force_insert=True)
    assert SavedView.objects.count() == 2


@pytest.mark.usefixtures("fresh")
def test_those_of_a_person_who_is_deactivated_go(case_manager, officer, office):
    gone, kept = factories.saved_view(officer, office=office), factories.saved_view(case_manager)
    disable_person(officer, reason="Has left", actor=factories.user("system_admin"))
    assert list(SavedView.objects.all()) == [kept]
    assert gone.pk != kept.pk


# By programs


def test_a_program_keeps_changes_and_removes_them(api, case_manager, officer, office):
    client = api(case_manager)
    made = client.post("views/", {"listed": "sites", "name": "Invented", "query": "kind=brothel"})
    assert (made.status_code, made.json()["columns"]) == (201, [])
    path = f"views/{made.json()['id']}/"
    changed = client.patch(path, {"office": office.code}, If_Match='"1"').json()
    assert (changed["name"], changed["query"]) == ("Invented", "kind=brothel")
    theirs = api(officer)
    assert [row["owner"] for row in theirs.get("views/").json()["results"]] == [
        case_manager.username
    ]
    assert theirs.post(f"{path}remove/", {}).status_code == 409
    assert theirs.patch(path, {"name": "Mine"}, If_Match='"2"').status_code == 409
    assert client.post(f"{path}remove/", {}).status_code == 200
    assert client.get("views/").json()["results"] == []
    bad = client.post("views/", {"listed": "cases", "name": "X", "query": "status=gone"})
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["query"])
    odd = client.post("views/choose-columns/", {"listed": "cases", "columns": ["level"]})
    assert (odd.status_code, list(odd.json()["errors"])) == (400, ["columns"])
    assert AuditEvent.objects.filter(action="view.removed").count() == 1
