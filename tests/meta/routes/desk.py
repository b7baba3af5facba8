"""Routes about the day, the to-do, lists and files of cases, closing, history."""

ROUTES = """
desk:ledger                     get view_referral
audit-event-list                get view_readers
audit-event-unusual             get view_audit
audit-event-chain               get view_chain
desk:today                      get lock_session
desk:setting-up                 get manage_people
desk:to-do                      get lock_session
desk:tasks-finish               get post keep_task
desk:tasks-finish-back          post keep_task
desk:tasks-cancel               get post keep_task
desk:tasks-cancel-back          post keep_task
desk:tasks-give                 get post keep_task
desk:tasks-give-back            post keep_task
desk:tasks-put-off              get post keep_task
desk:tasks-put-off-back         post keep_task
desk:together                   get post keep_task
desk:take-back                  post keep_task
desk:snooze                     get post keep_task
desk:propose-scheme             get post propose_law
law-version-scheme              post propose_law
desk:task-rules                 get keep_rule
desk:task-rule                  get keep_rule
desk:change-rule                get post keep_rule
desk:reset-rule                 get post keep_rule
task-rule-list                  get anyone
task-rule-detail                get anyone | patch keep_rule
task-rule-reset                 post keep_rule
task-rule-try-change            post keep_rule
task-list                       get view_task | post keep_task
task-detail                     get view_task | patch keep_task
task-finish                     post keep_task
task-cancel                     post keep_task
task-reopen                     post keep_task
task-together                   post keep_task
snooze-list                     get view_task | post keep_task
snooze-detail                   get view_task
snooze-wake                     post keep_task
desk:cases                      get view_case
desk:cases-assign               get post assign_case
desk:cases-assign-back          post assign_case
desk:cases-offer                get post transfer_case
desk:cases-offer-back           post transfer_case
desk:referrals-send             get post send_referral
desk:survivors                  get view_victim
desk:suspects                   get view_suspect
desk:hearings                   get view_prosecution
desk:referrals                  get view_referral
desk:case                       get view_case
desk:case-people                get view_case
desk:case-court                 get view_case
desk:case-care                  get view_case
desk:case-network               get view_case
desk:case-investigation         get view_case
desk:case-documents             get view_case
desk:case-to-do                 get view_case
desk:timeline                   get view_case
desk:search                     get post view_case
desk:go                         get lock_session
search                          post view_case
case-timeline                   get view_case
desk:case-readers               get view_readers
desk:person-readers             get view_readers
desk:trail                      get view_audit
desk:unusual                    get view_audit
desk:chain                      get view_chain
desk:cases-csv                  get post identify_export
desk:tasks-file                 get post identify_export
desk:providers-file             get post make_export
desk:people-file                get post view_people
desk:trail-file                 get post view_audit
desk:case-summary               get view_case
desk:give-summary               post keep_consent
desk:close                      get post close_case
desk:reopen                     get post close_case
desk:only-aftercare             get post move_case
case-close                      post close_case
case-reopen                     post close_case
case-only-aftercare             post move_case
case-readiness                  get close_case
case-summary                    get view_case
case-give-summary               post keep_consent
closing-list                    get view_closing
closing-detail                  get view_closing
closing-words-detail            get view_closing
rescue-history                  get view_rescue
desk:rescue                     get view_rescue
desk:survivor                   get view_victim
"""
