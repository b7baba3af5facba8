"""Who may take what away, with whom, how often, and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notice
from accounts.permissions import Perm
from accounts.roles import GRANTS
from casework.models import Assignment, Case
from core import jobs
from core.access import SEALED
from core.context import confirmed_at
from core.models import Job
from core.services import Refused, StepUp
from exchange.exports import writing
from exchange.models import Export, ExportedCase
from exchange.services import exports as rules
from exchange.services.exports import allow_export, refuse_export, withdraw_export
from exchange.services.giving import take_export
from tests import factories
from tests.exchange.taking import asked, content, opened, written
from tests.factories import knowing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def officer(office):
    return factories.user("data_officer", office)


@pytest.fixture
def alone(monkeypatch):
    """Two names are few, three are many."""
    monkeypatch.setattr(rules, "MOST_ALONE", 2)
    monkeypatch.setattr(writing, "MOST_ALONE", 2)


def named(office, count):
    return [factories.identity(factories.case(office)) for _ in range(count)]


def state(export):
    return Export.objects.select_related("job").get(pk=export.pk).state


def test_it_wants_a_second_factor(case_manager):
    token = confirmed_at.set(None)
    with pytest.raises(StepUp):
        asked(case_manager)
    confirmed_at.reset(token)
    export = written(asked(case_manager)[0])
    confirmed_at.set(None)
    with pytest.raises(StepUp):
        take_export(export, actor=case_manager)


@pytest.mark.parametrize("role", ["field_officer", "legal_officer", "auditor", "programme_manager"])
def test_others_take_nothing_away(role, office):
    with pytest.raises(PermissionDenied):
        asked(factories.user(role, office))


def test_identifiers_want_a_right_of_their_own(officer):
    asked(officer)
    for what, field in (("cases", "identifiers"), ("identities", "what")):
        with pytest.raises(Refused) as refusal:
            asked(officer, what, identifiers=True)
        assert refusal.value.field == field


def test_names_are_never_without_identifiers(case_manager):
    with pytest.raises(Refused):
        asked(case_manager, "identities")


def test_a_right_that_ended_meanwhile_writes_nothing(case_manager):
    export, _passphrase = asked(case_manager)
    case_manager.memberships.update(ended_at=timezone.now())
    with pytest.raises(writing.NotOpenAnyMore):
        written(export)
    assert state(export) == "failed"
    assert Export.objects.get().file is None


def test_a_few_names_want_nobody_else(case_manager, office, alone):
    named(office, 2)
    found = opened(case_manager, "identities", identifiers=True)
    assert found.export.decision == "not_needed"
    assert len(found.list("identities")) == 2


def test_many_names_want_a_second_person(case_manager, officer, office, alone):
    named(office, 3)
    export, passphrase = asked(case_manager, "identities", identifiers=True)
    assert (export.people, export.job, state(export)) == (3, None, "waiting")
    assert list(Notice.objects.filter(kind="export-asked").values_list("user_id", flat=True)) == [
        officer.pk
    ]
    with pytest.raises(Refused, match="second person"):
        allow_export(export, actor=case_manager)
    allow_export(export, actor=officer)
    export = written(export)
    assert (export.state, export.decided_by) == ("ready", officer)
    assert content(export, case_manager)
    with pytest.raises(Refused, match="Only the person who asked"):
        take_export(export, actor=factories.user("case_manager", office))
    with pytest.raises(Refused, match="no longer waits"):
        allow_export(export, actor=officer)
    assert passphrase


def test_many_names_in_small_portions_want_a_second_person(case_manager, office, alone):
    named(office, 2)
    asked(case_manager, "identities", identifiers=True)
    export, _passphrase = asked(case_manager, "identities", identifiers=True)
    assert export.decision == "waiting"


def test_names_that_come_meanwhile_want_a_second_person(case_manager, office, alone):
    named(office, 2)
    export, _passphrase = asked(case_manager, "identities", identifiers=True)
    named(office, 1)
    with pytest.raises(writing.MorePeople):
        written(export)


def test_the_second_person_agrees_to_so_many_names_and_no_more(
    case_manager, officer, office, alone
):
    named(office, 3)
    export, _passphrase = asked(case_manager, "identities", identifiers=True)
    allow_export(export, actor=officer)
    named(office, 1)
    with pytest.raises(writing.MorePeople):
        written(export)


def test_refused_there_is_no_file(case_manager, officer, office, alone):
    named(office, 3)
    export, _passphrase = asked(case_manager, "identities", identifiers=True)
    refuse_export(export, actor=officer)
    export = Export.objects.get()
    assert (export.state, export.passphrase, export.job) == ("refused", None, None)
    with pytest.raises(Refused, match="no file"):
        take_export(export, actor=case_manager)
    assert Notice.objects.get(kind="export-decided").user == case_manager


def sealed_case(office, *people):
    case = factories.case(office, level=SEALED)
    for person in people:
        factories.assignment(case, person, named=True)
    return case


def test_a_sealed_case_wants_a_second_person_who_is_named_in_it(case_manager, officer, office):
    second = factories.user("case_manager", office)
    case = sealed_case(office, case_manager, second)
    export, _passphrase = asked(case_manager, "case", case=case)
    assert (export.decision, export.sealed) == ("waiting", [case.pk])
    assert not Export.objects.visible_to(officer).exists()
    told = Notice.objects.filter(kind="export-asked").values_list("user_id", flat=True)
    assert list(told) == [second.pk]
    allow_export(Export.objects.visible_to(second).get(), actor=second)
    export = written(export)
    assert content(export, case_manager)


def test_the_database_wants_a_second_person_for_sealed_cases(case_manager):
    export, _passphrase = asked(case_manager)
    with pytest.raises(IntegrityError, match="sealed_by_two"), transaction.atomic():
        Export.objects.update(sealed=[factories.case().pk])
    Export.objects.update(decision="waiting")
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Export.objects.update(
            decision="allowed", decided_by=export.asked_by, decided_at=timezone.now()
        )


def test_a_list_with_sealed_cases_holds_those_that_were_agreed_to(case_manager, office):
    second = factories.user("case_manager", office)
    first = sealed_case(office, case_manager, second)
    export, passphrase = asked(case_manager, with_sealed=True, identifiers=True)
    allow_export(export, actor=second)
    sealed_case(office, case_manager, second)  # too late
    export = written(export)
    cases = export.cases.values_list("of_case", flat=True)
    assert list(cases) == [first.pk]
    assert passphrase


def test_what_an_emergency_opens_is_not_taken_away(case_manager, office):
    elsewhere = factories.case(factories.office("manila", "PH-MNL"))
    knowing.break_glass(elsewhere, user=case_manager)
    assert Case.objects.visible_to(case_manager).filter(pk=elsewhere.pk).exists()
    assert opened(case_manager).list("cases") == []


def test_three_times_and_no_more(case_manager):
    export = written(asked(case_manager)[0])
    for _ in range(3):
        assert content(export, case_manager)
    with pytest.raises(Refused, match="No longer kept"):
        content(export, case_manager)
    assert Export.objects.get().downloads == 3


def test_a_day_and_no_longer(case_manager):
    export = written(asked(case_manager)[0])
    assert abs(export.expires_at - timezone.now() - timedelta(hours=24)) < timedelta(minutes=1)
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="No longer kept"):
        content(Export.objects.get(), case_manager)


def lying(files_root):
    return sorted(path.name for path in (files_root / "exports").iterdir())


def destroy():
    job = Job.objects.create(kind="destroy-exports")
    jobs.run(job.pk)
    job.refresh_from_db()
    return job.result["destroyed"]


@pytest.mark.parametrize("how", ["expired", "spent", "withdrawn"])
@pytest.mark.by_turns(3)
def test_what_is_over_is_destroyed(case_manager, office, files_root, how):
    factories.case(office)
    before = set(lying(files_root)) if (files_root / "exports").exists() else set()
    export, kept = (written(asked(case_manager)[0]) for _ in range(2))
    if how == "expired":
        Export.objects.filter(pk=export.pk).update(expires_at=timezone.now())
    elif how == "spent":
        for _ in range(3):
            content(export, case_manager)
    else:
        withdraw_export(export, actor=case_manager)
    assert destroy() == 1
    gone = Export.objects.get(pk=export.pk)
    assert (gone.file, gone.data_key) == (None, None)
    assert set(lying(files_root)) - before == {kept.file.hex}
    assert list(ExportedCase.objects.values_list("export", flat=True)) == [kept.pk]
    assert destroy() == 0


def test_ended_while_it_waits_it_is_never_written(case_manager):
    export, _passphrase = asked(case_manager)
    withdraw_export(export, actor=case_manager)
    export.refresh_from_db()
    jobs.run(export.job_id)
    assert (state(export), Export.objects.get().file) == ("cancelled", None)
    with pytest.raises(Refused, match="There is nothing left to end"):
        withdraw_export(export, actor=case_manager)


def test_only_who_asked_ends_it(case_manager, office):
    export, _passphrase = asked(case_manager)
    with pytest.raises(Refused, match="Only the person who asked"):
        withdraw_export(export, actor=factories.user("case_manager", office))


def test_a_case_that_is_sealed_meanwhile_is_not_given_out(case_manager, office):
    case = factories.case(office)
    factories.assignment(case, case_manager, named=True)
    export = written(asked(case_manager)[0])
    Case.objects.filter(pk=case.pk).update(level=SEALED)
    with pytest.raises(Refused, match="You may no longer see some of this"):
        content(export, case_manager)


def test_who_is_off_the_team_meanwhile_is_given_nothing(office):
    """Content that was open on the team only; that the case exists is open still."""
    lead = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    case = factories.case(office)
    tie = factories.assignment(case, lead)
    factories.involvement(case)
    export = written(asked(lead, "involvements")[0])
    assert export.rows == 1
    Assignment.objects.filter(pk=tie.pk).update(ended_at=timezone.now())
    with pytest.raises(Refused, match="You may no longer see some of this"):
        content(export, type(lead).objects.get(pk=lead.pk))


def test_what_was_altered_on_the_disk_is_not_given_out(case_manager, office, files_root):
    export = written(asked(case_manager)[0])
    path = files_root / "exports" / export.file.hex
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))
    with pytest.raises(Refused, match="cannot be read"):
        content(export, case_manager)


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "case"},
        {"whom": "public"},
        {"whom": "any_provider"},
    ],
)
def test_what_cannot_be_asked_is_refused(case_manager, wrong):
    with pytest.raises(Refused):
        asked(case_manager, **wrong)
    assert not Export.objects.exists()


def test_a_list_the_reader_may_not_view_is_refused(office, monkeypatch):
    officer = factories.user("data_officer", office)
    less = GRANTS["data_officer"] - {Perm.REFERRAL_VIEW}
    monkeypatch.setitem(GRANTS, "data_officer", less)
    with pytest.raises(Refused, match="You may not see this list"):
        asked(officer, "referrals")


def test_the_case_must_be_open_to_who_asks(case_manager):
    with pytest.raises((Refused, PermissionDenied)):
        asked(case_manager, "case", case=factories.case(factories.office("manila", "PH-MNL")))
