"""Every route, method, role and relation answers as the matrix says (N1, N5, N7, N10, M1, M5).

Connected as the role that row-level security binds. Each call is rolled back; what it showed and
what it changed is held against `matrix.py` and `routes/`.
"""

from __future__ import annotations

import pytest

from accounts.permissions import Perm
from accounts.roles import GRANTS
from tests.meta.addresses import of_kind
from tests.meta.calls import ASKED
from tests.meta.canaries import TOO_SHORT, texts
from tests.meta.matrix import ACTS, ROLES, VIEWS
from tests.meta.relations import PEOPLE, RELATIONS
from tests.meta.routes import DECLARED
from tests.meta.sweep import CALLERS, Sweep
from tests.meta.tables import LEVELS, table, walled
from tests.whole import WHOLE

pytestmark = pytest.mark.django_db


def undeclared():
    """Routes and methods that stand not in routes/, and lines without their route."""
    there = {(a.name, method) for a in of_kind("page", "api") for method in a.declared}
    return sorted(
        [f"{name} {method}: is not in routes/" for name, method in there - set(DECLARED)]
        + [f"{name} {method}: is in routes/ only" for name, method in set(DECLARED) - there]
    )


def wrongly_granted():
    """Permissions the code gives to other roles than the matrix does."""
    said = VIEWS | ACTS
    found = [f"{perm}: is in no table of matrix.py" for perm in Perm if short(perm) not in said]
    found += [f"{name}: is no permission" for name in said if name not in map(short, Perm)]
    for perm in Perm:
        for role in ROLES.values():
            given, right = perm in GRANTS[role], said.get(short(perm), {}).get(role) == "x"
            if given is not right:
                found.append(f"{role}: {perm} is {'given' if given else 'missing'}")
    return found


def short(perm):
    return perm.partition(".")[2]


def test_every_route_and_method_is_declared():
    assert undeclared() == []


def test_the_code_grants_what_the_matrix_says():
    assert wrongly_granted() == []


def test_every_field_holds_a_canary(world):
    """Of every table, in every relation."""
    planted = {(c.table, c.field, c.relation) for c in world.register.known.values()}
    wanted = {
        (table(model), name, relation)
        for model in walled()
        for name in ["id", *(field.name for field in texts(model))]
        for relation in ASKED
    }
    assert wanted - planted == set()
    assert len(LEVELS) * len(ASKED) < len(planted)
    assert set(ASKED) <= set(RELATIONS)
    fields = {f"{table(m)}.{f.name}" for m in walled() for f in m._meta.fields}
    assert set(TOO_SHORT) <= fields


