"""An organisation words its lists of choices: by page, by table, by program."""

from __future__ import annotations

from contextvars import copy_context
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from aftercare.fitting import drafts_of
from casework.enums import ClosingReason, SiteKind
from casework.models import Site
from casework.paper_codes import DocumentKind
from core import choices
from core.context import acting_as
from core.days import clock
from core.lists import filters
from core.services import Refused
from places.models import Choice
from places.services.choices import add_choice, change_choice
from prosecutions.enums import Adjournment
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.clients import ApiClient

    Browser = Callable[[Any], Client]
    Api = Callable[[Any], ApiClient]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
BOAT = {"listed": "site_kind", "code": "own_boat", "labels": {"en": "Houseboat", "fr": "Péniche"}}


@pytest.fixture
def admin() -> Any:
    return factories.user("system_admin")


def choice(listed: str, code: str) -> Choice:
    return Choice.objects.get(listed=listed, code=code)


def change(row: Choice, admin: Any, **says: Any) -> Choice:
    with acting_as(admin.pk):
        return change_choice(row, version=row.version, actor=admin, **says)


def last_week() -> Any:
    """Past for everybody, wherever their office is."""
    return clock.today() - timedelta(weeks=1)


def test_a_row_stands_for_each_code_that_ships() -> None:
    there = {(row.listed, row.code) for row in Choice.objects.all()}
    assert there == {(name, code) for name, of in choices.LISTS.items() for code in of.shipped}


def test_a_choice_has_the_name_of_the_organisation_in_that_language_alone(admin: Any) -> None:
    change(choice("site_kind", "kiln"), admin, labels={"en": "Bhatta"})
    site = Site(kind="kiln")
    assert site.get_kind_display() == "Brick kiln"  # nobody acts yet
    with acting_as(admin.pk):
        assert site.get_kind_display() == SiteKind.KILN.label == "Bhatta"
        with override("es"):
            assert site.get_kind_display() not in ("Bhatta", "Brick kiln")


def test_forms_offer_what_is_in_use_in_its_order_and_records_keep_theirs(admin: Any) -> None:
    change(choice("site_kind", "quarry"), admin, ends_on=last_week())
    change(choice("site_kind", "farm"), admin, position=1)
    change(choice("site_kind", "bar"), admin, starts_on=clock.today() + timedelta(days=1))
    with acting_as(admin.pk):
        offered = [code for code, _word in SiteKind.offered()()]
        assert offered[0] == "farm"
        assert {"quarry", "bar"}.isdisjoint(offered)
        assert {"quarry", "bar"} <= set(dict(SiteKind.choices))
        assert ("quarry", "Quarry") in SiteKind.offered(present=["quarry"])()
        assert Site(kind="quarry").get_kind_display() == "Quarry"


def test_a_new_record_takes_no_choice_out_of_use_and_an_old_one_may_keep_it(
    api: Api, admin: Any
) -> None:
    lead = factories.user("case_manager")
    case = factories.case()
    client = api(lead)
    body = {"case": str(case.pk), "kind": "quarry", "jurisdiction": "IN-WB"}
    site = client.post("sites/", body).json()
    change(choice("site_kind", "quarry"), admin, ends_on=last_week())
    refused = client.post("sites/", body)
    assert refused.status_code == 400
    assert refused.json()["errors"]["kind"] == ["This is no longer in use. Choose another."]
    kept = client.patch(f"sites/{site['id']}/", {"kind": "quarry"}, If_Match='"1"')
    assert kept.status_code == 200
    assert [row["id"] for row in client.get("sites/?kind=quarry").json()["results"]]


def test_a_code_of_its_own_is_offered_kept_and_shown(api: Api, admin: Any) -> None:
    added = api(admin).post("choices/", BOAT)
    assert added.status_code == 201
    lead = factories.user("case_manager")
    case = factories.case()
    body = {"case": str(case.pk), "kind": "own_boat", "jurisdiction": "IN-WB"}
    assert api(lead).post("sites/", body).status_code == 201
    with acting_as(lead.pk):
        site = Site.objects.visible_to(lead).get(kind="own_boat")
        assert site.get_kind_display() == SiteKind("own_boat").label == "Houseboat"
        with override("fr"):
            assert site.get_kind_display() == "Péniche"
        with override("es"):
            assert site.get_kind_display() == "Houseboat"


def test_a_need_of_its_own_is_asked_offered_and_referred(
    api: Api, browser_client: Browser, admin: Any, said: Any
) -> None:
    labels = {"en": "A way to school"}
    added = api(admin).post("choices/", {"listed": "need", "code": "own_way", "labels": labels})
    assert added.status_code == 201
    lead = factories.user("case_manager")
    client, person = api(lead), factories.involvement(factories.case())
    assert "A way to school" in said(browser_client(lead).get("/field/rescues/new/"))
    house = {"name": "Invented house", "jurisdiction": "IN-WB", "services": ["own_way", "medical"]}
    assert client.post("providers/", house).status_code == 201
    for need in ("own_way", "medical"):
        draft = client.post("referrals/", {"involvement": str(person.pk), "need": need})
        assert draft.status_code == 201, draft.json()
    text = said(browser_client(lead).get(f"/cases/{person.case_id}/care/"))
    assert "A way to school" in text
    with acting_as(lead.pk):
        assert [row.need for row in drafts_of(person.case, lead)] == ["medical", "own_way"]


