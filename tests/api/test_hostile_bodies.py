"""Every body of the interface, one value wrong at a time: a 4xx that names the field (W3, W4)."""

from __future__ import annotations

import copy
import re
import uuid
from itertools import chain

import pytest
from django.urls import resolve

from casework.models import Disclosure
from core.models import AuditEvent, Job
from tests import factories
from tests.api import study_bodies
from tests.api.test_hostile import LONG, TEXT, WRONG_TYPES, refused
from tests.api.world import creates, sending
from tests.clients import route_of
from tests.meta.tables import how_many
from tests.whole import share, some

pytestmark = pytest.mark.django_db

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOBODY = "00000000-0000-0000-0000-000000000000"
ODD = [*WRONG_TYPES, *TEXT, NOBODY, [NOBODY], "NaN", "Infinity", "1e5", "\u0663", "9" * 400, "true"]
ACCOUNTS = {"users", "invitations", "memberships", "account-changes", "notices"}  # of no office
OF_NO_OFFICE = {path.rstrip("/") for path in study_bodies.LISTS}
OF_NO_OFFICE |= {"release-proposals", "report-schedules", "retention-policies"}  # of no office
OF_NO_OFFICE |= {"agencies", "choices", "jurisdictions", "offices", "language-readings"}
OF_NO_OFFICE |= {"task-rules", "question-sets", "provisions", "law-versions"}
MOST_NAMED = 20  # of the fields that are not offered
ALL = "dashboards/legal/compute/"  # where nothing is asked for, everything is computed
TRY_RULE = "task-rules/{id}/try/"  # where nothing is asked for, nothing is changed
DOCUMENTS = {"instrument", "labels"}  # judged as a whole; the words say where
DAYS = ["0001-01-01", "1989-12-31", "9999-12-31", "2026-02-30", "20261101", "2026-11-01T00:00:00Z"]
FREE = {"number", "docket", "name", "reason", "exact_place", "contacts", "documents"}  # any text
FREE |= {"document", "remark", "what", "informant", "decisions[0].local_term", "labels.en"}
FREE |= {"instrument.code", "instrument.name", "instrument.licence"}
FREE |= {"office_title", "bank_reference", "escort", "apart", "text"}  # of care and its ledger
FREE |= study_bodies.FREE
FREE |= {"recipient", "purpose", "occasion", "payer", "room", "judge", "counsel", "words"}
OF_A_PLAN = {"beds", "evidence", "interpreters", "medical", "meeting_point"}  # may be left empty
FREE |= OF_A_PLAN | {"part", "risks"}
FREE_HERE = {("custody-events/", "person")}  # elsewhere of this name are keys
FREE_HERE |= {("htcds-imports/", "source"), ("retention-policies/", "legal_source")}
FREE_HERE |= {("question-sets/", "title"), ("replies/", "answers.invented")}
FREE_HERE |= {("jurisdictions/", "register_code"), ("erasures/", "legal_source")}
LAWS, SCHEMES = ("provisions/", "law-versions/"), "law-versions/scheme/"
STAGES, CALLED = "law-versions/stages/", ("filed_name", "trial_name")
PAID = [f"{whom}_total" for whom in ("everyone", "adult_man", "woman_or_child", "extreme")]
FREE_HERE |= {(path, name) for path in LAWS for name in ("source", "statute", "title", "offence")}
FREE_HERE |= {("provisions/", "fine"), (SCHEMES, "source")}
FREE_HERE |= {(STAGES, name) for name in (*CALLED, "source")}
FREE_HERE |= {("outside-addresses/", name) for name in ("organisation", "contact")}
BLANK = {"docket", "name", "exact_place", "decisions[0].local_term"}  # may be left empty
BLANK |= {"contact", "office_title", "bank_reference", "escort", "informant", "instrument.licence"}
BLANK |= {"source", "quote", "payer", "room", "judge", "counsel", "words", "risks"} | OF_A_PLAN
ACCOUNTS |= {"me", "keys", "service-accounts", "webhooks", "webhook-deliveries", "webhook-hosts"}
ACCOUNTS |= {"phones", "boxes", "views"}
NAMES = {"full_name", "latin_name"}  # what somebody can be called
GOOD = {  # wrong elsewhere, right here
    "months": [5],
    "fine": [5, 1.5],
    "compensation": [5, 1.5],
    "amount": [5, 1.5],
    "life": [True],
    "suspended": [True],
    "sentences[0].months": [5],
    "sentences[0].suspended": [True],
    "sentences[0].fine": [5, 1.5],
    "sentences[0].compensation": [5, 1.5],
    "shares[0].amount": [5, 1.5],
    ("answers/", "words"): [None],
    ("answers/", "asked"): [""],
    ("answers/", "no_next_date"): [""],
    ("answers/", "next_at"): [None],
    ("answers/", "next_on"): [None],
    ("answers/", "next_purpose"): [""],
    ("compensation-payments/", "received_on"): [None],
    ("rescue-plans/", "adults"): [5, None],
    ("rescue-plans/", "children"): [5, None],
    ("rescue-plans/", "hour"): [None],
    ("rescue-plans/", "site"): [None, ""],
    "username": ["x", "csec\n", "true"],
    "params": [{}],
    "language": ["csec", "NaN"],
    "since_at": [None],
    "arrested_at": [None],
    ("custodies/", "provision"): [None, ""],
    ("legal-holds/", "involvement"): [None, ""],
    ("provisions/", "min_years"): [5, 1.5, None],
    ("provisions/", "max_years"): [5, None],
    ("provisions/", "iccs"): ["", " "],
    **{("provisions/", name): [True] for name in ("life_possible", "exploitation", "of_child")},
    **{("provisions/", name): [None] for name in ("in_force_from", "in_force_to")},
    **{("law-versions/", name): [5, 1.5, None] for name in ("least", "above", "up_to")},
    ("law-versions/", "amount"): [5, None],
    **{(SCHEMES, name): [5, 1.5, None, "", " "] for name in (*PAID, "extreme_deposit")},
    (SCHEMES, "approved_until"): [None],
    **{
        (STAGES, f"{code}_place"): [5, None]
        for code in ("arraigned", "trial", "judgment", "sentencing", "appeal")
    },
    **{(STAGES, name): [None, "", " "] for name in CALLED},
    (SCHEMES, "currency"): ["NaN"],
    ("law-versions/", "life"): [True],
    ("law-versions/", "statute"): ["", " "],
    ("provisions/{id}/end/", "source"): ["IN-WB-KOL'--", NOBODY, "Infinity"],
    **{(path, "verified"): [True] for path in (*LAWS, SCHEMES, STAGES, "provisions/{id}/end/")},
    ("retention-policies/", "years"): [5],
    ("jurisdictions/", "code"): ["", " "],  # one is made of the name
    ("choices/", "counts_as"): ["", " "],
    ("choices/", "position"): [5, None],
    ("choices/", "starts_on"): [None],
    (TRY_RULE, "days"): [5, None],
    (TRY_RULE, "is_on"): [True],
    ("offices/", "code"): ["x", "csec\n", "true"],
    ("offices/", "prefix"): ["NaN"],
    ("offices/", "currency"): ["NaN", "", " "],
    ("offices/", "language"): ["", " "],
    "in_court_on": [None],
    "limit_reason": [""],
    "court_hours": [5],
    "sureties": [5],
    "bail_amount": [5, 1.5],
    "instrument.edition": [5],
    "born_on": ["1989-12-31"],
    "places_female": [5, None],
    "places_male": [5, None],
    "places_any": [5, None],
    "age_min_months": [5, None],
    "age_max_months": [None],
    "agreement_until": [None],
    "is_active": [True],
    "contact_lost": [True],
    "answers": [{}],
    "identity": [True],
    ("question-sets/", "programmes"): [[]],
    ("replies/", "about"): [None],
    ("replies/", "answers.invented"): [None, "", " ", []],
    "paid_by": [""],
    "customer_country": [""],
    "ended_on": [None],
    "age_months": [5],
    "heavy": [True],
    "whole": [True],
    "answers.abuse": [None],
    "answers.food": [None],
    "params.from": [None, "", "20261101"],
    "params.programme": [None, "", "csec\n"],
}

