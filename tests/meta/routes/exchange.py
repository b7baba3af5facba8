"""Routes about webhooks and what they delivered."""

ROUTES = """
exchange:webhooks               get manage_webhook
exchange:subscribe              get post manage_webhook
exchange:webhook                get manage_webhook
exchange:pause                  get post manage_webhook
exchange:resume                 get post manage_webhook
exchange:redeliver              post manage_webhook
webhook-list                    get post manage_webhook
webhook-detail                  get manage_webhook
webhook-pause                   post manage_webhook
webhook-resume                  post manage_webhook
webhook-delivery-list           get manage_webhook
webhook-delivery-detail         get manage_webhook
webhook-delivery-redeliver      post manage_webhook
"""
