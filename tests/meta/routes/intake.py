"""Routes about reports of rescues, about phones, what they delivered and what they hold."""

ROUTES = """
rescue-report-list              post log_rescue
intake:log-rescue               get post log_rescue
phone-list                      get post keep_phone
phone-detail                    get keep_phone
phone-connect-collect           post keep_phone
phone-end                       post keep_phone
box-list                        get keep_phone
box-detail                      get keep_phone
box-open                        post keep_phone
box-put-away                    post keep_phone
intake:phones                   get keep_phone
intake:enrol-phone              get post keep_phone
intake:connect-collect          get post keep_phone
intake:end-phone                get post keep_phone
intake:box                      get post log_rescue
intake:put-away-box             get post keep_phone
extract-list                    get keep_extract | post keep_extract@3
extract-detail                  get keep_extract
extract-end                     post keep_extract
intake:check-out-case           get post keep_extract@3
intake:keep-extract             get keep_extract@own
intake:end-extract              get post keep_extract
"""
