"""The application's settings, for many people at once: static files from where they lie."""

from casework.conf.settings import *  # noqa: F403, TID251
from casework.conf.settings import STORAGES  # noqa: TID251

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
