"""Every route and every method it declares, with the permission it asks for.

The third part of the matrix, by hand. `verb@level` where a method asks for another level of the
case than its verb does in `matrix.DOES`: most often a form that may be
looked at; `own`: about the person's own row only. A route or a
method that stands not here fails `test_matrix.py`, and so does a line without its route.
"""

from __future__ import annotations

from tests.meta.matrix import ACTS, LEVEL_OF, VIEWS

ROUTES = """
people:notices                  get post see_notice
people:see-notice               post see_notice
people:list                     get view_people
people:invite                   get post manage_people
people:changes                  get view_people
people:confirm-change           get post decide_change
people:refuse-change            get post decide_change
people:withdraw-change          get post manage_people
people:end-role                 get post manage_people
people:withdraw-invitation      get post manage_people
people:person                   get view_people
people:ask-role                 get post manage_people
people:reset-second-factor      get post manage_people
people:disable                  get post manage_people
people:invite-again             get post manage_people
styleguide                      get anyone
jurisdiction-list               get anyone
jurisdiction-detail             get anyone
agency-list                     get anyone
agency-detail                   get anyone
office-list                     get anyone
office-detail                   get anyone
user-list                       get view_people
user-detail                     get view_people
user-disable                    post manage_people
user-invite-again               post manage_people
user-reset-second-factor        post manage_people
invitation-list                 get view_people | post manage_people
invitation-detail               get view_people
invitation-withdraw             post manage_people
membership-end                  post manage_people
account-change-list             get view_people | post manage_people
account-change-detail           get view_people
account-change-confirm          post decide_change
account-change-refuse           post decide_change
account-change-withdraw         post manage_people
notice-list                     get see_notice
notice-detail                   get see_notice
notice-seen                     post see_notice
me                              get anyone
hearing-list                    get view_prosecution | post list_hearing
hearing-detail                  get view_prosecution | patch list_hearing
hearing-record                  post record_hearing
hearing-correct                 post record_hearing
custody-list                    get view_suspect | post record_custody
custody-detail                  get view_suspect
custody-release                 post record_custody
prosecutions:docket             get view_prosecution
prosecutions:cause-list         get view_prosecution
docket                          get view_prosecution
cause-list                      get view_prosecution
prosecutions:calendar           get post keep_feed
prosecutions:list-hearing       get post list_hearing
prosecutions:record-hearing     get post record_hearing
prosecutions:move-hearing       get post list_hearing
prosecutions:correct-result     get post record_hearing
prosecutions:record-arrest      get post record_arrest
prosecutions:begin-custody      get post record_custody
prosecutions:end-custody        get post record_custody
case-list                       get view_case | post open_case
case-detail                     get view_case | patch correct_case
case-assign                     post assign_case
case-move                       post move_case
case-ask-to-open                post seal_case
case-name-person                post name_person
case-seal                       post seal_case
case-withdraw-asking            post seal_case
assignment-list                 get view_assignment
assignment-detail               get view_assignment
assignment-take-name            post name_person
site-list                       get view_site | post register_site
site-detail                     get view_site | patch register_site
rescue-list                     get view_rescue
rescue-detail                   get view_rescue
victim-list                     get view_victim
victim-search                   post view_identity
victim-detail                   get view_victim | patch complete_person
involvement-list                get view_victim | post involve_person
involvement-detail              get view_victim | patch complete_person
involvement-identify            post record_identity
involvement-reveal              post view_identity
identity-detail                 patch record_identity
victim-merge                    post merge_victims
involvement-alike               get view_match
match-list                      get view_match | post decide_match
match-detail                    get view_match | patch decide_match
match-ask                       post ask_confirmation
match-reveal                    post view_identity
victim-merge-list               get view_victim
victim-merge-detail             get view_victim
victim-merge-undo               post merge_victims
confirmation-list               get view_confirmation
confirmation-detail             get view_confirmation | patch answer_confirmation
victims:alike                   get view_match
victims:judge                   post decide_match
victims:duplicates              get view_match
victims:duplicate               get view_match
victims:decide-match            post decide_match
victims:merge-match             post merge_victims
victims:ask-confirmations       post ask_confirmation
victims:compare-names           get post view_identity
victims:undo-merge              post merge_victims
victims:confirmations           get view_confirmation
victims:answer                  get post answer_confirmation
perpetrator-list                get view_suspect
perpetrator-detail              get view_suspect | patch name_suspect
perpetrator-candidates          get view_suspect
perpetrator-merge               post merge_perpetrators
alias-list                      get view_suspect | post name_suspect
alias-detail                    get view_suspect
alias-remove                    post name_suspect
merge-list                      get view_suspect
merge-detail                    get view_suspect
merge-undo                      post merge_perpetrators
case-checks                     get view_prosecution
compensation-payment-list       get view_prosecution | post record_compensation
compensation-payment-detail     get view_prosecution | patch record_compensation
judgment-correct-attribution    post record_judgment
prosecutions:perpetrator        get view_suspect
prosecutions:describe-perpetrator   get post name_suspect
prosecutions:add-alias          get post name_suspect
prosecutions:remove-alias       post name_suspect
prosecutions:merge-perpetrators get post merge_perpetrators
prosecutions:undo-merge         post merge_perpetrators
prosecutions:correct-arrest     get post record_arrest
prosecutions:correct-attribution    get post record_judgment
prosecutions:record-payment     get post record_compensation
prosecutions:correct-payment    get post record_compensation
suspect-list                    get view_suspect | post name_suspect
suspect-detail                  get view_suspect
suspect-write-name              post name_suspect
arrest-list                     get view_suspect | post record_arrest
arrest-detail                   get view_suspect | patch record_arrest
provision-list                  get anyone
provision-detail                get anyone
complaint-list                  get view_prosecution | post record_complaint
complaint-detail                get view_prosecution
prosecution-list                get view_prosecution | post open_prosecution
prosecution-detail              get view_prosecution
charge-list                     get view_prosecution | post file_charge
charge-detail                   get view_prosecution
charge-plead                    post change_charge
charge-amend                    post change_charge
charge-name-survivors           post change_charge
prosecution-reach-stage         post reach_stage
prosecution-frame               post change_charge
police-report-list              get view_prosecution | post record_complaint
police-report-detail            get view_prosecution
judgment-list                   get view_prosecution | post record_judgment
judgment-detail                 get view_prosecution
appeal-list                     get view_prosecution | post record_appeal
appeal-detail                   get view_prosecution
appeal-withdraw                 post record_appeal
sentence-list                   get view_prosecution | post record_sentence
sentence-detail                 get view_prosecution
provider-list                   get view_referral | post manage_provider
provider-detail                 get view_referral | patch manage_provider
provider-occupancy              get view_referral
referral-list                   get view_referral | post send_referral
referral-detail                 get view_referral
referral-move                   post send_referral
referral-send                   post send_referral
received-referral-list          get answer_referral
received-referral-detail        get answer_referral
received-referral-accept        post answer_referral
received-referral-decline       post answer_referral
received-referral-complete      post answer_referral
received-referral-note          post answer_referral
progress-note-list              get view_referral
progress-note-detail            get view_referral
placement-list                  get view_referral | post record_placement
placement-detail                get view_referral
placement-end                   post record_placement
placement-correct               post record_placement
care-plan-list                  get view_referral | post keep_plan
care-plan-detail                get view_referral
care-plan-close                 post close_plan
goal-list                       get view_referral | post keep_plan@3
goal-detail                     get view_referral
goal-end                        post keep_plan@3
plan-review-list                get view_referral | post keep_plan
plan-review-detail              get view_referral
follow-up-list                  get view_referral | post keep_plan
follow-up-detail                get view_referral
instrument-list                 get anyone
instrument-detail               get anyone
assessment-list                 get view_referral | post record_assessment
assessment-detail               get view_referral
assessment-answer               post record_assessment
assessment-move                 post record_assessment
aftercare:write-note            get post answer_referral
aftercare:complete              post answer_referral
aftercare:notes                 get view_referral
aftercare:draft                 get post send_referral
aftercare:session               get view_referral
aftercare:providers             get view_referral
aftercare:provider              get view_referral
aftercare:register-provider     get post manage_provider
aftercare:change-provider       get post manage_provider
aftercare:place                 get post record_placement
aftercare:end-placement         get post record_placement
aftercare:correct-placement     get post record_placement
aftercare:plan                  get view_referral
aftercare:open-plan             get post keep_plan
aftercare:set-goal              get post keep_plan
aftercare:end-goal              get post keep_plan@3
aftercare:review-plan           get post keep_plan
aftercare:close-plan            get post close_plan
aftercare:follow-up             get post keep_plan
aftercare:begin-assessment      get post record_assessment
aftercare:answer-domain         get post record_assessment
aftercare:move-assessment       post record_assessment
service-record-list             get view_referral | post record_service
service-record-detail           get view_referral
rehabilitation-scheme-list      get anyone
rehabilitation-scheme-detail    get anyone
release-certificate-list        get view_referral | post record_rehabilitation
release-certificate-detail      get view_referral
release-certificate-answer      post record_rehabilitation
entitlement-list                get view_referral | post record_rehabilitation
entitlement-detail              get view_referral
entitlement-change              post record_rehabilitation
rehabilitation-payment-list     get view_referral | post record_rehabilitation
rehabilitation-payment-detail   get view_referral | patch record_rehabilitation
rehabilitation-payment-reimburse  post record_rehabilitation
bank-reference-list             get view_private
bank-reference-detail           get view_private
compensation-claim-list         get view_referral | post record_rehabilitation
compensation-claim-detail       get view_referral
compensation-claim-answer       post record_rehabilitation
claim-payment-list              get view_referral | post record_rehabilitation
claim-payment-detail            get view_referral | patch record_rehabilitation
repatriation-list               get view_referral | post record_repatriation
repatriation-detail             get view_referral | patch record_repatriation
repatriation-move               post record_repatriation
escort-list                     get view_private
escort-detail                   get view_private
desk:ledger                     get view_referral
aftercare:schemes               get anyone
aftercare:apply-certificate     get post record_rehabilitation
aftercare:answer-certificate    get post record_rehabilitation
aftercare:set-entitlement       get post record_rehabilitation
aftercare:change-entitlement    get post record_rehabilitation
aftercare:record-payment        get post record_rehabilitation
aftercare:correct-payment       get post record_rehabilitation
aftercare:reimburse             get post record_rehabilitation
aftercare:make-claim            get post record_rehabilitation
aftercare:answer-claim          get post record_rehabilitation
aftercare:record-claim-payment  get post record_rehabilitation
aftercare:correct-claim-payment  get post record_rehabilitation
aftercare:plan-repatriation     get post record_repatriation
aftercare:change-repatriation   get post record_repatriation
aftercare:move-repatriation     get post record_repatriation
rescue-report-list              post log_rescue
report-list                     get view_report
report-detail                   get view_report
report-run-list                 post run_report
report-run-detail               get view_report
report-run-behind               get view_report
report-run-cancel               post run_report
audit-event-list                get view_readers
casework:open-case              get post open_case
casework:correct-case           get correct_case@r | post correct_case
casework:register-site          get register_site@r | post register_site
casework:assign                 get assign_case@r | post assign_case
casework:move                   post move_case
casework:narrative              get view_narrative
casework:ask-to-open            get post seal_case
casework:confirm-disclosure     get post confirm_disclosure
casework:confirm-opening        post unseal_case
casework:declare-conflict       get post declare_conflict
casework:disclose               get post propose_disclosure
casework:emergencies            get view_breakglass
casework:end-disclosure         get post propose_disclosure
casework:end-emergency          post break_glass@own
casework:lift-conflict          get post lift_conflict
casework:name                   get post name_person
casework:open-in-emergency      get post break_glass
casework:refuse-disclosure      get post confirm_disclosure
casework:refuse-opening         post unseal_case
casework:review-emergency       get post review_glass
casework:seal                   get post seal_case
casework:take-name              post name_person
casework:withdraw-asking        post seal_case
victims:reveal                  get post view_identity
victims:identify                get post record_identity
victims:correct                 get post record_identity
victims:search                  get post view_identity
prosecutions:add-suspect        get post name_suspect
prosecutions:name-suspect       get post name_suspect
prosecutions:record-complaint   get post record_complaint
prosecutions:open-prosecution   get post open_prosecution
prosecutions:file-charge        get post file_charge
prosecutions:record-police-report   get post record_complaint
prosecutions:reach-stage        get post reach_stage
prosecutions:frame-charges      get post change_charge
prosecutions:record-plea        get post change_charge
prosecutions:amend-charge       get post change_charge
prosecutions:name-survivors     get post change_charge
prosecutions:record-judgment    get post record_judgment
prosecutions:record-sentence    get post record_sentence
prosecutions:file-appeal        get post record_appeal
prosecutions:withdraw-appeal    get post record_appeal
prosecutions:judge-appeal       get post record_judgment
prosecutions:record-request     get post record_request
prosecutions:remind-request     get post record_request
prosecutions:answer-request     get post record_request
prosecutions:record-participation   get post record_participation
prosecutions:correct-participation  get post record_participation
prosecutions:ask-protection     get post record_participation
prosecutions:answer-protection  get post record_participation
prosecutions:record-accusation  get post record_accusation
prosecutions:end-accusation     get post record_accusation
prosecutions:accused            get view_prosecution
assistance-request-list         get view_prosecution | post record_request
assistance-request-detail       get view_prosecution
assistance-request-remind       post record_request
assistance-request-answer       post record_request
participation-list              get view_prosecution | post record_participation
participation-detail            get view_prosecution
participation-correct           post record_participation
protective-measure-list         get view_prosecution | post record_participation
protective-measure-detail       get view_prosecution
protective-measure-answer       post record_participation
accusation-list                 get view_prosecution | post record_accusation
accusation-detail               get view_prosecution
accusation-end                  post record_accusation
aftercare:received              get answer_referral
aftercare:accept                post answer_referral
aftercare:decline               get post answer_referral
aftercare:send                  get post send_referral
aftercare:move                  post send_referral
aftercare:record-service        get post record_service
intake:log-rescue               get post log_rescue
reports:dashboard               get view_report
reports:run                     get view_report | post run_report
reports:snapshot                get view_report
reports:csv                     get view_report
reports:behind                  get view_report
reports:report                  get view_report | post run_report
desk:today                      get lock_session
desk:to-do                      get lock_session
desk:snooze                     get post keep_task
casework:add-task               get post keep_task
casework:assign-task            get post keep_task
casework:cancel-task            get post keep_task
casework:finish-task            post keep_task
casework:reopen-task            post keep_task
casework:wake-task              post keep_task
task-list                       get view_task | post keep_task
task-detail                     get view_task | patch keep_task
task-finish                     post keep_task
task-cancel                     post keep_task
task-reopen                     post keep_task
snooze-list                     get view_task | post keep_task
snooze-detail                   get view_task
snooze-wake                     post keep_task
desk:cases                      get view_case
desk:case                       get view_case
desk:timeline                   get view_case
desk:search                     get post view_case
search                          post view_case
case-timeline                   get view_case
desk:case-readers               get view_readers
desk:person-readers             get view_readers
desk:trail                      get view_audit
desk:unusual                    get view_audit
conflict-detail                 get view_conflict
conflict-lift                   post lift_conflict
conflict-list                   get view_conflict | post declare_conflict@own
disclosure-confirm              post confirm_disclosure
disclosure-detail               get view_disclosure
disclosure-end                  post propose_disclosure
disclosure-list                 get view_disclosure | post propose_disclosure
disclosure-refuse               post confirm_disclosure
case-link-list                  get view_link | post link_cases
case-link-detail                get view_link
case-link-unlink                post link_cases
casework:assign-many            get post assign_case
casework:transfer-case          get post transfer_case
casework:transfer-caseload      get post transfer_case
casework:transfers              get view_transfer
casework:accept-transfer        post answer_transfer
casework:refuse-transfer        get post answer_transfer
casework:withdraw-transfer      post transfer_case
desk:cases-csv                  get export_cases
desk:case-summary               get view_case
desk:close                      get post close_case
desk:reopen                     get post close_case
desk:only-aftercare             get post move_case
case-assign-many                post assign_case
case-close                      post close_case
case-reopen                     post close_case
case-only-aftercare             post move_case
case-readiness                  get close_case
case-summary                    get view_case
closing-list                    get view_closing
closing-detail                  get view_closing
transfer-list                   get view_transfer | post transfer_case
transfer-detail                 get view_transfer
transfer-caseload               post transfer_case
transfer-accept                 post answer_transfer
transfer-refuse                 post answer_transfer
transfer-withdraw               post transfer_case
user-held                       get view_people
casework:link-cases             get post link_cases
casework:unlink-cases           post link_cases
network-list                    get view_suspect | post record_network
network-detail                  get view_suspect | patch record_network
network-member-list             get view_suspect | post record_network
network-member-detail           get view_suspect | patch record_network
corridor-list                   get view_suspect | post record_network
corridor-detail                 get view_suspect | patch record_network
prosecutions:networks           get view_suspect
prosecutions:network            get view_suspect
prosecutions:mark-network       post record_network
prosecutions:begin-network      get post record_network
prosecutions:add-member         get post record_network
prosecutions:change-member      get post record_network
prosecutions:record-corridor    get post record_network
prosecutions:replace-corridor   get post record_network
emergency-detail                get view_breakglass
emergency-end                   post break_glass@own
emergency-list                  get view_breakglass | post break_glass
emergency-review                post review_glass
casework:notes                  get view_note
casework:note                   get view_note
casework:write-note             get post write_note
casework:correct-note           get post write_note
casework:receive-document       get post receive_document
casework:record-hash            get post receive_document
casework:document               get view_document
casework:add-version            get post receive_document
casework:record-custody         get post receive_document
casework:download               get open_document
casework:download-original      get open_original
note-list                       get view_note | post write_note
note-detail                     get view_note | patch write_note
note-open                       post view_note
document-list                   get view_document | post receive_document
document-detail                 get view_document
document-versions               post receive_document
document-version-list           get open_document
document-version-detail         get open_document
document-version-file           get open_document
custody-event-list              get open_document | post receive_document
custody-event-detail            get open_document
seal-confirm                    post unseal_case
seal-detail                     get view_seal
seal-list                       get view_seal
seal-refuse                     post unseal_case
lead-list                       get view_inquiry | post record_inquiry
lead-detail                     get view_inquiry | patch record_inquiry
lead-end                        post record_inquiry
lead-words-detail               get read_inquiry
investigation-step-list         get view_inquiry | post record_inquiry
investigation-step-detail       get view_inquiry
investigation-step-finish       post record_inquiry
investigation-step-tell-result  post record_inquiry
investigation-step-drop         post record_inquiry
step-words-detail               get read_inquiry
online-incident-list            get view_inquiry | post record_inquiry
online-incident-detail          get view_inquiry | patch record_inquiry
incident-survivor-list          get view_victim | post record_inquiry
incident-survivor-detail        get view_victim
involvement-amend-outcome       post amend_rescue
site-close                      post register_site
site-reopen                     post register_site
site-closing-list               get view_site
site-closing-detail             get view_site
same-site-list                  get view_site | post register_site
same-site-detail                get view_site
same-site-undo                  post register_site
assistance-request-relate       post record_request
rescue-amend                    post amend_rescue
rescue-tell                     post amend_rescue
rescue-history                  get view_rescue
casework:record-lead            get post record_inquiry
casework:correct-lead           get post record_inquiry
casework:end-lead               get post record_inquiry
casework:lead-words             get read_inquiry
casework:plan-step              get post record_inquiry
casework:record-step            get post record_inquiry
casework:finish-step            get post record_inquiry
casework:tell-result            get post record_inquiry
casework:drop-step              post record_inquiry
casework:step-words             get read_inquiry
casework:record-incident        get post record_inquiry
casework:correct-incident       get post record_inquiry
victims:incident-survivors      get post record_inquiry
victims:amend-outcome           get post amend_rescue
casework:site                   get view_site
casework:site-place             get view_identity
casework:correct-site           get post register_site
casework:close-site             get post register_site
casework:reopen-site            get post register_site
casework:same-site              get post register_site
casework:other-site             post register_site
casework:amend-rescue           get post amend_rescue
casework:add-narrative          get post amend_rescue
desk:rescue                     get view_rescue
prosecutions:relate-request     get post record_request
desk:survivor                   get view_victim
victims:tasks                   get view_victim
victims:told                    get view_identity
victims:age                     get post complete_person
victims:background              get post complete_person
victims:safety                  get complete_person@3 | post complete_person@3
victims:papers                  get complete_person@3 | post complete_person@3
victims:identification          get post complete_person
victims:exploitation            get post complete_person
victims:control                 get post complete_person
victims:route                   get post complete_person
victims:indicators              get complete_person@3 | post complete_person@3
victims:involve                 get post involve_person
victims:join-siblings           get post complete_person
victims:leave-siblings          post complete_person
victims:grant-consent           get post keep_consent
victims:renew-consent           get post keep_consent
victims:withdraw-consent        get post keep_consent
victims:record-told             get post keep_consent
aftercare:acknowledge           post answer_referral
victim-note-safety              post complete_person@3
victim-note-papers              post complete_person@3
victim-join-siblings            post complete_person
involvement-set-route           post complete_person
involvement-answer-indicators   post complete_person@3
consent-list                    get view_victim | post keep_consent
consent-detail                  get view_victim
consent-withdraw                post keep_consent
consent-share-list              get view_victim
consent-share-detail            get view_victim
withdrawal-list                 get view_victim
withdrawal-detail               get view_victim
withdrawal-told                 post keep_consent
sibling-list                    get view_victim
sibling-detail                  get view_victim
sibling-leave                   post complete_person
particular-list                 get view_identity
particular-detail               get view_identity
route-stop-list                 get view_victim
route-stop-detail               get view_victim
indicator-list                  get view_victim
indicator-detail                get view_victim
evidence-list                   get view_identity
evidence-detail                 get view_identity
received-withdrawal-list        get answer_referral
received-withdrawal-detail      get answer_referral
received-withdrawal-acknowledge post answer_referral
"""
KNOWN = {*VIEWS, *ACTS, "anyone"}


def declared() -> dict[tuple[str, str], tuple[str, str]]:
    """By route and method the permission, and the level of the case: -, r, 1, 2 or 3."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for line in filter(None, ROUTES.splitlines()):
        route, *words = line.split()
        for part in " ".join(words).split(" | "):
            *methods, need = part.split()
            verb, _at, level = need.partition("@")
            assert verb in KNOWN, f"{route}: {verb} is in no table of the matrix"
            for method in methods:
                assert (route, method) not in found, f"{method} {route} is said twice"
                found[route, method] = verb, level or LEVEL_OF.get(verb, "-")
    return found


DECLARED = declared()
