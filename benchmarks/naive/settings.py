"""The application's settings, and the naive one beside it, for measurements only."""

from casework.conf.settings import *  # noqa: F403, TID251
from casework.conf.settings import INSTALLED_APPS as OURS  # noqa: TID251

INSTALLED_APPS = [*OURS, "simple_history", "benchmarks.naive"]
