"""Every table: by which clock its rows are kept, and what an erasure does to them: of a whole case,
or of one survivor in every case.

One line a table; former values (`…event`) follow their table. A table without a line fails
`tests/retention/test_declared.py`, and from these lines the database makes its function
`retention_erase_rows` (`retention/wall.py`), so that what is said here is what is done.
"""

from __future__ import annotations

from retention.fates import (
    CASE,
    FIGURE,
    NOBODY,
    OFFENDER,
    PAIR,
    PAPER,
    PART,
    REPLY,
    REPLY_WORDS,
    SURVIVOR,
    WORK,
    Clock,
    Deed,
    Fate,
    mentions,
    rows,
    under,
)

# Lines read rows that later ones delete: the order matters.
TABLES: dict[str, Fate] = {
    # what rows of other cases say of this one
    "casework_caselink": rows("case_id = which or other_id = which"),
    "casework_samesite": rows(
        "case_id = which or other_id in (select id from casework_site where case_id = which)"
    ),
    "victims_confirmation": rows(
        "case_id = which or involvement_id = any (parts) or match_id in"
        " (select id from victims_match where one_id = any (victims) or other_id = any (victims))"
    ),
    # what hangs from a row that hangs from the case
    "aftercare_bankreference": rows(
        "case_id = which or payment_id in (select p.id from aftercare_rehabilitationpayment p"
        " join aftercare_entitlement e on e.id = p.entitlement_id"
        " where e.involvement_id = any (parts))"
    ),
    "aftercare_claimpayment": under("aftercare_compensationclaim", "claim_id"),
    "aftercare_escort": under("aftercare_repatriation", "repatriation_id"),
    "aftercare_followup": under("aftercare_careplan", "plan_id"),
    "aftercare_goal": under("aftercare_careplan", "plan_id"),
    "aftercare_planreview": under("aftercare_careplan", "plan_id"),
    "aftercare_progressnote": under("aftercare_referral", "referral_id"),
    "aftercare_rehabilitationpayment": under("aftercare_entitlement", "entitlement_id"),
    "aftercare_sessionnote": under("aftercare_servicerecord", "service_id"),
    "questions_replywords": REPLY_WORDS,
    "questions_reply": REPLY,
    "victims_evidence": under("victims_indicator", "indicator_id"),
    # the case and what hangs from it
    "aftercare_assessment": PART,
    "aftercare_careplan": PART,
    "aftercare_compensationclaim": PART,
    "aftercare_entitlement": PART,
    "aftercare_placement": PART,
    "aftercare_referral": PART,
    "aftercare_releasecertificate": PART,
    "aftercare_repatriation": PART,
    "aftercare_servicerecord": PART,
    "casework_assignment": CASE,
    "casework_breakglass": CASE,
    "casework_closing": CASE,
    "casework_closingwords": CASE,
    "casework_conflict": rows("case_id = which or person_id = any (victims)"),
    "casework_custodyevent": PAPER,
    "casework_derivedtask": rows("case_id = which or row_id = any (gone)"),
    "casework_disclosure": CASE,
    "casework_document": rows("case_id = which or id = any (papers)"),
    "casework_documentversion": PAPER,
    "casework_formernote": rows("case_id = which or note_id = any (papers)"),
    "casework_investigationstep": CASE,
    "casework_lead": CASE,
    "casework_leadwords": CASE,
    "casework_narrative": CASE,
    "casework_note": rows("case_id = which or id = any (papers)"),
    "casework_onlineincident": CASE,
    "casework_recognition": PAPER,
    "casework_rescue": CASE,
    "casework_rescueagency": CASE,
    "casework_rescueplan": CASE,
    "casework_rescuesite": CASE,
    "casework_seal": CASE,
    "casework_site": CASE,
    "casework_siteclosing": CASE,
    "casework_siteplace": CASE,
    "casework_snooze": rows("case_id = which or row_id = any (gone)"),
    "casework_stepwords": CASE,
    "casework_task": CASE,
    "casework_transfer": CASE,
    "exchange_imported": PART,
    "intake_extract": rows(  # so that phones wipe what they hold of it at their next contact
        "case_id = which or case_id in"
        " (select case_id from victims_involvement where id = any (parts))"
    ),
    "prosecutions_accusation": PART,
    "prosecutions_answer": CASE,
    "prosecutions_appeal": CASE,
    "prosecutions_arrest": CASE,
    "prosecutions_assistancerequest": CASE,
    "prosecutions_charge": CASE,
    "prosecutions_chargedecision": CASE,
    "prosecutions_chargevictim": PART,
    "prosecutions_compensationshare": PART,
    "prosecutions_compensationpayment": PART,
    "prosecutions_complaint": CASE,
    "prosecutions_complaintsuspect": CASE,
    "prosecutions_corridor": CASE,
    "prosecutions_corridorleg": CASE,
    "prosecutions_custody": CASE,
    "prosecutions_custodyclock": CASE,
    "prosecutions_hearing": CASE,
    "prosecutions_judgment": CASE,
    "prosecutions_networkmember": CASE,
    "prosecutions_participation": PART,
    "prosecutions_policereport": CASE,
    "prosecutions_prosecution": CASE,
    "prosecutions_protectivemeasure": PART,
    "prosecutions_sentence": CASE,
    "prosecutions_stagereached": CASE,
    "prosecutions_suspect": CASE,
    "prosecutions_suspectmet": CASE,
    "retention_legalhold": rows("case_id = which or victim_id = any (victims)"),
    "victims_consent": PART,
    "victims_exploitation": PART,
    "victims_incidentsurvivor": PART,
    "victims_indicator": PART,
    "victims_involvement": rows("case_id = which or id = any (parts)"),
    "victims_routestop": PART,
    "victims_share": PART,
    "victims_withdrawal": PART,
    "casework_case": rows("id = which"),
    # persons who are in no other case
    "prosecutions_alias": OFFENDER,
    "prosecutions_merge": rows(
        "kept_id = any (offenders) or other_id = any (offenders)", Clock.PERSON
    ),
    "prosecutions_offendermatch": rows(
        "one_id = any (offenders) or other_id = any (offenders)", Clock.PERSON
    ),
    "prosecutions_network": rows("id = any (networks)", Clock.PERSON),
    "prosecutions_perpetrator": rows("id = any (offenders)", Clock.PERSON),
    "victims_background": SURVIVOR,
    "victims_formeridentity": SURVIVOR,
    "victims_identity": SURVIVOR,
    "victims_match": PAIR,
    "victims_particular": SURVIVOR,
    "victims_sibling": SURVIVOR,
    "victims_victimmerge": rows(
        "kept_id = any (victims) or other_id = any (victims)", Clock.PERSON
    ),
    "victims_victim": rows("id = any (victims)", Clock.PERSON),
    # files: the row holds the key, so that what is left of a file is noise
    "casework_storedfile": rows("id = any (files)"),
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
        f"of_case = which or told && gone or sealed && gone or {mentions('filters')}",
        "of_case = nullif(of_case, which),"
        " filters = case when mentions(filters::text, gone) then '{}' else filters end,"
        " told = array(select t from unnest(told) t where t <> all (gone)),"
        " sealed = array(select s from unnest(sealed) s where s <> all (gone))",
    ),
    "core_job": Fate(
        Clock.DAYS,
        Deed.BLANK,
        f"state in ('done', 'failed', 'cancelled') and {mentions('parameters', 'result')}",
        "parameters = '{}', result = null",
    ),
    "core_idempotencykey": Fate(
        Clock.DAYS,
        Deed.DELETE,
        why="the answers are encrypted: those that name a row that is gone are found by opening"
        " them (retention/services/steps.py)",
    ),
    "casework_openedcase": Fate(Clock.DAYS, Deed.DELETE, "of_case = which"),
    "casework_askagain": Fate(
        Clock.DAYS, why="ids of a case, for a minute; a trigger takes them with the case"
    ),
    "core_draft": Fate(Clock.DAYS, Deed.DELETE, "about && gone or about && cases"),
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
    "exchange_webhookhost": WORK,
    # who did and read what
    "core_auditevent": Fate(
        Clock.HISTORY, Deed.IDS, why="it holds ids and names of fields, never values"
    ),
    "core_chainlink": Fate(Clock.HISTORY, why="hashes of the history; nothing can be read in them"),
    "core_chainedevent": Fate(Clock.HISTORY, why="a hash of each event, kept when the event goes"),
    "core_chainanchor": Fate(Clock.HISTORY, why="when the head of the chain left the machine"),
    "retention_erasure": Fate(
        Clock.HISTORY,
        Deed.DELETE,
        "of_person = any (victims) and tombstone is distinct from stone",
        why="of a survivor who is gone by another one; else its last step takes away whom it was"
        " about (retention/services/steps.py)",
    ),
    # figures
    "reports_rownumber": Fate(
        Clock.FIGURES, Deed.RENAME, "row_id = any (gone)", "row_id = gen_random_uuid()"
    ),
    "reports_snapshot": FIGURE,
    "reports_keptids": FIGURE,
    **dict.fromkeys(("reports_release", "reports_releaseproposal"), FIGURE),
    **dict.fromkeys(("reports_releaseletter", "reports_schedule"), FIGURE),
    "reports_outsideaddress": WORK,
    "reports_anonymousrow": Fate(Clock.FIGURES, why="what an erasure leaves: nobody is in it"),
    "retention_tombstone": Fate(Clock.FIGURES, why="a random number, a day and a law"),
    "reports_datachange": Fate(Clock.FIGURES, why="numbers of transactions"),
    # who works here
    "accounts_accountchange": WORK,
    "accounts_apikey": WORK,
    "accounts_invitation": WORK,
    "accounts_languagereading": WORK,
    "accounts_membership": WORK,
    "accounts_serviceaccount": WORK,
    "accounts_savedview": WORK,
    "accounts_user": WORK,
    "aftercare_providerstaff": WORK,
    "prosecutions_calendarfeed": WORK,
    "intake_phone": WORK,
    "intake_box": WORK,
    "intake_boxpart": Fate(
        Clock.DAYS,
        why="sealed on a phone, so that nobody knows which case it is about; it goes when it is"
        " logged, or 90 days after it was put away",
    ),
    "account_emailaddress": WORK,
    "account_emailconfirmation": WORK,
    "mfa_authenticator": WORK,
    "socialaccount_socialaccount": WORK,
    "django_session": Fate(Clock.DAYS, why="twelve hours"),
    "usersessions_usersession": Fate(Clock.DAYS, why="with its session"),
    # nobody
    "accounts_office": NOBODY,
    "accounts_office_covers": NOBODY,
    "aftercare_provider": NOBODY,
    "aftercare_rehabilitationscheme": NOBODY,
    "aftercare_schemerate": NOBODY,
    **dict.fromkeys(("auth_group", "auth_group_permissions", "auth_permission"), NOBODY),
    **dict.fromkeys(("backups_backup", "backups_drill"), NOBODY),
    "casework_referencecounter": NOBODY,
    "casework_taskrule": NOBODY,
    "core_cache": Fate(Clock.DAYS, why="how often somebody tried to sign in"),
    "core_heartbeat": NOBODY,
    "core_installation": NOBODY,
    "core_vouchingkey": NOBODY,
    "django_content_type": NOBODY,
    "django_migrations": NOBODY,
    "instruments_instrument": NOBODY,
    "pghistory_context": NOBODY,
    "places_agency": NOBODY,
    "places_choice": NOBODY,
    "places_jurisdiction": NOBODY,
    "places_jurisdictionclosure": NOBODY,
    "places_outline": NOBODY,
    "prosecutions_lawversion": NOBODY,
    "prosecutions_provision": NOBODY,
    "questions_questionset": NOBODY,
    "retention_policy": NOBODY,
    **dict.fromkeys(("socialaccount_socialapp", "socialaccount_socialtoken"), NOBODY),
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
