"""What leaves the house holds only whom agreed, and is called back with the consent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.services import Refused
from exchange.exports import writing
from exchange.models import Export
from exchange.services import giving as rules
from tests import factories
from tests.exchange.taking import asked, content, opened, written
from tests.factories import papers, persons
from victims.models import Share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def agreed(person, **fields):
    values = {"purpose": "care", "recipient_kind": "partners"}
    return persons.consent(person, **(values | fields))


@pytest.fixture
def case(office):
    return factories.case(office)


def test_rows_of_a_person_want_that_person_to_agree(case_manager, case):
    yes, no = factories.involvement(case), factories.involvement(case)
    agreed(yes)
    found = opened(case_manager, "involvements", identifiers=True, whom="partners")
    assert [row["id"] for row in found.list("involvements")] == [str(yes.pk)]
    assert found.manifest["left_out"] == found.export.left_out == 1
    victims = opened(case_manager, "victims", identifiers=True, whom="partners")
    assert [row["id"] for row in victims.list("victims")] == [str(yes.victim_id)]
    inside = opened(case_manager, "involvements", identifiers=True)
    assert {row["id"] for row in inside.list("involvements")} == {str(yes.pk), str(no.pk)}


def test_the_rest_of_a_case_wants_everyone_in_it_to_agree(case_manager, office, case):
    whole = factories.case(office)
    agreed(factories.involvement(whole))
    agreed(factories.involvement(case))
    factories.involvement(case)
    for one in (case, whole):
        factories.suspect(one)
    for name, there in (("cases", whole.pk), ("suspects", None)):
        rows = opened(case_manager, name, identifiers=True, whom="partners").list(name)
        (row,) = rows
        assert row.get("case", row["id"]) == str(there or whole.pk)


@pytest.mark.parametrize(
    "but",
    [
        {"purpose": "court"},
        {"recipient_kind": "authorities"},
        {"withdrawn_on": date(2026, 4, 1)},
        {"expires_on": date(2026, 4, 1)},
    ],
)
def test_another_consent_is_none(case_manager, case, but):
    agreed(factories.involvement(case), **but)
    assert opened(case_manager, "involvements", whom="partners").list("involvements") == []


def test_it_is_written_down_who_was_told_once_the_file_is_taken(case_manager, case):
    person = factories.involvement(case)
    consent = agreed(person)
    factories.involvement(case)
    export = written(asked(case_manager, "involvements", whom="partners")[0])
    assert not Share.objects.exists()  # nobody was told yet
    content(export, case_manager)
    content(export, case_manager)
    share = Share.objects.get()
    assert (share.consent, share.involvement, share.recipient_kind) == (
        consent,
        person,
        "partners",
    )


def test_inside_the_house_nobody_is_told(case_manager, case):
    agreed(factories.involvement(case))
    opened(case_manager, "involvements", identifiers=True)
    assert not Share.objects.exists()


def test_a_consent_withdrawn_meanwhile_keeps_the_file_here(case_manager, case):
    consent = agreed(factories.involvement(case))
    export = written(asked(case_manager, "involvements", whom="partners")[0])
    consent.withdrawn_on = case.jurisdiction.today - timedelta(days=1)
    consent.save()
    with pytest.raises(Refused, match="Somebody in it no longer agrees"):
        content(export, case_manager)
    assert not Share.objects.exists()
    assert Export.objects.get().downloads == 0


def test_papers_and_notes_stay_in_the_house(case_manager, case):
    agreed(factories.involvement(case))
    papers.version(case)
    papers.note(case)
    found = opened(case_manager, "case", case=case, identifiers=True, whom="partners")
    assert found.manifest["documents"] == []
    names = {one["list"] for one in found.manifest["lists"]}
    assert "involvements" in names
    assert names.isdisjoint({"notes", "documents", "identities", "leads", "consents"})


def test_somebody_outside_is_told_of_so_many_at_once(case_manager, case, monkeypatch):
    monkeypatch.setattr(rules, "MOST_TOLD", 1)
    monkeypatch.setattr(writing, "MOST_TOLD", 1)
    for _ in range(2):
        agreed(factories.involvement(case))
    with pytest.raises(writing.MorePeople):
        written(asked(case_manager, "involvements", whom="partners")[0])
