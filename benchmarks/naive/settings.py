"""The application's settings, and the naive one beside it, for measurements only."""

from casework.conf.settings import *  # noqa: F403, TID251
from casework.conf.settings import DATABASES, INSTALLED_APPS  # noqa: TID251

INSTALLED_APPS = [*INSTALLED_APPS, "simple_history", "benchmarks.naive"]
DATABASES["default"]["CONN_MAX_AGE"] = None  # one backend, whose clock is read, for all rounds
