.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
VENDOR := portal/static/vendor

.PHONY: help setup assets demo serve test lint format bench clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(VENV)/.installed assets ## Make .venv, install everything, fetch the browser assets

$(VENV)/.installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@

assets: $(VENDOR)/htmx.min.js ## Fetch htmx and the accessibility checker from npm (skipped without Node)

$(VENDOR)/htmx.min.js: package.json
	@if command -v npm >/dev/null 2>&1 && npm install --silent --no-audit --no-fund --ignore-scripts; then \
		mkdir -p $(VENDOR) && cp node_modules/htmx.org/dist/htmx.min.js $@ && touch $@; \
	else \
		echo "No npm here: the portal works without htmx, as it does without JavaScript."; \
	fi

demo: setup ## Fill SQLite with a real district's figures and run the portal on it
	@$(BIN)/portal demo --if-empty
	@$(BIN)/portal serve --port $(PORT)

serve: setup ## Run the portal on the configured database
	@$(BIN)/portal serve --port $(PORT)

test: setup ## Run the tests with line coverage (all engines and the browser where configured: see README)
	@$(BIN)/python -m pytest -n $${PORTAL_TEST_PROCESSES:-2} --cov --cov-report= && $(BIN)/python -m tests.coverage_floors

lint: setup ## Check format, rules, floors, templates, SQL views and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/djlint portal/templates --lint --quiet
	@$(BIN)/python -m portal.sql.subset
	@$(BIN)/mypy

format: setup ## Rewrite the code to the format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup ## Run the benchmarks (CASES="pages marks weeks dataset growth", QUICK=1: see docs/performance.md)
	@$(BIN)/python -m bench $(CASES) $(if $(QUICK),--quick)

clean: ## Remove what was made here (never instance/)
	rm -rf $(VENV) node_modules $(VENDOR) .mypy_cache .ruff_cache .import_linter_cache
