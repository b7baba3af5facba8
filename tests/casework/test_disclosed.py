"""What a prosecutor from outside sees: the parts named, to read, while the disclosure holds."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.enums import Part
from casework.models import Case, Disclosure
from core.access import ScopedQuerySet
from core.models import AuditEvent
from prosecutions.models import Answer, Hearing
from tests import factories
from tests.case_pages import pages_of, whole
from tests.meta.addresses import of_kind
from tests.meta.tables import PARTS, execute, table, walled
from tests.whole import share, turn
from victims.models import Consent, Identity, Share, Withdrawal

pytestmark = pytest.mark.django_db
NAME = "Canary Ivory"
SECTIONS = {
    "rescue": "rescues",
    "people": "survivors",
    "suspect": "suspects",
    "court": "court",
    "site": "sites",
    "document": "documents",
}
NEVER = {"team", "care", "disclosures", "steps"}
# What a reader may do: look for a reason, say that the case must be closed to them, and tell what
# waits for the team (`tests/prosecutions/test_answers_from_outside.py`).
NOT_WRITING = {"victims:reveal", "involvement-reveal", "casework:declare-conflict"}
NOT_WRITING |= {"prosecutions:send-answer"}
CLOSED = {
    "proposed": {"status": "proposed", "confirmed_by": None, "confirmed_at": None},
    "expired": {"expires_at": timedelta(seconds=-1)},
    "refused": {"status": "refused", "confirmed_by": None, "confirmed_at": None},
    "ended": {"status": "ended"},
    "sealed after": {"sealed": True},
    "conflicted": {"conflict": True},
}


@pytest.fixture
def case(db):
    """A case of another office with a row in every table."""
    made = factories.case(factories.office("manila", "PH-MNL"))
    for model in walled():
        if model is not Case:
            factories.FACTORIES[model](case=made)
    Identity.objects.all().delete()
    factories.identity(made, full_name=NAME)
    factories.assignment(made, factories.user("legal_officer", made.office))
    return made


@pytest.fixture
def prosecutor(office):
    return factories.user("prosecutor", office)


@pytest.fixture
def disclosed(case, prosecutor):
    Disclosure.objects.all().delete()
    Answer.objects.filter(case=case).update(user=prosecutor)  # of others none is shown
    return factories.disclosure(case, prosecutor)


WALLS = ("both walls", "the first wall alone", "the second wall alone")


def by_turns(*several):
    """Each of these with one way the walls may stand, the ways taking turns; at night with all."""
    ways = [(way, one) for number, one in enumerate(several) for way in turn(WALLS, number)]
    return {"argvalues": ways, "indirect": ["walls"]}


@pytest.fixture(params=WALLS)
def walls(request, monkeypatch, case):
    if request.param == "the first wall alone":
        for model in walled():
            execute(f"alter table {table(model)} disable row level security")
    if request.param == "the second wall alone":
        monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, user: rows)


class Reader:
    """Pages by session, the interface by key; an answer without its number."""

    def __init__(self, browser_client, api, user):
        self.page, self.key = browser_client(user), api(user)

    def ask(self, path):
        api = path.startswith("/api/v1/")
        answer = self.key.get(path.removeprefix("/api/v1/")) if api else self.page.get(path)
        number = answer["X-Request-ID"].encode()
        content = b"".join(answer) if answer.streaming else answer.content
        return answer.status_code, content.replace(number, b"")


@pytest.fixture
def reader(browser_client, api, prosecutor):
    return Reader(browser_client, api, prosecutor)


def details(user):
    """Every address of one row of a case that this role may open: (address, model)."""
    for address in of_kind("page", "api"):
        model = address.model
        readable = model in walled() and address.keys and "get" in address.declared
        if not readable or not user.has_perm(needed(address)):
            continue
        yield address, model


def needed(address):
    if address.kind == "api":
        return address.cls(action=address.view.actions["get"]).needs("GET")
    return next(iter(address.cls().needed()))


def row_of(address, model, case):
    rows = model.objects.all()
    if model is Case:
        return case.pk
    row = rows.filter(case=case).first() if hasattr(model, "case") else rows.first()
    return row.rescue_id if address.name == "casework:narrative" else row.pk


def apply(disclosure, change):
    """As the owner of the database: time passes, others act."""
    change = dict(change)
    if change.pop("sealed", False):
        Case.objects.filter(pk=disclosure.case_id).update(level=4)
    if change.pop("conflict", False):
        factories.conflict(disclosure.case, disclosure.user)
    if "expires_at" in change:
        change["expires_at"] += timezone.now()
    Disclosure.objects.filter(pk=disclosure.pk).update(**change)


def sections(html):
    return {name for name in {*SECTIONS.values(), *NEVER} if f'id="{name}"' in html}


@pytest.mark.by_turns(3)
def test_everything_named_is_open_through_every_door(case, disclosed, reader, walls):
    opened = [
        address.name
        for address, model in details(reader.key.user)
        if reader.ask(address.path(row_of(address, model, case)))[0] == 200
    ]
    assert len(opened) > 15
    assert {"desk:case", "casework:narrative", "victims:reveal", "victim-detail"} <= set(opened)


@pytest.mark.parametrize(("walls", "how"), **by_turns(*CLOSED))
@pytest.mark.by_turns(6)
def test_what_is_not_in_force_does_not_exist(how, case, disclosed, reader, walls):
    apply(disclosed, CLOSED[how])
    found = []
    for address, model in details(reader.key.user):
        pk = row_of(address, model, case)
        known, unknown = (reader.ask(address.path(key)) for key in (pk, uuid.uuid4()))
        if known[0] != 404 or known != unknown:
            found.append(f"{address.name}: {known[0]}")
    assert found == []


def lists(reader):
    for address in of_kind("page", "api"):
        listed = address.kind == "api" and not address.keys and "get" in address.declared
        if listed and address.model in walled() and reader.key.user.has_perm(needed(address)):
            yield address.path()


@pytest.mark.parametrize(("walls", "how"), **by_turns(*reversed(CLOSED)))
@pytest.mark.by_turns(6)
def test_no_list_and_no_search_says_more(how, case, disclosed, reader, walls):
    def everything():
        found = reader.page.post("/search/name/", {"name": NAME})
        answers = [reader.ask(path)[1] for path in ("/", "/cases/", *lists(reader))]
        return [
            case.reference.encode() in answers[0],
            *(str(case.pk).encode() in a for a in answers),
            found.content.count(b"/people/"),
        ]

    assert len([one for one in everything() if one]) > 12
    apply(disclosed, CLOSED[how])
    assert not any(everything())


@pytest.mark.parametrize(
    ("walls", "part"), **by_turns(*(p for p in Part if p not in ("identity", "narrative", "court")))
)
@pytest.mark.by_turns(6)
def test_only_the_part_named_is_there(part, case, disclosed, reader, walls):
    Disclosure.objects.update(parts=[part])
    html = whole(reader.page, case.pk)
    assert sections(html) == {SECTIONS[part]}
    named = [site.code for site in case.site_set.all() if re.search(rf"\s{site.code}<", html)]
    assert named == []  # not beside a rescue either
    for address, model in details(reader.key.user):
        shown = PARTS[table(model)] in (part, "case") if table(model) in PARTS else False
        status = reader.ask(address.path(row_of(address, model, case)))[0]
        if address.name == "victims:reveal":
            shown = part == "people"  # the way to ask; there is no name behind it
        shown = shown or table(model) == "casework_disclosure"
        assert status in ((200, 409) if shown else (404,)), address  # 409: not of pages


def test_without_the_names_no_name_is_shown(case, disclosed, reader):
    person = case.involvement_set.filter(victim__identity__isnull=False).first()
    reveal = f"/people/{person.pk}/name/"
    assert NAME in reader.page.post(reveal, {"reason": "court"}).content.decode()
    Disclosure.objects.update(parts=["people"])
    assert NAME not in reader.page.post(reveal, {"reason": "court"}).content.decode()


def test_the_case_page_is_to_read_only(case, disclosed, reader, said):
    html = "".join(re.findall(r'<main id="main".*?</main>', whole(reader.page, case.pk), re.DOTALL))
    assert sections(html) == set(SECTIONS.values())
    answer = reader.page.get(f"/cases/{case.pk}/")
    assert "Open to you until" in said(answer)
    assert "Order of a court" in said(answer)
    forms = [line for line in html.split("<form")[1:] if "/name/" not in line[:200]]
    assert forms == []
    html = html.replace(f"/cases/{case.pk}/conflicts/new/", "")  # closes it
    assert "/new/" not in re.sub("/prosecutions/[^/]+/answers/new/", "", html)  # waits for the team
    colleagues = {row.user.name for row in case.assignment_set.all()}
    colleagues |= {rescue.led_by.name for rescue in case.rescue_set.all()}
    assert len(colleagues) > 1
    assert not [name for name in colleagues if name in html]


def test_what_is_not_counted_is_not_said(case, disclosed, reader, said):
    pages = [f"/cases/{case.pk}/timeline/?kind=people", *pages_of(case.pk)]
    assert "brought out" in said(reader.page.get(pages[0]))
    Disclosure.objects.update(parts=["rescue"])
    words = " ".join(said(reader.page.get(page)) for page in pages).lower()
    assert "rescue operation" in words
    for word in ("brought out", "arrest"):
        assert word not in words


def test_every_look_is_on_record(case, disclosed, reader):
    def seen(path):
        last = AuditEvent.objects.latest("id").pk if AuditEvent.objects.exists() else 0
        assert reader.ask(path)[0] == 200
        return AuditEvent.objects.reads().filter(id__gt=last, subjects__contains=[case.pk])

    listed = Hearing.objects.filter(case=case)[0].listed_on  # the only day the list shows
    days = {"/api/v1/cause-list/": f"/api/v1/cause-list/?day={listed}"}
    for name in ("/", "/cases/", *pages_of(case.pk), *lists(reader)):
        if name == "/api/v1/same-sites/":
            continue  # of sites that are both open: none is disclosed, so nothing is looked at
        path = days.get(name, name)
        assert seen(path).filter(actor_id=reader.key.user.pk).exists(), path


def test_today_says_until_when(case, disclosed, reader, said):
    words = said(reader.page.get("/"))
    assert case.reference in words
    assert "Open to you until" in words
    assert "My cases" not in words
    apply(disclosed, CLOSED["expired"])
    assert "No case is open to you" in said(reader.page.get("/"))


def test_a_prosecutor_writes_nothing(case, disclosed, reader):
    """By day through a third of the doors."""
    several = share(of_kind("page", "api"), "disclosed", one_in=12, name=lambda one: one.name)
    for address in several:
        if "post" in address.declared and address.model in walled() and address.keys:
            pk = row_of(address, address.model, case)
            if address.name in NOT_WRITING:
                continue
            path = address.path(pk)
            api = path.startswith("/api/v1/")
            answer = reader.key.post(path[8:]) if api else reader.page.post(path)
            assert answer.status_code in {403, 404}, address.name


@pytest.mark.by_turns(3)
def test_nothing_of_care_is_told_with_the_people(case, disclosed, reader, walls):
    """Who was told of a survivor says where she is: pages, interface and timeline alike."""
    Disclosure.objects.update(parts=["rescue", "people", "suspect", "court"])
    person = case.involvement_set.first()
    for address, model in details(factories.user("aftercare_worker")):
        if model in (Consent, Share, Withdrawal):
            path = address.path(row_of(address, model, case))
            assert reader.ask(path)[0] in (403, 404), address
    for path in ("consents/", "consent-shares/", "withdrawals/"):
        assert reader.ask(f"/api/v1/{path}")[0] == 403
    for path in (
        f"/survivors/{person.pk}/",
        *pages_of(case.pk),
        f"/api/v1/cases/{case.pk}/timeline/",
    ):
        status, content = reader.ask(path)
        assert status == 200, path
        assert b"onsent" not in content, path
