"""THE matrix: which role sees and writes what of a case that stands to it in which way.

Said once, by hand, from decisions.md; shares nothing with `accounts/roles.py`, `accounts/scope.py`
or the SQL. Both walls (`test_walls.py`) and every route (`test_matrix.py`) are held against it.
What each route asks for stands in `routes/`, under the same columns.
"""

from __future__ import annotations

ROLES = {
    "fo": "field_officer",
    "aw": "aftercare_worker",
    "lo": "legal_officer",
    "cm": "case_manager",
    "pr": "prosecutor",
    "pm": "programme_manager",
    "do": "data_officer",
    "sl": "safeguarding_lead",
    "au": "auditor",
    "sa": "system_admin",
    "pp": "provider_partner",
    "ac": "api_client",
}
# How a person may stand to a case, and up to which level the person's role then reads it; what is
# read may be written by those who hold the verb. `s`: only what is shown is read, nothing written.
# What is shown comes on top of what else is seen; a conflict of interest takes away everything.
SEES = """
                      fo  aw  lo  cm  pr  pm  do  sl  au  sa  pp  ac
on the team           3   3   3   3   -   -   2   1   -   -   -   -
of the own office     1   1   1   3   -   -   2   1   -   -   -   -
on a team elsewhere   3   3   3   3   -   -   -   1   -   -   -   -
of another office     -   -   -   -   -   -   -   -   -   -   -   -
sealed and named      3   3   3   3   -   -   -   1   -   -   -   -
sealed                -   -   -   -   -   -   -   -   -   -   -   -
disclosed             -   -   -   -   s   -   -   -   -   -   -   -
glass broken          s   s   s   s   -   -   -   -   -   -   -   -
conflicted            -   -   -   -   -   -   -   -   -   -   -   -
"""
# The kinds of rows a role reads at all, within what it sees, and the permission that says so: the
# parts of `tables.PARTS`, and the rows that say who may know of a case. A field stands in one
# table, hence in one line (M1).
READS = """
                                  fo  aw  lo  cm  pr  pm  do  sl  au  sa  pp  ac
case        view_case             x   x   x   x   x   -   x   x   -   -   -   -
team        view_assignment       x   x   x   x   -   -   x   x   -   -   -   -
rescue      view_rescue           x   x   x   x   x   -   x   -   -   -   -   -
narrative   view_narrative        x   x   x   x   x   -   -   -   -   -   -   -
plans       view_rescueplan       x   x   x   x   -   -   -   -   -   -   -   -
tasks       view_task             x   x   x   x   -   -   x   -   -   -   -   -
links       view_link             x   x   x   x   -   -   x   -   -   -   -   -
inquiry     view_inquiry          x   x   x   x   -   -   x   -   -   -   -   -
words       read_inquiry          x   x   x   x   -   -   -   -   -   -   -   -
closings    view_closing          x   x   x   x   -   -   x   -   -   -   -   -
offline     keep_extract          x   x   x   x   -   -   -   -   -   -   -   -
transfers   view_transfer         x   x   x   x   -   -   -   -   -   -   -   -
site        view_site             x   x   x   x   x   -   x   -   -   -   -   -
people      view_victim           x   x   x   x   x   -   x   -   -   -   -   -
identity    view_identity         x   x   x   x   x   -   -   -   -   -   -   -
suspect     view_suspect          x   x   x   x   x   -   x   -   -   -   -   -
court       view_prosecution      x   x   x   x   x   -   x   -   -   -   -   -
care        view_referral         x   x   x   x   -   -   x   -   -   -   -   -
care_private  view_private        x   x   x   x   -   -   -   -   -   -   -   -
answers     view_reply            x   x   x   x   -   -   x   -   -   -   -   -
private_answers  read_reply       x   x   x   x   -   -   -   -   -   -   -   -
notes       view_note             x   x   x   x   -   -   -   -   -   -   -   -
documents   view_document         x   x   x   x   x   -   x   -   -   -   -   -
files       open_document         x   x   x   x   x   -   -   -   -   -   -   -
clock       view_custodyclock     -   -   x   x   -   -   -   -   -   -   -   -
seal        view_seal             -   -   -   x   -   -   -   x   -   -   -   -
conflict    view_conflict         -   -   -   x   -   -   -   x   -   -   -   -
disclosure  view_disclosure       -   -   x   x   x   -   -   -   -   -   -   -
glass       view_breakglass       -   -   -   x   -   -   -   x   -   -   -   -
matches     view_match            x   x   x   x   -   -   x   -   -   -   -   -
asked       view_confirmation     -   -   -   x   -   -   x   -   -   -   -   -
holds       view_hold             -   -   x   x   -   -   x   -   -   -   -   -
"""
# Every other permission: the least level of a case at which its holder acts (`-`: no one case is
# needed; `r`: seeing the row is enough, also where it is only shown), and who holds it.
DOES = """
                                  fo  aw  lo  cm  pr  pm  do  sl  au  sa  pp  ac
open_case              -          x   -   -   x   -   -   -   -   -   -   -   -
correct_case           2          -   -   -   x   -   -   -   -   -   -   -   -
assign_case            2          -   -   -   x   -   -   -   -   -   -   -   -
move_case              2          x   -   x   x   -   -   -   -   -   -   -   -
close_case             2          -   -   -   x   -   -   -   -   -   -   -   -
transfer_case          2          -   -   -   x   -   -   -   -   -   -   -   -
export_cases           -          -   -   -   x   -   -   x   -   -   -   -   -
import_cases           -          -   -   -   x   -   -   -   -   -   -   -   -
answer_transfer        2          x   x   x   x   -   -   -   -   -   -   -   -
seal_case              2          x   x   x   x   -   -   -   -   -   -   -   -
unseal_case            1          -   -   -   x   -   -   -   x   -   -   -   -
name_person            1          -   -   -   x   -   -   -   x   -   -   -   -
declare_conflict       r          x   x   x   x   x   -   x   x   -   -   -   -
lift_conflict          1          -   -   -   x   -   -   -   x   -   -   -   -
propose_disclosure     2          -   -   x   x   -   -   -   -   -   -   -   -
confirm_disclosure     2          -   -   -   x   -   -   -   -   -   -   -   -
send_answer            r          -   -   -   -   x   -   -   -   -   -   -   -
decide_answer          2          -   -   x   x   -   -   -   -   -   -   -   -
keep_task              2          x   x   x   x   -   -   -   -   -   -   -   -
write_note             3          x   x   x   x   -   -   -   -   -   -   -   -
write_reply            2          x   x   x   x   -   -   -   -   -   -   -   -
receive_document       3          x   x   x   x   -   -   -   -   -   -   -   -
open_original          3          -   -   x   x   -   -   -   -   -   -   -   -
destroy_document       3          -   -   x   x   -   -   -   -   -   -   -   -
break_glass            -          x   x   x   x   -   -   -   -   -   -   -   -
review_glass           1          -   -   -   -   -   -   -   x   -   -   -   -
register_site          2          x   -   -   x   -   -   -   -   -   -   -   -
record_identity        3          x   x   x   x   -   -   -   -   -   -   -   -
complete_person        2          x   x   x   x   -   -   -   -   -   -   -   -
involve_person         2          x   x   x   x   -   -   -   -   -   -   -   -
keep_consent           2          x   x   x   x   -   -   -   -   -   -   -   -
name_suspect           2          x   -   x   x   -   -   -   -   -   -   -   -
record_complaint       2          -   -   x   x   -   -   -   -   -   -   -   -
open_prosecution       2          -   -   x   x   -   -   -   -   -   -   -   -
file_charge            2          -   -   x   x   -   -   -   -   -   -   -   -
record_arrest          2          x   -   x   x   -   -   -   -   -   -   -   -
record_custody         2          -   -   x   x   -   -   -   -   -   -   -   -
list_hearing           2          -   -   x   x   -   -   -   -   -   -   -   -
record_hearing         2          -   -   x   x   -   -   -   -   -   -   -   -
keep_feed              -          -   -   x   x   -   -   -   -   -   -   -   -
record_judgment        2          -   -   x   x   -   -   -   -   -   -   -   -
record_appeal          2          -   -   x   x   -   -   -   -   -   -   -   -
record_sentence        2          -   -   x   x   -   -   -   -   -   -   -   -
change_charge          2          -   -   x   x   -   -   -   -   -   -   -   -
correct_record         2          -   -   x   x   -   -   -   -   -   -   -   -
reach_stage            2          -   -   x   x   -   -   -   -   -   -   -   -
record_request         2          x   x   x   x   -   -   -   -   -   -   -   -
record_participation   2          x   x   x   x   -   -   -   -   -   -   -   -
record_accusation      2          x   x   x   x   -   -   -   -   -   -   -   -
record_network         2          -   -   x   x   -   -   -   -   -   -   -   -
record_compensation    2          -   x   x   x   -   -   -   -   -   -   -   -
link_cases             2          -   -   x   x   -   -   -   -   -   -   -   -
merge_victims          2          -   -   -   x   -   -   x   -   -   -   -   -
decide_match           2          x   x   x   x   -   -   x   -   -   -   -   -
ask_confirmation       2          -   -   -   -   -   -   x   -   -   -   -   -
answer_confirmation    3          -   -   -   x   -   -   -   -   -   -   -   -
merge_perpetrators     2          -   -   -   x   -   -   x   -   -   -   -   -
send_referral          2          -   x   -   x   -   -   -   -   -   -   -   -
answer_referral        -          -   -   -   -   -   -   -   -   -   -   x   -
record_service         2          -   x   -   x   -   -   -   -   -   -   -   -
record_rehabilitation  2          -   x   x   x   -   -   -   -   -   -   -   -
record_repatriation    2          -   x   -   x   -   -   -   -   -   -   -   -
manage_provider        -          -   -   -   x   -   -   -   -   -   -   -   -
keep_agency            -          -   -   -   x   -   -   -   -   -   x   -   -
keep_office            -          -   -   -   -   -   -   -   -   -   x   -   -
keep_rule              -          -   -   -   -   -   x   -   -   -   x   -   -
propose_law            -          -   -   x   x   -   -   -   -   -   -   -   -
decide_law             -          -   -   x   x   -   x   -   -   -   -   -   -
keep_choice            -          -   -   -   -   -   -   -   -   -   x   -   -
keep_questions         -          -   -   -   -   -   -   x   -   -   x   -   -
keep_place             -          -   -   -   -   -   -   -   -   -   x   -   -
import_instrument      -          -   -   -   x   -   -   -   -   -   -   -   -
record_placement       2          -   x   -   x   -   -   -   -   -   -   -   -
override_placement     2          -   -   -   x   -   -   -   -   -   -   -   -
keep_plan              2          -   x   -   x   -   -   -   -   -   -   -   -
close_plan             2          -   -   -   x   -   -   -   -   -   -   -   -
record_assessment      2          -   x   -   x   -   -   -   -   -   -   -   -
record_inquiry         2          x   -   x   x   -   -   -   -   -   -   -   -
plan_rescue            3          x   -   x   x   -   -   -   -   -   -   -   -
amend_rescue           2          x   -   -   x   -   -   -   -   -   -   -   -
log_rescue             2          x   -   -   x   -   -   -   -   -   -   -   -
keep_phone             -          x   x   x   x   -   -   -   -   -   -   -   -
keep_study             -          -   -   -   x   -   x   x   -   -   -   -   -
publish_estimate       -          -   -   -   -   -   x   x   -   -   -   -   -
view_report            -          x   x   x   x   -   x   x   -   -   -   -   -
run_report             -          x   x   x   x   -   x   x   -   -   -   -   -
view_release           -          x   x   x   x   -   x   x   -   -   -   -   -
propose_release        -          -   -   -   -   -   -   x   -   -   -   -   -
decide_release         -          -   -   -   -   -   x   x   -   -   -   -   -
keep_schedule          -          x   x   x   x   -   x   x   -   -   -   -   -
view_readers           r          -   -   -   x   -   -   -   x   x   -   -   -
review_readers         -          -   -   -   -   -   -   -   x   -   -   -   -
view_audit             -          -   -   -   -   -   -   -   -   x   -   -   -
view_chain             -          -   -   -   -   -   -   -   -   x   x   -   -
view_retention         -          -   -   -   x   -   -   x   x   -   -   -   -
propose_policy         -          -   -   -   -   -   -   x   -   -   -   -   -
decide_policy          -          -   -   -   -   -   -   x   x   -   -   -   -
ask_hold               2          -   -   x   x   -   -   -   -   -   -   -   -
decide_hold            2          -   -   -   x   -   -   x   -   -   -   -   -
make_bundle            3          -   -   -   x   -   -   -   -   -   -   -   -
decide_erasure         -          -   -   -   x   -   -   x   -   -   -   -   -
view_export            -          -   -   -   x   -   -   x   x   -   -   -   -
make_export            -          -   -   -   x   -   -   x   -   -   -   -   -
identify_export        -          -   -   -   x   -   -   -   -   -   -   -   -
decide_export          -          -   -   -   x   -   -   x   x   -   -   -   -
issue_key              -          -   -   -   -   -   -   -   -   -   x   -   -
view_people            -          -   -   -   -   -   -   -   x   -   x   -   -
manage_webhook         -          -   -   -   -   -   -   -   -   -   x   -   -
manage_people          -          -   -   -   -   -   -   -   -   -   x   -   -
off_board_people       -          -   -   -   -   -   -   -   -   -   -   -   x
view_backup            -          -   -   -   -   -   -   -   -   -   x   -   -
decide_change          -          -   -   -   -   -   -   -   x   -   x   -   -
see_notice             -          x   x   x   x   x   x   x   x   x   x   x   x
lock_session           -          x   x   x   x   x   x   x   x   x   x   x   x
choose_office          -          x   x   x   x   x   x   x   x   x   x   x   x
choose_language        -          x   x   x   x   x   x   x   x   x   x   x   x
confirm_words          -          -   -   -   x   -   x   x   x   -   -   -   -
keep_view              -          x   x   x   x   x   x   x   x   x   x   x   x
"""
KINDS = {  # of the tables that belong to no part
    "casework_seal": "seal",
    "prosecutions_custodyclock": "clock",
    "prosecutions_answer": "court",
    "casework_conflict": "conflict",
    "casework_disclosure": "disclosure",
    "casework_breakglass": "glass",
    "casework_caselink": "links",
    "exchange_imported": "links",
    "casework_task": "tasks",
    "casework_snooze": "tasks",
    "intake_extract": "offline",
    "casework_derivedtask": "tasks",
    "aftercare_bankreference": "care_private",
    "aftercare_escort": "care_private",
    "casework_lead": "inquiry",
    "casework_leadwords": "words",
    "casework_investigationstep": "inquiry",
    "casework_stepwords": "words",
    "casework_onlineincident": "inquiry",
    "casework_note": "notes",
    "casework_formernote": "notes",
    "casework_document": "documents",
    "casework_documentversion": "files",
    "casework_custodyevent": "files",
    "casework_recognition": "files",
    "casework_rescueplan": "plans",
    "questions_reply": "answers",
    "questions_replywords": "private_answers",
    "casework_closing": "closings",
    "casework_closingwords": "closings",
    "casework_transfer": "transfers",
    "victims_match": "matches",
    "prosecutions_offendermatch": "matches",
    "victims_confirmation": "asked",
    "retention_legalhold": "holds",
}
# Of these no row names anybody a sweep asks as, so each is closed to all of them: who is named sees
# them in tests/casework/test_plans.py.
NAMED = {"casework_rescueplan"}
COLUMNS = list(ROLES)


