"""Where every address begins. Apps are named, never imported."""

from django.urls import include, path

from core import health, offline, pages
from core.watch.page import metrics

API = (
    "places",
    "accounts",
    "backups",
    "instruments",
    "casework",
    "questions",
    "victims",
    "prosecutions",
    "aftercare",
    "studies",
    "intake",
    "reports",
    "desk",
    "exchange",
    "retention",
)

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("", include("desk.urls")),  # first: an open page asks one of them all day
    path("offline-worker.js", offline.Worker.as_view(), name="offline-worker"),
    path("", include("accounts.sign_in.urls")),
    path("account/", include("accounts.urls")),
    path("", include("accounts.people_urls")),
    path("styleguide/", pages.StyleGuide.as_view(), name="styleguide"),
    path("api/v1/schema/", pages.Schema.as_view(), name="api-schema"),
    path("api/v1/docs/", pages.ApiDocs.as_view(), name="api-docs"),
    path("api/scim/v2/", include("accounts.api.scim_urls")),
    *(path("api/v1/", include(f"{app}.api.urls")) for app in API),
    path("", include("places.urls")),
    path("", include("backups.urls")),
    path("", include("instruments.urls")),
    path("", include("casework.urls")),
    path("", include("questions.urls")),
    path("", include("victims.urls")),
    path("", include("prosecutions.urls")),
    path("", include("aftercare.urls")),
    path("", include("studies.urls")),
    path("", include("intake.urls")),
    path("", include("reports.urls")),
    path("", include("exchange.urls")),
    path("", include("retention.urls")),
]
handler400 = "core.pages.bad_request"
handler403 = "core.pages.forbidden"
handler404 = "core.pages.not_found"
handler500 = "core.pages.broken"
