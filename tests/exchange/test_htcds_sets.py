"""An import of HTCDS writes in sets, and comes to what the verbs come to one after the other."""

from __future__ import annotations

import csv
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Perm
from casework.models import Case, Disclosure
from core.context import acting_as
from core.days import clock
from core.services import Refused
from exchange.services.htcds import import_htcds, preview_htcds
from tests.exchange import whole
from tests.exchange.by_verbs import ByVerbs
from tests.exchange.htcds_world import asked, golden, take
from tests.factories import knowing, programs
from victims.models import Involvement

pytestmark = pytest.mark.django_db
VERBS = [Perm.CASE_OPEN, Perm.NOTE_WRITE, Perm.PERSON_INVOLVE, Perm.PERSON_COMPLETE]
VERBS += [Perm.IDENTITY_RECORD, Perm.SUSPECT_NAME]
WRITING = "exchange.services.htcds.Writing"


def file_of(*people):
    """A line for each; what repeats in a line of its own."""
    text, names = StringIO(), list(dict.fromkeys(name for said in people for name in said))
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(people)
    return text.getvalue()


def one(case, person, **said):
    return {"case_id": case, "person_id": person, **said}


FORCED = {"vic_TypeOfExploitation": "ForcedLabour"}
EXPLOITED = FORCED | {"vic_TraffickingStatus": "ActualVictimOfTrafficking"}
KOLKATA = {"hte_Type": "Exploitation", "hte_Country": "IN", "hte_City": "Kolkata"}
# Several of a case and cases of several years; with all, some and none of what a person can have.
MANY = file_of(
    one("C1", "P1", prs_FirstName="Invented", prs_Birthdate="2010-02-03", prs_Gender="Feminine")
    | {"prs_Citizenship": "BD", "prs_PrimaryLanguage": "ben", "prs_MobilePhone": "+919"}
    | {"cas_IncomingReferralDate": "2025-02-01", "cas_CaseOwner": "Invented Worker"}
    | EXPLOITED
    | {"hte_Type": "Recruitment", "hte_Country": "BD", "hte_Date": "2025-01-01"},
    one("C1", "P1", hte_Date="2025-02-01", **KOLKATA),
    one("C1", "P2", prs_Gender="Masculine", **EXPLOITED),
    one("C1", "P3", **KOLKATA),
    one("C1", "P4", prs_MaritalStatus="Single", prs_IdentityNumber="INV-1"),
    one(
        "C1", "A1", prs_FirstName="বিপ্লব", per_RoleInProcess="Exploiter", prs_Birthdate="1970-01-01"
    ),
    one("C1", "A2", per_RoleInProcess="Other", hte_Country="IN", cco_CaseComment="Invented"),
    one("C2", "", cas_IncomingReferralDate="2024-02-01", cco_CaseComment="Nobody known"),
    one("C3", "P5", cco_CaseComment="Invented", cas_IncomingReferralDate="2025-03-01"),
    one("C4", "A3", prs_FirstName="Invented", prs_Gender="Feminine", per_RoleInProcess="Abuser"),
)
MORE = file_of(
    one("C1", "P6", prs_FirstName="Invented", **EXPLOITED),
    one("C1", "A4", per_RoleInProcess="Abuser"),
    one("C4", "P7", prs_Gender="Feminine", prs_Citizenship="IN"),
    one("C5", "P8", prs_Gender="Feminine", prs_MobilePhone="+919"),
)


def came_of(actor, text, monkeypatch, by=None):
    """What an import adds to every table, undone."""
    before = whole.rows()
    with monkeypatch.context() as patch, transaction.atomic():
        if by:
            patch.setattr(WRITING, by)
        with acting_as(actor.pk):
            take(actor, text)
        found = whole.new(before)
        transaction.set_rollback(True)
    actor.__dict__.pop("scope", None)
    actor.__dict__.pop("standing", None)
    return found


def assert_as_by_verbs(actor, text, monkeypatch):
    ours, theirs = (came_of(actor, text, monkeypatch, by) for by in (None, ByVerbs))
    assert sorted((theirs - ours).elements()) == sorted((ours - theirs).elements()) == []
    return ours


def tables(found):
    return {text.partition(" ")[0] for text in found}


def test_all_81_fields_become_the_rows_the_verbs_write(taker, monkeypatch):
    found = assert_as_by_verbs(taker, golden("htcds_all_fields.csv"), monkeypatch)
    assert {"core.AuditEvent", "victims.Identity", "casework.Note", "exchange.Imported"} <= tables(
        found
    )