FOR_A_COURT = "of a document with a PDF or a picture; completed in tests/casework/test_court.py"
NEEDS_A_STATE = "starts from a state this world does not hold; completed in the tests of its app"
ASKS_MORE = "its form asks what no form says; the verb is completed in the tests of its app"
STEP_UP_ONLY = "asks for a second factor; completed in the tests of its app"
STUDIED = "days and numbers that fit each other, which no form says; completed in tests/studies"
NOT_COMPUTED = "no figure is computed in this world; completed in tests/reports"
# Acts no call of the sweep completes, each with its reason.
OWN_COLUMNS = "asks for columns of a list; completed in tests/accounts/test_list_views.py"
PLANS = "its plan names who asks; completed in tests/casework/test_plans.py"
UNDONE = {
    "casework:rescue-plan get": PLANS,
    "rescue-plan-open post": PLANS,
    "rescue-plan-detail get": PLANS,
    "rescue-plan-detail patch": PLANS,
    "casework:change-plan get": PLANS,
    "casework:change-plan post": PLANS,
    **{
        act: PLANS
        for step in ("decide", "call-off", "carry-out", "name", "unname")
        for act in (f"casework:{step}-plan get", f"casework:{step}-plan post")
    },
    **{
        f"rescue-plan-{step} post": PLANS
        for step in ("decide", "call-off", "carry-out", "name-person", "unname-person")
    },
    "prosecutions:correct-report post": NEEDS_A_STATE,
    "retention:propose-policy post": ASKS_MORE,
    "retention:keep-case post": ASKS_MORE,
    "retention:keep-hold post": NEEDS_A_STATE,
    "retention:undo-erasure post": NEEDS_A_STATE,
    "retention:ask-lifting post": NEEDS_A_STATE,
    "retention:lift-hold post": NEEDS_A_STATE,
    "people:ask-letter post": "of whoever has no letter; completed in tests/accounts",
    "people:letter-arrived post": "its link is signed; completed in tests/accounts/test_letters.py",
    "people:new-view post": OWN_COLUMNS,
    "people:change-view post": OWN_COLUMNS,
    "people:choose-columns post": OWN_COLUMNS,
    "answer-list post": "of whom the court is disclosed to; completed in tests/prosecutions",
    "office-list post": "only administrators open offices; completed in tests/accounts",
    "office-detail patch": "only administrators change offices; completed in tests/accounts",
    "task-rule-detail patch": "only who keeps rules sets them; completed in tests/desk",
    "jurisdiction-list post": "only administrators add places; completed in tests/places",
    "jurisdiction-detail patch": "only administrators change places; completed in tests/places",
    "places:places-table post": "takes a table; completed in tests/places",
    "people:offices-table post": "takes a table; completed in tests/accounts",
    "places:agencies-table post": "takes a table; completed in tests/places",
    "aftercare:providers-table post": "takes a table; completed in tests/aftercare",
    **dict.fromkeys(
        (
            *("agency-merge post", "jurisdiction-merge post", "provider-merge post"),
            *("places:merge-agency post", "places:merge-place post"),
            "aftercare:merge-provider post",
        ),
        "names another that may be the same; completed in tests/places",
    ),
    "people:take-practice-away post": "of an office for practice; completed in tests/intake",
    "office-take-practice-away post": "of an office for practice; completed in tests/intake",
    **dict.fromkeys(
        (
            *("question-set-list post", "question-set-detail patch", "questions:new-set post"),
            *(f"question-set-{step}-question post" for step in ("write", "drop")),
            *(f"questions:{step}-question post" for step in ("write", "drop")),
            *(f"question-set-{step} post" for step in ("publish", "retire", "renew")),
            *(f"questions:{step}-set post" for step in ("change", "publish", "retire", "renew")),
        ),
        "only whoever keeps the questions does it; completed in tests/questions",
    ),
    "places:vacations-table post": "takes a table; completed in tests/places",
    "places:close-courts post": "of a place with a court; completed in tests/places",
    "jurisdiction-close-courts post": "of a place with a court; completed in tests/places",
    **{
        f"{act}-vacation post": "of a court; completed in tests/places"
        for act in ("places:add", "places:drop", "agency-add", "agency-drop")
    },
    "retention-policy-list post": "only data officers propose; completed in tests/retention",
    "access-bundle-list post": STEP_UP_ONLY,
    "erasure-list post": STEP_UP_ONLY,
    "casework:redact post": FOR_A_COURT,
    "court-bundle-list post": FOR_A_COURT,
    "document-version-page get": FOR_A_COURT,
    "casework:page get": FOR_A_COURT,
    "retention:ask-hold post": "of a case that is not held; completed in tests/retention",
    "retention:propose-erasure post": STEP_UP_ONLY,
    "study-sample-size get": "asks for numbers in its address; completed in tests/studies",
    "people:rotate-key post": "only of a key of a program: of several keys, any may come first",
    "exchange:pause post": "offered only where it tells: of several, any may come first",
    **{
        f"exchange:{step}-export {method}": NEEDS_A_STATE
        for step in ("take", "allow", "refuse", "withdraw")
        for method in ("get", "post")
    },
    "exchange:ask-export post": "asks for a second factor; completed in tests/exchange",
    "exchange:ask-list post": "asks for a second factor; completed in tests/desk",
    "exchange:export get": NEEDS_A_STATE,
    "export-list post": "answers a secret; completed in tests/exchange",
    "export-file post": NEEDS_A_STATE,
    "export-allow post": NEEDS_A_STATE,
    "export-refuse post": NEEDS_A_STATE,
    "export-withdraw post": NEEDS_A_STATE,
    "exchange:resume post": "offered only where it is paused",
    "exchange:give-htcds post": STEP_UP_ONLY,
    "exchange:subscribe post": STEP_UP_ONLY,
    "exchange:take-htcds post": "brings a file; completed in tests/exchange",
    "exchange:take-workbook post": "brings a file; completed in tests/exchange",
    **{
        f"{address} post": "one’s own, in a state; completed in tests/exchange"
        for address in ("exchange:confirm-workbook", "exchange:end-workbook")
    },
    **{
        f"workbook-import-{step} post": "one’s own, in a state; completed in tests/exchange"
        for step in ("confirm", "end")
    },
    "exchange:workbook-import get": NEEDS_A_STATE,
    "workbook-import-list post": "of a case manager’s office; completed in tests/exchange",
    "ctdc-export-list post": STEP_UP_ONLY,
    "htcds-export-list post": STEP_UP_ONLY,
    "htcds-import-list post": "of a case manager’s office; completed in tests/exchange",
    "reports:ctdc post": STEP_UP_ONLY,
    "people:open-program post": STEP_UP_ONLY,
    "people:invite post": STEP_UP_ONLY,
    "people:invite-again post": NEEDS_A_STATE,
    "people:unlink post": NEEDS_A_STATE,
    "user-unlink post": NEEDS_A_STATE,
    "service-account-issue-key post": "answers a secret; completed in the tests of programs",
    "phone-connect-collect post": "answers a secret; completed in tests/intake",
    "key-rotate post": "answers a secret; completed in the tests of programs",
    "webhook-list post": "answers a secret; completed in the tests of webhooks",
    "webhook-renew-secret post": "answers a secret; completed in the tests of webhooks",
    "case-ask-to-open post": NEEDS_A_STATE,
    "case-name-person post": NEEDS_A_STATE,
    "case-seal post": NEEDS_A_STATE,
    "case-withdraw-asking post": NEEDS_A_STATE,
    "assignment-take-name post": NEEDS_A_STATE,
    "casework:take-name post": NEEDS_A_STATE,
    "casework:confirm-opening post": NEEDS_A_STATE,
    "casework:refuse-opening post": NEEDS_A_STATE,
    "casework:withdraw-asking post": NEEDS_A_STATE,
    "casework:disclose post": NEEDS_A_STATE,
    "casework:open-in-emergency post": NEEDS_A_STATE,
    "casework:open-in-emergency get": "offered to who knows no more than that the case exists",
    "casework:name get": "offered only where the case is sealed",
    "casework:name post": "offered only where the case is sealed",
    "conflict-lift post": NEEDS_A_STATE,
    "case-reopen post": NEEDS_A_STATE,
    "case-only-aftercare post": NEEDS_A_STATE,
    "desk:reopen post": NEEDS_A_STATE,
    "desk:only-aftercare post": NEEDS_A_STATE,
    "desk:together get": "offered only where a kind of thing is long overdue",
    "desk:together post": "offered only where a kind of thing is long overdue",
    "desk:take-back post": NEEDS_A_STATE,
    **{
        act: "of things to do that were chosen; completed in tests/desk/test_to_do_several.py"
        for verb in ("finish", "cancel", "give", "put-off")
        for act in (
            *(f"desk:tasks-{verb} get", f"desk:tasks-{verb} post"),
            f"desk:tasks-{verb}-back post",
        )
    },
    "desk:cases-assign get": "offered only where cases are chosen",
    "desk:cases-assign post": "names the cases that were chosen",
    "desk:cases-assign-back post": NEEDS_A_STATE,
    "desk:cases-offer get": "offered only where cases are chosen",
    "desk:cases-offer post": "names the cases that were chosen",
    "desk:cases-offer-back post": NEEDS_A_STATE,
    "desk:referrals-send get": "offered only where referrals are chosen",
    "desk:referrals-send post": "names the referrals that were chosen",
    "casework:transfer-case post": "one offer waits already",
    "casework:transfer-caseload get": "offered only where the person has open cases",
    "casework:transfer-caseload post": "offered only where the person has open cases",
    "casework:accept-transfer post": NEEDS_A_STATE,
    "casework:refuse-transfer post": NEEDS_A_STATE,
    "transfer-accept post": NEEDS_A_STATE,
    "transfer-refuse post": NEEDS_A_STATE,
    "transfer-list post": NEEDS_A_STATE,
    "transfer-caseload post": NEEDS_A_STATE,
    "conflict-list post": NEEDS_A_STATE,
    "emergency-list post": NEEDS_A_STATE,
    "seal-confirm post": NEEDS_A_STATE,
    "seal-refuse post": NEEDS_A_STATE,
    "victim-search post": NEEDS_A_STATE,
    "involvement-reveal post": NEEDS_A_STATE,
    "victims:correct get": "offered only where a name is recorded",
    "victims:correct post": "offered only where a name is recorded",
    "report-run-behind get": "asks for a cell of a figure",
    "prosecutions:record-hearing post": NEEDS_A_STATE,
    "prosecutions:correct-result post": NEEDS_A_STATE,
    "hearing-correct post": NEEDS_A_STATE,
    "prosecutions:correct-end post": NEEDS_A_STATE,
    "prosecutions:correct-stage post": "the day of this stage follows from another record",
    "prosecutions:strike-stage post": "this stage follows from another record",
    "prosecutions:file-charge post": "the provision must have been in force on the day",
    "prosecutions:record-judgment get": "offered only where a charge is not decided",
    "prosecutions:judge-appeal get": "offered only where the judgment decided a charge",
    "casework:link-cases post": "names another case by its reference",
    "casework:same-site post": "names another site by the reference of its case",
    "prosecutions:add-member post": "names a network by its code",
    "victims:involve post": "names another case by its reference",
    "victims:join-siblings post": "one person of two boxes; completed in tests/victims",
    "victims:grant-consent post": "chooses a recipient in groups; completed in tests/victims",
    "charge-name-survivors post": NEEDS_A_STATE,
    "sentence-share post": NEEDS_A_STATE,
    "charge-plead post": NEEDS_A_STATE,
    "charge-amend post": NEEDS_A_STATE,
    "compensation-payment-detail patch": NEEDS_A_STATE,
    "prosecutions:correct-payment post": NEEDS_A_STATE,
    "prosecutions:revive-charges get": "offered only where a charge is archived",
    "prosecutions:revive-charges post": "offered only where a charge is archived",
    "prosecution-revive post": NEEDS_A_STATE,
    "prosecutions:frame-charges get": "offered only where a charge is not framed",
    "search post": "looks for words that no row of this world has",
    "casework:receive-document post": "brings a file; completed in the tests of documents",
    "casework:download-original get": STEP_UP_ONLY,
    "document-version-original get": STEP_UP_ONLY,
    "casework:record-hash post": "64 digits, which no form says",
    "desk:search post": "looks for words that no row of this world has",
    "intake:log-rescue post": "a form of tiles, filled in the tests of the field form",
    "intake:box post": "the same form; put right in the tests of phones",
    "intake:enrol-phone post": "brings a key; enrolled in the tests of phones",
    "intake:connect-collect post": "its answer is shown once; done in tests/intake",
    "intake:check-out-case post": "names a phone by its key; done in tests/intake",
    "exchange:ask-host post": "takes no invented name; asked for in tests/exchange/test_hosts.py",
    "extract-list post": "names a phone by its key; done in tests/intake",
    "choice-list post": "takes no invented code; added in tests/places/test_choices.py",
    "choice-detail patch": "of a code that may be changed; done in tests/places/test_choices.py",
    "places:choices-table post": "brings a table of codes; done in tests/places/test_choices.py",
    "intake:keep-extract get": "shown to the person of its phone alone; done in tests/intake",
    "aftercare:close-plan post": ASKS_MORE,
    "instruments:import post": "brings a document; completed in tests/instruments",
    "aftercare:change-entitlement post": "completed in tests/aftercare/test_money_pages.py",
    "aftercare:make-claim post": "completed in tests/aftercare/test_money_pages.py",
    "aftercare:send-together post": "chooses a provider that fits; completed in tests/aftercare",
    "aftercare:send post": "names the consent it is sent on; completed in tests/aftercare",
    "aftercare:set-entitlement post": "completed in tests/aftercare/test_money_pages.py",
    "casework:add-version post": "brings a file; completed in the tests of documents",
    "casework:record-custody post": ASKS_MORE,
    "confirmation-detail patch": NEEDS_A_STATE,
    "match-detail patch": NEEDS_A_STATE,
    "match-reveal post": "asked where both names are recorded; completed in tests/victims",
    "offender-match-detail patch": NEEDS_A_STATE,
    "prosecutions:judge-pair post": ASKS_MORE,
    "desk:give-summary post": "says for whom; completed in tests/desk/test_sheet.py",
    "desk:close post": "something is open still; completed in tests/desk",
    "victims:age post": ASKS_MORE,
    "victims:background post": ASKS_MORE,
    "victims:compare-names post": NEEDS_A_STATE,
    "victims:decide-match post": ASKS_MORE,
    "victims:judge post": ASKS_MORE,
    "victims:merge-match post": ASKS_MORE,
    "victims:renew-consent post": "chooses a recipient in groups; completed in tests/victims",
    "victims:record-share post": "of a wide consent; completed in tests/victims/test_told.py",
    "victims:reveal post": "asked of whom a name is recorded; completed in tests/victims",
    "release-proposal-approve post": STEP_UP_ONLY,
    "release-proposal-list post": NEEDS_A_STATE,
    "release-proposal-table get": NEEDS_A_STATE,
    "reports:approve-release post": STEP_UP_ONLY,
    "reports:propose-release post": NEEDS_A_STATE,
    "reports:stop-schedule post": "a schedule runs once; stopped in the tests of reports",
    "snapshot-difference get": "names a second snapshot",
    "reports:board-csv get": NOT_COMPUTED,
    "reports:board-pdf get": NOT_COMPUTED,
    "reports:board-xlsx get": NOT_COMPUTED,
    "reports:run post": "the run is over; cancelled in the tests of reports",
    "studies:add-stratum post": STUDIED,
    "studies:record-visit post": STUDIED,
    "studies:upload-visits post": STUDIED,
    "studies:record-recapture post": STUDIED,
    "studies:record-observation post": STUDIED,
    "studies:estimate post": STUDIED,
    "studies:enter-estimate post": STUDIED,
    "studies:correct-estimate post": STUDIED,
    "studies:publish-estimate post": STUDIED,
    "studies:pair-estimates post": STUDIED,
    "studies:new-statistic post": STUDIED,
    "studies:new-survey post": STUDIED,
    "studies:new-training post": STUDIED,
    "studies:new-evaluation post": STUDIED,
    "studies:add-finding post": STUDIED,
    "studies:correct-recapture post": STUDIED,
    "estimate-detail patch": STUDIED,
    "estimate-publish post": STUDIED,
}


@pytest.mark.parametrize("name", CALLERS)
def test_every_route_answers_as_declared(world, name, fresh):
    sweep = Sweep(world, PEOPLE[name], UNDONE)
    found = sweep.disagreements()
    assert not found, "\n".join(found)
    assert sweep.count > (50 if WHOLE else 3)
    # Else it would hold against the matrix what never happens.
    undone = sweep.undone() - set(UNDONE)
    assert not undone, "\n".join(sorted(undone))
