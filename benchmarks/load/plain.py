"""Plain ModelViewSets over the same tables (`benchmarks/naive/plain.py`), for gunicorn."""

from __future__ import annotations

import django

django.setup()

from benchmarks.naive.application import application as made  # noqa: E402 - after the set-up

application = made("benchmarks.naive.plain")
