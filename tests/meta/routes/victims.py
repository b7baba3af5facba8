"""Routes about survivors, their identity, profile, consents, and one person in two records."""

ROUTES = """
victim-list                     get view_victim
victim-search                   post view_identity
victim-detail                   get view_victim | patch complete_person
involvement-list                get view_victim | post involve_person
involvement-detail              get view_victim | patch complete_person
involvement-sections            get view_victim
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
victims:reveal                  get post view_identity
victims:identify                get post record_identity
victims:correct                 get post record_identity
victims:search                  get post view_identity
incident-survivor-list          get view_victim | post record_inquiry
incident-survivor-detail        get view_victim
involvement-amend-outcome       post amend_rescue
involvement-met                 post amend_rescue
victims:add-met                 get post amend_rescue
victims:incident-survivors      get post record_inquiry
victims:amend-outcome           get post amend_rescue
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
victims:record-share            get post keep_consent
victim-note-safety              post complete_person@3
victim-note-papers              post complete_person@3
victim-join-siblings            post complete_person
involvement-set-route           post complete_person
involvement-answer-indicators   post complete_person@3
consent-list                    get view_referral | post keep_consent
consent-detail                  get view_referral
consent-withdraw                post keep_consent
consent-share-list              get view_referral | post keep_consent
consent-share-detail            get view_referral
withdrawal-list                 get view_referral
withdrawal-detail               get view_referral
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
"""
