"""Two of the same become one: what named the one names the other, in whichever case it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from aftercare.models import Provider
from casework.models import RescueAgency
from core.context import acting_as
from core.trail import changes_of_reference
from places.models import Agency, Jurisdiction
from prosecutions.models import Prosecution
from tests import factories
from tests.api.place_bodies import place
from tests.factories import care

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from accounts.models import User
    from tests.clients import ApiClient

    Browser = Callable[[User], Client]
    Api = Callable[[User], ApiClient]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def admin() -> User:
    return factories.user("system_admin")


def merged(api: Api, who: User, noun: str, gone: object, into: object) -> tuple[int, str]:
    """What the answer of a program is."""
    client = api(who)
    version = client.get(f"{noun}/{gone}/")["ETag"]
    answer = client.post(f"{noun}/{gone}/merge/", {"into": str(into)}, If_Match=version)
    return answer.status_code, answer.content.decode()


def test_a_court_named_in_a_case_the_administrator_does_not_see(
    browser_client: Browser, admin: User
) -> None:
    gone, kept = (factories.agency(kind="court") for _ in range(2))
    of = factories.prosecution(court=gone)
    client, page = browser_client(admin), f"/agencies/{gone.pk}/merge/"
    looked = client.post(page, {"into": kept.pk, "version": 1})
    assert looked.context["moved"] == 1
    assert of.docket not in looked.content.decode() or not of.docket
    of.refresh_from_db()
    assert (of.court_id, of.version) == (gone.pk, 1), "nothing is changed by looking"
    done = client.post(page, {"into": kept.pk, "version": 1, "sure": kept.pk})
    assert done["Location"] == gone.get_absolute_url()
    of.refresh_from_db()
    assert (of.court_id, of.version) == (kept.pk, 2)
    former = Prosecution.pgh_event_model.objects.filter(pgh_obj=of).order_by("pgh_id")
    assert [str(row.court_id) for row in former] == [str(gone.pk), str(kept.pk)]
    gone.refresh_from_db()
    assert (gone.is_active, gone.merged_into_id) == (False, kept.pk)
    said = client.get(gone.get_absolute_url()).content.decode()
    assert kept.get_absolute_url() in said
    assert f"/agencies/{gone.pk}/change/" not in said
    assert changes_of_reference(gone.pk)[0].action == "agency.merged"
    assert changes_of_reference(kept.pk)[0].action == "agency.took_in"


def test_a_rescue_in_which_both_took_part_names_one_who_led(api: Api, admin: User) -> None:
    row = factories.rescue_agency()
    kept = factories.agency()
    RescueAgency.objects.filter(pk=row.pk).update(led=True)
    twin = RescueAgency.objects.create(case=row.case, rescue=row.rescue, agency=kept)
    assert merged(api, admin, "agencies", row.agency_id, kept.pk)[0] == 200
    row.refresh_from_db()
    twin.refresh_from_db()
    assert row.removed_at is not None
    assert twin.removed_at is None
    assert twin.led


def test_a_consent_that_names_an_agency_follows(api: Api, admin: User) -> None:
    consent, (gone, kept) = factories.consent(), (factories.agency() for _ in range(2))
    type(consent).objects.filter(pk=consent.pk).update(
        recipient_kind="agency", recipient_id=gone.pk
    )
    assert merged(api, admin, "agencies", gone.pk, kept.pk)[0] == 200
    consent.refresh_from_db()
    assert consent.recipient_id == kept.pk


def test_one_that_took_in_another_may_be_merged_itself(api: Api, admin: User) -> None:
    first, second, third = (factories.agency() for _ in range(3))
    assert merged(api, admin, "agencies", first.pk, second.pk)[0] == 200
    assert merged(api, admin, "agencies", second.pk, third.pk)[0] == 200
    assert {row.merged_into for row in Agency.objects.filter(pk__in=[first.pk, second.pk])} == {
        third
    }
    code, words = merged(api, admin, "agencies", third.pk, first.pk)
    assert code == 400
    assert "was merged a moment ago" in words


def test_what_is_not_the_same_is_refused_in_words(api: Api, admin: User) -> None:
    court, police = factories.agency(kind="court"), factories.agency()
    there = factories.agency(jurisdiction=factories.place("PH-MNL"))
    for into, words in (
        (court, "different kinds"),
        (there, "different countries"),
        (police, "another one"),
    ):
        code, said = merged(api, admin, "agencies", police.pk, into.pk)
        assert (code, words in said) == (400, True), said
    one, other = place(), Jurisdiction.objects.by_code("IN-WB")
    assert "different levels" in merged(api, admin, "jurisdictions", one.pk, other.code)[1]
    country = Jurisdiction.objects.by_code("IN")
    assert "not merged" in merged(api, admin, "jurisdictions", country.pk, "PH")[1]


def test_a_merged_one_is_changed_no_more(api: Api, admin: User) -> None:
    gone, kept = (factories.agency() for _ in range(2))
    merged(api, admin, "agencies", gone.pk, kept.pk)
    answer = api(admin).patch(f"agencies/{gone.pk}/", {"is_active": True}, If_Match='"2"')
    assert answer.json()["detail"] == f"It was merged into {kept.name}. Change that one."


def test_a_district_takes_in_what_lies_in_another(api: Api, admin: User) -> None:
    gone, kept = place(), place()
    agency = factories.agency(jurisdiction=gone)
    city = Jurisdiction.objects.create(
        code=f"{gone.code}-X", name="Invented Town", level="city", parent=gone
    )
    case = factories.case(jurisdiction=gone)
    assert merged(api, admin, "jurisdictions", gone.pk, kept.code)[0] == 200
    assert Agency.objects.within(kept).get() == agency
    assert Jurisdiction.objects.within(kept).filter(pk=city.pk).exists()
    assert not Jurisdiction.objects.within(gone).filter(pk=city.pk).exists()
    case.refresh_from_db()
    assert case.jurisdiction == kept


def test_two_districts_with_an_agency_of_one_name_wait_until_it_is_one(
    api: Api, admin: User
) -> None:
    gone, kept = place(), place()
    one, other = (factories.agency(name="Invented unit", jurisdiction=p) for p in (gone, kept))
    case = factories.case(jurisdiction=gone)
    code, words = merged(api, admin, "jurisdictions", gone.pk, kept.code)
    assert code == 400
    assert "one of the same name (agency)" in words
    case.refresh_from_db()
    assert case.jurisdiction == gone, "all or nothing"
    merged(api, admin, "agencies", one.pk, other.pk)
    assert merged(api, admin, "jurisdictions", gone.pk, kept.code)[0] == 200


def test_only_a_system_administrator_merges_agencies(
    browser_client: Browser, api: Api, admin: User
) -> None:
    gone, kept = (factories.agency() for _ in range(2))
    manager = factories.user("case_manager")
    assert merged(api, manager, "agencies", gone.pk, kept.pk)[0] == 403
    shown = browser_client(manager).get(gone.get_absolute_url()).content.decode()
    assert "merge/" not in shown
    statement = "select merge_reference('places_agency', %s, %s)"
    with (
        acting_as(manager.pk),
        pytest.raises(DatabaseError, match="may merge") as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [gone.pk, kept.pk])
    assert refusal.value.__cause__.pgcode == "42501"  # type: ignore[union-attr]


def test_a_provider_is_merged_by_who_keeps_it_and_nobody_reads_more_by_it(
    browser_client: Browser, api: Api
) -> None:
    gone, kept = factories.provider(), factories.provider()
    slept = care.placement(provider=gone)
    staff = factories.provider_staff(kept)
    manager = factories.user("case_manager", slept.case.office)
    code, words = merged(api, manager, "providers", gone.pk, kept.pk)
    assert code == 400
    assert "End their access first" in words
    type(staff).objects.filter(pk=staff.pk).update(ended_at=staff.created_at)
    client, page = browser_client(manager), f"/providers/{gone.pk}/merge/"
    sure = {"into": kept.pk, "version": gone.version, "sure": kept.pk}
    assert client.post(page, sure)["Location"] == gone.get_absolute_url()
    slept.refresh_from_db()
    assert slept.provider_id == kept.pk
    assert Provider.objects.get(pk=gone.pk).merged_into_id == kept.pk
    said = client.get(gone.get_absolute_url()).content.decode()
    assert "Merged into another" in said
    assert kept.get_absolute_url() in said