def parsed(text: str, keys: int) -> dict[tuple[str, ...], dict[str, str]]:
    """The lines of a table by their first words (two spaces apart), each by role."""
    head, *lines = [line for line in text.splitlines() if line.strip()]
    assert head.split() == COLUMNS, f"the columns are {' '.join(COLUMNS)}"
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for line in lines:
        first, cells = line.rsplit(None, len(COLUMNS))[0], line.split()[-len(COLUMNS) :]
        words = tuple(part.strip() for part in first.split("  ") if part.strip())
        assert len(words) == keys, line
        assert words not in found, f"said twice: {line}"
        found[words] = {ROLES[short]: cell for short, cell in zip(COLUMNS, cells, strict=True)}
    return found


LEVELS_SEEN = {standing: cells for (standing,), cells in parsed(SEES, 1).items()}
KINDS_READ = {kind: cells for (kind, _view), cells in parsed(READS, 2).items()}
VIEWS = {view: cells for (_kind, view), cells in parsed(READS, 2).items()}
ACTS = {act: cells for (act, _level), cells in parsed(DOES, 2).items()}
LEVEL_OF = dict.fromkeys(VIEWS, "r") | dict(parsed(DOES, 2).keys())


def sees(role: str, standing: str) -> int:
    """Up to which level this role reads and writes such a case."""
    cell = LEVELS_SEEN[standing][role]
    return int(cell) if cell.isdigit() else 0


def is_shown(role: str, standing: str) -> bool:
    """Whether a disclosure or a broken glass shows anything to this role."""
    return LEVELS_SEEN[standing][role] == "s"


def reads(role: str, kind: str) -> bool:
    """Whether this role reads such rows at all."""
    return KINDS_READ[kind][role] == "x"


def holds(role: str, permission: str) -> bool:
    """Whether this role holds it; `anyone` who is signed in needs none."""
    return permission == "anyone" or (VIEWS | ACTS)[permission][role] == "x"
