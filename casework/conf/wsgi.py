"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.conf.settings")
application = get_wsgi_application()

from core.preflight import refuse_unsafe  # noqa: E402 - it needs the apps
from core.warming import warm  # noqa: E402

refuse_unsafe()
warm()
