# Two commands carry a newcomer: `make demo` and `make test`. Both install what they need first.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
TESTABLE := $(VENV)/.installed-test

.DEFAULT_GOAL := help
.PHONY: help setup demo walk test lint bench lock clean

help: ## list what make can do
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(INSTALLED): pyproject.toml requirements.lock .ci/debian-packages.txt .ci/setup .ci/install-debian
	bash .ci/install-debian .ci/debian-packages.txt
	bash .ci/setup $(VENV)
	@touch $@

$(TESTABLE): $(INSTALLED) .ci/debian-packages-test.txt
	bash .ci/install-debian .ci/debian-packages-test.txt
	@touch $@

setup: $(INSTALLED) ## install Debian packages and the locked virtual environment

demo: setup ## run the whole product on simulated devices
	$(PY) -m kiosk demo $(ARGS)

walk: setup ## go through one check without a human and print each stage
	$(PY) -m kiosk demo --walk $(ARGS)

lint: $(TESTABLE) ## formatting, lint, types, import contracts
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

test: lint ## linters, types, import contracts and every test
	$(PY) -m pytest $(ARGS)

bench: $(TESTABLE) ## measure, as ratios to a floor in the same run
	$(PY) -m tests.bench $(ARGS)

lock: setup ## resolve pyproject.toml into requirements.lock again
	$(PY) -m pip install --quiet uv
	$(VENV)/bin/uv pip compile --universal --python-version 3.11 --quiet --group dev \
		--generate-hashes pyproject.toml -o requirements.lock

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
