"""An office for practice: no figure counts it, nothing of it leaves, and all of it goes."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import AccountChange, Membership, Office, User
from casework.models import Case, Transfer
from core.context import acting_as
from exchange.models import Delivery
from intake.demo.practice import RESCUES
from reports.base import REPORTS
from reports.models import AnonymousRow
from reports.readers import Reporter
from retention.models import Tombstone
from tests import factories
from tests.factories import programs
from tests.factories import retention as kept
from tests.meta import test_counting as counting
from tests.meta import test_walls as walls
from tests.meta.tables import histories, query, table, walled

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.test import Client

    from tests.clients import ApiClient

    Browser = Callable[[User], Client]
    Api = Callable[[User], ApiClient]

# In one go: what a role may not is refused whoever asks.
AS_THE_APPLICATION = "set local role casework_app; update accounts_office set is_practice = true"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def everywhere() -> Office:
    return factories.office("global")


@pytest.fixture
def admin(everywhere: Office) -> User:
    return factories.user("system_admin", everywhere, username="a.first")


def practise(*said: str) -> str:
    out = StringIO()
    call_command("load_practice", "--as", "a.first", *said, stdout=out)
    return out.getvalue()


def learner(office: Office, role: str = "case_manager") -> User:
    return factories.user(role, office)


def of_practice() -> set[UUID]:
    return set(Case.objects.filter(office__is_practice=True).values_list("pk", flat=True))


def figures() -> dict[str, object]:
    """Every report as the command prints it."""
    said = {}
    for slug in REPORTS:
        out = StringIO()
        call_command("report", slug, stdout=out)
        said[slug] = json.loads(out.getvalue())
    return said


def everything() -> dict[str, int]:
    """How many rows each table has of which nothing may be left."""
    models = [*walled(), *histories(), AnonymousRow, Tombstone, Delivery]
    return {table(model): model.objects.count() for model in models}


def test_no_report_counts_a_practice_rescue(admin: User) -> None:
    factories.rescue()
    before = figures()
    practise("--place", "IN-WB")
    assert len(of_practice()) == len(RESCUES)
    assert figures() == before


def shown(found: dict[type, set[object]], mine: dict[type, set[object]]) -> list[str]:
    return [table(model) for model, rows in mine.items() if found.get(model, set()) & rows]


@pytest.mark.nightly
def test_neither_wall_lets_anybody_count_it(admin: User, everywhere: Office) -> None:
    practise("--place", "IN-WB")
    office = Office.objects.get(is_practice=True)
    Case.objects.filter(pk=min(of_practice())).update(level=4)
    cases = of_practice()
    mine = {
        model: {pk for pk, case in walls.placed(model).items() if case in cases}
        for model in walled()
    }
    assert sum(map(bool, mine.values())) > 8
    far = factories.user("data_officer", everywhere)
    for reader in (far, learner(office), Reporter()):
        assert shown(counting.in_wall_1(reader), mine) == []
        assert shown(counting.in_wall_2(reader), mine) == []
    # Nor do they see it who work everywhere: so no list, file or program has it.
    assert shown(walls.in_wall_1(far), mine) == []
    assert shown(walls.in_wall_2(far), mine) == []
    assert Case in {
        model for model in mine if walls.in_wall_2(learner(office))[model] & mine[model]
    }
    with connection.cursor() as cursor:
        cursor.execute("select open_release_context(%s::uuid[])", [[office.pk]])
        assert cursor.fetchone() == ([],)


def test_whoever_practises_takes_nothing_out(admin: User, browser_client: Browser) -> None:
    practise("--place", "IN-WB")
    person = learner(Office.objects.get(is_practice=True))
    client = browser_client(person)
    for path in ("/reports/", "/exports/", "/dashboards/field-office/", "/exports/new/"):
        assert client.get(path).status_code == 403, path
    for path in ("/cases/", "/", "/field/rescues/new/"):
        page = client.get(path).content.decode()
        assert "Enter invented people only" in page, path
    assert "Enter invented people only" not in browser_client(admin).get("/").content.decode()


def test_no_program_is_told_of_it(admin: User, everywhere: Office) -> None:
    account = factories.service_account("data_officer", everywhere, run_by="house")
    programs.webhook(account, nouns=["cases", "rescues", "involvements"])
    practise("--place", "IN-WB")
    Case.objects.filter(pk__in=of_practice()).update(version=F("version") + 1)
    assert not Delivery.objects.exists()
    factories.case()
    assert Delivery.objects.exists()


def test_all_of_it_goes_and_nothing_else(
    admin: User, browser_client: Browser, everywhere: Office
) -> None:
    factories.rescue()
    before = everything()
    practise("--place", "IN-WB")
    assert everything() != before
    office = Office.objects.get(is_practice=True)
    client = browser_client(admin)
    assert "Delete the practice cases" in client.get(office.get_absolute_url()).content.decode()
    address = f"/offices/{office.pk}/take-practice-away/"
    client.post(address, {"version": office.version})
    assert everything() == before
    office.refresh_from_db()
    assert office.emptied_at
    assert office.closed_on is None
    assert "Practice cases deleted" in client.get(office.get_absolute_url()).content.decode()
    assert "added" in practise()  # once more, in the same office
    assert "closed" in practise("--remove")
    assert everything() == before
    assert not User.objects.get(username="practice").is_active
    with pytest.raises(CommandError, match="no office for practice"):
        practise("--remove")


def test_a_real_office_is_never_emptied(
    admin: User, api: Api, browser_client: Browser, office: Office
) -> None:
    case = factories.case(office)
    answer = api(admin).post(
        f"offices/{office.pk}/take-practice-away/", {}, If_Match=f'"{office.version}"'
    )
    assert answer.status_code == 409
    with acting_as(admin.pk), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="takes practice away"), transaction.atomic():
            cursor.execute("select take_practice_away(%s)", [office.pk])
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(AS_THE_APPLICATION)
    assert Case.objects.filter(pk=case.pk).exists()


def test_nobody_but_an_administrator_takes_it_away(admin: User) -> None:
    practise("--place", "IN-WB")
    office = Office.objects.get(is_practice=True)
    with (
        acting_as(learner(office).pk),
        pytest.raises(DatabaseError, match="an administrator"),
        transaction.atomic(),
    ):
        query("select take_practice_away(%s)", office.pk)


def test_of_an_office_with_a_held_case_nothing_goes(admin: User, browser_client: Browser) -> None:
    practise("--place", "IN-WB")
    hold = kept.hold(Case.objects.get(pk=max(of_practice())))
    before = everything()
    office = Office.objects.get(is_practice=True)
    sent = {"version": office.version}
    address = f"/offices/{office.pk}/take-practice-away/"
    page = browser_client(admin).post(address, sent, follow=True).content.decode()
    assert "under a legal hold" in page
    with pytest.raises(CommandError, match="under a legal hold"):
        practise("--remove")
    office.refresh_from_db()
    assert (everything(), office.emptied_at, office.closed_on) == (before, None, None)
    with acting_as(admin.pk):  # nor does it, by the database alone
        assert query("select take_practice_away(%s)", office.pk) == [(None,)]
    assert everything() == before
    hold.status, hold.decided_by = "refused", factories.user("case_manager")
    hold.save()
    assert "closed" in practise("--remove")


def test_a_case_neither_leaves_practice_nor_becomes_practice(
    admin: User, case_manager: User, office: Office, api: Api
) -> None:
    practise("--place", "IN-WB")
    practice = Office.objects.get(is_practice=True)
    learner(practice)
    case = factories.case(office)
    sent = {"case": str(case.pk), "to_office": practice.code}
    sent["reason"] = "Somebody else takes it from here on"
    answer = api(case_manager).post("transfers/", sent)
    assert (answer.status_code, "taken over there" in answer.content.decode()) == (409, True)
    assert not Transfer.objects.exists()
    for one, other in ((case.pk, practice), (min(of_practice()), office)):
        with pytest.raises(DatabaseError, match="practice"), transaction.atomic():
            Case.objects.filter(pk=one).update(office=other)


@pytest.mark.parametrize(
    ("role", "words"),
    [("field_officer", "works in no other office"), ("auditor", "not one for practice")],
)
def test_whoever_practises_works_nowhere_else(
    admin: User, api: Api, office: Office, role: str, words: str
) -> None:
    practise("--place", "IN-WB")
    practice = Office.objects.get(is_practice=True)
    person = factories.user("field_officer", office)
    sent = {"user": str(person.pk), "office": practice.code, "role": role, "reason": "Learns"}
    answer = api(admin).post("account-changes/", sent)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not AccountChange.objects.exists()
    with pytest.raises(DatabaseError, match="practi"), transaction.atomic():
        Membership.objects.create(user=person, role=role, office=practice)


def worlds(practises_now: bool, office: Office) -> tuple[Office, Office]:
    """The office for practice and the other one: first where somebody works now."""
    practise("--place", "IN-WB")
    practice = Office.objects.get(is_practice=True)
    return (practice, office) if practises_now else (office, practice)


@pytest.mark.parametrize("practises_now", [True, False])
def test_whoever_is_on_the_team_of_a_case_changes_no_world(
    admin: User, api: Api, office: Office, practises_now: bool
) -> None:
    """Their role has ended, and the case would be open again with whichever role they get."""
    now, before = worlds(practises_now, office)
    person = factories.user("field_officer", before)
    assignment = factories.assignment(factories.case(before), person)
    Membership.objects.filter(user=person).update(ended_at=Now())
    sent = {"user": str(person.pk), "office": now.code, "role": "field_officer", "reason": "Moves"}
    answer = api(admin).post("account-changes/", sent)
    assert answer.status_code == 400
    assert "still on the team of a case" in answer.content.decode()
    assert not AccountChange.objects.exists()
    with pytest.raises(DatabaseError, match="team of no other case"), transaction.atomic():
        factories.membership(person, "field_officer", now)
    factories.membership(person, "legal_officer", before)  # where they were they may come back
    Membership.objects.filter(user=person).update(ended_at=Now())
    assignment.ended_at = Now()
    assignment.save()
    assert api(admin).post("account-changes/", sent).status_code == 201
    factories.membership(person, "field_officer", now)


@pytest.mark.parametrize("practises_now", [True, False])
def test_a_role_opens_no_case_of_the_other_world(
    admin: User, office: Office, practises_now: bool
) -> None:
    """Also if they came on its team in a way that nobody thought of."""
    now, other = worlds(practises_now, office)
    person = factories.user("case_manager", now)
    mine, theirs = ({factories.case(at, level=n).pk for n in (1, 4)} for at in (now, other))
    for case in Case.objects.filter(pk__in=mine | theirs):
        factories.assignment(case, person, named=True)
    person = User.objects.get(pk=person.pk)
    for wall in (walls.in_wall_1(person), walls.in_wall_2(person)):
        assert wall[Case] & (mine | theirs) == mine
    for wall in (counting.in_wall_1(person), counting.in_wall_2(person)):
        assert wall[Case] & (mine | theirs) == (set() if practises_now else mine)


def test_it_is_one_of_the_first_steps(admin: User, browser_client: Browser) -> None:
    client = browser_client(admin)

    def left() -> str:
        page = client.get("/setting-up/").content.decode()
        return page[page.index("A practice rescue") :].partition("</li>")[0]

    assert "Not done" in left()
    practise("--place", "IN-WB")
    assert "Not done" in left()
    practise("--remove")
    assert "Not done" not in left()
