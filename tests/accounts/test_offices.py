"""An administrator opens offices and changes them, without a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import Office, User
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.clients import ApiClient

    Browser = Callable[[Any], Client]
    Api = Callable[[Any], ApiClient]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
NEW = {"name": "Nairobi", "code": "nairobi", "prefix": "NBO", "jurisdiction": "KE"}


@pytest.fixture
def admin() -> Any:
    return factories.user("system_admin")


def test_by_page_and_its_day_is_that_of_its_place(browser_client: Browser, admin: Any) -> None:
    client = browser_client(admin)
    answer = client.post("/offices/new/", NEW | {"key": "a"})
    office = Office.objects.get(code="nairobi")
    assert answer["Location"] == office.get_absolute_url()
    assert (str(office.zone), office.is_global, office.prefix) == ("Africa/Nairobi", False, "NBO")
    sent = {"name": "Nairobi West", "jurisdiction": "KE", "version": office.version}
    client.post(f"/offices/{office.pk}/change/", sent)
    told = client.get(f"/offices/{office.pk}/").content.decode()
    assert "Nairobi West" in told
    assert "Changed: name" in told
    assert "Africa/Nairobi" in client.get(f"/offices/{office.pk}/").content.decode()
    assert "NBO" in client.get("/offices/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "Nairobi!"}, "code"),
        ({"prefix": "N1"}, "prefix"),
        ({"prefix": "KOL"}, "prefix"),
        ({"code": "kolkata"}, "code"),
        ({"jurisdiction": "XX"}, "jurisdiction"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    browser_client: Browser, api: Api, admin: Any, change: dict[str, str], field: str
) -> None:
    factories.office()
    answer = api(admin).post("offices/", NEW | change)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    page = browser_client(admin).post("/offices/new/", NEW | change | {"key": "a"})
    assert page.status_code in {400, 409}
    assert field in page.context["form"].errors
    assert not Office.objects.filter(code="nairobi").exists()


def test_it_closes_after_it_opened(api: Api, admin: Any) -> None:
    made = api(admin).post("offices/", NEW | {"opened_on": "2026-01-05"}).json()
    path = f"offices/{made['id']}/"
    early = api(admin).patch(path, {"closed_on": "2026-01-04"}, If_Match='"1"')
    assert (early.status_code, list(early.json()["errors"])) == (400, ["closed_on"])
    assert api(admin).patch(path, {"closed_on": "2026-02-04"}, If_Match='"1"').status_code == 200


def test_nobody_is_invited_to_a_closed_office(browser_client: Browser, admin: Any) -> None:
    office = factories.office()
    page = browser_client(admin).get("/people/invite/").content.decode()
    assert f'value="{office.code}"' in page
    Office.objects.filter(pk=office.pk).update(closed_on="2026-11-01")
    page = browser_client(admin).get("/people/invite/").content.decode()
    assert f'value="{office.code}"' not in page


def test_only_an_administrator(browser_client: Browser, api: Api) -> None:
    manager = factories.user("case_manager")
    assert browser_client(manager).get("/offices/").status_code == 403
    assert api(manager).post("offices/", NEW).status_code == 403


def test_from_a_table_all_or_none(browser_client: Browser, admin: Any, said: Any) -> None:
    """Looked at first, with every fault; then found by name, place and letters."""
    client, path = browser_client(admin), "/offices/table/"
    head = "name,code,prefix,jurisdiction,opened_on,language,currency"
    good = f"{head}\nNairobi,nairobi,NBO,KE,2026-01-05,,kes\nManila,manila-2,MNX,PH,,fil,"
    faulty = f"{good}\nAgain,nairobi,NBX,KE,,,\nOther,other,OTH,KE,,xx,\nMore,more,MOR,KE,,,12"
    page = client.post(path, {"rows": faulty, "key": "a"})
    told = said(page)
    for words in ("Another office has this code.", "not speak this language", "three letters"):
        assert words in told
    look = client.post(path, {"rows": good, "key": "a"})
    assert "Read without faults" in said(look)
    assert not Office.objects.filter(code="nairobi").exists()
    kept = client.post(path, {"rows": good, "key": "a", "keep": look.context["sheet"].digest})
    assert kept["Location"] == "/offices/"
    assert Office.objects.get(code="nairobi").currency == "KES"
    for sought, there in (("NBO", True), ("Kenya", True), ("nair", True), ("mani", False)):
        assert ("NBO" in said(client.get(f"/offices/?q={sought}"))) == there, sought
    assert "NBO" not in said(client.get("/offices/?kind=closed"))


def test_its_language_and_currency_are_where_they_are_needed(
    api: Api, browser_client: Browser, admin: Any, said: Any
) -> None:
    """Whoever is invited reads in it; forms about money offer it before that of the country."""
    asked = NEW | {"language": "fr", "currency": "xof"}
    assert api(admin).post("offices/", asked | {"currency": "1F"}).status_code == 400
    made = api(admin).post("offices/", asked).json()
    assert (made["language"], made["currency"]) == ("fr", "XOF")
    person = {"name": "Invented", "username": "new.one", "email": "new@example.org"}
    person |= {"office": "nairobi", "role": "field_officer", "reason": "Invented"}
    assert browser_client(admin).post("/people/invite/", person | {"key": "a"}).status_code == 302
    assert User.objects.get(username="new.one").language == "fr"
    shown = said(browser_client(admin).get(f"/offices/{made['id']}/"))
    assert "Days of rest Saturday, Sunday Language of new people Français Currency XOF" in shown
    office = Office.objects.get(code="nairobi")
    case = factories.case(office)
    lawyer = factories.user("legal_officer", office)
    factories.assignment(case, lawyer)
    client, custody = browser_client(lawyer), factories.custody(case)
    form = client.get(f"/custodies/{custody.pk}/release/").context["form"]
    assert form["bail_currency"].initial == "XOF"
    change = {"currency": ""}
    assert api(admin).patch(f"offices/{office.pk}/", change, If_Match='"1"').status_code == 200
    again = client.get(f"/custodies/{custody.pk}/release/").context["form"]
    assert again["bail_currency"].initial in ("INR", "KES")
