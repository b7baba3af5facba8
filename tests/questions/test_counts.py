"""Answers that one chooses are counted as any other figure is; words never are."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from accounts.permissions import Perm
from accounts.roles import GRANTS
from core import jobs
from questions.models import Reply
from reports.base import REPORTS
from reports.closed import params_of
from reports.models import Snapshot
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import persons
from tests.factories import questions as made
from tests.questions.test_questions import ASKED, GOOD

pytestmark = pytest.mark.django_db
REPORT = REPORTS["own-questions"]
LISTED = [{"code": code, "label": code.title()} for code in ("north", "south", "west")]
FROM = made.question("from", kind="choice", choices=LISTED)
STAYED = made.question("stayed", kind="yes_no", only_if="lived_in=yes")


def lines(reader=None, **given):
    result = compute(REPORT, reader or Reporter(), parse(given, REPORT))
    return {REPORT.row_key(row): (row["k"], row["n"]) for row in result.rows}


def ask(noun="case", **fields):
    return made.question_set(code="how", noun=noun, questions=[*ASKED, FROM, STAYED], **fields)


def answer(case, asked, about=None, **answers):
    about = about.pk if about else case.pk
    return made.reply(case, question_set=asked, about=about, answers=answers)


def test_what_is_chosen_is_counted_and_words_are_not(office):
    asked, case = ask(), factories.case(office)
    answer(case, asked, **GOOD)
    answer(factories.case(office), asked, lived_in=False)
    secret = made.question_set(code="closed", identity=True, questions=ASKED, state="retired")
    made.reply(case, question_set=secret, answers={})
    assert lines() == {
        "case|how|lived_in|yes": (1, 2),
        "case|how|lived_in|no": (1, 2),
        "case|how|promised|wage": (1, 1),
        "case|how|promised|school": (0, 1),
    }
    assert lines(to=date(2020, 1, 1).isoformat()) == {}
    asked.state = "retired"
    asked.keep("state")
    now = made.question_set(code="how", edition=2, questions=ASKED[:1])
    answer(case, now, lived_in=False)  # the latest answer counts, and the words of the latest set
    assert lines()["case|how|lived_in|no"] == (2, 2)
    assert lines()["case|how|lived_in|yes"] == (0, 2)
    result = compute(REPORT, Reporter(), parse({}, REPORT))
    words = {REPORT.row_key(row): REPORT.in_words(row) for row in result.rows}
    assert words["case|how|lived_in|yes"] == {
        "question_set": "Invented questions",
        "question": "Invented lived_in?",
        "answer": "Yes",
    }


def test_persons_count_once_and_not_where_they_are_no_victims(office, case_manager):
    asked = ask("survivor")
    cases = [factories.case(office) for _ in range(3)]
    people = [factories.involvement(case) for case in cases]
    for case, person in zip(cases, people, strict=True):
        answer(case, asked, person, lived_in=True)
    people[1].victim.merged_into = people[0].victim
    people[1].victim.keep("merged_into")
    assert lines()["survivor|how|lived_in|yes"] == (2, 2)
    persons.exploitation(involvement=people[2], status="NotAVictimOfTrafficking")
    assert lines(case_manager)["survivor|how|lived_in|yes"] == (1, 1)
    assert lines(factories.user("case_manager", factories.office("manila", "PH-MNL"))) == {}


@pytest.mark.parametrize("noun", ["rescue", "suspect", "hearing", "referral"])
def test_each_noun_is_counted(noun, office):
    case = factories.case(office)
    row = getattr(factories, noun)(case=case)
    answer(case, ask(noun), row, **GOOD)
    assert lines()[f"{noun}|how|lived_in|yes"] == (1, 1)


def test_whoever_only_counts_is_told_no_small_count_and_opens_none(office, api):
    asked = ask()
    for number in range(40):
        where = "north" if number < 20 else "south" if number < 35 else "west"
        case = factories.case(office, opened_on="2025-03-02")
        hangs = {"stayed": True} if number % 2 else {}
        answer(case, asked, **{"lived_in": bool(number % 2), "from": where, **hangs})
    manager = factories.user("programme_manager", factories.office("global"))
    params = params_of({}, REPORT, manager)
    run = api(manager).post("report-runs/", {"report": REPORT.slug, "params": {}}).json()
    jobs.run(run["id"])
    snapshot = Snapshot.objects.get(closed_for__gt="", report=REPORT.slug)
    assert snapshot.params["from"] == params.start.isoformat()
    told = {REPORT.row_key(row): (row["k"], row["n"]) for row in snapshot.rows}
    assert told["case|how|lived_in|yes"] == (20, 40)
    assert told["case|how|from|west"] == (None, None)
    assert "case|how|stayed|yes" not in told
    assert lines()["case|how|stayed|yes"] == (20, 20)
    assert told["case|how|from|south"] != (15, 40)  # else it follows
    behind = f"report-runs/{run['id']}/behind/?cell=case|how|from|west&of=k"
    assert api(manager).get(behind).json().get("total") is None
    for role, held in GRANTS.items():  # whoever opens a person reads the answers about them
        assert not {Perm.REPORT_VIEW, Perm.VICTIM_VIEW} <= held or Perm.REPLY_VIEW in held, role


def test_the_migration_fills_what_is_chosen_as_the_service_does(office):
    fill = import_module("questions.migrations.0002_what_is_chosen").FILL
    reply = answer(factories.case(office), ask(), **GOOD, **{"from": "west"})
    words = reply.chosen
    Reply.objects.update(chosen=[])
    with connection.cursor() as cursor:
        cursor.execute(fill)
    reply.refresh_from_db()
    assert reply.chosen == words == ["lived_in=yes", "promised=wage", "from=west"]
