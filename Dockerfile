# Casework for production: web, worker and beat are one image with different commands.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin casework
# Letters of every script in use, for PDFs; PostgreSQL's programs, for backups and the server of a
# drill, of which none is started here.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-core postgresql-common \
    && echo "create_main_cluster = false" >> /etc/postgresql-common/createcluster.conf \
    && apt-get install --yes --no-install-recommends postgresql-17 \
    && rm -rf /var/lib/apt/lists/*
# Received files: a volume of this owner, which web and worker share; and what the backups need.
RUN install --directory --owner=casework --mode=0700 /srv/files /srv/backups /srv/drill
WORKDIR /srv/casework

COPY requirements.lock .
RUN pip install --require-hashes --only-binary :all: -r requirements.lock

COPY . .
# The static files are gathered here, with keys that exist only for this one command.
RUN env CASEWORK_ENV=production CASEWORK_VAR=/tmp/build ALLOWED_HOSTS=casework.invalid \
        DATABASE_URL=postgres://casework_app@db.invalid/casework \
        REDIS_URL=redis://redis.invalid/0 $(python -m core.local.throwaway) \
        python manage.py collectstatic --noinput --verbosity=0 \
    && rm -rf /tmp/build

ENV CASEWORK_ENV=production
USER casework
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "core.local.probe", "http://127.0.0.1:8000/healthz"]
CMD ["gunicorn", "--config=python:casework.conf.gunicorn", "--bind=0.0.0.0:8000"]