@pytest.mark.nightly
def test_many_people_become_the_rows_the_verbs_write(taker, monkeypatch, account):
    programs.webhook(account, nouns=["cases", "survivors"])
    found = assert_as_by_verbs(taker, MANY, monkeypatch)
    written = [text for text in found.elements() if text.startswith("core.AuditEvent")]
    assert len(written) == 33
    take(taker, MANY)
    codes = Involvement.objects.filter(code__gt="S-1").order_by("created_at")
    assert list(codes.values_list("code", flat=True)) == ["S-2", "S-3", "S-4"]


@pytest.mark.nightly
def test_who_joins_known_cases_becomes_the_rows_the_verbs_write(taker, monkeypatch):
    take(taker, MANY)
    case = Involvement.objects.get(code="S-4").case
    knowing.disclosure(case, basis="consent", document="")
    assert_as_by_verbs(taker, MORE, monkeypatch)
    take(taker, MORE)
    assert Disclosure.objects.get().status == "ended"


def queries(actor, text):
    """How many statements it takes to look at a file, to take it in, and to look again."""
    seen = []
    for step in (preview_htcds, take, preview_htcds):
        with acting_as(actor.pk), CaptureQueriesContext(connection) as found:
            step(actor=actor, **asked(text)) if step is preview_htcds else take(actor, text)
        seen.append(len(found))
    return seen


@pytest.mark.nightly
def test_fifty_people_take_as_many_statements_as_five(taker):
    def some(many, of):
        lines = (
            one(f"{of}{n // 2}", f"P{n}", prs_FirstName="Invented", **EXPLOITED, **KOLKATA)
            | {"prs_MaritalStatus": "Single", "cco_CaseComment": "Invented"}
            for n in range(many)
        )
        led = (one(f"{of}{n}", f"A{n}", per_RoleInProcess="Abuser") for n in range(many // 2))
        return file_of(*lines, *led)

    queries(taker, some(2, "first"))  # who may do what is asked once
    assert queries(taker, some(4, "few")) == queries(taker, some(50, "many"))


@pytest.mark.parametrize("writing", [None, ByVerbs])
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.by_turns(4)
def test_what_one_may_not_do_alone_no_file_does(taker, monkeypatch, verb, writing):
    if writing:
        monkeypatch.setattr(WRITING, writing)
    vars(taker)["permissions"] = taker.permissions - {verb}
    with pytest.raises(PermissionDenied, match=verb):
        take(taker, MANY)
    assert not Case.objects.exists()


@pytest.mark.parametrize("writing", [None, ByVerbs])
@time_machine.travel("2026-03-01T17:00Z", tick=False)
def test_a_day_ahead_by_the_calendar_of_the_place_is_refused_with_its_row(
    taker, monkeypatch, writing
):
    ahead = one("C1", "P2", hte_Date="2026-03-02", **KOLKATA)
    text = file_of(one("C1", "P1", prs_Gender="Feminine"), ahead)
    with clock.by(ZoneInfo("Asia/Manila")):  # where that day has begun
        with monkeypatch.context() as patch:
            patch.setattr(WRITING, ByVerbs)  # it says nothing before it writes
            digest = preview_htcds(actor=taker, **asked(text)).digest
        if writing:
            monkeypatch.setattr(WRITING, writing)
        with pytest.raises(Refused, match=r"Row 3.*: This day is in the future"):
            import_htcds(actor=taker, digest=digest, **asked(text))
    assert not Case.objects.exists()


def test_a_closed_case_takes_nobody_in_and_says_the_row(taker):
    """Looked at before it was closed, and after."""
    take(taker, MANY)
    nobody = one("C9", "P9", prs_Gender="Feminine")
    files = (
        (MORE, "Row 2, –"),
        (file_of(one("C1", "A9", per_RoleInProcess="Abuser")), "Row 2, –"),
        (file_of(nobody, one("C1", "P9", prs_Gender="Feminine")), "Row 3, –"),
    )
    before = [preview_htcds(actor=taker, **asked(text)).digest for text, _row in files]
    Case.objects.update(status="closed", closed_on=F("opened_on"))
    for (text, row), digest in zip(files, before, strict=True):
        with pytest.raises(Refused, match=f"{row}: This case is closed"):
            import_htcds(actor=taker, digest=digest, **asked(text))
        first = preview_htcds(actor=taker, **asked(text)).faults[0]
        assert str(first).startswith(f"{row}: This case is closed")
    assert Case.objects.count() == 4
