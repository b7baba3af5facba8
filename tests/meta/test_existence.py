"""What is not open to someone looks exactly like what does not exist, and asking leaves a mark."""

from __future__ import annotations

import gc
import json
import uuid

import pytest
from rest_framework.serializers import UUIDField

from accounts.models import Notice
from accounts.roles import Role
from casework.api.site_viewsets import SiteViewSet
from casework.models import Case, Site
from core import audit
from core.api.serializers import Input, VisibleRow, VisibleRows
from core.models import AuditEvent, AuditKind, Job
from exchange.models import Export, WorkbookImport
from reports.models import ReleaseProposal, Schedule, Snapshot
from tests import factories
from tests.clients import taken_back
from tests.meta.addresses import APPS, CODES, Caller, asked, of_kind
from tests.meta.matrix import NAMED
from tests.meta.references import ASKERS, FORM_FIRST, OF_ITS_CASE, OWN, PLACED, REFERENCES
from tests.meta.rows import of_others, sent_referral
from tests.meta.tables import execute, table, walled
from tests.whole import share

pytestmark = pytest.mark.django_db

# Rows that belong to people instead of cases, and are as closed.
OWNED = (Job, Snapshot, Notice, ReleaseProposal, Schedule, Export, WorkbookImport)


@pytest.fixture
def closed(case_manager):
    """One case of another office and one sealed case of the own, with all that belongs to them."""
    manila = factories.office("manila", "PH-MNL")
    return {"foreign": factories.case(manila), "sealed": factories.case(level=4)}


@pytest.fixture
def caller(case_manager):
    made = Caller(case_manager)
    made.user = case_manager
    made.all = {Role.CASE_MANAGER: made}  # who asks, by the role an address is for
    staff = factories.provider_staff().user
    for role, user in (
        (Role.DATA_OFFICER, factories.user("data_officer")),
        (Role.SAFEGUARDING_LEAD, factories.user("safeguarding_lead")),
        (Role.PROSECUTOR, factories.user("prosecutor")),
        (Role.PROVIDER_PARTNER, staff),
    ):
        made.all[role] = Caller(user)
        made.all[role].user = user
    return made


def details(models=None):
    """Every address of one row of case data or of a person's own, with each of its methods."""
    for address in of_kind("page", "api") if models else asked("page", "api"):
        if (
            address.name not in CODES
            and address.keys
            and address.model in (models or {*walled(), *OWNED})
        ):
            for method in sorted(address.declared):
                yield address, method


def closed_ids(address, closed):
    found = {"unknown": uuid.uuid4()}
    if address.model in OWNED:
        others = of_others(address.model, factories.office(), closed["foreign"].office)
        return found | {relation: row.pk for relation, row in others.items()}
    for relation, case in closed.items():
        row = sent_referral(case) if address.received else row_of(address.model, case)
        found[relation] = row.rescue_id if address.name == "casework:narrative" else row.pk
    return found


def row_of(model, case):
    return case if model is Case else factories.FACTORIES[model](case=case)


def ask(caller, method, path):
    """Status, headers and body, without the number of the request and the clock."""
    answer = caller.call(method, path)
    number = answer["X-Request-ID"]
    headers = {k: v for k, v in answer.headers.items() if v != number and k != "Expires"}
    return answer.status_code, headers, answer.content.replace(number.encode(), b"")


def differences(caller, closed, models=None, about="both walls"):
    """Addresses that tell a closed row from an unknown one, or keep no record of the question; by
    day of a twelfth, and of these models of all."""
    found, several = [], details(models)
    if not models:
        several = share(several, about, one_in=48, name=lambda one: f"{one[0].name} {one[1]}")
    for address, method in several:
        with taken_back():
            ids = closed_ids(address, closed)
            asker = caller.all[address.role]
            answers = {name: ask(asker, method, address.path(pk)) for name, pk in ids.items()}
            for name, answer in answers.items():
                where = f"{method} {address.name}: {name}"
                if answer[0] != 404:
                    found.append(f"{where}: {answer[0]}")
                elif answer != answers["unknown"]:
                    found.append(f"{where}: differs from an unknown id")
                if answer[0] == 404 and not denials(asker.user, method, ids[name], address.name):
                    found.append(f"{where}: no denial in the audit trail")
    return found


def denials(user, method, pk, name):
    return AuditEvent.objects.filter(
        kind=AuditKind.DENIAL,
        actor_id=user.pk,
        target_id=str(pk),
        action=f"404 {method.upper()} {name}",
    )


