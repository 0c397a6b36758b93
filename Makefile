# Duty of Care. `make start` to see it, `make test` to prove it, `make help` for the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE := $(VENV)/.site-installed
DEV := $(VENV)/.dev-installed
FRONT := static/build/.built
NEXT_WAGTAIL := 8.0.1
# What stands on Wagtail: pages, snippets, the administration. The engine and the mail know nothing of it.
WAGTAIL_TESTS := tests/architecture tests/support \
  $(addprefix tests/training/test_,access_matrix.py admin_home.py demo.py gate.py headers.py my_training.py roles.py site.py ui.py) \
  $(addprefix tests/certificates/test_,administration.py pages.py) \
  $(addprefix tests/courses/test_,actions.py admin.py content.py edition_pages.py editions.py lesson.py pages.py publishing.py) \
  $(addprefix tests/courses/test_,quiz_step.py refreshing.py webinar_step.py elsewhere_desk.py import_desk.py) \
  $(addprefix tests/webinars/test_,loading.py pages.py pages_admin.py pages_webinar.py recordings.py reports.py) \
  $(wildcard tests/quizzes/test_admin*.py tests/quizzes/test_*pages.py tests/quizzes/exchange/test_*admin.py) \
  $(addprefix tests/quizzes/test_,adjustments.py every_kind.py history.py in_a_course.py preview.py publishing.py) \
  $(addprefix tests/quizzes/exchange/test_,export.py versions.py) \
  $(wildcard tests/members/test_admin*.py tests/compliance/test_*admin*.py tests/compliance/test_editor*.py) \
  tests/compliance/test_edition_brake.py tests/compliance/test_pages.py
# Readers of files and arithmetic, which ask no database: the leg on SQLite runs them.
PURE_TESTS := $(addprefix tests/quizzes/exchange/test_,exchange_fuzz.py memory.py gift.py moodle_xml.py markup.py json.py aiken.py) \
  $(addprefix tests/quizzes/test_,analysis_figures.py drawing.py numbers.py) \
  $(addprefix tests/webinars/reading/test_,days.py layouts.py presence.py reading_fuzz.py refusals.py)
# The PostgreSQL the tests use when it answers; TEST_DATABASE_URL names another.
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
say = printf '\n\033[1m== %s\033[0m\n'

.PHONY: help setup start test test-sqlite test-postgresql test-next-wagtail check bench clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile

setup: $(SITE) $(FRONT) ## Install what the site needs and build its front end

start: setup ## Set up and serve the demonstration (PORT=8000)
	@$(say) "Database and demonstration data (the first time takes a minute or two)"
	@$(BIN)/python manage.py migrate -v 0
	@$(BIN)/python manage.py load_everything
	@$(BIN)/python manage.py demo
	@$(BIN)/python manage.py remind -v 0
	@$(say) "Duty of Care is at http://127.0.0.1:$(PORT)/  (stop it with Ctrl+C)"
	@printf 'Sign in at http://127.0.0.1:%s/accounts/login/ with one click; the administration is at /cms/\n\n' "$(PORT)"
	@$(BIN)/python bin/serve.py "$(PORT)"

test: test-sqlite test-postgresql test-next-wagtail ## Set up and run all tests (SQLite, PostgreSQL, next Wagtail)
	@$(say) "All tests passed"

test-sqlite: $(DEV) $(FRONT) ## The tests on SQLite
	@$(say) "Tests on SQLite"
	@bin/need browser pango
	@env -u DATABASE_URL $(BIN)/pytest -q $(ARGS)

# The browser's pages are the same on both databases; the story is told on both.
test-postgresql: $(DEV) $(FRONT) ## The tests on PostgreSQL, where one answers
	@$(say) "Tests on PostgreSQL"
	@if $(BIN)/python bin/postgresql_answers.py "$(TEST_DATABASE_URL)"; then \
	  DATABASE_URL="$(TEST_DATABASE_URL)" $(BIN)/pytest -q --ignore=tests/browser $(addprefix --ignore=,$(PURE_TESTS)) $(ARGS); \
	elif [ -n "$${CI:-}" ]; then exit 1; fi

test-next-wagtail: $(DEV) $(FRONT) ## The tests of what stands on Wagtail, on Wagtail $(NEXT_WAGTAIL)
	@$(say) "Tests on Wagtail $(NEXT_WAGTAIL)"
	@if [ ! -f .venv-next/.installed ] || [ requirements-dev.txt -nt .venv-next/.installed ] || [ requirements.txt -nt .venv-next/.installed ]; then \
	  $(PYTHON) -m venv .venv-next; \
	  .venv-next/bin/python -m pip --disable-pip-version-check -q install -r requirements-dev.txt; \
	  .venv-next/bin/python -m pip --disable-pip-version-check -q install "wagtail==$(NEXT_WAGTAIL)"; \
	  touch .venv-next/.installed; \
	fi
	@env -u DATABASE_URL TEST_DB_SUFFIX=-next .venv-next/bin/python -m pytest -q -m "not browser" $(WAGTAIL_TESTS) $(ARGS)

check: $(DEV) $(FRONT) ## Style, types, floors, templates, migrations, system checks
	@$(say) "ruff"; $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(say) "import-linter"; $(BIN)/lint-imports
	@$(say) "djlint"; $(BIN)/djlint templates --lint --quiet
	@$(say) "mypy"; $(BIN)/mypy .
	@$(say) "migrations"; $(BIN)/python manage.py makemigrations --check --dry-run
	@$(say) "system checks"; $(BIN)/python manage.py check --fail-level WARNING
	@$(say) "system checks for production"; bin/check-production

bench: $(DEV) $(FRONT) ## Measure; the results are kept in bench/results.jsonl
	@$(BIN)/python -m bench

clean: ## Remove what was installed and built; the database stays
	@rm -rf $(VENV) .venv-next node_modules static/build

$(BIN)/python:
	@bin/need python "$(PYTHON)"
	@$(say) "Virtual environment"
	@$(PYTHON) -m venv $(VENV)

$(SITE): requirements.txt | $(BIN)/python
	@$(say) "Python packages of the site (a minute or two the first time)"
	@$(PIP) install -r requirements.txt
	@touch $@

$(DEV): requirements.txt requirements-dev.txt | $(BIN)/python
	@$(say) "Python packages of the site and its tests"
	@$(PIP) install -r requirements-dev.txt
	@touch $(SITE) $@

$(FRONT): package.json package-lock.json $(shell find frontend -type f) | $(SITE)
	@$(say) "Front end"
	@bin/npm ci --no-audit --no-fund --loglevel=error
	@bin/npm run --silent build
	@touch $@
