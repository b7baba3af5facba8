"""The word for a suspect, from what is on record: a table written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from prosecutions.models import Suspect
from tests import factories

pytestmark = pytest.mark.django_db
MAY, JUNE, SEPT = (date(2026, month, 2) for month in (5, 6, 9))


@pytest.fixture
def suspect(case):
    return factories.suspect(case)


# Steps: each adds to the record of one suspect.


def complaint(suspect):
    factories.complaint(suspect.case).accused.create(case=suspect.case, suspect=suspect)


def arrest(suspect):
    suspect.arrests.create(case=suspect.case, arrested_on=MAY)


def bail(suspect):
    factories.custody(suspect=suspect, since=MAY, ended_on=JUNE, ended="bail")


def escape(suspect):
    factories.custody(suspect=suspect, since=MAY, ended_on=JUNE, ended="escaped")


def absconded(suspect):
    factories.custody(
        suspect=suspect,
        since=MAY,
        ended_on=JUNE,
        ended="bail",
        breach="absconded",
        breached_on=SEPT,
    )


def died(suspect):
    factories.custody(suspect=suspect, since=MAY, ended_on=JUNE, ended="died")


def charge(suspect):
    of = suspect.charges.count()
    factories.charge(suspect.case, suspect=suspect, offence_on=date(2026, 3, 1 + of))


def summoned(suspect):
    factories.assistance_request(suspect.case, kind="summons", answer="given", answered_on=SEPT)


def pleaded(suspect):
    suspect.charges.update(plea="not_guilty", pleaded_on=JUNE)


def framed(suspect):
    suspect.charges.update(framed_on=JUNE)


def heard(day):
    def heard(suspect):
        court = suspect.charges.last().prosecution
        factories.hearing(prosecution=court, listed_on=day, result="held")

    return heard


def listed(suspect):
    factories.hearing(prosecution=suspect.charges.last().prosecution, listed_on=SEPT)


def ended(*ends):
    """A charge for each, and how it ended."""

    def ended(suspect):
        for end in ends:
            charge(suspect)
            factories.decision(
                charge=suspect.charges.order_by("offence_on").last(), disposition=end
            )

    return ended


def taken_up(suspect):
    ends = suspect.charges.get().decisions
    ends.update(lifted_on=SEPT, lifted_for="revived")


TABLE = [
    ([], "identified"),
    ([complaint], "at_large"),
    ([complaint, arrest], "arrested"),
    ([arrest, charge], "charged"),
    ([charge], "charged"),
    # At large, whatever was sent to the person: summoned is not caught.
    ([complaint, summoned], "at_large"),
    ([complaint, charge], "at_large"),
    ([complaint, charge, summoned], "at_large"),
    ([complaint, charge, heard(SEPT)], "at_large"),
    ([complaint, arrest, escape], "at_large"),
    ([complaint, arrest, absconded], "at_large"),
    ([arrest, escape, charge], "at_large"),
    ([arrest, absconded, charge, summoned], "at_large"),
    # Who came by themselves is not.
    ([complaint, charge, framed], "charged"),
    ([complaint, charge, pleaded], "charged"),
    ([complaint, charge, framed, heard(SEPT)], "on_trial"),
    ([complaint, ended("acquitted")], "acquitted"),
    ([complaint, arrest, charge], "charged"),
    # On trial: framed, and heard since.
    ([charge, heard(SEPT)], "charged"),
    ([charge, framed], "charged"),
    ([charge, framed, listed], "charged"),
    ([charge, heard(MAY), framed], "charged"),
    ([charge, framed, heard(JUNE)], "on_trial"),
    ([charge, framed, heard(SEPT)], "on_trial"),
    # Archived: not decided; charged, or at large as the record says.
    ([ended("archived")], "at_large"),
    ([arrest, ended("archived")], "charged"),
    ([arrest, bail, ended("archived")], "charged"),
    ([arrest, escape, ended("archived")], "at_large"),
    ([arrest, absconded, ended("archived")], "at_large"),
    ([arrest, ended("archived"), taken_up], "charged"),
    ([arrest, ended("archived", "acquitted")], "charged"),
    ([ended("archived", "acquitted")], "at_large"),
    # Transferred: another court has it.
    ([ended("transferred")], "charged"),
    ([ended("transferred", "acquitted")], "charged"),
    ([ended("transferred", "archived")], "charged"),
    # Decided.
    ([ended("convicted_trial")], "convicted"),
    ([ended("convicted_plea", "archived")], "convicted"),
    ([ended("acquitted")], "acquitted"),
    ([ended("discharged")], "discharged"),
    ([ended("dismissed")], "discharged"),
    ([ended("quashed")], "discharged"),
    ([ended("abated")], "abated"),
    ([ended("withdrawn")], "withdrawn"),
    ([ended("withdrawn", "abated")], "abated"),
    ([ended("abated", "discharged")], "discharged"),
    ([ended("abated"), died], "died"),
    ([ended("convicted_trial"), died], "died"),
]


def called(case):
    steps, word = case
    return "-".join([*(step.__name__ for step in steps), word])


@pytest.mark.parametrize(("steps", "word"), TABLE, ids=map(called, TABLE))
@pytest.mark.by_turns(6)
def test_the_word_follows_from_the_record(suspect, steps, word):
    for step in steps:
        step(suspect)
    assert Suspect.objects.with_status().get(pk=suspect.pk).status == word


@pytest.mark.parametrize(
    ("steps", "standing"),
    [
        ([complaint, charge], "large"),
        ([complaint, charge, summoned], "large"),
        ([complaint, charge, framed], "free"),
        ([complaint, charge, pleaded], "free"),
        ([arrest, escape, charge, pleaded], "large"),
    ],
)
def test_whoever_answered_the_summons_is_not_at_large(suspect, steps, standing):
    for step in steps:
        step(suspect)
    assert Suspect.objects.with_standing().get(pk=suspect.pk).standing == standing


def test_page_and_programs_say_abated(api, page, case, suspect, lawyer, said):
    ended("abated")(suspect)
    assert api(lawyer).get(f"suspects/{suspect.pk}/").json()["status"] == "abated"
    (row,) = api(lawyer).get("suspects/?status=abated").json()["results"]
    assert row["id"] == str(suspect.pk)
    assert f"{suspect.code}" in said(page.get(f"/cases/{case.pk}/people/"))
    assert "Abated" in said(page.get(f"/cases/{case.pk}/people/"))
