"""What is typed "for the team only" about a document that is disclosed: no outsider reads it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.factories import papers

pytestmark = pytest.mark.django_db
TYPED = "Canary Saffron"
MARK = re.compile(rb"[Ss]affron")
NOUNS = ("document-versions", "custody-events", "recognitions")


@pytest.fixture
def case(db):
    return factories.case(factories.office("manila", "PH-MNL"))


@pytest.fixture
def prosecutor(office):
    return factories.user("prosecutor", office)


class Reader:
    """Pages by session, the interface by key."""

    def __init__(self, browser_client, api, user):
        self.page, self.key = browser_client(user), api(user)

    def ask(self, path):
        api = path.startswith("/api/v1/")
        answer = self.key.get(path.removeprefix("/api/v1/")) if api else self.page.get(path)
        return answer.status_code, answer.content


@pytest.fixture
def reader(browser_client, api, prosecutor):
    return Reader(browser_client, api, prosecutor)


@pytest.fixture
def typed(case, prosecutor):
    """A document of which everything typed "for the team only" says the same words."""
    factories.disclosure(case, prosecutor)
    paper = papers.document(case)
    told = {"name": f"{TYPED}.txt", "remark": TYPED, "type": "other"}
    version = papers.version(document=paper, **told)
    papers.custody_event(document=paper, person=TYPED, remark=TYPED)
    said_by = factories.user(name=TYPED, username="canary.saffron")
    answered = {"answered_by": factories.user(name=TYPED, username="canary.saffron.2")}
    answered |= {"status": "refused", "answered_at": timezone.now()}
    papers.recognition(document=paper, reason=TYPED, said_by=said_by, **answered)
    return version


def typed_through(reader, version):
    """Every door that shows the document, its rows or its file, and the name of the download."""
    paths = [f"/documents/{version.document_id}/", f"/api/v1/document-versions/{version.pk}/"]
    of_it = f"?document={version.document_id}"
    paths += [f"/api/v1/{noun}/{of_it}" for noun in NOUNS]
    answers = {path: reader.ask(path) for path in paths}
    assert {status for status, _content in answers.values()} == {200}
    files = (
        reader.page.get(reverse("casework:download", args=[version.pk])),
        reader.key.get(f"document-versions/{version.pk}/file/"),
    )
    found = [
        path for path, (_status, text) in answers.items() if re.search(b"Saffron|saffron", text)
    ]
    for answer in files:
        b"".join(answer)  # read to its end, so that it is closed
    return found, [answer["Content-Disposition"] for answer in files]


def test_what_is_typed_for_the_team_is_shown_to_no_outsider(
    case, typed, reader, browser_client, api
):
    found, names = typed_through(reader, typed)
    assert found == []
    assert all(f'"{typed.document.code}.' in name for name in names), names
    row = reader.key.get(f"recognitions/?document={typed.document_id}").json()["results"][0]
    assert (row["status"], row["reason"], row["said_by"], row["answered_by"]) == (
        *("refused", None, None, None),
    )
    manager = factories.user("case_manager", case.office)
    found, names = typed_through(Reader(browser_client, api, manager), typed)
    assert len(found) == 5, found
    assert all("Saffron" in name for name in names)


def test_what_somebody_recognised_stays_shut_to_outsiders(typed, reader):
    papers.recognition(document=typed.document)
    assert reader.key.get(f"document-versions/{typed.pk}/file/").status_code == 409
