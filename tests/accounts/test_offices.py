"""An administrator opens offices and changes them, without a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import Office
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