GOOD |= study_bodies.GOOD | {
    ("external-statistics/", "text"): ["", " "],
    ("report-schedules/", "jurisdiction"): ["", " "],
    ("report-schedules/", "programme"): ["", " ", "csec\n"],
    (ALL, "from"): [None, "", " ", "20261101"],
    (ALL, "programme"): [None, "", " ", "csec\n"],
}


def is_good(path, field, value):
    here = (ID.sub("{id}", path), field)
    if any(
        value is good or (value == good and type(value) is type(good))
        for good in [*GOOD.get(field, []), *GOOD.get(here, [])]
    ):
        return True
    if (field in FREE or (path, field) in FREE_HERE) and isinstance(value, str):
        blank = field in BLANK and not value.strip(" \n")
        return bool(value.strip(" \n") or blank) and "\0" not in value and len(value) < 600
    if field in NAMES and isinstance(value, str) and "\0" not in value:
        return any(sign.isalpha() for sign in value) and len(value) <= 200
    return field in {"params.from", "params.programme"} and value == " "


def fields_of(body):
    """Every field by its full name, with a way to set it."""
    for name, value in body.items():
        yield name
        if isinstance(value, dict):
            yield from (f"{name}.{inner}" for inner in value)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from (f"{name}[0].{inner}" for inner in value[0])


