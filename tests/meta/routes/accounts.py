"""Routes about people, offices, invitations, changes of accounts and notices."""

ROUTES = """
people:notices                  get post see_notice
people:see-notice               post see_notice
people:ask-letter               get post manage_people
people:letter-arrived           get post manage_people
people:list                     get post view_people
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
people:unlink                   get post manage_people
people:programs                 get issue_key
people:open-program             get post issue_key
people:program                  get issue_key
people:issue-key                get post issue_key
people:rotate-key               get post issue_key
people:revoke-key               get post issue_key
service-account-list            get post issue_key
service-account-detail          get issue_key
service-account-issue-key       post issue_key
key-list                        get issue_key
key-detail                      get issue_key
key-rotate                      post issue_key
key-revoke                      post issue_key
office-list                     get anyone | post keep_office
office-detail                   get anyone | patch keep_office
office-take-practice-away       post keep_office
people:offices                  get keep_office
people:offices-table            get post keep_office
people:new-office               get post keep_office
people:office                   get keep_office
people:change-office            get post keep_office
people:take-practice-away       get post keep_office
user-list                       get view_people
user-detail                     get view_people
user-disable                    post manage_people
user-invite-again               post manage_people
user-unlink                     post manage_people
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
notice-see-all                  post see_notice
me                              get anyone
me-choose-office                post choose_office
me-choose-language              post choose_language
language-reading-list           get anyone | post confirm_words
language-reading-detail         get anyone
language-reading-take-back      post confirm_words
people:confirm-words            get post confirm_words
people:take-back-words          get post confirm_words
people:choose-office            get post choose_office
people:views                    get keep_view
people:new-view                 get post keep_view
people:choose-columns           get post keep_view
people:change-view              get post keep_view
people:remove-view              post keep_view
view-list                       get post keep_view
view-detail                     get patch keep_view
view-remove                     post keep_view
view-choose-columns             post keep_view
user-held                       get view_people
"""