@pytest.mark.parametrize(
    ("says", "column"),
    [
        ({"listed": "programme"}, "code"),
        ({"code": "boat"}, "code"),
        ({"code": "own_" + "x" * 30}, "code"),
        ({"labels": {}}, "labels"),
        ({"labels": {"xx": "Boat"}}, "labels"),
        ({"labels": {"en": "brick KILN"}}, "labels"),
        ({"counts_as": "ship"}, "counts_as"),
        ({"position": 10_000}, "position"),
        ({"starts_on": clock.today(), "ends_on": last_week()}, "ends_on"),
    ],
)
def test_what_cannot_be_a_choice_is_refused_at_its_column(
    admin: Any, says: dict[str, Any], column: str
) -> None:
    with acting_as(admin.pk), pytest.raises(Refused) as refused:
        add_choice(**{**BOAT, **says}, actor=admin)
    assert refused.value.field == column
    assert not Choice.objects.filter(is_own=True).exists()


def test_the_last_in_use_and_what_casework_says_itself_stay_in_use(admin: Any) -> None:
    with pytest.raises(Refused, match="itself needs"):
        change(choice("document_kind", "abuse_material"), admin, ends_on=last_week())
    *others, last = Choice.objects.filter(listed="closing_reason")
    for row in others:
        change(row, admin, ends_on=last_week())
    with pytest.raises(Refused, match="last one"):
        change(last, admin, ends_on=last_week())


def test_the_database_keeps_codes_that_ship_and_own_ones_apart() -> None:
    for row in (
        Choice(listed="site_kind", code="boat", is_own=True, labels={"en": "Boat"}),
        Choice(listed="site_kind", code="own_boat", is_own=False),
        Choice(listed="site_kind", code="own_boat", is_own=True),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.filter(pk=factories.site().pk).update(kind="boat")


def test_an_own_reason_counts_as_the_one_it_names_else_as_another(admin: Any) -> None:
    with acting_as(admin.pk):
        for code, counts_as in (("own_flood", "judge_absent"), ("own_strike", "")):
            says = {"listed": "adjournment", "labels": {"en": code}, "counts_as": counts_as}
            add_choice(code=code, **says, actor=admin)
    with acting_as(admin.pk):
        assert Adjournment.counted("judge_absent") == ["judge_absent", "own_flood"]
        assert Adjournment.meant("own_strike") == ""
        assert ClosingReason.counted("transferred") == ["transferred"]


def test_nothing_is_asked_of_the_database_while_all_is_as_it_ships(
    admin: Any, django_assert_num_queries: Any
) -> None:
    with acting_as(admin.pk), django_assert_num_queries(0):
        str(dict(DocumentKind.choices))
    change(choice("document_kind", "photo"), admin, labels={"en": "Picture"})
    with acting_as(admin.pk):
        pass
    with acting_as(admin.pk), django_assert_num_queries(0):
        assert DocumentKind.PHOTO.label == "Picture"


def test_a_table_names_adds_and_retires_in_one_go(browser_client: Browser, admin: Any) -> None:
    rows = (
        "listed,code,position,ends_on,en,fr\n"
        "site_kind,kiln,5,,Bhatta,Briqueterie\n"
        f"site_kind,quarry,,{last_week()},,\n"
        "site_kind,own_boat,,,Houseboat,\n"
    )
    client = browser_client(admin)
    sheet = client.post("/choices/table/", {"rows": rows}).context["sheet"]
    assert not Choice.objects.filter(is_own=True).exists()
    client.post("/choices/table/", {"rows": rows, "keep": sheet.digest})
    kiln, boat = choice("site_kind", "kiln"), choice("site_kind", "own_boat")
    assert (kiln.labels, kiln.position) == ({"en": "Bhatta", "fr": "Briqueterie"}, 5)
    assert boat.is_own
    assert not choice("site_kind", "quarry").is_in_use


def test_a_page_changes_a_choice_and_says_who_did(browser_client: Browser, admin: Any) -> None:
    client, row = browser_client(admin), choice("site_kind", "kiln")
    form = client.get(f"{row.get_absolute_url()}change/").content.decode()
    assert "In Casework: Brick kiln" in form
    assert form.index('name="name_en"') < form.index('name="position"')
    body = {"version": 1, "name_en": "Bhatta", "position": "5", "key": "a"}
    answer = client.post(f"{row.get_absolute_url()}change/", body)
    assert answer["Location"] == row.get_absolute_url()
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Bhatta" in page
    assert "Changed: Names, Order" in page
    assert f"<bdi>{admin.name}</bdi>" in page
    assert "Bhatta" in client.get("/choices/?kind=site_kind").content.decode()


def test_nobody_deletes_a_choice() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege('casework_app', 'places_choice', 'delete')")
        assert cursor.fetchone() == (False,)


def test_a_filter_tells_the_codes_of_now_whenever_it_was_made() -> None:
    rule, shipped = filters.choice("kind", SiteKind), len([*SiteKind.choices])
    boat = choices.Entry({"en": "Houseboat"}, None, None, None, "other")
    told = copy_context().run(
        lambda: choices.tell({"site_kind": {"own_boat": boat}}) or [*rule.labels]
    )
    assert (told[-1][0], len(told)) == ("own_boat", shipped + 1)
    assert len([*rule.labels]) == shipped
