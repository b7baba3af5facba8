"""Routes about providers, referrals, placements, plans, relief, claims and journeys home."""

ROUTES = """
provider-list                   get view_referral | post manage_provider
provider-detail                 get view_referral | patch manage_provider
provider-merge                  post manage_provider
provider-occupancy              get view_referral
provider-add-staff              post manage_provider
provider-staff-list             get manage_provider
provider-staff-detail           get manage_provider
provider-staff-end              post manage_provider
provider-free                   get view_referral
referral-list                   get view_referral | post send_referral
referral-detail                 get view_referral
referral-move                   post send_referral
referral-preview                get send_referral
referral-send                   post send_referral
referral-together               post send_referral
received-referral-list          get answer_referral
received-referral-detail        get answer_referral
received-referral-accept        post answer_referral
received-referral-decline       post answer_referral
received-referral-complete      post answer_referral
received-referral-note          post answer_referral
received-referral-notes         get answer_referral
progress-note-list              get view_referral
progress-note-detail            get view_referral
placement-list                  get view_referral | post record_placement
placement-detail                get view_referral
placement-end                   post record_placement
placement-correct               post record_placement
care-plan-list                  get view_referral | post keep_plan
care-plan-detail                get view_referral
care-plan-close                 post close_plan
care-plan-progress              get view_referral
goal-list                       get view_referral | post keep_plan@3
goal-detail                     get view_referral
goal-end                        post keep_plan@3
plan-review-list                get view_referral | post keep_plan
plan-review-detail              get view_referral
follow-up-list                  get view_referral | post keep_plan
follow-up-detail                get view_referral
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
aftercare:providers-table       get post manage_provider
aftercare:merge-provider        get post manage_provider
aftercare:add-staff             get post manage_provider
aftercare:end-staff             post manage_provider
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
session-note-list               get view_referral
session-note-detail             get view_referral
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
aftercare:received              get answer_referral
aftercare:accept                post answer_referral
aftercare:decline               get post answer_referral
aftercare:send                  get post send_referral
aftercare:send-together         get post send_referral
aftercare:move                  post send_referral
aftercare:record-service        get post record_service
aftercare:acknowledge           post answer_referral
received-withdrawal-list        get answer_referral
received-withdrawal-detail      get answer_referral
received-withdrawal-acknowledge post answer_referral
"""
