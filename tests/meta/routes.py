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
site-detail                     get view_site
rescue-list                     get view_rescue
rescue-detail                   get view_rescue
victim-list                     get view_victim
victim-search                   post view_identity
victim-detail                   get view_victim
involvement-list                get view_victim
involvement-detail              get view_victim
involvement-identify            post record_identity
involvement-reveal              post view_identity
identity-detail                 patch record_identity
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
provider-list                   get view_referral
provider-detail                 get view_referral
referral-list                   get view_referral
referral-detail                 get view_referral
referral-move                   post send_referral
referral-send                   post send_referral
received-referral-list          get answer_referral
received-referral-detail        get answer_referral
received-referral-accept        post answer_referral
received-referral-decline       post answer_referral
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
seal-confirm                    post unseal_case
seal-detail                     get view_seal
seal-list                       get view_seal
seal-refuse                     post unseal_case
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
