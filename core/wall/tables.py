"""The tables behind the wall, one a line: how deep one must see, and by what its rows are reached.

Said here for the database and, apart from this, as `access` in the models for Python: the two walls
must not share a mistake, and `tests/meta/test_walls.py` compares them. From this list are made:

- the policies of each table: `in_scope` for who works, `counted` for who counts, `shown` for whom a
  part of a case is shown to, `owner_maintains` for migrations;
- of rows of a case the triggers that copy its office and level, and follow them (`cases.sql`);
- the same policies for former values (the table `@tracked` makes, which ends in `event`), by where
  the case stands today, sealed or moved. They are shown to nobody.

Policies beside these stand in the files of their subject: `own_rows.sql`, `providers.sql`,
`transfers.sql`, `history.sql`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.wall.policies import (
    REPORT_ROLE,
    WRITERS,
    countable,
    countable_link,
    in_scope,
    is_named,
    is_shown,
    is_shown_link,
    link_condition,
    pair_conditions,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# By what the rows of a table are reached: its case, or rows that place a person or a network in
# cases, by the column that names it.
CASE = ("casework_case", "id")
VICTIM = ("victims_involvement", "victim_id")
OFFENDER = ("prosecutions_suspect", "perpetrator_id")
NETWORK = ("prosecutions_networkmember", "network_id")


@dataclass(frozen=True)
class Table:
    """`part`: what of a case it is shown with; `former`: it has former values.

    `own` is the column by which it is reached; a `pair` of persons is open to whoever reaches both.
    Those alone whom a row has `named` see it until its column `opened` is filled; no figure has it.
    """

    name: str
    level: int
    part: str = ""
    by: tuple[str, str] = CASE
    own: str = "case_id"
    pair: tuple[str, str] | None = None
    former: bool = True
    opened: str = ""


TABLES = (
    # aftercare
    Table("aftercare_assessment", 2, "care"),
    Table("aftercare_bankreference", 3, former=False),
    Table("aftercare_careplan", 2, "care"),
    Table("aftercare_claimpayment", 2, "care"),
    Table("aftercare_compensationclaim", 2, "care"),
    Table("aftercare_entitlement", 2, "care"),
    Table("aftercare_escort", 3, former=False),
    Table("aftercare_followup", 2, "care"),
    Table("aftercare_goal", 3, "care"),
    Table("aftercare_placement", 2, "care"),
    Table("aftercare_planreview", 2, "care"),
    Table("aftercare_progressnote", 3, "care", former=False),
    Table("aftercare_referral", 2, "care"),
    Table("aftercare_rehabilitationpayment", 2, "care"),
    Table("aftercare_releasecertificate", 2, "care"),
    Table("aftercare_repatriation", 2, "care"),
    Table("aftercare_servicerecord", 2, "care"),
    Table("aftercare_sessionnote", 3, "care", former=False),
    # casework
    Table("casework_assignment", 1, "team"),
    Table("casework_breakglass", 1, former=False),
    Table("casework_case", 1, "case", own="id"),
    Table("casework_caselink", 2),
    Table("casework_closing", 2),
    Table("casework_closingwords", 3, former=False),
    Table("casework_conflict", 1, former=False),
    Table("casework_custodyevent", 3, "document", former=False),
    Table("casework_derivedtask", 2, former=False),
    Table("casework_disclosure", 2, former=False),
    Table("casework_document", 2, "document"),
    Table("casework_documentversion", 3, "document", former=False),
    Table("casework_formernote", 3, former=False),
    Table("casework_investigationstep", 2),
    Table("casework_lead", 2),
    Table("casework_leadwords", 3, former=False),
    Table("casework_narrative", 3, "narrative", former=False),
    Table("casework_note", 3, former=False),
    Table("casework_onlineincident", 2),
    Table("casework_recognition", 3, "document"),
    Table("casework_rescue", 2, "rescue"),
    Table("casework_rescueagency", 2, "rescue"),
    Table("casework_rescueplan", 3, former=False, opened="rescue_id"),
    Table("casework_rescuesite", 2, "rescue"),
    Table("casework_samesite", 2, "site"),
    Table("casework_seal", 1, former=False),
    Table("casework_site", 2, "site"),
    Table("casework_siteclosing", 2, "site"),
    Table("casework_siteplace", 3, "identity", former=False),
    Table("casework_snooze", 2),
    Table("casework_stepwords", 3, former=False),
    Table("casework_task", 2),
    Table("casework_transfer", 2, former=False),
    # exchange
    Table("exchange_imported", 2, former=False),
    # intake
    Table("intake_extract", 2, former=False),
    # prosecutions
    Table("prosecutions_accusation", 2, "court"),
    Table("prosecutions_alias", 2, "suspect", by=OFFENDER, own="perpetrator_id"),
    Table("prosecutions_answer", 2, former=False),
    Table("prosecutions_appeal", 2, "court"),
    Table("prosecutions_arrest", 2, "suspect"),
    Table("prosecutions_assistancerequest", 2, "court"),
    Table("prosecutions_charge", 2, "court"),
    Table("prosecutions_chargedecision", 2, "court"),
    Table("prosecutions_chargevictim", 2, "court"),
    Table("prosecutions_compensationshare", 2, "court"),
    Table("prosecutions_compensationpayment", 2, "court"),
    Table("prosecutions_complaint", 2, "court"),
    Table("prosecutions_complaintsuspect", 2, "court"),
    Table("prosecutions_corridor", 2, "suspect"),
    Table("prosecutions_corridorleg", 2, "suspect"),
    Table("prosecutions_custody", 2, "suspect"),
    Table("prosecutions_custodyclock", 1, former=False),
    Table("prosecutions_hearing", 2, "court"),
    Table("prosecutions_judgment", 2, "court"),
    Table("prosecutions_merge", 2, "suspect", by=OFFENDER, own="kept_id", former=False),
    Table("prosecutions_network", 2, "suspect", by=NETWORK, own="id"),
    Table("prosecutions_networkmember", 2, "suspect"),
    Table("prosecutions_offendermatch", 2, by=OFFENDER, pair=("one_id", "other_id"), former=False),
    Table("prosecutions_participation", 2, "court"),
    Table("prosecutions_perpetrator", 2, "suspect", by=OFFENDER, own="id"),
    Table("prosecutions_policereport", 2, "court"),
    Table("prosecutions_prosecution", 2, "court"),
    Table("prosecutions_protectivemeasure", 2, "court"),
    Table("prosecutions_sentence", 2, "court"),
    Table("prosecutions_stagereached", 2, "court"),
    Table("prosecutions_suspect", 2, "suspect"),
    Table("prosecutions_suspectmet", 2, "suspect"),
    # questions
    Table("questions_reply", 2),
    Table("questions_replywords", 3, former=False),
    # retention
    Table("retention_legalhold", 2, former=False),
    # victims
    Table("victims_background", 2, "people", by=VICTIM, own="victim_id"),
    Table("victims_confirmation", 2, former=False),
    Table("victims_consent", 2, "care"),
    Table("victims_evidence", 3, "identity", former=False),
    Table("victims_exploitation", 2, "people"),
    Table("victims_formeridentity", 3, "identity", by=VICTIM, own="victim_id", former=False),
    Table("victims_identity", 3, "identity", by=VICTIM, own="victim_id", former=False),
    Table("victims_incidentsurvivor", 2, "people"),
    Table("victims_indicator", 2, "people"),
    Table("victims_involvement", 2, "people"),
    Table("victims_match", 2, by=VICTIM, pair=("one_id", "other_id"), former=False),
    Table("victims_particular", 3, "identity", by=VICTIM, own="victim_id", former=False),
    Table("victims_routestop", 2, "people"),
    Table("victims_share", 2, "care"),
    Table("victims_sibling", 2, "people", by=VICTIM, own="victim_id"),
    Table("victims_victim", 2, "people", by=VICTIM, own="id"),
    Table("victims_victimmerge", 2, "people", by=VICTIM, own="kept_id", former=False),
    Table("victims_withdrawal", 2, "care"),
)


def sql() -> str:
    """All that is made from the list."""
    return "\n".join(statement for table in TABLES for statement in _of(table))


def _of(table: Table) -> Iterator[str]:
    name = table.name
    if table.by is CASE and table.own == "case_id":
        yield f"""\
