"""Rows that no page can make, made apart from the tests: `python -m tests.browser.plant`.

Reads a line of JSON for each, `[what, values]`, and answers with one. Runs as the owner of the
session's own database, as `load_demo` does.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db.models import Count, Q  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.mail import sweep  # noqa: E402 - needs the line above
from accounts.models import Membership, Office, User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from aftercare.enums import Need  # noqa: E402
from aftercare.models import Entitlement, Provider  # noqa: E402
from aftercare.services.providers import register_provider  # noqa: E402
from casework.enums import Programme  # noqa: E402
from casework.models import Case, Task  # noqa: E402
from casework.services.cases import open_case  # noqa: E402
from core.context import acting_as  # noqa: E402
from core.days import clock  # noqa: E402
from core.models import Heartbeat  # noqa: E402
from intake.models import Extract, Phone  # noqa: E402
from intake.models.phones import PhoneEnd  # noqa: E402
from intake.phones.services.phones import end_phone  # noqa: E402
from intake.services import log_rescue  # noqa: E402
from places.enums import AgencyKind  # noqa: E402
from places.models import Agency, Jurisdiction  # noqa: E402
from prosecutions.enums import HearingPurpose, SuspectRole  # noqa: E402
from prosecutions.models import Hearing, Prosecution  # noqa: E402
from prosecutions.services.hearings import list_hearing  # noqa: E402
from prosecutions.services.suspects import Arrested, add_suspect  # noqa: E402
from questions.enums import Noun, State  # noqa: E402
from questions.models import QuestionSet, Reply  # noqa: E402
from reports.base import REPORTS  # noqa: E402
from reports.dashboards.catalogue import DASHBOARDS  # noqa: E402
from reports.dashboards.questions import all_questions, asked_of, narrowed  # noqa: E402
from reports.run import compute, snapshot_of, store  # noqa: E402
from tests.browser.ways import DEMO_CASE  # noqa: E402
from victims.enums import Sex  # noqa: E402
from victims.models import Involvement, Victim  # noqa: E402
from victims.services.survivors import Person  # noqa: E402

if TYPE_CHECKING:
    from reports.params import Params


def hostile_words(words: list[str]) -> dict[str, Any]:
    """A case in which every free text is one of the words."""
    town = Jurisdiction.objects.by_code("IN-WB-KOL")
    offices = [
        Office.objects.create(
            code=f"hostile{n}",
            prefix=f"H{chr(65 + n // 26)}{chr(65 + n % 26)}",
            name=text,
            jurisdiction=town,
        )
        for n, text in enumerate(words)
    ]
    password = User.objects.get(username="field.kolkata").password
    officer = User.objects.create(username="hostile", name=words[0], password=password)
    Membership.objects.create(user=officer, office=offices[0], role=Role.FIELD_OFFICER)
    with acting_as(officer.pk):
        case = open_case(programme=Programme.CSEC, jurisdiction=town, actor=officer)
        for text in words:
            case.refresh_from_db()
            agency = Agency.objects.create(
                jurisdiction=town, name=text, kind=AgencyKind.POLICE_UNIT
            )
            log_rescue(
                occurred_at=timezone.now(),
                jurisdiction=town,
                programme=case.programme,
                case=case,
                agencies=[agency],
                people=[Person(Sex.FEMALE, 150, 150)],
                arrests=[Arrested(name=text)],
                narrative=text,
                actor=officer,
            )
    return {"case": case.get_absolute_url()}


def newcomer(username: str, password: str) -> dict[str, Any]:
    """Somebody with a password of their own, who is no account of the demonstration."""
    user = User.objects.create_user(username, password=password, name="Invented Newcomer")
    office = Office.objects.get(code="kolkata")
    Membership.objects.create(user=user, office=office, role=Role.FIELD_OFFICER)
    return {}


def letters() -> dict[str, Any]:
    """The mail that waits, as the worker would have sent it."""
    sweep()
    return {}


def due_hearing(lead: str, purpose: str) -> dict[str, Any]:
    """A hearing of today, in no case whose page others look at; if it can be, of a proceeding that
    has one on a later day. Those that are overdue are left to others who look at them."""
    user = User.objects.get(username=lead)
    with acting_as(user.pk):
        open_here = Prosecution.objects.visible_to(user).open().order_by("-filed_on", "pk")
        open_here = open_here.exclude(case__reference=DEMO_CASE)
        for proceeding in (*open_here.filter(hearings__result=""), *open_here):
            today = proceeding.jurisdiction.today
            # The docket shows of each proceeding the earliest that waits for a result.
            taken = Q(listed_on__lte=today, result="") | Q(listed_on=today, purpose=purpose)
            if not proceeding.hearings.filter(taken).exists():
                made = list_hearing(proceeding, listed_on=today, purpose=purpose, actor=user)
                return {"record": f"/hearings/{made.pk}/record/?docket"}
    raise LookupError("No proceeding is free today.")


def to_write_about(lead: str) -> dict[str, Any]:
    """A case with a rescue, a survivor, a suspect who was not arrested and a hearing of today."""
    user: Any = User.objects.get(username=lead)
    heard = due_hearing(lead, HearingPurpose.BAIL)["record"].split("/")[2]
    with acting_as(user.pk):
        hearing = Hearing.objects.get(pk=heard)
        case = hearing.case
        made = log_rescue(
            occurred_at=timezone.now() - timedelta(days=1),
            jurisdiction=case.jurisdiction,
            programme=case.programme,
            case=case,
            people=[Person(Sex.FEMALE, 300, 330)],
            actor=user,
        )
        suspect = add_suspect(case, role=SuspectRole.OTHER, name="Invented Person", actor=user)
        survivor = Involvement.objects.get(rescue=made.rescue)
    return {
        "reference": case.reference,
        "rescue": str(case.jurisdiction.clock(made.rescue.occurred_at).date()),
        "suspect": suspect.code,
        "survivor": survivor.code,
        "hearing": str(hearing.listed_on),
    }


def no_phones(person: str) -> dict[str, Any]:
    """One person may have ten, and each test enrols one; what they held lies open nowhere."""
    user = User.objects.get(username=person)
    with acting_as(user.pk):
        Extract.objects.filter(phone__person=user).update(told_at=None)
        for phone in Phone.objects.filter(person=user).in_force():
            end_phone(phone, ended_for=PhoneEnd.STOPPED, actor=user)
    return {}


def figures(reader: str) -> dict[str, Any]:
    """The figures of every dashboard, as the worker would have computed them for somebody."""
    user: Any = User.objects.get(username=reader)
    with clock.by(user.zone):
        asked = asked_of({}, user).params
        questions = [one for board in DASHBOARDS.values() for one in all_questions(board, asked)]
        for one in {one.key(): one for one in questions}.values():
            _compute(one.report, user, one.params)
    return {}


def rate_of_last_year(reader: str, country: str, year: int) -> dict[str, Any]:
    """As the worker would have computed it while the page waits."""
    user: Any = User.objects.get(username=reader)
    asked = {"from": f"{year}-01-01", "to": f"{year}-12-31", "jurisdiction": country}
    with clock.by(user.zone):
        params = narrowed(REPORTS["conviction-rate"], asked_of(asked, user).params, {})
        _compute("conviction-rate", user, params)
    return {}


def _compute(report: str, user: Any, params: Params) -> None:
    result = compute(REPORTS[report], user, params)
    store(snapshot_of(REPORTS[report], user, params, result))


def neglected_and_tonight(officer: str, lead: str, older: int) -> dict[str, Any]:
    """A rescue of tonight, logged by an officer; both have so many older things to do."""
    user: Any = User.objects.get(username=officer)
    people = [user, User.objects.get(username=lead)]
    town = Jurisdiction.objects.by_code("IN-WB-KOL")
    with acting_as(user.pk):
        made = log_rescue(
            occurred_at=timezone.now(),
            jurisdiction=town,
            programme=Programme.CSEC,
            people=[Person(Sex.FEMALE, 150, 150)] * 5,
            needs=[Need.MEDICAL, Need.SAFE_PLACE],
            arrests=[Arrested()],
            actor=user,
        )
    cases = list(Case.objects.filter(office=user.home_office).order_by("pk")[:9])
    today = timezone.localdate()
    Task.objects.bulk_create(
        Task(
            case=cases[n % len(cases)],
            what=f"Invented older thing {n}",
            due_on=today - timedelta(days=n % 60),
            added_by=user,
            assignee=person,
        )
        for person in people
        for n in range(older)
    )
    return {"reference": made.rescue.case.reference}


def doors_open(lead: str) -> dict[str, Any]:
    """A house with beds for everybody of these tests: one, whoever asks for it first."""
    name = "House with Open Doors"
    user: Any = User.objects.get(username=lead)
    with acting_as(user.pk):
        if Provider.objects.filter(name=name).exists():
            return {}
        register_provider(
            name=name,
            jurisdiction=Jurisdiction.objects.by_code("IN-WB-KOL"),
            services=[Need.SAFE_PLACE],
            places_any=200,
            agreement_from=date(2024, 4, 1),
            actor=user,
        )
    return {}


def seven_brought_out(officer: str) -> dict[str, Any]:
    """Fourteen drafts: seven of age, two needs each."""
    user: Any = User.objects.get(username=officer)
    with acting_as(user.pk):
        made = log_rescue(
            occurred_at=timezone.now() - timedelta(hours=2),
            jurisdiction=Jurisdiction.objects.by_code("IN-WB-KOL"),
            programme=Programme.BONDED_LABOUR,
            people=[Person(Sex.FEMALE, 300, 330)] * 7,
            needs=[Need.MEDICAL, Need.SAFE_PLACE],
            actor=user,
        )
    return {"case": made.rescue.case.get_absolute_url()}


def many_brought_out(lead: str) -> dict[str, Any]:
    """A brick kiln emptied: sixty people of every age, three arrests."""
    user: Any = User.objects.get(username=lead)
    ages = (6, 9, 14, 17, 19, 23, 28, 34, 41, 52)
    people = [
        Person(sex, 12 * (age + n), 12 * (age + n) + 11)
        for n, sex in enumerate((Sex.FEMALE, Sex.MALE) * 3)
        for age in ages
    ]
    with acting_as(user.pk):
        made = log_rescue(
            occurred_at=timezone.now() - timedelta(days=9, hours=4),
            jurisdiction=Jurisdiction.objects.by_code("IN-WB-KOL"),
            programme=Programme.BONDED_LABOUR,
            people=people,
            needs=[Need.MEDICAL, Need.SAFE_PLACE],
            arrests=[Arrested(), Arrested(), Arrested()],
            actor=user,
        )
        for code in ("S-7", "S-18", "S-31", "S-44"):
            Victim.objects.filter(
                involvements__case=made.rescue.case, involvements__code=code
            ).update(safety_flag=True)
    return {"case": made.rescue.case.get_absolute_url()}


def one_charge(lead: str) -> dict[str, Any]:
    """Where the court of a case has one charge to decide."""
    user: Any = User.objects.get(username=lead)
    with acting_as(user.pk):
        open_here = Prosecution.objects.visible_to(user).open().annotate(many=Count("charges"))
        found: Any = open_here.filter(many=1).order_by("filed_on").first()
    return {"court": f"{found.case.get_absolute_url()}court/"}


def owed(lead: str) -> dict[str, Any]:
    """The ledger of somebody to whom nothing was paid yet."""
    user: Any = User.objects.get(username=lead)
    with acting_as(user.pk):
        found: Any = Entitlement.objects.visible_to(user).filter(payments=None).first()
    return {"ledger": reverse("desk:ledger", args=[found.certificate.involvement_id])}


def worker_answers() -> dict[str, Any]:
    """As where one runs beside the server."""
    Heartbeat.objects.update_or_create(pk=1, defaults={"at": timezone.now() + timedelta(hours=1)})
    return {}


def own_questions(asked: list[dict[str, Any]]) -> dict[str, Any]:
    """These sets about a rescue are asked now, and no others."""
    QuestionSet.objects.filter(state=State.PUBLISHED).update(state=State.RETIRED)
    made = [
        QuestionSet.objects.create(
            code=f"planted_{uuid4().hex}", noun=Noun.RESCUE, state=State.PUBLISHED, **fields
        )
        for fields in asked
    ]
    return {"ids": [str(row.pk) for row in made]}


def replies_of(question_set: str) -> dict[str, Any]:
    """The answers to a set."""
    rows = Reply.objects.filter(question_set=question_set)
    return {"answers": list(rows.values_list("answers", flat=True))}


def command(words: list[str]) -> dict[str, Any]:
    """What a command of the product prints."""
    printed = io.StringIO()
    call_command(*words, stdout=printed)
    return {"printed": printed.getvalue()}


VERBS = {
    "own-questions": own_questions,
    "replies-of": replies_of,
    "command": command,
    "many-brought-out": many_brought_out,
    "worker-answers": worker_answers,
    "one-charge": one_charge,
    "rate-of-last-year": rate_of_last_year,
    "owed": owed,
    "doors-open": doors_open,
    "seven-brought-out": seven_brought_out,
    "neglected-and-tonight": neglected_and_tonight,
    "figures": figures,
    "hostile-words": hostile_words,
    "newcomer": newcomer,
    "letters": letters,
    "due-hearing": due_hearing,
    "to-write-about": to_write_about,
    "no-phones": no_phones,
}

if __name__ == "__main__":
    for line in sys.stdin:
        verb, values = json.loads(line)
        sys.stdout.write(json.dumps(VERBS[verb](**values)) + "\n")
        sys.stdout.flush()
