"""How the web server runs, the same everywhere: `gunicorn --config=python:casework.conf.gunicorn`.

The address stands on the command line (`--bind`), and so does what differs between places.
"""

from pathlib import Path

wsgi_app = "casework.conf.wsgi"
workers = 2
worker_class = "core.serving.Worker"
threads = 4
graceful_timeout = 20
control_socket_disable = True
loglevel = "warning"
if Path("/dev/shm").is_dir():  # noqa: S108 - signs of life must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108
