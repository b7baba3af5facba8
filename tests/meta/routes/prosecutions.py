"""Routes about suspects, complaints, courts, custody, networks and survivors before courts."""

ROUTES = """
hearing-list                    get view_prosecution | post list_hearing
hearing-detail                  get view_prosecution | patch list_hearing
hearing-record                  post record_hearing
hearing-correct                 post record_hearing
hearing-take-off                post correct_record
hearing-correct-listing         post correct_record
hearing-take-back               post correct_record
network-correct                 post correct_record
network-member-correct          post correct_record
corridor-leg-list               get view_suspect
corridor-leg-detail             get view_suspect | patch correct_record
custody-list                    get view_suspect | post record_custody
custody-detail                  get view_suspect | patch record_custody
custody-release                 post record_custody
custody-breach                  post record_custody
custody-correct-end             post correct_record
custody-clock-list              get view_custodyclock
custody-clock-detail            get view_custodyclock
arrest-release                  post record_custody
calendar-feed                   get post keep_feed
calendar-feed-stop              post keep_feed
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
prosecutions:release-arrested   get post record_custody
prosecutions:correct-custody    get post record_custody
prosecutions:record-breach      get post record_custody
perpetrator-list                get view_suspect
perpetrator-detail              get view_suspect | patch name_suspect
perpetrator-candidates          get view_suspect
perpetrator-merge               post merge_perpetrators
alias-list                      get view_suspect | post name_suspect
alias-detail                    get view_suspect
alias-remove                    post name_suspect
offender-match-list             get view_match | post decide_match
offender-match-detail           get view_match | patch decide_match
prosecutions:duplicates         get view_match
prosecutions:judge-pair         post decide_match
merge-list                      get view_suspect
merge-detail                    get view_suspect
merge-undo                      post merge_perpetrators
case-checks                     get view_prosecution
answer-list                     get view_prosecution | post send_answer
answer-detail                   get view_prosecution
answer-accept                   post decide_answer
answer-refuse                   post decide_answer
compensation-payment-list       get view_prosecution | post record_compensation
compensation-payment-detail     get view_prosecution | patch record_compensation
judgment-enter-in-error         post correct_record
judgment-correct-attribution    post record_judgment
prosecutions:perpetrator        get view_suspect
prosecutions:describe-perpetrator   get post name_suspect
prosecutions:add-alias          get post name_suspect
prosecutions:remove-alias       post name_suspect
prosecutions:merge-perpetrators get post merge_perpetrators
prosecutions:undo-merge         post merge_perpetrators
prosecutions:correct-arrest     get post record_arrest
prosecutions:correct-suspect        get post correct_record
prosecutions:correct-complaint      get post correct_record
prosecutions:correct-prosecution    get post correct_record
prosecutions:correct-charge         get post correct_record
prosecutions:correct-judgment       get post correct_record
prosecutions:correct-report         get post correct_record
prosecutions:correct-end            get post correct_record
prosecutions:correct-stage          get post correct_record
prosecutions:take-off-list          get post correct_record
prosecutions:correct-listing        get post correct_record
prosecutions:take-back-result       get post correct_record
prosecutions:correct-network        get post correct_record
prosecutions:correct-member         get post correct_record
prosecutions:correct-leg            get post correct_record
prosecutions:correct-request        get post correct_record
prosecutions:correct-protection     get post correct_record
prosecutions:correct-accusation     get post correct_record
prosecutions:correct-appeal         get post correct_record
prosecutions:correct-sentence       get post correct_record
prosecutions:enter-in-error     get post correct_record
prosecutions:correct-attribution    get post record_judgment
prosecutions:send-answer        get post send_answer
prosecutions:accept-answer      get post decide_answer
prosecutions:refuse-answer      get post decide_answer
prosecutions:record-payment     get post record_compensation
prosecutions:correct-payment    get post record_compensation
suspect-list                    get view_suspect | post name_suspect
suspect-detail                  get view_suspect | patch correct_record
suspect-met-list                get view_suspect | post amend_rescue
suspect-met-detail              get view_suspect
prosecutions:suspects-met       get post amend_rescue
suspect-write-name              post name_suspect
suspect-death                   post record_judgment
arrest-list                     get view_suspect | post record_arrest
arrest-detail                   get view_suspect | patch record_arrest
prosecutions:laws               get lock_session
prosecutions:law                get anyone
prosecutions:propose-provision  get post propose_law
prosecutions:propose-limit      get post propose_law
prosecutions:propose-stages     get post propose_law
law-version-stages              post propose_law
prosecutions:end-provision      get post propose_law
prosecutions:confirm-law        get post decide_law
prosecutions:refuse-law         get post decide_law
prosecutions:withdraw-law       get post propose_law
provision-list                  get anyone | post propose_law
provision-detail                get anyone
provision-end                   post propose_law
law-version-list                get anyone | post propose_law
law-version-detail              get anyone
law-version-confirm             post decide_law
law-version-refuse              post decide_law
law-version-withdraw            post propose_law
law-version-effect              post decide_law
complaint-list                  get view_prosecution | post record_complaint
complaint-detail                get view_prosecution | patch correct_record
prosecution-list                get view_prosecution | post open_prosecution
prosecution-detail              get view_prosecution | patch correct_record
charge-list                     get view_prosecution | post file_charge
charge-detail                   get view_prosecution | patch correct_record
charge-plead                    post change_charge
charge-amend                    post change_charge
charge-name-survivors           post change_charge
prosecution-reach-stage         post reach_stage
prosecution-frame               post change_charge
prosecution-revive              post change_charge
police-report-list              get view_prosecution | post record_complaint
police-report-detail            get view_prosecution | patch correct_record
stage-reached-list              get view_prosecution
stage-reached-detail            get view_prosecution | patch correct_record
judgment-list                   get view_prosecution | post record_judgment
judgment-detail                 get view_prosecution | patch correct_record
appeal-list                     get view_prosecution | post record_appeal
appeal-detail                   get view_prosecution | patch correct_record
appeal-withdraw                 post record_appeal
sentence-list                   get view_prosecution | post record_sentence
sentence-share                  post record_sentence
sentence-detail                 get view_prosecution | patch correct_record
prosecutions:add-suspect        get post name_suspect
prosecutions:record-death       get post record_judgment
prosecutions:name-suspect       get post name_suspect
prosecutions:record-complaint   get post record_complaint
prosecutions:open-prosecution   get post open_prosecution
prosecutions:file-charge        get post file_charge
prosecutions:record-police-report   get post record_complaint
prosecutions:reach-stage        get post reach_stage
prosecutions:frame-charges      get post change_charge
prosecutions:revive-charges     get post change_charge
prosecutions:record-plea        get post change_charge
prosecutions:amend-charge       get post change_charge
prosecutions:name-survivors     get post change_charge
prosecutions:record-judgment    get post record_judgment
prosecutions:record-sentence    get post record_sentence
prosecutions:share-compensation get post record_sentence
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
assistance-request-detail       get view_prosecution | patch correct_record
assistance-request-remind       post record_request
assistance-request-answer       post record_request
participation-list              get view_prosecution | post record_participation
participation-detail            get view_prosecution
participation-correct           post record_participation
protective-measure-list         get view_prosecution | post record_participation
protective-measure-detail       get view_prosecution | patch correct_record
protective-measure-answer       post record_participation
accusation-list                 get view_prosecution | post record_accusation
accusation-detail               get view_prosecution | patch correct_record
accusation-end                  post record_accusation
network-list                    get view_suspect | post record_network
network-detail                  get view_suspect | patch record_network
network-standing                get view_suspect
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
assistance-request-relate       post record_request
prosecutions:relate-request     get post record_request
prosecutions:strike-accusation         get post correct_record
prosecutions:strike-member             get post correct_record
prosecutions:strike-way                get post correct_record
prosecutions:strike-participation      get post correct_record
prosecutions:strike-protection         get post correct_record
prosecutions:strike-request            get post correct_record
prosecutions:strike-appeal             get post correct_record
prosecutions:strike-arrest             get post correct_record
prosecutions:strike-charge             get post correct_record
prosecutions:strike-complaint          get post correct_record
prosecutions:strike-custody            get post correct_record
prosecutions:strike-hearing            get post correct_record
prosecutions:strike-payment            get post correct_record
prosecutions:strike-prosecution        get post correct_record
prosecutions:strike-report             get post correct_record
prosecutions:strike-sentence           get post correct_record
prosecutions:strike-stage              get post correct_record
prosecutions:strike-suspect            get post correct_record
prosecutions:set-accused        get post correct_record
complaint-set-accused           post correct_record
accusation-strike               post correct_record
assistance-request-strike       post correct_record
network-member-strike           post correct_record
corridor-strike                 post correct_record
participation-strike            post correct_record
protective-measure-strike       post correct_record
appeal-strike                   post correct_record
arrest-strike                   post correct_record
charge-strike                   post correct_record
complaint-strike                post correct_record
custody-strike                  post correct_record
hearing-strike                  post correct_record
compensation-payment-strike     post correct_record
prosecution-strike              post correct_record
police-report-strike            post correct_record
sentence-strike                 post correct_record
stage-reached-strike            post correct_record
suspect-strike                  post correct_record
"""
