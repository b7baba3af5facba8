"""The application's settings, and the naive one beside it, for measurements only."""

from casework.conf.settings import *  # noqa: F403, TID251
from casework.conf.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: TID251

INSTALLED_APPS = [*INSTALLED_APPS, "simple_history", "benchmarks.naive"]
DATABASES["default"]["CONN_MAX_AGE"] = None  # one backend, whose clock is read, for all rounds
# The plain views read as the owner: no row security on their side.
DATABASES["plain"] = DATABASES["default"] | {"USER": "casework_owner"}
API_RATE = "1200/s"  # a measurement calls more often than anybody may in a minute
# Pages are measured where nobody collected static files.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
