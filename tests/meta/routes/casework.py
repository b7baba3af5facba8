"""Routes about cases, their sites, rescues, inquiries, papers, and who may know of them."""

ROUTES = """
case-list                       get view_case | post open_case
case-detail                     get view_case | patch correct_case
case-assign                     post assign_case
case-move                       post move_case
case-pin                        post view_case@2
case-unpin                      post view_case@2
casework:pin                    post view_case@2
casework:unpin                  post view_case@2
case-steps                      get view_case
case-ask-to-open                post seal_case
case-name-person                post name_person
case-seal                       post seal_case
case-withdraw-asking            post seal_case
assignment-list                 get view_assignment
assignment-detail               get view_assignment
assignment-take-name            post name_person
assignment-take-off             post assign_case
site-list                       get view_site | post register_site
site-detail                     get view_site | patch register_site
rescue-list                     get view_rescue
rescue-detail                   get view_rescue
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
casework:take-off               get post assign_case
casework:withdraw-asking        post seal_case
casework:add-task               get post keep_task
casework:assign-task            get post keep_task
casework:cancel-task            get post keep_task
casework:finish-task            post keep_task
casework:reopen-task            post keep_task
casework:wake-task              post keep_task
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
casework:transfer-case          get post transfer_case
casework:transfer-caseload      get post transfer_case
casework:transfers              get view_transfer
casework:accept-transfer        post answer_transfer
casework:refuse-transfer        get post answer_transfer
casework:withdraw-transfer      post transfer_case
case-assign-many                post assign_case
transfer-list                   get view_transfer | post transfer_case
transfer-detail                 get view_transfer
transfer-caseload               post transfer_case
transfer-accept                 post answer_transfer
transfer-refuse                 post answer_transfer
transfer-withdraw               post transfer_case
casework:link-cases             get post link_cases
casework:unlink-cases           post link_cases
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
casework:court-bundle           get post receive_document
casework:redact                 get post receive_document
casework:page                   get open_document
court-bundle-list               post receive_document
document-version-redact         post receive_document
document-version-page           get open_document
note-list                       get view_note | post write_note
note-detail                     get view_note | patch write_note
note-open                       post view_note
document-list                   get view_document | post receive_document
document-detail                 get view_document
document-versions               post receive_document
document-version-list           get open_document
document-version-detail         get open_document
document-version-file           get open_document
document-version-original       get open_original
recognition-list                get open_document | post receive_document
recognition-detail              get open_document
recognition-confirm             post destroy_document
recognition-refuse              post destroy_document
casework:recognise-material     get post receive_document
casework:destroy-material       post destroy_document
casework:refuse-recognition     post destroy_document
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
site-close                      post register_site
site-place                      post register_site@3
site-exact-place                get view_identity
casework:sites                  get view_site
casework:place-site             get register_site@2 | post register_site@3
casework:correct-closing        get post register_site
rescue-narrative                get view_narrative
site-reopen                     post register_site
site-closing-list               get view_site
site-closing-detail             get view_site | patch register_site
same-site-list                  get view_site | post register_site
same-site-detail                get view_site
same-site-undo                  post register_site
rescue-amend                    post amend_rescue
rescue-tell                     post amend_rescue
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
casework:site                   get view_site
casework:site-place             get view_identity
casework:correct-site           get post register_site
casework:close-site             get post register_site
casework:reopen-site            get post register_site
casework:same-site              get post register_site
casework:other-site             post register_site
rescue-plan-list                get view_rescueplan | post plan_rescue
rescue-plan-detail              get view_rescueplan | patch plan_rescue
rescue-plan-open                post view_rescueplan
rescue-plan-name-person         post plan_rescue
rescue-plan-unname-person       post plan_rescue
rescue-plan-decide              post plan_rescue
rescue-plan-call-off            post plan_rescue
rescue-plan-carry-out           post plan_rescue
casework:plan-rescue            get post plan_rescue
casework:rescue-plan            get view_rescueplan
casework:change-plan            get post plan_rescue
casework:name-plan              get post plan_rescue
casework:unname-plan            get post plan_rescue
casework:decide-plan            get post plan_rescue
casework:call-off-plan          get post plan_rescue
casework:carry-out-plan         get post plan_rescue
casework:amend-rescue           get post amend_rescue
casework:add-narrative          get post amend_rescue
"""
