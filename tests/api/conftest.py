from __future__ import annotations

import json

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker

from tests import factories
from tests.api.world import our_provider


@pytest.fixture
def manager(api, case_manager):
    """A client whose user sees everything of the office of Kolkata."""
    return api(case_manager)


@pytest.fixture
def everyone(api, case_manager, fresh):
    """A client whose user may call every address: manages cases and accounts, merges, answers, and
    is told of cases as a prosecutor."""
    more = "data_officer provider_partner system_admin safeguarding_lead prosecutor"
    for role in more.split():
        factories.membership(case_manager, role, factories.office())
    factories.provider_staff(our_provider(), case_manager)
    client = api(case_manager)
    assert client.person  # signed in already, before a test counts rows
    return client


@pytest.fixture
def officer(api, field_officer):
    return api(field_officer)


@pytest.fixture
def case(office, field_officer):
    """A case of the office with the field officer on its team."""
    return factories.assignment(user=field_officer).case


@pytest.fixture(scope="session")
def document():
    """The OpenAPI document as the code makes it."""
    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True)))


def misfits(document, path, method, answer):
    """In what an answer is not what the document tells of it."""
    told = document["paths"][f"/api/v1/{path}"][method]["responses"][str(answer.status_code)]
    shape = told["content"][answer["Content-Type"]]["schema"] | {
        "components": document["components"]
    }
    checks = Draft202012Validator(shape, format_checker=FormatChecker())
    return [fault.message[:200] for fault in checks.iter_errors(answer.json())]


@pytest.fixture(scope="session")
def routes(document):
    """Its operations, with what they share written out, but for the shapes of rows."""

    def told(part):
        if isinstance(part, dict):
            kind, _, name = part.get("$ref", "").removeprefix("#/components/").partition("/")
            if name and kind != "schemas":
                return told(document["components"][kind][name])
            return {key: told(inner) for key, inner in part.items()}
        return [told(inner) for inner in part] if isinstance(part, list) else part

    return told(document["paths"])