def changed(body, field, value):
    body = copy.deepcopy(body)
    outer, _dot, inner = field.replace("[0]", "").partition(".")
    if not inner:
        body[outer] = value
    elif isinstance(body[outer], list):
        body[outer][0][inner] = value
    else:
        body[outer][inner] = value
    return body


def rows():
    """How many rows there are of anything, and how many intentions were recorded."""
    intentions = AuditEvent.objects.exclude(kind="denial").count()
    return [*how_many((*factories.FACTORIES, Job)), intentions]


def calls(case, user, *, bare=False):
    """Every call with a body, with the body; `bare`, the steps that take no words, too."""
    referral, suspect = factories.referral(case), factories.suspect(case)
    versioned = {
        f"referrals/{referral.pk}/move/": ({"step": "complete"}, None),
        f"suspects/{suspect.pk}/name/": ({"name": "Invented Name"}, None),
        f"hearings/{factories.hearing(case).pk}/correct/": ({"result": "held"}, None),
        f"judgments/{factories.judgment(case).pk}/correct-attribution/": (
            {"attribution": "own"},
            None,
        ),
    }
    for path, bodies in chain(sending(case, user), versioned.items()):
        if path != "rescue-reports/":  # has tests of its own
            for body in filter(None, bodies):
                yield path, body
            if bare and not bodies[0]:
                yield path, {}


def by_day(several, about):
    """The calls of a third of the routes; at night of all."""
    return share(several, about, one_in=18, name=route_of)


def test_a_wrong_value_is_refused_at_its_field_everywhere(everyone, case):
    taken = []
    for path, body in by_day(calls(case, everyone.user), "values"):
        everyone.sign_in_again()
        before, route = rows(), ID.sub("", path)
        for field in fields_of(body):
            values = ODD + (DAYS if field.endswith("_on") else [])
            for value in some(values, f"{route} {field}", 1):
                if is_good(path, field, value):
                    continue
                answer = everyone.post(path, changed(body, field, value), If_Match='"1"')
                said = answer.json()
                named = list(said.get("errors", {})) if isinstance(said, dict) else []
                right = answer.status_code == 400 and named
                outer = field.partition(".")[0]
                under = outer if outer in DOCUMENTS else field
                if not right or not all(name.startswith(under) for name in named):
                    taken.append((path, field, repr(value)[:40], answer.status_code, named))
        if not taken:
            assert rows() == before, path
    assert not taken, "\n".join(map(str, taken))


def test_unknown_fields_are_named_everywhere(everyone, case):
    for path, body in by_day(calls(case, everyone.user, bare=True), "unknown"):
        before = rows()
        errors = refused(everyone.post(path, body | {"office": "x", LONG: 1}, If_Match='"1"'))
        assert set(errors) == {"office", LONG[:80]}, path
        assert rows() == before, path


def test_every_field_of_the_row_that_is_not_offered_is_refused_by_name(everyone, case):
    """Mass assignment (M3): whoever sends the whole row learns which fields are not theirs."""
    for path, body in by_day(calls(case, everyone.user), "whole rows"):
        before = rows()
        view = resolve(f"/api/v1/{path}").func
        offered = set(view.cls.inputs[view.actions["post"]]().fields)
        columns = {f.name for f in view.cls.queryset.model._meta.concrete_fields} - offered
        errors = refused(everyone.post(path, dict.fromkeys(columns, "x") | body, If_Match='"1"'))
        wanted = columns - set(body)
        assert set(errors) <= wanted, path
        assert len(errors) == min(len(wanted), MOST_NAMED), path
        assert rows() == before, path


