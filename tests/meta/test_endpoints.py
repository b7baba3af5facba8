"""Every address is known, asks who calls, and refuses what it does not offer."""

from __future__ import annotations

import sys
from itertools import chain
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.urls import path
from django.views.generic import FormView, View

from accounts.models import User
from accounts.roles import GRANTS, Role
from casework.conf import urls
from casework.models import Case, Site
from casework.views import OpenCase
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.pages import SampleForm
from core.services import Service
from core.web import Page
from reports.base import REPORTS
from reports.dashboards.catalogue import DASHBOARDS
from tests import factories
from tests.clients import taken_back
from tests.meta.addresses import (
    APPS,
    ASKED_BY,
    CODES,
    FOR_EVERYONE,
    METHODS,
    OTHERS,
    Caller,
    addresses,
    asked,
    of_kind,
    own_id,
)
from tests.whole import share, some

pytestmark = pytest.mark.django_db


def unknown():
    """Addresses whose view has none of our bases and stands in no list."""
    return [address.name for address in of_kind("unknown")]


def undeclared():
    """Views that do not say what they need or what they are about."""
    return [
        a.name
        for a in of_kind("page", "api")
        if not (a.model or hasattr(a.cls, "permission") or getattr(a.cls, "service", None))
        or (a.keys and a.model is None and a.name not in CODES)
    ]


# Everybody reads them; somebody else writes them, and is asked by the matrix.
WRITTEN_BY_OTHERS = {
    "post jurisdiction-list",
    "patch jurisdiction-detail",
    "post jurisdiction-merge",
    "post jurisdiction-draw",
    "post choice-list",
    "patch choice-detail",
    "post question-set-list",
    "patch question-set-detail",
    "post agency-merge",
    "post office-list",
    "patch office-detail",
    "post office-take-practice-away",
    "patch task-rule-detail",
    "post task-rule-reset",
    "post task-rule-try-change",
    "post answer-list",
    "post retention-policy-list",
}


def named(only):
    """All that are asked, or those of these names: what is planted, and one that is right."""
    return [a for a in of_kind("page", "api") if a.name in only] or asked("page", "api")


def by_day(methods, address, only, one_in=1):
    """One method of an address, or of one in so many; at night, and of what is planted, all."""
    if only:
        return methods
    asked = any(share([address.name], "methods", one_in=one_in))
    return some(methods, address.name, 1) if asked else ()


def open_to_strangers(*only):
    """Addresses that answer someone who is not signed in."""
    caller, found = Caller(), []
    for address in addresses():
        if only and address.name not in only:
            continue
        if address.kind == "other" and not address.name.startswith("api-"):
            continue
        for method in by_day((*METHODS, "options"), address, only, one_in=6):
            answer = caller.call(method, address.path())
            where = answer.headers.get("Location", "")
            asked = answer.status_code == 302 and where.startswith("/sign-in/?next=")
            refused = answer.status_code == 401 and "WWW-Authenticate" in answer.headers
            if not (asked if address.for_browsers else refused):
                found.append(f"{method} {address.name}: {answer.status_code}")
    return found


def open_without_a_role(leads, *only):
    """Addresses that do anything for someone who is signed in and has no role."""
    caller, found = Caller(factories.user(role=None)), []
    for address in named(only):
        if address.name in FOR_EVERYONE:
            continue
        for method in by_day(sorted(address.declared), address, only, one_in=36):
            with taken_back():
                answer = caller.call(method, address.path(own_id(address, leads[address.role])))
            if answer.status_code not in {403, 404}:
                found.append(f"{method} {address.name}: {answer.status_code}")
    return found


def status_of(answer):
    """What came of a call."""
    b"".join(answer)  # which closes a file that is given out
    return answer.status_code


