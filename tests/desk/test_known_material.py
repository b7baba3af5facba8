"""Material recognised in one case is closed in every other that holds the same bytes, and who works
there is asked about it, without learning of the first."""

from __future__ import annotations

import pytest

from casework.services.documents import open_version
from casework.services.recognising import destroy_material, recognise_material, refuse_recognition
from core.context import acting_as
from core.services import Refused
from desk.rules import BY_CODE
from desk.to_do.tasks import to_do
from tests import factories
from tests.factories import papers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
WHY = "Two officers looked at it by mistake"
SAME = bytes(31) + b"s"


def asked(user):
    with acting_as(user.pk):
        return to_do(user, rules=[BY_CODE["material-known"]]).first_of_each(9)


@pytest.fixture
def case(case, field_officer):
    factories.assignment(case, field_officer)
    return case


@pytest.fixture
def there():
    """Another case, in another office, with its own people."""
    return factories.case(factories.office("manila", "PH-MNL"))


@pytest.fixture
def held_there(there):
    return papers.version(there, sha256=SAME)


@pytest.fixture
def their_officer(there):
    officer = factories.user("field_officer", there.office)
    factories.assignment(there, officer)
    return officer


@pytest.fixture
def destroyed_here(case, field_officer, case_manager):
    """Said by one and destroyed by another, in the first case."""
    document = papers.version(case, sha256=SAME).document
    with acting_as(field_officer.pk):
        said = recognise_material(document, reason=WHY, actor=field_officer)

    def decide(verb):
        with acting_as(case_manager.pk):
            return verb(said, actor=case_manager)

    return decide


def test_the_other_case_is_told_once_two_persons_said_so(
    destroyed_here, held_there, their_officer, field_officer, case_manager
):
    assert asked(their_officer) == []
    destroyed_here(destroy_material)
    (task,) = asked(their_officer)
    assert (task.case_id, task.target) == (held_there.case_id, held_there.document_id)
    with acting_as(their_officer.pk), pytest.raises(Refused, match="Closed as material"):
        open_version(held_there, actor=their_officer)
    for user in (field_officer, case_manager):  # of the first case: nothing is left there
        assert asked(user) == []


def test_it_tells_nothing_of_the_first(
    destroyed_here, held_there, their_officer, case, browser_client, said
):
    destroyed_here(destroy_material)
    page = browser_client(their_officer)
    today = said(page.get("/"))
    assert "on record as material of child abuse" in today
    document = said(page.get(f"/documents/{held_there.document_id}/"))
    assert "The same file is on record as such material" in document
    for words in (today, document):
        assert case.reference not in words
        assert WHY not in words


def test_who_is_not_of_the_other_case_is_not_asked(destroyed_here, held_there):
    destroyed_here(destroy_material)
    assert asked(factories.user("field_officer", factories.office("phnompenh", "KH-PNH"))) == []


def test_what_is_refused_opens_everywhere(destroyed_here, held_there, their_officer):
    destroyed_here(refuse_recognition)
    assert asked(their_officer) == []
    with acting_as(their_officer.pk):
        assert open_version(held_there, actor=their_officer).size


def test_once_said_there_a_second_person_is_asked_instead(
    destroyed_here, held_there, their_officer, there
):
    destroyed_here(destroy_material)
    lead = factories.user("case_manager", there.office)
    assert len(asked(lead)) == 1
    with acting_as(their_officer.pk):
        said = recognise_material(held_there.document, reason=WHY, actor=their_officer)
    assert asked(their_officer) == asked(lead) == []
    with acting_as(lead.pk):
        destroy_material(said, actor=lead)
    held_there.refresh_from_db()
    assert held_there.file is None
    assert asked(their_officer) == asked(lead) == []