def test_an_empty_body_names_a_field_everywhere(everyone, case):
    for path, _body in by_day(calls(case, everyone.user), "empty"):
        if ID.sub("{id}", path) not in {ALL, TRY_RULE}:
            assert refused(everyone.post(path, {}, If_Match='"1"')), path


def test_a_row_nobody_has_is_not_found_everywhere(everyone, case):
    for path, body in by_day(calls(case, everyone.user), "nobody's"):
        if len(parts := path.rstrip("/").split("/")) == 3:
            noun, _pk, verb = parts
            gone = f"{noun}/{uuid.uuid4()}/{verb}/"
            refused(everyone.post(gone, body, If_Match='"1"'), 404)


def test_rows_of_another_office_do_not_exist(everyone, case):
    """Every reference of every body, to a row that is real and out of scope."""
    manila = factories.case(factories.office("manila", "PH-MNL"))
    there = [*by_day(calls(manila, everyone.user), "elsewhere")]
    Disclosure.objects.filter(user=everyone.user).delete()  # by which they would be told of it
    for path, body in there:
        answer = everyone.post(path, body, If_Match='"1"')
        if path == "emergencies/":  # of a case the caller knows to exist
            continue
        if path == "transfers/caseload/":  # of a person, whose cases elsewhere are as none
            assert answer.status_code == 409
            continue
        if path.split("/")[0] in {
            "cases",
            "dashboards",
            "report-runs",
            "received-referrals",
            "providers",
            "instruments",
            "htcds-imports",
            "workbook-imports",
            "outside-addresses",  # of the office of the caller
            *ACCOUNTS,
            *OF_NO_OFFICE,
        }:
            continue
        assert answer.status_code in {400, 404}, (path, answer.content)


def test_a_judgment_decides_a_bounded_list(everyone, case):
    bodies = creates(case, everyone.user)
    body = bodies["judgments/"][0]
    before = rows()
    for decisions in ([], body["decisions"] * 201):
        errors = refused(everyone.post("judgments/", body | {"decisions": decisions}))
        assert set(errors) == {"decisions"}
    twice = everyone.post("judgments/", body | {"decisions": body["decisions"] * 2})
    refused(twice, 409)
    assert rows() == before


NO_SENTENCE = [
    ({"fine": "-1"}, "fine"),
    ({"fine": "1.005"}, "fine"),
    ({"fine": "1000000000000"}, "fine"),
    ({"fine": "sNaN"}, "fine"),
    ({"fine": "\u0661"}, "fine"),
    ({"fine": " 1"}, "fine"),
    ({"fine": -0.5}, "fine"),
    ({"fine": 1e300}, "fine"),
    ({"currency": "inr"}, "currency"),
    ({"currency": "INRX"}, "currency"),
    ({"months": 1201}, "months"),
    ({"months": -1}, "months"),
    ({"months": "84"}, "months"),
    ({"life": True}, "months"),
    ({"life": "true"}, "life"),
    ({"suspended": 1}, "suspended"),
]


def test_a_sentence_that_cannot_be_is_refused(everyone, case):
    body = creates(case, everyone.user)["sentences/"][0]
    for change, field in NO_SENTENCE:
        answer = everyone.post("sentences/", body | change)
        assert list(refused(answer)) == [field], change


def test_money_needs_its_currency(everyone, case):
    body = creates(case, everyone.user)["sentences/"][0]
    del body["currency"]
    assert list(refused(everyone.post("sentences/", body))) == ["currency"]


def test_someone_known_has_no_second_name(everyone, case):
    named, known = creates(case, everyone.user)["suspects/"]
    assert list(refused(everyone.post("suspects/", named | known))) == ["name"]


def test_a_charge_of_another_office_is_as_unknown_as_none(everyone, case):
    body = creates(case, everyone.user)["judgments/"][0]
    manila = factories.charge(factories.case(factories.office("manila", "PH-MNL")))
    answers = []
    for charge in (str(manila.pk), NOBODY):
        decisions = [{"charge": charge, "disposition": "acquitted"}]
        answers.append(refused(everyone.post("judgments/", body | {"decisions": decisions})))
    assert answers[0] == answers[1]
    assert list(answers[0]) == ["decisions[0].charge"]
