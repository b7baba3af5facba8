"""Every address is known, asks who calls, and refuses what it does not offer."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.urls import path
from django.views.generic import FormView, View

from accounts.models import User
from accounts.roles import GRANTS
from casework.conf import urls
from casework.models import Case, Site
from casework.views import OpenCase
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.pages import SampleForm
from core.services import Service
from core.web import Page
from tests import factories
from tests.meta.addresses import (
    FOR_EVERYONE,
    METHODS,
    OTHERS,
    Caller,
    addresses,
    of_kind,
    own_id,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lead(case_manager):
    """A case manager who may open every address; rows of every table."""
    case = factories.case()
    for model, make in factories.FACTORIES.items():
        if model is not Case:
            try:
                make(case=case)
            except TypeError:  # not a row of a case
                make()
    return case_manager


def unknown():
    """Addresses whose view has none of our bases and stands in no list."""
    return [address.name for address in of_kind("unknown")]


def undeclared():
    """Views that do not say what they need or what they are about."""
    return [
        a.name
        for a in of_kind("page", "api")
        if (a.model is None and not hasattr(a.cls, "permission")) or (a.keys and a.model is None)
    ]


def open_to_strangers():
    """Addresses that answer someone who is not signed in."""
    caller, found = Caller(), []
    for address in addresses():
        if address.kind == "other" and not address.name.startswith("api-"):
            continue
        for method in (*METHODS, "options"):
            answer = caller.call(method, address.path())
            where = answer.headers.get("Location", "")
            asked = answer.status_code == 302 and where.startswith("/sign-in/?next=")
            refused = answer.status_code == 401 and "WWW-Authenticate" in answer.headers
            if not (asked if address.for_browsers else refused):
                found.append(f"{method} {address.name}: {answer.status_code}")
    return found


def open_without_a_role(lead):
    """Addresses that do anything for someone who is signed in and has no role."""
    caller, found = Caller(factories.user(role=None)), []
    for address in of_kind("page", "api"):
        if address.name in FOR_EVERYONE:
            continue
        for method in address.declared:
            answer = caller.call(method, address.path(own_id(address, lead)))
            if answer.status_code not in {403, 404}:
                found.append(f"{method} {address.name}: {answer.status_code}")
    return found


def not_refused(lead):
    """Methods that nobody declared and that do not answer 405; server errors of any method."""
    caller, found = Caller(lead), []
    for address in of_kind("page", "api"):
        for method in METHODS:
            status = caller.call(method, address.path(own_id(address, lead))).status_code
            if method in address.declared:
                wrong = status >= 500 or status in {401, 403, 404, 405}
            else:
                wrong = status != 405
            if wrong:
                found.append(f"{method} {address.name}: {status}")
    return found


def verbs():
    """(address, method, permission) of everything that is more than reading a table."""
    for address in of_kind("page", "api"):
        for method in address.declared:
            if address.kind == "api":
                view = address.cls(action=address.view.actions[method])
                yield address, method, view.needs(method)
            else:
                yield address, method, next(iter(address.cls().needed()), None)


def unguarded(lead, monkeypatch):
    """Verbs that do not answer 403 to someone who sees the row and lacks the permission."""
    found = []
    for address, method, permission in verbs():
        target = own_id(address, lead)
        if permission is None and address.name in FOR_EVERYONE:
            continue
        rest = GRANTS["case_manager"] - {permission}
        if address.model and permission == address.model.access.view:
            continue  # reading: who lacks this sees no row at all, see open_without_a_role
        with monkeypatch.context() as patch:
            patch.setitem(GRANTS, "case_manager", rest)
            caller = Caller(User.objects.get(pk=lead.pk))
            status = caller.call(method, address.path(target)).status_code
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


def test_strangers_are_sent_to_sign_in():
    assert open_to_strangers() == []


def test_without_a_role_nothing_opens(lead):
    assert open_without_a_role(lead) == []


def test_what_is_not_offered_is_refused(lead):
    assert not_refused(lead) == []


def test_every_verb_asks_for_its_permission(lead, monkeypatch):
    assert unguarded(lead, monkeypatch) == []
    assert len(list(verbs())) > 40


def test_every_change_is_a_service():
    assert changes_without_a_service() == []


# Planted faults


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
    assert open_to_strangers()[0] == "get leak: 200"
    assert {line.split(" ")[1] for line in open_to_strangers()} == {"leak:"}


def test_an_endpoint_that_asks_nobody_is_found(plant):
    plant(path("api/v1/leak/", Unguarded.as_view({"get": "list"}), name="leak"))
    assert "get leak: 200" in open_to_strangers()
    assert {line.split(" ")[1] for line in open_to_strangers()} == {"leak:"}


def test_a_page_open_to_every_role_is_found(plant, lead):
    plant(path("leak/", Open.as_view(), name="leak"))
    assert open_without_a_role(lead) == ["get leak: 200"]


def test_an_endpoint_open_to_every_role_is_found(plant, lead):
    plant(path("api/v1/leak/", Unguarded.as_view({"get": "list"}), name="leak"))
    assert open_without_a_role(lead) == ["get leak: 200"]


def test_a_method_nobody_wrote_is_found(plant, lead):
    plant(path("leak/", AnyMethod.as_view(), name="leak"))
    assert not_refused(lead) == ["put leak: 200"]


def test_a_page_that_forgets_its_permission_is_found(lead, monkeypatch):
    monkeypatch.setattr(OpenCase, "permission", None)
    assert set(unguarded(lead, monkeypatch)) == {
        "get casework:open-case: 200",
        "post casework:open-case: 400",
    }


def test_an_action_that_forgets_its_permission_is_found(lead, monkeypatch):
    def needs(self, method):
        return None if self.action == "assign" else whole(self, method)

    whole = ServiceViewSet.needs
    monkeypatch.setattr(ServiceViewSet, "needs", needs)
    assert unguarded(lead, monkeypatch) == ["post case-assign: 400"]


def test_a_change_without_a_service_is_found(plant):
    plant(path("api/v1/leak/<uuid:pk>/", Unguarded.as_view({"delete": "destroy"}), name="leak"))
    assert changes_without_a_service() == ["Unguarded.destroy"]
