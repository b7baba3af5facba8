"""Stages of a proceeding: the tables, reaching one in its turn, those that follow by themselves."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.services import Refused
from prosecutions.enums import StageMeaning
from prosecutions.models import StageReached
from prosecutions.services.charges import frame_charges
from prosecutions.services.courts import file_appeal, open_prosecution, record_judgment
from prosecutions.services.stages import reach_stage
from prosecutions.stages import BY_THEMSELVES, StageTable
from tests import factories
from tests.factories.people import place

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 2), date(2026, 6, 3)


@pytest.fixture
def charge(case):
    return factories.charge(case)


@pytest.fixture
def court(charge):
    return charge.prosecution


def history(court):
    return list(court.stages.order_by("reached_on", "created_at").values_list("stage", flat=True))


@pytest.mark.parametrize("country", StageTable.shipped())
def test_a_table_can_be_walked_from_filing_to_the_end(country):
    table = StageTable.shipped()[country]
    found, look = set(), [table.first.code]
    while look:
        code = look.pop()
        found.add(code)
        look += {stage.code for stage in table.after(code)} - found
    assert found == set(table.stages), "every stage can be reached, and no other is named"
    meant = {stage.means for stage in table.stages.values()}
    assert meant <= set(StageMeaning.values)
    assert {table.first.means, "framed", "judgment", "appeal"} <= meant
    assert table.first.means == "filed"
    assert all(len(code) <= 20 for code in table.stages)


def test_a_code_means_one_thing_everywhere():
    seen = {}
    for table in StageTable.shipped().values():
        for stage in table.stages.values():
            assert seen.setdefault(stage.code, stage.means) == stage.means
    assert sum(len(table.stages) for table in StageTable.shipped().values()) > len(seen) > 0


def test_india_has_its_own_table_and_others_the_generic_one(case):
    india = factories.prosecution(case)
    elsewhere = factories.prosecution(case, jurisdiction=place("KH"))
    assert StageTable.of(india).framed.words == "Charges framed"
    assert StageTable.of(elsewhere).framed.words == "Arraigned"


def test_stages_are_reached_in_their_turn(court, lawyer, recorded):
    factories.stage_reached(prosecution=court, stage="framing", reached_on=MAY)
    reach_stage(court, stage="evidence", reached_on=MAY, actor=lawyer)
    reach_stage(court, stage="arguments", reached_on=JUNE, actor=lawyer)
    reach_stage(court, stage="evidence", reached_on=JUNE, actor=lawyer)  # another witness
    assert history(court) == ["framing", "evidence", "arguments", "evidence"]
    last = StageReached.objects.latest("created_at")
    assert (lawyer.pk, str(last.pk)) in recorded("stage.reached")


OUT_OF_TURN = {
    "too early": ("arguments", MAY, r"After “Charges framed” you can choose: Evidence of the pros"),
    "unknown": ("trial", MAY, "no such stage"),
    "before the last": ("evidence", date(2026, 5, 1), "reached later than that"),
    "framed by hand": ("framing", MAY, "Record which charges"),
    "judged by hand": ("judgment", MAY, "Record the judgment"),
    "ahead": ("evidence", date(2999, 1, 1), "is in the future"),
}


@pytest.mark.parametrize(("stage", "day", "words"), OUT_OF_TURN.values(), ids=OUT_OF_TURN)
def test_a_stage_out_of_turn_is_refused(court, lawyer, stage, day, words):
    factories.stage_reached(prosecution=court, stage="framing", reached_on=MAY)
    with pytest.raises(Refused, match=words):
        reach_stage(court, stage=stage, reached_on=day, actor=lawyer)
    assert history(court) == ["framing"]


def test_nothing_is_reached_before_the_filing(court, lawyer):
    with pytest.raises(Refused, match="before the prosecution was filed"):
        reach_stage(court, stage="committal", reached_on=date(2026, 3, 1), actor=lawyer)
    assert history(court) == []


def test_without_any_on_record_what_follows_the_filing_is_reached(court, lawyer):
    reach_stage(court, stage="committal", reached_on=MAY, actor=lawyer)
    assert history(court) == ["committal"]


def test_after_everything_is_decided_only_what_follows_a_judgment(court, charge, lawyer):
    factories.stage_reached(prosecution=court, stage="evidence", reached_on=MAY)
    other = factories.charge(prosecution=court)
    first = factories.decision(charge=charge, decided_on=JUNE)
    reach_stage(court, stage="arguments", reached_on=JUNE, actor=lawyer)  # one is undecided
    factories.decision(charge=other, judgment=first.judgment)
    with pytest.raises(Refused, match="Every charge is decided"):
        reach_stage(court, stage="reserved", reached_on=JUNE, actor=lawyer)
    factories.stage_reached(prosecution=court, stage="judgment", reached_on=JUNE)
    reach_stage(court, stage="sentencing", reached_on=JUNE, actor=lawyer)
    reach_stage(court, stage="appeal", reached_on=JUNE, actor=lawyer)
    reach_stage(court, stage="closed", reached_on=JUNE, actor=lawyer)


def test_nothing_ends_while_a_charge_is_undecided(court, lawyer):
    factories.stage_reached(prosecution=court, stage="judgment", reached_on=MAY)
    with pytest.raises(Refused, match="After “Charge sheet filed” you can choose"):
        reach_stage(court, stage="closed", reached_on=JUNE, actor=lawyer)


def test_filing_framing_judgment_and_appeal_record_their_stage(case, lawyer):
    court = open_prosecution(
        case, jurisdiction=place("IN-WB"), filed_on=date(2026, 4, 1), actor=lawyer
    )
    charges = [factories.charge(prosecution=court) for _ in range(2)]
    frame_charges(court, framed_on=MAY, charges=charges[:1], actor=lawyer)
    reach_stage(court, stage="evidence", reached_on=MAY, actor=lawyer)
    frame_charges(court, framed_on=JUNE, charges=charges[1:], actor=lawyer)
    assert history(court) == ["filed", "framing", "evidence"], "it does not go back"
    facts = {"attribution": "own", "decided_on": JUNE, "actor": lawyer}
    for row in charges:
        row.refresh_from_db()
    one = record_judgment(court, decisions=[(charges[0], "convicted_trial")], **facts)
    file_appeal(one, filed_on=JUNE, actor=lawyer)
    assert history(court)[-1] == "evidence", "it goes on for the other"
    last = record_judgment(court, decisions=[(charges[1], "acquitted")], **facts)
    assert history(court)[-2:] == ["judgment", "appeal"], "of the other, it waits already"
    appeal = file_appeal(last, filed_on=JUNE, actor=lawyer)
    record_judgment(court, decisions=[(charges[1], "convicted_trial")], appeal=appeal, **facts)
    assert history(court) == ["filed", "framing", "evidence", "judgment", "appeal"]


def test_who_may_not_is_refused(court, office):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(court.case, worker)
    for actor in (factories.user("legal_officer", office), worker):
        with pytest.raises(PermissionDenied):
            reach_stage(court, stage="committal", reached_on=MAY, actor=actor)


def test_the_page_offers_what_may_follow(page, court, said):
    address = f"/prosecutions/{court.pk}/stages/new/"
    shown = page.get(address).content.decode()
    assert 'value="committal"' in shown
    assert 'value="framing"' not in shown, "it follows from charges framed"
    assert page.post(address, {"stage": "reserved", "reached_on": "2026-05-02"}).status_code == 400
    assert page.post(address, {"stage": "committal", "reached_on": "2026-05-02"}).status_code == 302
    nothing = page.get(address)
    assert nothing.status_code == 409
    assert "follows from charges framed or from a judgment" in said(nothing)
    case_page = page.get(f"/cases/{court.case_id}/court/")
    assert "Stage Committed to the sessions court , 2 May 2026" in said(case_page)
    assert address not in case_page.content.decode(), "no button that leads to a refusal"


def test_programs_reach_stages_and_filter_by_them(api, lawyer, court):
    caller = api(lawyer)
    abroad = factories.prosecution(court.case, jurisdiction=place("KH"))
    factories.stage_reached(prosecution=abroad, stage="trial", reached_on=MAY)
    factories.stage_reached(prosecution=court, stage="framing", reached_on=MAY)
    body = {"stage": "evidence", "reached_on": "2026-06-03"}
    answer = caller.post(f"prosecutions/{court.pk}/reach-stage/", body)
    assert (answer.status_code, answer.json()["stage"]) == (200, "evidence")
    assert answer.json()["stages"][-1] == body | {
        "label": "Evidence of the prosecution",
        "means": "trial",
    }
    early = caller.post(f"prosecutions/{abroad.pk}/reach-stage/", body | {"stage": "closed"})
    assert early.status_code == 409
    assert "After “Trial” you can choose: Closing arguments" in early.json()["detail"]

    def found(query):
        return {row["id"] for row in caller.get(f"prosecutions/?{query}").json()["results"]}

    assert found("stage=evidence") == {str(court.pk)}
    assert found("stage=framing") == set(), "it is past that"
    assert found("stage_means=trial") == {str(court.pk), str(abroad.pk)}
    assert found("stage_means=closed") == set()
    assert caller.get("prosecutions/?stage_means=over").status_code == 400


@pytest.mark.parametrize("stage", [1, "evidence\0", "x" * 21, None])
def test_nonsense_is_refused_by_name(api, lawyer, court, stage):
    body = {"stage": stage, "reached_on": "2026-06-03"}
    answer = api(lawyer).post(f"prosecutions/{court.pk}/reach-stage/", body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["stage"]


def test_every_stage_of_a_record_of_its_own_says_which():
    assert set(BY_THEMSELVES) == {"framed", "judgment"}