def reference_fields(base=Input):
    """Fields by which a request names rows of case data: references, and ids of any kind."""
    found = set()
    for cls in base.__subclasses__():
        found |= reference_fields(cls)
        for name, field in cls().fields.items():
            inner = field.child_relation if isinstance(field, VisibleRows) else field
            named = isinstance(inner, VisibleRow) and inner.queryset.model in walled()
            if named or isinstance(inner, UUIDField):
                found.add((cls.__name__, name))
    return found


def asked_for(reference, path, model, asker):
    """Where it is asked, how the id is sent, and where the words about it stand."""
    _serializer, field = reference
    body, under = PLACED.get(reference, (lambda pk: {field: pk}, field))
    if "{own}" in path:  # a verb about one row: asked about an open one
        noun = OWN.get(path.partition("/")[0], model)
        row = row_of(noun, factories.case())
        if table(noun) in NAMED:
            row.named = [asker.user.pk]
            row.save()
        path = path.format(own=row.pk)
    return f"/api/v1/{path}", body, under


def telling_references(caller, closed, references=REFERENCES):
    """Fields whose refusal tells a closed row from an unknown or impossible one."""
    found = []
    for reference in references:
        path, model = REFERENCES[reference]
        ids = {"unknown": str(uuid.uuid4()), "impossible": "not-an-id"}
        if reference in FORM_FIRST:
            ids.pop("impossible")
        ids |= {name: str(row_of(model, case).pk) for name, case in closed.items()}
        asker = caller.all[ASKERS.get(reference, Role.CASE_MANAGER)]
        target, body, under = asked_for(reference, path, model, asker)
        asker.headers["If-Match"] = '"1"'  # asked for where the verb is about a version
        method = "patch" if path.endswith("{own}/") else "post"  # a correction of the row itself
        said = {
            name: asker.call(method, target, **body(pk)).json().get("errors", {})
            for name, pk in ids.items()
        }
        words = {name: errors.get(under) for name, errors in said.items()}
        found += [
            f"{'.'.join(reference)}: {name}: {text}"
            for name, text in words.items()
            if text is None or text != words["unknown"]
        ]
    return found


def asked_by_day(about):
    """References in which a planted fault is looked for: by day one in six, at night all."""
    return {key: REFERENCES[key] for key in share(REFERENCES, about, one_in=12)}


def test_closed_and_unknown_rows_answer_alike(caller, closed):
    assert differences(caller, closed) == []
    models = {address.model for address, _method in details()}
    assert APPS or (len(models) >= 20 and set(OWNED) <= models)


def test_closed_and_unknown_references_answer_alike(caller, closed):
    assert reference_fields() == set(REFERENCES)
    assert telling_references(caller, closed, share(REFERENCES, "both walls", one_in=12)) == []


@pytest.mark.parametrize("text", ["not-an-id", "1", "%00", "0" * 36, "é"])
def test_what_cannot_be_an_id_answers_alike(caller, text):
    """No server error, and the same words."""
    _status, _headers, unknown = ask(caller, "get", f"/api/v1/cases/{uuid.uuid4()}/")
    status, _headers, body = ask(caller, "get", f"/api/v1/cases/{text}/")
    assert status == 404
    assert json.loads(body) == json.loads(unknown)


def test_a_list_narrowed_to_a_closed_case_is_the_list_of_an_unknown_one(caller, closed):
    """By day a third of the lists."""
    for address in share(of_kind("api"), "narrowed", one_in=12, name=lambda address: address.name):
        listed = "get" in address.declared and not address.keys
        if not listed or "case" not in address.filters:
            continue
        for case in closed.values():
            factories.FACTORIES[address.model](case=case)
            answers = [
                ask(caller, "get", f"{address.path()}?case={pk}") for pk in (case.pk, uuid.uuid4())
            ]
            assert answers[0] == answers[1], address.name
            assert b'"results":[]' in answers[0][2]


def test_a_closed_site_on_the_field_form_is_an_unknown_one(caller, closed):
    sites = [factories.site(case).pk for case in closed.values()]
    said = [
        caller.client.post(
            "/field/rescues/new/",
            {"key": "k", "place": f"site:{pk}", "programme": "csec"},
            headers={"Accept": "application/json"},
        ).json()["errors"]
        for pk in [*sites, uuid.uuid4(), "not-an-id"]
    ]
    assert said == [{"place": ["Choose where it happened."]}] * 4