create trigger {name}_scope before insert or update of case_id, office_id, level on {name}
  for each row execute function casework_copy_scope({table.level});
create trigger {name}_follow after update of office_id, level on casework_case
  for each row when (old.office_id is distinct from new.office_id
                     or old.level is distinct from new.level)
  execute function casework_follow_case('{name}');"""
    yield _policies(name, *_conditions(table))
    if table.part:
        yield _policy("shown", name, f"for select to {WRITERS} using ({_shown(table)})")
    if table.former:
        yield _policies(f"{name}event", *_of_former(table))


def _policies(name: str, scope: str, counted: str) -> str:
    return "\n".join(
        [
            _policy("in_scope", name, f"to {WRITERS} using ({scope}) with check ({scope})"),
            _policy("counted", name, f"for select to {REPORT_ROLE} using ({counted})"),
            _policy("owner_maintains", name, "to current_user using (true) with check (true)"),
        ]
    )


def _policy(policy: str, name: str, says: str) -> str:
    return f"create policy {policy} on {name} {says};"


def _conditions(table: Table) -> tuple[str, str]:
    """What its policies say: for those who work, and for those who count."""
    if table.pair:
        through, key = table.by
        return pair_conditions(table.name, table.level, through=through, key=key, pair=table.pair)
    if table.opened:
        return f"{in_scope(table.level)} and {is_named(table.opened)}", "false"
    if table.by is CASE:
        return in_scope(table.level, case=table.own), countable(case=table.own)
    return _linked(table.name, table.level, table.by, table.own)


def _of_former(table: Table) -> tuple[str, str]:
    own = "pgh_obj_id" if table.own == "id" else table.own
    return _linked(f"{table.name}event", table.level, table.by, own)


def _linked(name: str, level: int, by: tuple[str, str], own: str) -> tuple[str, str]:
    through, key = by
    case = "id" if by is CASE else "case_id"
    mine = link_condition(name, level, through=through, key=key, own=own, case=case)
    return mine, countable_link(through=through, key=key, own=own)


def _shown(table: Table) -> str:
    if table.by is CASE:
        return is_shown(table.part, case=table.own)
    through, key = table.by
    return is_shown_link(table.name, table.part, through=through, key=key, own=table.own)