def not_refused(leads, *only):
    """Methods that nobody declared and that do not answer 405; server errors of any method."""
    callers, found = {role: Caller(user) for role, user in leads.items()}, []
    for address in named(only):
        target = address.path(own_id(address, leads[address.role]))
        undeclared = [method for method in METHODS if method not in address.declared]
        offered = sorted(address.declared)  # the matrix asks them of the same person
        if not only:
            offered = share(offered, address.name, one_in=36)
        for method in chain(offered, by_day(undeclared, address, only, one_in=24)):
            with taken_back():  # what one call takes away, the next finds again
                status = status_of(callers[address.role].call(method, target))
            if method in address.declared:
                closed = f"{method} {address.name}" not in WRITTEN_BY_OTHERS
                wrong = status >= 500 or status in {401, 404, 405} or (closed and status == 403)
            else:
                wrong = status != 405
            if wrong:
                found.append(f"{method} {address.name}: {status}")
    return found


def verbs(*only):
    """(address, method, permission) of everything that is more than reading a table."""
    for address in named(only):
        for method in address.declared:
            if address.kind == "api":
                view = address.cls(action=address.view.actions[method])
                yield address, method, view.needs(method)
            else:
                yield address, method, next(iter(address.cls().needed()), None)


def unguarded(leads, monkeypatch, *only):
    """Verbs that do not answer 403 to someone who sees the row and lacks the permission; by day a
    twelfth of them."""
    found, several = [], verbs(*only)
    if not only:
        several = share(several, "unguarded", one_in=72, name=lambda v: f"{v[0].name} {v[1]}")
    for address, method, permission in several:
        lead = leads[address.role]
        target = own_id(address, lead)
        if permission is None and address.name in FOR_EVERYONE:
            continue
        rest = GRANTS[address.role] - {permission}
        if address.model and permission == address.model.access.view:
            continue  # reading: who lacks this sees no row at all, see open_without_a_role
        with monkeypatch.context() as patch:
            patch.setitem(GRANTS, address.role, rest)
            caller = Caller(User.objects.get(pk=lead.pk))
            with taken_back():
                status = status_of(caller.call(method, address.path(target)))
        if status != 403:
            found.append(f"{method} {address.name}: {status}")
    return found


def changes_without_a_service():
    """API actions that change data and map to no service."""
    return [
        f"{address.cls.__name__}.{action}"
        for address in of_kind("api")
        for method, action in address.view.actions.items()
        if method in {"post", "put", "patch", "delete"}
        and not isinstance(address.cls.services.get(action), Service)
    ]


def test_every_address_is_known():
    assert unknown() == []
    assert undeclared() == []
    assert len(of_kind("page", "api")) > 30
    assert {address.name for address in of_kind("other")} == set(OTHERS)


def test_the_exceptions_exist():
    names = {address.name for address in of_kind("page", "api", "other")}
    assert {*CODES, *ASKED_BY, *FOR_EVERYONE} <= names
    slugs = {code["slug"] for code, _reason in CODES.values() if "slug" in code}
    assert slugs <= {*REPORTS, *DASHBOARDS}


def test_what_has_an_owner_role_is_closed_to_the_case_manager(leads):
    """Else an address in that list would hide that everyone may open it."""
    caller = Caller(leads[Role.CASE_MANAGER])
    for address in asked("page", "api"):
        if address.name in ASKED_BY:
            target = address.path(own_id(address, leads[address.role]))
            answers = {caller.call(m, target).status_code for m in address.declared}
            assert answers <= {403, 404}, address.name


def test_strangers_are_sent_to_sign_in():
    assert open_to_strangers() == []


def test_without_a_role_nothing_opens(leads):
    assert open_without_a_role(leads) == []


def test_what_is_not_offered_is_refused(leads):
    assert not_refused(leads) == []


def test_every_verb_asks_for_its_permission(leads, monkeypatch):
    assert unguarded(leads, monkeypatch) == []
    assert APPS or len(list(verbs())) > 40


def test_every_change_is_a_service():
    assert changes_without_a_service() == []


# Planted faults

PLANTED = ("leak", "case-list", "casework:site")  # the fault, and two that are right


