"""Publishing a set renews the document of the API as it is served here."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from core.api.document import KEPT
from questions.asking import judged
from questions.schemas import schema_of
from tests import factories
from tests.factories import questions as made
from tests.questions.test_questions import ASKED, GOOD

pytestmark = pytest.mark.django_db
REF = {"$ref": "#/components/schemas/Answers_how_it_began"}


def test_what_is_asked_now_is_typed_in_the_document(api, office):
    caller = api(factories.user())
    before = caller.get("schema/")
    assert before.content == KEPT.read_bytes()
    asked = made.question_set(code="how_it_began", questions=ASKED)
    made.question_set(code="a_draft", state="draft")
    after = caller.get("schema/", **{"If-None-Match": before["ETag"]})
    assert (after.status_code, b"a_draft" in after.content) == (200, False)
    schemas = after.json()["components"]["schemas"]
    assert schemas["AnswerQuestionsInputRequest"]["properties"]["answers"]["anyOf"] == [REF]
    assert schemas["Reply"]["properties"]["answers"]["anyOf"][0] == REF
    typed = schemas["Answers_how_it_began"]
    assert typed["required"] == ["lived_in"]
    assert typed["properties"]["promised"]["items"]["enum"] == ["wage", "school"]
    assert "Only if lived_in=yes." in typed["properties"]["rooms"]["description"]
    reported = schemas["ReportedReplyInputRequest"]["properties"]["answers"]
    assert "anyOf" not in reported  # nothing is asked of a rescue
    part = caller.get("schema/?tag=replies").json()
    assert part["components"]["schemas"]["Answers_how_it_began"] == typed
    OpenAPIV31SpecValidator(part).validate()
    asked.state = "retired"
    asked.keep("state")
    assert caller.get("schema/").content == KEPT.read_bytes()


def test_what_is_asked_of_a_rescue_is_typed_where_one_is_reported(api, office):
    made.question_set(code="how_it_began", noun="rescue")
    made.question_set(code="of_a_case")
    schemas = api(factories.user()).get("schema/").json()["components"]["schemas"]
    assert schemas["ReportedReplyInputRequest"]["properties"]["answers"]["anyOf"] == [REF]


@pytest.mark.parametrize(
    "answers",
    [
        GOOD,
        {"lived_in": False},
        {},
        GOOD | {"rooms": True},
        GOOD | {"rooms": 1e12},
        GOOD | {"promised": ["wage", "wage"]},
        GOOD | {"promised": ["home"]},
        GOOD | {"lived_in": "yes"},
        GOOD | {"other": 1},
    ],
)
def test_the_schema_takes_what_is_taken(answers):
    typed = Draft202012Validator(schema_of(made.question_set(questions=ASKED)))
    assert typed.is_valid(answers) == (not judged(ASKED, answers)[1])
