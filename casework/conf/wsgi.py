"""The door for the web server."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from gunicorn.arbiter import Arbiter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.conf.settings")
try:
    application = get_wsgi_application()
except SystemExit as refusal:  # of a setting, which will not be another one at the next try
    sys.stderr.write(f"Casework does not start: {refusal}\n")
    raise SystemExit(Arbiter.WORKER_BOOT_ERROR) from None

from core.preflight import refuse_unsafe  # it needs the apps
from core.warming import warm

refuse_unsafe()
warm()