@pytest.fixture
def plant(settings, monkeypatch):
    """`plant(path(…))`: the product with one more address."""

    def add(*patterns):
        module = ModuleType("planted_urls")
        module.urlpatterns = [*urls.urlpatterns, *patterns]
        for code in (400, 403, 404, 500):
            setattr(module, f"handler{code}", getattr(urls, f"handler{code}"))
        monkeypatch.setitem(sys.modules, "planted_urls", module)
        settings.ROOT_URLCONF = "planted_urls"

    return add


def ok(*_args, **_kwargs):
    return HttpResponse("ok")


class Open(Page):
    permission = None
    get = ok


class Unasked(Open):
    dispatch = View.dispatch


class Undeclared(Page):
    get = ok


class AnyMethod(Page, FormView):
    permission = Case.access.view
    http_method_names = View.http_method_names
    form_class = SampleForm
    template_name = "404.html"
    form_invalid = ok


class Unguarded(ReadViewSet):
    queryset = Site.objects.all()
    permission_classes = ()
    list = ok

    def destroy(self, request, pk):
        return HttpResponse(status=204)


def test_an_address_nobody_knows_is_found(plant):
    plant(path("leak/", ok, name="leak"), path("raw/", View.as_view(), name="raw"))
    assert unknown() == ["leak", "raw"]


def test_a_page_without_a_permission_is_found(plant):
    plant(path("leak/", Undeclared.as_view(), name="leak"))
    assert undeclared() == ["leak"]


def test_a_page_that_asks_nobody_is_found(plant):
    plant(path("leak/", Unasked.as_view(), name="leak"))
    found = open_to_strangers(*PLANTED)
    assert found[0] == "get leak: 200"
    assert {line.split(" ")[1] for line in found} == {"leak:"}


def test_an_endpoint_that_asks_nobody_is_found(plant):
    plant(path("api/v1/leak/", Unguarded.as_view({"get": "list"}), name="leak"))
    found = open_to_strangers(*PLANTED)
    assert "get leak: 200" in found
    assert {line.split(" ")[1] for line in found} == {"leak:"}


@pytest.mark.nightly
def test_a_page_open_to_every_role_is_found(plant, leads):
    plant(path("leak/", Open.as_view(), name="leak"))
    assert open_without_a_role(leads, *PLANTED) == ["get leak: 200"]


@pytest.mark.nightly
def test_an_endpoint_open_to_every_role_is_found(plant, leads):
    plant(path("api/v1/leak/", Unguarded.as_view({"get": "list"}), name="leak"))
    assert open_without_a_role(leads, *PLANTED) == ["get leak: 200"]


@pytest.mark.nightly
def test_a_method_nobody_wrote_is_found(plant, leads):
    plant(path("leak/", AnyMethod.as_view(), name="leak"))
    assert not_refused(leads, *PLANTED) == ["put leak: 200"]


@pytest.mark.nightly
def test_a_page_that_forgets_its_permission_is_found(leads, monkeypatch):
    monkeypatch.setattr(OpenCase, "permission", None)
    assert set(unguarded(leads, monkeypatch, "casework:open-case", "case-assign")) == {
        "get casework:open-case: 200",
        "post casework:open-case: 400",
    }


@pytest.mark.nightly
def test_an_action_that_forgets_its_permission_is_found(leads, monkeypatch):
    def needs(self, method):
        return None if self.action == "assign" else whole(self, method)

    whole = ServiceViewSet.needs
    monkeypatch.setattr(ServiceViewSet, "needs", needs)
    found = unguarded(leads, monkeypatch, "casework:open-case", "case-assign")
    assert found == ["post case-assign: 400"]


def test_a_change_without_a_service_is_found(plant):
    plant(path("api/v1/leak/<uuid:pk>/", Unguarded.as_view({"delete": "destroy"}), name="leak"))
    assert changes_without_a_service() == ["Unguarded.destroy"]
