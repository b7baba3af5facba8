"""Settings of the server under test: as in development, with static files of its own."""

import os

from casework.conf.settings import *  # noqa: F403, TID251
from casework.conf.settings import STORAGES as SHIPPED  # noqa: TID251

STATIC_ROOT = os.environ["BROWSER_TEST_STATIC"]
STORAGES = SHIPPED | {"staticfiles": {"BACKEND": "tests.browser.packing.Packed"}}