# Each wall alone, and planted faults


def test_the_first_wall_holds_without_the_second(caller, closed):
    """Else a page that forgot its scope would go unnoticed behind row-level security."""
    for model in walled():
        execute(f"alter table {table(model)} disable row level security")
    assert differences(caller, closed, about="the first wall") == []
    assert telling_references(caller, closed, share(REFERENCES, "first", one_in=36)) == []
    test_a_list_narrowed_to_a_closed_case_is_the_list_of_an_unknown_one(caller, closed)
    test_a_closed_site_on_the_field_form_is_an_unknown_one(caller, closed)


def test_one_fallen_wall_leaves_the_other(caller, closed, monkeypatch):
    """A list without scope shows nothing more: the database does not give the rows."""
    monkeypatch.setattr(SiteViewSet, "get_queryset", lambda self: Site.objects.all())
    assert differences(caller, closed, {Site}) == []
    assert telling_references(caller, closed, share(REFERENCES, "one", one_in=36)) == []


@pytest.mark.nightly
def test_two_fallen_walls_are_found(caller, closed, monkeypatch):
    monkeypatch.setattr(SiteViewSet, "get_queryset", lambda self: Site.objects.all())
    execute("alter table casework_site disable row level security")
    found = [line.rpartition(": ") for line in differences(caller, closed, {Site})]
    assert {where for where, _colon, _answer in found} == {
        f"{method} {address.name}: {relation}"
        for address, method in details({Site})
        if address.kind == "api"
        for relation in closed
    }
    assert {answer for where, _colon, answer in found if where.startswith("get")} == {"200"}


@pytest.mark.nightly
def test_a_telling_header_is_found(caller, closed, monkeypatch):
    """Planted: a 404 that says how long it took to decide."""
    whole = Caller.call

    def call(self, method, path, **fields):
        answer = whole(self, method, path, **fields)
        if str(closed["sealed"].pk) in path:
            answer["X-Checked"] = "2"
        return answer

    monkeypatch.setattr(Caller, "call", call)
    found = differences(caller, closed, {Case})
    assert "get case-detail: sealed: differs from an unknown id" in found
    assert {line.split(": ")[1] for line in found} == {"sealed"}


def test_a_refusal_that_leaves_no_mark_is_found(caller, closed, monkeypatch):
    monkeypatch.setattr(audit, "denied", lambda *args, **kwargs: None)
    found = differences(caller, closed, {Site})
    assert len(found) == 3 * len(list(details({Site})))
    assert found[0].endswith("no denial in the audit trail")


def test_a_telling_reference_is_found(caller, closed, monkeypatch):
    whole = VisibleRow.to_internal_value

    def tell(self, data):
        if data == str(closed["sealed"].pk):
            self.fail("required")
        return whole(self, data)

    monkeypatch.setattr(VisibleRow, "to_internal_value", tell)
    several = {key: model for key, (_path, model) in asked_by_day("telling").items()}
    assert telling_references(caller, closed, several) == [
        f"{serializer}.{field}: sealed: ['This field is required.']"
        for (serializer, field), model in several.items()
        if model is Case and (serializer, field) not in PLACED  # lists are looked up at once
    ]
    assert Case in several.values()


@pytest.mark.nightly
def test_references_without_a_scope_are_found(caller, closed, monkeypatch):
    """Planted: whatever is named in a body is looked up among all rows, and wall 2 is down."""
    monkeypatch.setattr(VisibleRow, "get_queryset", lambda self: self.queryset.all())
    for _path, model in REFERENCES.values():
        monkeypatch.setattr(type(model.objects.all()), "visible_to", lambda self, user: self)
    for model in walled():
        execute(f"alter table {table(model)} disable row level security")
    several = asked_by_day("without a scope")
    found = {tuple(line.split(": ")[:2]) for line in telling_references(caller, closed, several)}
    assert found == {
        (".".join(key), name) for key in several.keys() - OF_ITS_CASE for name in closed
    }


def test_a_new_reference_is_found():
    class Planted(Input):
        case = VisibleRow(Case.objects.all())

    assert reference_fields() - set(REFERENCES) == {("Planted", "case")}
    del Planted
    gc.collect()  # or it is there still for whichever test of this file comes next
    assert reference_fields() == set(REFERENCES)
