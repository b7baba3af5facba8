"""Every table: by which clock its rows are kept, and what the erasure of a case does to them.

One line a table; former values (`…event`) follow their table. A table without a line fails
`tests/retention/test_declared.py`, and from these lines the database makes its function
`retention_erase_rows` (`retention/wall.py`), so that what is said here is what is done.

Conditions are read by the database, with these names: `which` (the case), `victims` and
`offenders` (the records of persons who are in no other case), `networks` (with no member in
another case), `files`, and `gone` (the ids of all rows deleted by the lines above).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Clock(StrEnum):
    """When the rows of a table have had their time."""

    CASE = "the policy of the case, in years from its closing"
    PERSON = "the policies of all cases the person is in: the last one erased takes them along"
    DAYS = "days of their own, whatever becomes of the case"
    HISTORY = "the history has a clock of its own: it proves who did and read what"
    FIGURES = "figures have a clock of their own: stored ones stay as they were"
    WORK = "as long as somebody works here, and as the law of employment says"
    ALWAYS = "no person of a case is in them"


class Deed(StrEnum):
    """What the erasure of a case does to a row that leads to it."""

    DELETE = "the row goes, and its former values with it"
    BLANK = "columns that lead to the case are emptied; the row stays"
    RENAME = "the id becomes a random one that leads nowhere; counts stay right"
    IDS = "nothing: there is an id in it, which leads nowhere once the rows are gone"
    NOTHING = "nothing: no case leads here"


@dataclass(frozen=True)
class Fate:
    """`where`: the rows, as the database reads it; `sets`: what is written into their columns."""

    clock: Clock
    deed: Deed = Deed.NOTHING
    where: str = ""
    sets: str = ""
    why: str = ""


def _rows(where: str, clock: Clock = Clock.CASE) -> Fate:
    return Fate(clock, Deed.DELETE, where)


CASE = _rows("case_id = which")
SURVIVOR = _rows("victim_id = any (victims)", Clock.PERSON)
PAIR = _rows("one_id = any (victims) or other_id = any (victims)", Clock.PERSON)
OFFENDER = _rows("perpetrator_id = any (offenders)", Clock.PERSON)
WORK, NOBODY = Fate(Clock.WORK), Fate(Clock.ALWAYS)
FIGURE = Fate(Clock.FIGURES, why="counts, no ids; a released table stays as it left")


def _mentions(*columns: str) -> str:
    """Whether an id that is gone stands in the text of these columns."""
    return f"mentions(concat({', '.join(columns)}), gone)"


# Lines read rows that later ones delete: the order matters.
TABLES: dict[str, Fate] = {
    # what rows of other cases say of this one
    "casework_caselink": _rows("case_id = which or other_id = which"),
    "casework_samesite": _rows(
        "case_id = which or other_id in (select id from casework_site where case_id = which)"
    ),
    "victims_confirmation": _rows(
        "case_id = which or match_id in (select id from victims_match"
        " where one_id = any (victims) or other_id = any (victims))"
    ),
    # the case and what hangs from it
    "aftercare_assessment": CASE,
    "aftercare_bankreference": CASE,
    "aftercare_careplan": CASE,
    "aftercare_claimpayment": CASE,
    "aftercare_compensationclaim": CASE,
    "aftercare_entitlement": CASE,
    "aftercare_escort": CASE,
    "aftercare_followup": CASE,
    "aftercare_goal": CASE,
    "aftercare_placement": CASE,
    "aftercare_planreview": CASE,
    "aftercare_progressnote": CASE,
    "aftercare_referral": CASE,
    "aftercare_rehabilitationpayment": CASE,
    "aftercare_releasecertificate": CASE,
    "aftercare_repatriation": CASE,
    "aftercare_servicerecord": CASE,
    "aftercare_sessionnote": CASE,
    "casework_assignment": CASE,
    "casework_breakglass": CASE,
    "casework_closing": CASE,
    "casework_closingwords": CASE,
    "casework_conflict": CASE,
    "casework_custodyevent": CASE,
    "casework_disclosure": CASE,
    "casework_document": CASE,
    "casework_documentversion": CASE,
    "casework_formernote": CASE,
    "casework_investigationstep": CASE,
    "casework_lead": CASE,
    "casework_leadwords": CASE,
    "casework_narrative": CASE,
    "casework_note": CASE,
    "casework_onlineincident": CASE,
    "casework_recognition": CASE,
    "casework_rescue": CASE,
    "casework_rescueagency": CASE,
    "casework_rescuesite": CASE,
    "casework_seal": CASE,
    "casework_site": CASE,
    "casework_siteclosing": CASE,
    "casework_siteplace": CASE,
    "casework_snooze": CASE,
    "casework_stepwords": CASE,
    "casework_task": CASE,
    "casework_transfer": CASE,
    "exchange_imported": CASE,
    "prosecutions_accusation": CASE,
    "prosecutions_appeal": CASE,
    "prosecutions_arrest": CASE,
    "prosecutions_assistancerequest": CASE,
    "prosecutions_charge": CASE,
    "prosecutions_chargedecision": CASE,
    "prosecutions_chargevictim": CASE,
    "prosecutions_compensationpayment": CASE,
    "prosecutions_complaint": CASE,
    "prosecutions_complaintsuspect": CASE,
    "prosecutions_corridor": CASE,
    "prosecutions_corridorleg": CASE,
    "prosecutions_custody": CASE,
    "prosecutions_custodyclock": CASE,
    "prosecutions_hearing": CASE,
    "prosecutions_judgment": CASE,
    "prosecutions_networkmember": CASE,
    "prosecutions_participation": CASE,
    "prosecutions_policereport": CASE,
    "prosecutions_prosecution": CASE,
    "prosecutions_protectivemeasure": CASE,
    "prosecutions_sentence": CASE,
    "prosecutions_stagereached": CASE,
    "prosecutions_suspect": CASE,
    "prosecutions_suspectmet": CASE,
    "retention_legalhold": CASE,
    "victims_consent": CASE,
    "victims_evidence": CASE,
    "victims_exploitation": CASE,
    "victims_incidentsurvivor": CASE,
    "victims_indicator": CASE,
    "victims_involvement": CASE,
    "victims_routestop": CASE,
    "victims_share": CASE,
    "victims_withdrawal": CASE,
    "casework_case": _rows("id = which"),
    # persons who are in no other case
    "prosecutions_alias": OFFENDER,
    "prosecutions_merge": _rows(
        "kept_id = any (offenders) or other_id = any (offenders)", Clock.PERSON
    ),
    "prosecutions_offendermatch": _rows(
        "one_id = any (offenders) or other_id = any (offenders)", Clock.PERSON
    ),
    "prosecutions_network": _rows("id = any (networks)", Clock.PERSON),
    "prosecutions_perpetrator": _rows("id = any (offenders)", Clock.PERSON),
    "victims_background": SURVIVOR,
    "victims_formeridentity": SURVIVOR,
    "victims_identity": SURVIVOR,
    "victims_match": PAIR,
    "victims_particular": SURVIVOR,
    "victims_sibling": SURVIVOR,
    "victims_victimmerge": _rows(
        "kept_id = any (victims) or other_id = any (victims)", Clock.PERSON
    ),
    "victims_victim": _rows("id = any (victims)", Clock.PERSON),
    # files: the row holds the key, so that what is left of a file is noise
    "casework_storedfile": _rows("id = any (files)"),
    # what was told, kept or asked elsewhere
    "accounts_notice": Fate(Clock.DAYS, Deed.DELETE, "target_id = any (gone)"),
    "exchange_attempt": Fate(
        Clock.DAYS,
        Deed.DELETE,
        'delivery_id in (select id from exchange_delivery where "row" = any (gone))',
    ),
    "exchange_delivery": Fate(Clock.DAYS, Deed.DELETE, '"row" = any (gone)'),
    "exchange_exportedcase": Fate(Clock.DAYS, Deed.DELETE, "of_case = which"),
    "exchange_export": Fate(
        Clock.DAYS,
        Deed.BLANK,
        f"of_case = which or told && gone or sealed && gone or {_mentions('filters')}",
        "of_case = nullif(of_case, which),"
        " filters = case when mentions(filters::text, gone) then '{}' else filters end,"
        " told = array(select t from unnest(told) t where t <> all (gone)),"
        " sealed = array(select s from unnest(sealed) s where s <> all (gone))",
    ),
    "core_job": Fate(
        Clock.DAYS,
        Deed.BLANK,
        f"state in ('done', 'failed', 'cancelled') and {_mentions('parameters', 'result')}",
        "parameters = '{}', result = null",
    ),
    "core_idempotencykey": Fate(
        Clock.DAYS,
        Deed.DELETE,
        why="the answers are encrypted: those that name a row that is gone are found by opening"
        " them (retention/services/steps.py)",
    ),
    "core_keptlist": Fate(Clock.DAYS),
    "core_keptcopy": Fate(
        Clock.DAYS,
        Deed.IDS,
        why="a program that was given the row is told by this id that it is gone",
    ),
    "exchange_workbookimport": Fate(
        Clock.DAYS, why="what was sent lies here for a day, then its file is destroyed"
    ),
    "exchange_webhook": WORK,
    # who did and read what
    "core_auditevent": Fate(
        Clock.HISTORY, Deed.IDS, why="it holds ids and names of fields, never values"
    ),
    "core_chainlink": Fate(Clock.HISTORY, why="hashes of the history; nothing can be read in them"),
    "core_chainedevent": Fate(Clock.HISTORY, why="a hash of each event, kept when the event goes"),
    "core_chainanchor": Fate(Clock.HISTORY, why="when the head of the chain left the machine"),
    "retention_erasure": Fate(
        Clock.HISTORY,
        why="its last step takes away which case it was (retention/services/steps.py)",
    ),
    # figures
    "reports_rownumber": Fate(
        Clock.FIGURES, Deed.RENAME, "row_id = any (gone)", "row_id = gen_random_uuid()"
    ),
    "reports_snapshot": FIGURE,
    "reports_keptids": FIGURE,
    "reports_release": FIGURE,
    "reports_releaseproposal": FIGURE,
    "reports_schedule": FIGURE,
    "reports_anonymousrow": Fate(Clock.FIGURES, why="what an erasure leaves: nobody is in it"),
    "retention_tombstone": Fate(Clock.FIGURES, why="a random number, a day and a law"),
    "reports_datachange": Fate(Clock.FIGURES, why="numbers of transactions"),
    # who works here
    "accounts_accountchange": WORK,
    "accounts_apikey": WORK,
    "accounts_invitation": WORK,
    "accounts_membership": WORK,
    "accounts_serviceaccount": WORK,
    "accounts_user": WORK,
    "aftercare_providerstaff": WORK,
    "prosecutions_calendarfeed": WORK,
    "account_emailaddress": WORK,
    "account_emailconfirmation": WORK,
    "mfa_authenticator": WORK,
    "django_session": Fate(Clock.DAYS, why="twelve hours"),
    "usersessions_usersession": Fate(Clock.DAYS, why="with its session"),
    # nobody
    "accounts_office": NOBODY,
    "accounts_office_covers": NOBODY,
    "aftercare_provider": NOBODY,
    "aftercare_rehabilitationscheme": NOBODY,
    "aftercare_schemerate": NOBODY,
    "auth_group": NOBODY,
    "auth_group_permissions": NOBODY,
    "auth_permission": NOBODY,
    "backups_backup": NOBODY,
    "backups_drill": NOBODY,
    "casework_referencecounter": NOBODY,
    "core_cache": Fate(Clock.DAYS, why="how often somebody tried to sign in"),
    "core_heartbeat": NOBODY,
    "core_installation": NOBODY,
    "core_vouchingkey": NOBODY,
    "django_content_type": NOBODY,
    "django_migrations": NOBODY,
    "instruments_instrument": NOBODY,
    "pghistory_context": NOBODY,
    "places_agency": NOBODY,
    "places_jurisdiction": NOBODY,
    "places_jurisdictionclosure": NOBODY,
    "prosecutions_provision": NOBODY,
    "retention_policy": NOBODY,
    "studies_districtsurvey": NOBODY,
    "studies_estimate": NOBODY,
    "studies_evaluation": NOBODY,
    "studies_externalstatistic": NOBODY,
    "studies_finding": NOBODY,
    "studies_observation": NOBODY,
    "studies_pair": NOBODY,
    "studies_programmeplace": NOBODY,
    "studies_recapture": NOBODY,
    "studies_stratum": NOBODY,
    "studies_study": NOBODY,
    "studies_training": NOBODY,
    "studies_visit": NOBODY,
}
