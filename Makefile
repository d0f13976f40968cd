# What can be done here? `make` lists it.
.DEFAULT_GOAL := help
.PHONY: help round serve compose test check bench lock clean
# Of these commands the first that is new enough makes .venv; name another with PYTHON=... The system's own comes first:
# distributions build it optimised, and one that pyenv compiled took a fifth longer (docs/decisions/0080).
PYTHON ?= /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11
BIN := .venv/bin
COHORT ?= data/voorbeeld
OUT ?= plan

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

round: .venv/round ## run the matching round on the sample cohort and write its files to plan/
	$(BIN)/in2stem round $(COHORT) --out $(OUT)

serve: .venv/service ## start the service on this machine, and print its address and a link to log in
	$(BIN)/in2stem serve

compose: ## start the service with PostgreSQL in containers (docker), and print how to log in
	@sh docs/beheer/digests.sh
	docker compose --env-file docs/beheer/compose.env --file docs/beheer/compose.yaml up --build --detach --wait
	@docker compose --env-file docs/beheer/compose.env --file docs/beheer/compose.yaml logs --no-log-prefix in2stem

# Tests wait for browsers, servers and databases: one worker more than there are cores keeps these busy.
WORKERS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# Processes that the tests start would each compile all code anew where Python was told to keep nothing.
test: .venv/dev .venv/tools ## run all tests
	PYTHONDONTWRITEBYTECODE= PYTEST_XDIST_AUTO_NUM_WORKERS=$(WORKERS) $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder --time-report --durations=15

check: .venv/dev ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/bench ## run the benchmarks and write benchmarks/results/
	$(BIN)/python -m benchmarks

lock: .venv/dev ## renew the lock files from pyproject.toml
	$(BIN)/pip install --quiet uv
	for set in round service dev bench; do \
	  groups="--group build"; \
	  [ $$set = round ] || groups="$$groups --extra service --extra oidc"; \
	  case $$set in dev|bench) groups="$$groups --group dev";; esac; \
	  [ $$set != bench ] || groups="$$groups --group bench"; \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate pyproject.toml $$groups --output-file requirements/$$set.lock || exit 1; \
	done

clean: ## remove what the targets made
	rm -rf .venv plan build *.egg-info

.venv/pip:
	@sh requirements/venv.sh $(PYTHON)
	@touch $@

# README's commands are tested with curl, the pages in Chromium (without windows it is quickest): Debian's, or else
# Playwright's own.
.venv/tools: | .venv/dev
	@command -v curl > /dev/null || (apt-get update && apt-get install --yes curl)
	@[ -n "$$IN2STEM_CHROMIUM" ] || command -v chromium-headless-shell > /dev/null || command -v chromium > /dev/null \
	  || command -v google-chrome > /dev/null || (apt-get update && apt-get install --yes chromium-headless-shell) \
	  || apt-get install --yes chromium || $(BIN)/playwright install chromium

# Each set is a marker file: newer than its lock file means installed.
.venv/%: requirements/%.lock pyproject.toml | .venv/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/$*.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
