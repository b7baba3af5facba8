"""Routes about how long records are kept, what is held back, and what is erased."""

ROUTES = """
retention-policy-list           get view_retention | post propose_policy
retention-policy-detail         get view_retention
retention-policy-confirm        post decide_policy
retention-policy-refuse         post decide_policy
legal-hold-list                 get view_hold | post ask_hold
legal-hold-detail               get view_hold
legal-hold-confirm              post decide_hold
legal-hold-refuse               post decide_hold
legal-hold-ask-lifting          post ask_hold
legal-hold-lift                 post decide_hold
legal-hold-keep                 post decide_hold
erasure-list                    get view_retention | post decide_erasure
erasure-detail                  get view_retention
erasure-confirm                 post decide_erasure
erasure-undo                    post decide_erasure
erasure-keep                    post decide_erasure
tombstone-list                  get view_retention
tombstone-detail                get view_retention
retention:retention             get view_retention
retention:propose-policy        get post propose_policy
retention:policy                get view_retention
retention:confirm-policy        get post decide_policy
retention:refuse-policy         get post decide_policy
retention:holds                 get view_hold@2
retention:ask-hold              get post ask_hold
retention:confirm-hold          get post decide_hold
retention:refuse-hold           get post decide_hold
retention:ask-lifting           get post ask_hold
retention:lift-hold             get post decide_hold
retention:keep-hold             get post decide_hold
retention:propose-erasure       get decide_erasure@2 | post decide_erasure
retention:erasure               get view_retention
retention:confirm-erasure       get post decide_erasure
retention:undo-erasure          get post decide_erasure
retention:keep-case             get post decide_erasure
access-bundle-list              post make_bundle
retention:bundle                get make_bundle@2 | post make_bundle
"""
