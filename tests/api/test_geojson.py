"""Outlines of places, and lists on a map, read by a library of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geojson
import pytest

from casework.models import Case
from core.access import SEALED
from core.models import AuditEvent
from places.models import Jurisdiction, Outline
from tests import factories
from tests.api.conftest import misfits

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.clients import ApiClient

    Browser = Callable[[Any], Client]
    Api = Callable[[Any], ApiClient]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
CLOCKWISE = [[88.1, 22.1], [88.1, 22.9], [88.9, 22.9], [88.1, 22.1]]
SHAPE = {"type": "Polygon", "coordinates": [CLOCKWISE]}
KEPT = {"type": "Polygon", "coordinates": [CLOCKWISE[::-1]]}
WORLD = {"type": "FeatureCollection", "features": []}


@pytest.fixture
def admin() -> Any:
    return factories.user("system_admin")


@pytest.fixture
def bengal() -> Any:
    return Jurisdiction.objects.by_code("IN-WB")


def draw(api: Api, admin: Any, place: Any, outline: Any) -> Any:
    place.refresh_from_db()
    path, tag = f"jurisdictions/{place.pk}/draw/", f'"{place.version}"'
    return api(admin).post(path, {"outline": outline}, If_Match=tag)


def on_a_map(answer: Any) -> list[Any]:
    """Its features, as a library reads them."""
    assert answer["Content-Type"] == "application/geo+json"
    read = geojson.loads(answer.content)
    assert read.is_valid, read.errors()
    return list(read.features)


@pytest.mark.parametrize(
    "sent",
    [
        SHAPE,
        {"type": "Feature", "geometry": SHAPE, "properties": {"name": "x"}},
        WORLD | {"features": [{"type": "Feature", "geometry": SHAPE}]},
        {"type": "Polygon", "coordinates": [[[*at, 14.5] for at in CLOCKWISE]]},
    ],
)
def test_the_shape_alone_is_kept_and_turned_as_the_standard_wants(
    api: Api, admin: Any, bengal: Any, sent: Any
) -> None:
    assert draw(api, admin, bengal, sent).status_code == 200
    assert bengal.outline.geometry == KEPT
    assert draw(api, admin, bengal, None).status_code == 200
    assert not Outline.objects.exists()
    deeds = AuditEvent.objects.filter(action="place.changed", target_id=str(bengal.pk))
    assert [deed.detail["fields"] for deed in deeds] == [["outline"]] * 2


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "a Polygon or a MultiPolygon"),
        ({"type": "Point", "coordinates": [88, 22]}, "a Polygon or a MultiPolygon"),
        ({"type": "Polygon"}, "a Polygon or a MultiPolygon"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "a Polygon or a MultiPolygon"),
        ({"type": "Polygon", "coordinates": [CLOCKWISE[:3]]}, "ends where it begins"),
        ({"type": "Polygon", "coordinates": [[[22, 188], *CLOCKWISE]]}, "then a latitude"),
        ({"type": "Polygon", "coordinates": [[["88", "22"]]]}, "then a latitude"),
        ({"type": "Polygon", "coordinates": [CLOCKWISE * 1300]}, "Simplify it first"),
        (WORLD, "a Polygon or a MultiPolygon"),
        ({"type": "Feature", "geometry": None}, "a Polygon or a MultiPolygon"),
    ],
)
def test_what_is_no_outline_is_refused_in_words(
    api: Api, admin: Any, bengal: Any, sent: Any, why: str
) -> None:
    answer = draw(api, admin, bengal, sent)
    assert answer.status_code == 400
    assert why.lower() in answer.json()["errors"]["outline"][0].lower()
    assert not Outline.objects.exists()


def test_by_page_it_is_pasted_shown_and_given_back(
    browser_client: Browser, admin: Any, bengal: Any
) -> None:
    client, page = browser_client(admin), f"/places/{bengal.pk}/draw/"
    sent = {"version": bengal.version, "outline": '{"type": "Polygon", "coordinates": [[['}
    assert "This is not JSON: line 1" in client.post(page, sent).content.decode()
    whole = sent | {"outline": geojson.dumps(SHAPE)}
    assert client.post(page, whole)["Location"] == bengal.get_absolute_url()
    assert '<path d="M' in client.get(bengal.get_absolute_url()).content.decode()
    assert client.get(page).context["form"].initial["outline"] == geojson.dumps(
        KEPT, separators=(",", ":")
    )
    manager = factories.user("case_manager")
    assert browser_client(manager).get(page).status_code == 403


def test_places_are_at_their_own_outline_or_nowhere(
    api: Api, admin: Any, bengal: Any, document: Any
) -> None:
    draw(api, admin, bengal, SHAPE)
    answer = api(admin).get("jurisdictions/geojson/?parent=IN-WB")
    assert {one.geometry for one in on_a_map(answer)} == {None}
    answer = api(admin).get("jurisdictions/geojson/?code=IN-WB")
    (found,) = on_a_map(answer)
    assert (found["properties"]["name"], found.geometry) == ("West Bengal", KEPT)
    assert not misfits(document, "jurisdictions/geojson/", "get", answer)
    page = api(admin).get("jurisdictions/geojson/?limit=1")
    assert page.json()["next"] in page["Link"]
    assert "/jurisdictions/geojson/?" in page["Link"]


def test_a_site_is_at_the_nearest_outline_never_at_its_exact_place(
    api: Api, admin: Any, bengal: Any, document: Any
) -> None:
    draw(api, admin, bengal, SHAPE)
    case = factories.case()
    exact = factories.site_place(case, text="22.57261, 88.36389")
    manager = factories.user("case_manager", case.office)
    answer = api(manager).get("sites/geojson/")
    (found,) = on_a_map(answer)
    assert (found["id"], found["outline_of"]) == (str(exact.site_id), "IN-WB")
    assert found.geometry == KEPT
    assert b"22.5726" not in answer.content
    assert not misfits(document, "sites/geojson/", "get", answer)
    read = AuditEvent.objects.filter(actor_id=manager.pk, kind="read").latest("at")
    assert exact.site_id in read.subjects or str(exact.site_id) in str(read.detail)
    factories.outline("IN-WB-KOL", geometry=KEPT)
    (found,) = on_a_map(api(manager).get("sites/geojson/"))
    assert found["outline_of"] == "IN-WB-KOL"


def test_who_cannot_see_a_site_finds_nothing_of_it_on_the_map(api: Api) -> None:
    case = factories.case()
    factories.site(case)
    office = factories.office("manila", "PH-MNL")
    stranger = factories.user("case_manager", office)
    officer = factories.user("field_officer", case.office)  # not of the team: sees that it exists
    manager = factories.user("case_manager", case.office)
    assert [len(on_a_map(api(user).get("sites/geojson/"))) for user in (stranger, officer)] == [
        0,
        0,
    ]
    assert api(factories.user("auditor", case.office)).get("sites/geojson/").status_code == 403
    assert len(on_a_map(api(manager).get("sites/geojson/"))) == 1
    Case.objects.filter(pk=case.pk).update(level=SEALED)
    assert on_a_map(api(manager).get("sites/geojson/")) == []
