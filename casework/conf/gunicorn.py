"""How the web server runs, the same everywhere: `gunicorn --config=python:casework.conf.gunicorn`.

The address stands on the command line (`--bind`), and so does what differs between places.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.serving import Worker

wsgi_app = "casework.conf.wsgi"
workers = 2
worker_class = "core.serving.Worker"
threads = 4
graceful_timeout = 20
control_socket_disable = True
loglevel = "warning"
worker_tmp_dir = None
if Path("/dev/shm").is_dir():  # noqa: S108 - signs of life must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108

# Where the processes count for the figures (`core/watch/`): new at each start, gone at its end.
COUNTED = "PROMETHEUS_MULTIPROC_DIR"
if os.environ.get("METRICS_TOKEN"):
    os.environ[COUNTED] = tempfile.mkdtemp(prefix="casework-counted-", dir=worker_tmp_dir)


def post_worker_init(worker: Worker) -> None:
    """No request waits until its thread has connections, and as many are open as ever will be."""
    from core.warming import connect  # noqa: PLC0415 - its settings are read once a worker begins

    worker.threads.each(connect)


def on_exit(server: object) -> None:
    if os.environ.get("METRICS_TOKEN"):
        shutil.rmtree(os.environ[COUNTED], ignore_errors=True)
