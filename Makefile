# What one does with Casework. `make run` is all a fresh clone needs.
# Everything private lies under var/, everything installed under .venv/.

# A name on PATH proves nothing (version managers leave dead ones): a candidate must run.
CANDIDATES = .venv/bin/python python3.13 python3.12 python3.11 python3
PYTHON = $(shell for name in $(CANDIDATES); do \
	$$name -c 'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && echo $$name && exit; done; \
	for name in $(CANDIDATES); do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && echo $$name && exit; done; echo no-python)
INSTALL = @python=$(PYTHON); test $$python != no-python || \
	{ echo "Casework needs Python 3.11, 3.12 or 3.13." >&2; exit 1; }; \
	$$python -m core.local.install
LOCAL = @.venv/bin/python -m core.local
IN = .venv/bin

# Settings as in production, with keys that exist only for the length of the check.
DEPLOYED = env -u DATABASE_OWNER_URL CASEWORK_ENV=production ALLOWED_HOSTS=casework.invalid \
	DATABASE_URL=postgres://casework_app@db.invalid/casework REDIS_URL=redis://redis.invalid/0 \
	$$($(IN)/python -m core.local.throwaway)

# All tests run on all cores; some run in one process, without making databases for the others.
ALL_CORES = --numprocesses=auto --dist=worksteal --durations=10 --durations-min=1

# As of another day, browsers left out: AS_OF=2028-02-29T00:30, or AS_OF="2028-02-29T00:30 Asia/Manila".
PYTEST = $(if $(AS_OF),tests.as_of "$(AS_OF)",pytest)

# Hundreds of processes start in a run: what is compiled once is kept, whatever the machine says.
TESTING = env -u PYTHONDONTWRITEBYTECODE CASEWORK_ENV=test CASEWORK_AS_OWNER=1

export PORT
.PHONY: help setup run stop reset quick test nightly mutants check fix bench pictures words install install-dev

help:
	@echo "make run    start Casework on http://127.0.0.1:8000/ (PORT=8001 for another port)"
	@echo "make setup  do everything up to that, without starting"
	@echo "make stop   stop it      make reset  delete the local data, after asking"
	@echo "make quick  the tests that a change needs first, in a minute"
	@echo "make test   all tests (ARGS='-k name' for some, AS_OF=2028-02-29T00:30 as of another day)"
	@echo "make nightly PART=name  what needs hours or chance; docs/tests.md names the parts"
	@echo "make check  style, types, layers"
	@echo "make fix    mend style   make bench  the measurements   make pictures  those of docs/images"
	@echo "make words  gather the words of the interface for translators, and compile what they wrote"
	@echo "make mutants  plant faults that tests must catch (ARGS=a_fault, ARGS='--apps casework', ARGS=--changed for some)"

install:
	$(INSTALL)

install-dev:
	$(INSTALL) --dev

setup: install
	$(LOCAL) setup

run: install
	$(LOCAL) run

stop: install
	$(LOCAL) stop

reset: install
	$(LOCAL) reset $(if $(YES),--yes)

quick: install-dev
	@$(TESTING) $(IN)/python -m tests.quick

test: install-dev
	$(TESTING) $(IN)/python -m $(PYTEST) $(if $(ARGS),$(ARGS),$(ALL_CORES))

nightly: install-dev
	$(TESTING) DJANGO_SETTINGS_MODULE=casework.conf.settings $(IN)/python -m tests.nightly $(PART)

words: install-dev
	$(TESTING) $(IN)/python locale/make.py

mutants: install-dev
	$(TESTING) WHOLE=1 DJANGO_SETTINGS_MODULE=casework.conf.settings $(IN)/python -m tests.mutants.run $(ARGS)

check: install-dev
	$(IN)/ruff check .
	$(IN)/ruff format --check .
	$(IN)/mypy
	$(IN)/lint-imports
	$(IN)/djlint --lint --quiet templates
	CASEWORK_AS_OWNER=1 $(IN)/python manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy"; $(DEPLOYED) $(IN)/python manage.py check --deploy --fail-level WARNING

fix: install-dev
	$(IN)/ruff check --fix .
	$(IN)/ruff format .

bench: install-dev
	@for file in $$(grep -l __main__ benchmarks/*.py); do echo "== $$file"; \
		PYTHONPATH=. CASEWORK_AS_OWNER=1 $(IN)/python $$file $(ARGS) || exit 1; done

pictures: install-dev
	$(TESTING) DJANGO_SETTINGS_MODULE=casework.conf.settings $(IN)/python -m tests.browser.pictures
