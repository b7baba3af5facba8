"""How the parts are put together. Values that differ between places come from `env`."""

from datetime import UTC, datetime, timedelta

import pghistory
import pgtrigger
from csp.constants import NONE, SELF

from casework.conf.backups import *  # noqa: F403 - one subject in a file of its own
from casework.conf.env import ROOT, Environment
from casework.conf.files import *  # noqa: F403 - one subject in a file of its own
from casework.conf.jobs import *  # noqa: F403 - one subject in a file of its own
from casework.conf.languages import *  # noqa: F403 - one subject in a file of its own
from casework.conf.openapi import DESCRIPTION
from casework.conf.sign_in import *  # noqa: F403 - one subject in a file of its own
from casework.conf.watch import *  # noqa: F403 - one subject in a file of its own
from core import servers
from core.local.paths import var_dir
from core.sentinels import watched

env = Environment()
secrets = env.secrets()
broker = env.broker()
sentinels = watched(broker)

# What this is
STARTED_AT = datetime.now(UTC)
BASE_DIR = ROOT
DEBUG = False
DEMO = env.demonstration
DEMO_ASKED = env.demo  # preflight refuses it where real people may be
PRODUCTION = env.production
SECRET_KEY = secrets["SECRET_KEY"]
FIELD_KEYS = secrets["FIELD_KEYS"]
ALLOWED_HOSTS = (
    env.allowed_hosts
    if env.production
    else ["*"]
    if env.testing
    else ["localhost", "127.0.0.1", "[::1]"]
)
ROOT_URLCONF = "casework.conf.urls"
WSGI_APPLICATION = "casework.conf.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

OUR_APPS = [
    "core",
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
    "desk",
    "reports",
    "exchange",
    "retention",
]
INSTALLED_APPS = [
    *OUR_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PackingMiddleware",
    "core.middleware.RequestMiddleware",
    "core.watch.middleware.WatchMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.session_store.CookieMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.KeyMiddleware",
    "accounts.languages.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sign_in.middleware.SessionMiddleware",
    "accounts.screen.ScreenMiddleware",
    "accounts.middleware.LimitMiddleware",
    "core.middleware.ActingMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "core.loading.Loader",
                        # for the page of drf-spectacular
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["core.templatetags.clock"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "accounts.context.navigation",
                "casework.context.emergency",
                "core.verbs.undo.offered",
            ],
        },
    }
]

# The database. Nothing is said for a session, so that a pooler may stand between: limits of time
# are those of the role (`core/database/roles.py`).
DATABASES = {
    "default": env.database(),
    # In autocommit, for what must outlive a rolled-back transaction: refusals, progress.
    "aside": env.database_aside() | {"TEST": {"MIRROR": "default"}},
}
if _replica := env.database_replica():
    DATABASES["replica"] = _replica  # a copy that follows (`core/database/replica.py`)
for _database in DATABASES.values():
    # A host that is silent is away after seconds, unless its address says otherwise.
    _options = {"connect_timeout": 5} | _database.get("OPTIONS", {})
    _database["OPTIONS"] = _options | {"application_name": "casework"}
    _database["ENGINE"] = "core.postgresql"
    # Long enough to be worth the plans that a connection keeps (`core/postgresql/plans.py`).
    _database |= {"CONN_MAX_AGE": 3600, "CONN_HEALTH_CHECKS": True}
    _database["DISABLE_SERVER_SIDE_CURSORS"] = True
ASIDE_DATABASE = "default" if env.testing else "aside"
DATABASE_ROUTERS = ["core.database.routers.CacheRouter"]
SET_DATABASE_ROLE = "casework_app" if env.testing or env.as_owner else None
GRANTED_ROLES = {"app": "casework_app", "worker": "casework_worker", "report": "casework_report"}

# History of values: at statement level, context inline, insert only (decisions.md).
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if env.testing
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
KEY_LIFETIME = timedelta(days=180)
ALLAUTH_TRUSTED_PROXY_COUNT = env.proxies
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.production  # http://localhost
ORGANISATION = None if env.testing else env.organisation()  # by whose provider people may sign in

# Cookies and transport
_https = env.production
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
DEVICE_COOKIE_NAME = "__Host-device" if _https else "device"
LANGUAGE_COOKIE_NAME = "__Host-language" if _https else "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.pages.csrf_failed"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # A form that leads to the provider of identities: to sign in, to confirm, to sign out.
        "form-action": [SELF, *(ORGANISATION.origins if ORGANISATION else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

DATABASE_FOLDER = None if env.production else var_dir()  # where it is known
# Where the head of the history goes each hour (`core/chain/`).
HISTORY_OFFICERS = [] if env.testing else env.history_officers
HISTORY_PLACE = "" if env.testing else env.history_place
MAP_BOUNDARIES = "" if env.testing else env.map_boundaries


# Jobs: the broker may vanish; rows stay. How they run stands in `casework/conf/jobs.py`.
CELERY_BROKER_URL = sentinels.broker_url if sentinels else broker
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "max_retries": 0,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    **(sentinels.transport_options if sentinels else {}),
}
IDEMPOTENCY_LIFETIME = timedelta(days=30)
DRAFT_LIFETIME = timedelta(days=14)  # as core/wall/drafts.sql
CACHES = {
    # Failed tries and spent codes: in the database, on the second connection.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Calls of programs: too many to write down each.
    "calls": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if env.testing
    else {
        "BACKEND": "core.calls.CallsCache",
        "LOCATION": [servers.cache(broker)],
        "OPTIONS": {"socket_timeout": 1}  # every page asks it
        | ({"pool_class": "core.sentinels.Leader"} if sentinels else {}),
    },
}

# Words, days, files
LANGUAGE_CODE = env.language
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = env.time_zone
USE_TZ = True
FORMAT_MODULE_PATH = ["casework.conf.formats"]
STATIC_URL = "/static/"
STATIC_ROOT = var_dir() / "static"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.source.SourceFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if env.testing
        else "core.packing.Packed"
    },
}
WHITENOISE_USE_FINDERS = env.testing
WHITENOISE_AUTOREFRESH = env.testing  # nothing is collected for tests
vars().update(env.email())  # EMAIL_BACKEND, EMAIL_HOST …
DEFAULT_FROM_EMAIL = f"casework@{env.host}"
SITE_URL = env.site_url

SYNC_OVERLAP = timedelta(minutes=10)  # longer than any transaction
WEBHOOK_HOSTS = ["hooks.example.org"] if env.testing else env.webhook_hosts
WEBHOOKS_TO_LOOPBACK = False  # the tests' own server, and nothing else
API_RATE = None if env.testing else "1200/min"  # pages and calls of one person or key
DRAFT_RATE = None if env.testing else "90/min"  # of one person, on all open pages
PHONE_RATE = None if env.testing else "120/min"  # pieces that one phone delivers
REST_FRAMEWORK = {
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttles.PerCaller"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["core.api.authentication.SignedInRequest"],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.MayCall"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.StrictJSONParser"],
    "DEFAULT_METADATA_CLASS": None,  # what there is to call stands in the document
    "DEFAULT_RENDERER_CLASSES": ["core.api.renderers.ORJSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.Schema",
    "EXCEPTION_HANDLER": "core.api.errors.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "core.api.renderers.OnlyJSON",
}
SPECTACULAR_SETTINGS = DESCRIPTION
