# make run: the whole site.  make test: every test.  make prove: the long proofs.
.PHONY: run test prove lint lock help
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo $$p; break; }; done)

help:
	@echo "make run    the whole site on http://localhost:8000 (PORT= and DATA_DIR= are honoured)"
	@echo "make test   every test; on PostgreSQL and Redis where DATABASE_OWNER_URL, DATABASE_URL and REDIS_URL are set"
	@echo "make prove  the long proofs; results in tests/benchmarks/results/"
	@echo "make lint   style, types, floors, templates, migrations"
	@echo "make lock   the lock files anew (needs uv)"

run: $(VENV)/.runtime
	@exec $(BIN)/python manage.py demo

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto

prove: $(VENV)/.dev
	@$(BIN)/python -m tests.benchmarks

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy network directory messaging api frontend
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --lint frontend/templates
	$(BIN)/bandit -q -c pyproject.toml -r network directory messaging api frontend
	$(BIN)/python manage.py makemigrations --check --dry-run

lock:
	uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-annotate --no-emit-index-url --custom-compile-command 'make lock' -o requirements.lock -q
	uv pip compile pyproject.toml --group dev -c requirements.lock --python-version 3.11 --universal --generate-hashes --no-annotate --no-emit-index-url --custom-compile-command 'make lock' -o requirements-dev.lock -q

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed: install it (on Debian: python3 python3-venv) and try again."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock | $(BIN)/python
	@echo "Installing what the site runs on ..."
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(BIN)/python
	@echo "Installing what the tests need ..."
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
