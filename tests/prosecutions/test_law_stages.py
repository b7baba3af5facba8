"""Stages of proceedings by the day of the filing: from the generic table to one of its own."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest

from accounts.models import Notice
from core.context import acting_as
from core.contradictions import among
from core.models import AuditEvent
from core.services import Refused
from prosecutions.models import LawVersion, StageReached
from prosecutions.services.law_effects import read_effect
from prosecutions.services.law_stages import propose_stages
from prosecutions.services.laws import confirm_law, withdraw_law
from prosecutions.services.stages import reach_stage
from prosecutions.stages import KEPT, StageTable, supposing
from tests import factories

pytestmark = pytest.mark.django_db
SOURCE = "Invented Code of Criminal Procedure 2074, ch. 9"
FROM = date(2026, 3, 1)
BEFORE, SINCE = FROM - timedelta(days=1), FROM
REACHED = date(2026, 4, 2)
ORDER = "filed cognizance arraigned statement trial arguments judgment sentencing appeal closed"
PLACES = {f"{code}_place": 5 * n for n, code in enumerate(ORDER.split(), start=1)}
NAMES = {"filed_name": "Charge sheet registered", "statement_name": "Bakapatra"}


@pytest.fixture
def officer(fresh, case):
    return factories.officer_in(case)


@pytest.fixture
def second(officer):
    return factories.user("programme_manager")


@pytest.fixture
def court(case, officer):
    """A proceeding in Nepal, filed on a day, with the stages that were reached."""

    def court(filed_on, *stages, **more):
        of = {"jurisdiction": factories.place("NP"), "filed_on": filed_on} | more
        row = factories.prosecution(case, **of)
        factories.stage_reached(prosecution=row, stage="filed", reached_on=filed_on)
        for stage in stages:
            factories.stage_reached(prosecution=row, stage=stage, reached_on=REACHED)
        return row

    return court


def propose(officer, place="NP", **more):
    of = {"begins_on": FROM, "source": SOURCE} | PLACES | NAMES | more
    return propose_stages(country=factories.place(place), actor=officer, **of)


def test_from_the_generic_table_to_one_of_its_own(browser_client, officer, second, court):
    court(BEFORE)
    court(SINCE)
    page = browser_client(officer)
    shown = page.get("/laws/?kind=NP").content.decode()
    assert "<bdi>Filed</bdi> · <bdi>Preliminary hearing</bdi> · <bdi>Arraigned</bdi>" in shown
    asked = page.get("/laws/stages/new/?country=NP").content.decode()
    assert 'name="preliminary_place" value="2"' in asked, "what holds today"
    form = {"country": "NP", "begins_on": "1 Mar 2026", "source": SOURCE, "key": "k"}
    form |= PLACES | NAMES
    seen = page.post("/laws/stages/new/?country=NP", form | {"try": "1"}).content.decode()
    assert "1 record of open cases that you may read." in seen
    assert "None of the rows they count would change" in seen
    assert not LawVersion.objects.waiting().exists(), "only tried"
    assert not AuditEvent.objects.filter(action="law.proposed").exists()
    sent = page.post("/laws/stages/new/", form)
    law = LawVersion.objects.waiting().get()
    assert sent["Location"] == law.get_absolute_url()
    assert Notice.objects.filter(user=second, kind="law-proposed").exists()
    theirs = browser_client(second)
    told = theirs.get(law.get_absolute_url()).content.decode()
    assert "Charge sheet registered; Cognizance taken" in told
    assert theirs.post(f"/laws/{law.pk}/confirm/", {"key": "k"}).status_code == 302
    listed = page.get("/laws/?kind=NP").content.decode()
    assert "<bdi>Charge sheet registered</bdi> · <bdi>Cognizance taken</bdi>" in listed
    again = page.get("/laws/stages/new/?country=NP").content.decode()
    assert 'name="filed_name" value="Charge sheet registered"' in again


def test_a_proceeding_keeps_the_stages_of_the_day_of_its_filing(
    browser_client, api, officer, second, court
):
    before, since = court(BEFORE, docket="OLD"), court(SINCE, docket="NEW")
    confirm_law(propose(officer), actor=second)
    page, program = browser_client(officer), api(officer)
    for row, offered, absent in (
        (before, "Preliminary hearing", "Cognizance taken"),
        (since, "Cognizance taken", "Preliminary hearing"),
    ):
        choices = page.get(f"/prosecutions/{row.pk}/stages/new/").content.decode()
        assert offered in choices
        assert absent not in choices
    body = {"stage": "cognizance", "reached_on": "2026-04-02"}
    old = program.post(f"prosecutions/{before.pk}/reach-stage/", body)
    assert old.json()["detail"] == "The courts of this country have no such stage."
    new = program.post(f"prosecutions/{since.pk}/reach-stage/", body).json()
    labels = [step["label"] for step in new["stages"]]
    assert labels == ["Charge sheet registered", "Cognizance taken"]
    for address, words in (
        (f"/cases/{since.case_id}/timeline/", "Stage reached: Charge sheet registered"),
        (f"/cases/{since.case_id}/timeline/", "Stage reached: Filed"),
        ("/docket/", "Cognizance taken"),
        ("/docket/", "Filed"),
        (f"/cases/{since.case_id}/court/", "Charge sheet registered"),
    ):
        assert words in page.get(address).content.decode(), address
    kinds = program.get("law-versions/?country=NP&kind=stages").json()["results"]
    assert [row["terms"]["stages"][0]["code"] for row in kinds] == ["filed"]


def test_programs_propose_them(api, officer):
    body = {"country": "NP", "begins_on": "2026-03-01", "source": SOURCE} | PLACES | NAMES
    sent = api(officer).post("law-versions/stages/", body)
    assert (sent.status_code, sent.json()["kind"]) == (201, "stages")
    assert [row["code"] for row in sent.json()["terms"]["stages"]] == ORDER.split()
    wrong = api(officer).post("law-versions/stages/", body | {"trial_place": 0})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["trial_place"])


def test_whoever_sees_no_case_learns_of_none(officer, second, court):
    court(SINCE)
    court(BEFORE)
    court(SINCE, jurisdiction=factories.place("KH"))
    law = propose(officer)
    effect = read_effect(law, actor=officer)
    assert (effect.number, effect.rows, list(effect.figures)) == (1, 0, ["data-quality"])
    elsewhere = factories.user("legal_officer", factories.office("manila", "NP"))
    assert read_effect(law, actor=elsewhere).number == 0, "of another office"
    assert read_effect(law, actor=second).number == 0
    generic = {f"{code}_place": n for n, code in enumerate(StageTable.shipped()["*"].stages, 1)}
    same = propose(officer, **dict.fromkeys((*PLACES, *NAMES)) | generic)
    assert read_effect(same, actor=officer).number == 0, "it says and offers the same"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"trial_place": 20}, "trial_place"),
        ({"cognizance_place": 2}, "filed_place"),
        ({"sentencing_place": 33}, "judgment_place"),
        ({"second_appeal_place": 43}, "appeal_place"),
        ({"filed_place": None, "filed_name": None}, "filed_place"),
        ({"arraigned_place": None}, "framing_place"),
        ({"trial_place": None, "statement_place": None, "statement_name": ""}, "evidence_place"),
        ({"judgment_place": None}, "judgment_place"),
        ({"appeal_place": None}, "appeal_place"),
        ({"closed_place": None}, "closed_place"),
        ({"framing_place": 17}, "framing_place"),
        ({"reserved_name": "Waiting"}, "reserved_name"),
        ({"trial_name": "bakapatra "}, "trial_name"),
        ({"trial_name": "Appeal"}, "appeal_name"),
        ({"trial_name": "Two\nlines"}, "trial_name"),
        ({"source": "none"}, "source"),
        ({"place": "IN-WB"}, "country"),
    ],
)
def test_what_no_court_does_is_refused_by_its_field(officer, more, field):
    with pytest.raises(Refused) as refused:
        propose(officer, **more)
    assert refused.value.field == field
    assert not LawVersion.objects.waiting().exists()


def test_a_stage_on_record_is_not_left_out_whoever_sees_it(officer, second, court):
    other = factories.case(factories.office("manila", "NP"))
    unseen = factories.prosecution(
        other, jurisdiction=factories.place("NP"), filed_on=SINCE + timedelta(days=4)
    )
    law = propose(officer)
    factories.stage_reached(prosecution=unseen, stage="preliminary", reached_on=REACHED)
    for refused in (lambda: confirm_law(law, actor=second), lambda: propose(officer)):
        with pytest.raises(Refused, match="A proceeding filed there since that day") as said:
            refused()
        assert said.value.field == "begins_on"
    assert "1" not in str(said.value), "no number"
    later = propose(officer, begins_on=SINCE + timedelta(days=5))
    confirm_law(later, actor=second)
    with acting_as(officer.pk):
        assert "preliminary" in StageTable.of(unseen).stages


def test_it_is_followed_and_withdrawn_before_its_day_alone(officer, second, court, case):
    twin = propose(officer, trial_name="Hearing of evidence")
    held = confirm_law(propose(officer), actor=second)
    for late in (lambda: propose(officer), lambda: confirm_law(twin, actor=second)):
        with pytest.raises(Refused, match="from that day or later") as refused:
            late()
        assert refused.value.field == "begins_on"
    with pytest.raises(Refused, match="already been decided"):
        withdraw_law(held, actor=officer)
    day = case.jurisdiction.today + timedelta(days=30)
    ahead = confirm_law(propose(officer, begins_on=day, filed_name="Registered"), actor=second)
    with acting_as(officer.pk):
        assert StageTable.at("NP-P3", day).first.words == "Registered"
        assert StageTable.at("NP-P3", day - timedelta(days=1)).first.words == NAMES["filed_name"]
        assert StageTable.at("NP-P3", BEFORE).first.words == "Filed"
        assert StageTable.at("KH", day).first.words == "Filed"
    assert withdraw_law(ahead, actor=officer).outcome == "withdrawn"
    with acting_as(officer.pk):
        assert StageTable.at("NP", day).first.words == NAMES["filed_name"]


def test_the_rules_are_those_of_the_day_of_the_filing(officer, second, court, correct):
    before, since = court(BEFORE, "preliminary"), court(SINCE)
    kept = factories.stage_reached(prosecution=since, stage="cognizance", reached_on=REACHED)
    rows = StageReached.objects.filter(case=before.case)
    assert {(pk, rule.code) for pk, rule in among(rows)} == {(kept.pk, "stage_of_elsewhere")}
    law = propose(officer)
    assert read_effect(law, actor=officer).rows == 10, "it contradicts no more: rounded up to tens"
    confirm_law(law, actor=second)
    with acting_as(officer.pk):
        assert not list(among(rows))
        for row, day in ((before, SINCE), (since, BEFORE)):
            with pytest.raises(Refused, match="no such stage") as refused:
                correct(row, filed_on=day, actor=officer)
            assert refused.value.field == "filed_on"
        india = factories.place("IN-WB")
        with pytest.raises(Refused, match="no such stage") as refused:
            correct(before, jurisdiction=india, actor=officer)
        assert refused.value.field == "jurisdiction"
        other = court(SINCE)
        correct(other, filed_on=BEFORE, actor=officer)
        with pytest.raises(Refused, match="no such stage"):
            reach_stage(other, stage="cognizance", reached_on=REACHED, actor=officer)


def test_reports_ask_by_what_a_code_means_whatever_a_version_says(officer, second):
    meant = {means: StageTable.codes(means) for means in ("filed", "trial", "appeal")}
    confirm_law(propose(officer), actor=second)
    with acting_as(officer.pk):
        assert {means: StageTable.codes(means) for means in meant} == meant
        assert dict(StageTable.choices())["statement"] == "Statement of the accused"


def test_no_version_puts_what_may_follow_out_of_turn():
    """Whatever may follow by a shipped table may follow by a version that has both, and every
    stage of it is reached from the filing."""
    known = StageTable.known()
    extra = [code for code in known if code not in ORDER.split() and code != "framing"]
    for left in (gone for n in range(len(extra) + 1) for gone in combinations(extra, n)):
        codes = [code for code in known if code in ORDER.split() or code in left]
        table = StageTable.said("NP", {"stages": [{"code": c, "name": ""} for c in codes]})
        found, look = set(), [table.first.code]
        while look:
            found.add(look[-1])
            look += {stage.code for stage in table.after(look.pop())} - found - set(look)
        assert found == set(codes)
        assert all(table.after(code) for code in codes), "none leads nowhere"
        for shipped in StageTable.shipped().values():
            for code in shipped.stages.keys() & set(codes):
                then = set(shipped.stages[code].then) & set(codes)
                assert then <= set(table.stages[code].then)


def test_what_ships_is_read_without_a_row():
    assert KEPT.now.get() is KEPT.shipped
    with supposing("NP", FROM, {"stages": [{"code": "filed", "name": "X"}]}):
        assert StageTable.at("NP", FROM).first.words == "X"
    assert KEPT.now.get() is KEPT.shipped
