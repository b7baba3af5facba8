"""Routes about webhooks and what they delivered, exports, workbooks, and files of HTCDS."""

ROUTES = """
exchange:webhooks               get manage_webhook
exchange:subscribe              get post manage_webhook
exchange:webhook                get manage_webhook
exchange:pause                  get post manage_webhook
exchange:resume                 get post manage_webhook
exchange:redeliver              post manage_webhook
exchange:renew-secret           get post manage_webhook
exchange:ask-host               get post manage_webhook
exchange:allow-host             get post manage_webhook
exchange:end-host               get post manage_webhook
webhook-host-list               get post manage_webhook
webhook-host-detail             get manage_webhook
webhook-host-allow              post manage_webhook
webhook-host-end                post manage_webhook
exchange:give-htcds             get export_cases | post export_cases
exchange:take-htcds             get import_cases | post import_cases
exchange:take-workbook          get import_cases | post import_cases
exchange:empty-workbook         get import_cases
exchange:workbook-import        get import_cases
exchange:confirm-workbook       post import_cases
exchange:end-workbook           post import_cases
workbook-import-list            get import_cases | post import_cases
workbook-import-detail          get import_cases
workbook-import-preview         get import_cases
workbook-import-confirm         post import_cases
workbook-import-end             post import_cases
htcds-export-list               post export_cases
htcds-import-list               get view_link | post import_cases
htcds-import-detail             get view_link
htcds-import-preview            post import_cases
webhook-list                    get post manage_webhook
webhook-detail                  get manage_webhook
webhook-pause                   post manage_webhook
webhook-resume                  post manage_webhook
webhook-renew-secret            post manage_webhook
webhook-delivery-list           get manage_webhook
webhook-delivery-detail         get manage_webhook
webhook-delivery-redeliver      post manage_webhook
exchange:exports                get view_export
exchange:ask-export             get make_export | post make_export
exchange:ask-list               get make_export | post make_export
exchange:export                 get view_export
exchange:take-export            post make_export
exchange:allow-export           get decide_export | post decide_export
exchange:refuse-export          get decide_export | post decide_export
exchange:withdraw-export        get make_export | post make_export
export-list                     get view_export | post make_export
export-detail                   get view_export
export-allow                    post decide_export
export-refuse                   post decide_export
export-withdraw                 post make_export
export-file                     post make_export
"""
