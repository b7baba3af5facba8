"""Whoever was shown content left a mark, in the transaction that read it, before bytes left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import IntegerField
from django.views.generic import FormView

from accounts.roles import Role
from casework.api.site_viewsets import SiteViewSet
from casework.models import Case
from core import audit
from core.models import AuditEvent, AuditKind
from core.web import FormPage
from reports.models import Snapshot
from tests import factories
from tests.clients import taken_back
from tests.factories import kept
from tests.meta.addresses import APPS, Caller, asked, of_kind, own_id, text_of
from tests.meta.rows import finished_run, sent_referral
from tests.meta.tables import LEVELS, execute, table, walled
from tests.whole import WHOLE, share

pytestmark = pytest.mark.django_db

# The history itself: ids of rows, none of their content.
IDS_ONLY = {"desk:trail", "audit-event-list"}
TELLING = ("code", "name", "text", "number", "docket", "full_name")  # fields of content, by name


@pytest.fixture
def case(office):
    """A case with a row in every table."""
    made = factories.case()
    for model in walled():
        if model is not Case:
            factories.FACTORIES[model](case=made)
    return made


@pytest.fixture
def callers(case, case_manager, office):
    finished_run(case_manager)
    users = {
        Role.CASE_MANAGER: case_manager,
        Role.DATA_OFFICER: factories.user("data_officer", office),
        Role.PROVIDER_PARTNER: factories.provider_staff(sent_referral(case).provider).user,
        Role.AUDITOR: factories.user("auditor", office),
        Role.SAFEGUARDING_LEAD: factories.user("safeguarding_lead", office),
    }
    factories.assignment(case, case_manager)
    made = {role: Caller(user) for role, user in users.items()}
    for role, user in users.items():
        made[role].user = user
    return made


def content():
    """Every row of content with the values by which it is known when it is shown."""
    for model in walled():
        if LEVELS[table(model)] < 2:
            continue
        fields = [
            f.name
            for f in model._meta.fields
            if f.name in TELLING and not isinstance(f, IntegerField)  # "2" of a version is no name
        ]
        for row in model.objects.all():
            values = [str(row.pk), *(str(getattr(row, name) or "") for name in fields)]
            yield row, [value for value in values if value]


def shown(values, text):
    """One of them stands in it as a word of its own."""
    return any(
        value in text and re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", text)
        for value in values
    )


def everything():
    return [a for a in asked("page", "api") if "get" in a.declared]


def named(*starts):
    """What has such a name: where a planted fault is looked for."""
    several = of_kind("page", "api")
    return [a for a in several if "get" in a.declared and a.name.startswith(starts)]


@dataclass(frozen=True)
class Look:
    """One address, what it answered, and the rows named by the reads it left."""

    address: Any
    status: int
    text: str
    named: set[Any]


def looks(callers, addresses):
    """A look at each of these addresses by somebody of its role."""
    for address in addresses:
        caller = callers.get(address.role)
        if caller is None:
            continue
        with taken_back():
            last = AuditEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
            answer = caller.call("get", address.path(own_id(address, caller.user)))
            reads = AuditEvent.objects.reads().filter(id__gt=last)
            named = {pk for event in reads for pk in event.subjects}
            yield Look(address, answer.status_code, text_of(answer), named)


def shown_by(looked):
    """Every look that was answered, with the rows of content it shows."""
    rows = list(content())
    for look in looked:
        if look.status == 200:
            yield look, [row for row, values in rows if shown(values, look.text)]


def unrecorded(callers, showing):
    """Addresses that show a row of content and leave no read that names it or its case."""
    lead, found = callers[Role.CASE_MANAGER].user, []
    for look, rows in showing:
        if look.address.name in IDS_ONLY:
            continue
        unnamed = {
            row._meta.label for row in rows if not look.named & {row.pk, *audit.about([row], lead)}
        }
        found += [f"{look.address.name}: {label}" for label in sorted(unnamed)]
    return found


def told_by_the_history(looked):
    """Codes and names that stand in the history."""
    rows, told = list(content()), []
    for look in looked:
        if look.address.name in IDS_ONLY:
            assert look.status == 200
            found = [row for row, (_pk, *more) in rows if shown(more, look.text)]
            told += [f"{look.address.name}: {row._meta.label}" for row in found]
    return told


def test_everything_shown_is_recorded(callers):
    """And the history shows no content, not even a code: who reads it need not see the record.

    One look at every address, by day at a third; on empty answers both would pass, so that much is
    seen.
    """
    several = share(everything(), "recorded", one_in=18, name=lambda address: address.name)
    history = [address for address in everything() if address.name in IDS_ONLY]
    looked = list(looks(callers, [*several, *history]))
    seen = list(shown_by(looked))
    assert unrecorded(callers, seen) == []
    assert told_by_the_history(looked) == []
    assert {type(row) for row, _values in content()} == {
        m for m in walled() if LEVELS[table(m)] > 1
    }
    showing = {look.address.name for look, rows in seen if rows}
    assert APPS or len(showing) > (40 if WHOLE else 13)


def test_what_a_figure_is_made_of_is_recorded_by_case(case, callers):
    """No address alone shows it: the cell is asked for in the query."""
    caller = callers[Role.CASE_MANAGER]
    suspect = case.suspect_set.first()
    snapshot = finished_run(caller.user)
    made = Snapshot.objects.get(pk=snapshot.result["snapshot"])
    kept.put(made, {"IN|": {"k": [suspect.perpetrator_id]}})
    for path in (
        f"/reports/snapshots/{snapshot.result['snapshot']}/behind/",
        f"/api/v1/report-runs/{snapshot.pk}/behind/",
    ):
        answer = caller.call("get", path + "?cell=IN|&of=k")
        assert suspect.code in answer.content.decode()
        assert case.pk in AuditEvent.objects.reads().latest("id").subjects


def test_an_answer_given_again_is_recorded(api, case, case_manager):
    body = {"case": str(case.pk), "kind": "farm", "jurisdiction": "IN-WB-KOL"}
    first, again = (api(case_manager).post("sites/", body, Idempotency_Key="k") for _ in range(2))
    assert again["Idempotency-Replayed"] == "true"
    event = AuditEvent.objects.reads().get(action="answer.repeated")
    assert str(event.subjects[0]) == first.json()["id"]


def test_a_form_shown_with_a_refusal_is_recorded_too(callers, case):
    """The transaction of a refused request is rolled back; what its answer shows was seen."""
    person = case.involvement_set.first()
    answer = callers[Role.CASE_MANAGER].call("post", f"/survivors/{person.pk}/services/new/")
    assert (answer.status_code, person.code in answer.content.decode()) == (400, True)
    event = AuditEvent.objects.reads().latest("id")
    assert (event.action, event.target_id) == ("involvement.form", str(person.pk))


# Without a record, nothing is shown


def test_what_cannot_be_recorded_is_not_shown(callers):
    """The audit row and what it is about are one transaction: no row, no data."""
    execute("revoke insert on core_auditevent from casework_app")
    rows = list(content())
    several = share(everything(), "unrecorded", one_in=24, name=lambda address: address.name)
    found = [
        f"{look.address.name}: {look.status}"
        for look in looks(callers, several)
        if any(shown(values, look.text) for _row, values in rows)
    ]
    assert found == []


# Planted faults


@pytest.mark.nightly
def test_a_list_that_is_not_recorded_is_found(callers, monkeypatch):
    monkeypatch.setattr(SiteViewSet.listed, "recorded", False)
    assert set(unrecorded(callers, shown_by(looks(callers, named("site", "case"))))) == {
        "site-detail: casework.Site",
        "site-list: casework.Site",
    }


@pytest.mark.nightly
def test_a_form_that_is_not_recorded_is_found(callers, monkeypatch):
    monkeypatch.setattr(FormPage, "render_to_response", FormView.render_to_response)
    found = unrecorded(callers, shown_by(looks(callers, named("aftercare:"))))
    assert "aftercare:record-service: victims.Involvement" in found
    forms = {a.name for a in of_kind("page") if issubclass(a.cls, FormPage)}
    assert {line.partition(": ")[0] for line in found} <= forms


@pytest.mark.nightly
def test_a_record_that_names_other_rows_is_found(callers, monkeypatch):
    whole = audit.read_rows
    monkeypatch.setattr(audit, "read_rows", lambda *a, **k: whole(a[0], a[1], [], actor=k["actor"]))
    looked = looks(callers, named("victim"))
    assert "victim-list: victims.Victim" in unrecorded(callers, shown_by(looked))


def test_a_history_that_tells_is_found(callers, case, monkeypatch):
    code = case.involvement_set.first().code
    monkeypatch.setattr("desk.trail.events.record_of", lambda event: f"Survivor {code}")
    assert "desk:trail: victims.Involvement" in told_by_the_history(
        looks(callers, named("desk:trail"))
    )


def test_a_refused_form_that_is_not_kept_is_found(callers, case, monkeypatch):
    monkeypatch.setattr(audit, "keep", lambda undone: None)
    person = case.involvement_set.first()
    callers[Role.CASE_MANAGER].call("post", f"/survivors/{person.pk}/services/new/")
    assert not AuditEvent.objects.filter(kind=AuditKind.READ).exists()
