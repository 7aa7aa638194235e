# Two commands carry a newcomer: `make demo` and `make test`. Both install what they need first.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
DEVELOPING := $(VENV)/.installed-dev
TESTABLE := $(VENV)/.installed-test
# How many processes, and which file goes to which, says tests/conftest.py.
PYTEST := $(PY) -m pytest -n auto --no-loadscope-reorder

# The suite starts hundreds of processes; where an image forbids it, each would compile all modules.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo walk check test test-long test-trixie lint bench lock screenshots licences clean

help: ## list what make can do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

$(INSTALLED): pyproject.toml requirements.lock .ci/debian-packages.txt .ci/setup .ci/install-debian
	bash .ci/install-debian .ci/debian-packages.txt
	bash .ci/setup $(VENV)
	@touch $@

$(DEVELOPING): $(INSTALLED) requirements-dev.lock
	bash .ci/setup $(VENV) requirements-dev.lock
	@touch $@

$(TESTABLE): $(DEVELOPING) .ci/debian-packages-test.txt
	bash .ci/install-debian .ci/debian-packages-test.txt
	@touch $@

setup: $(INSTALLED) ## install what a station needs: Debian packages, a locked environment

demo: setup ## run the whole product on simulated devices
	$(PY) -m kiosk demo $(ARGS)

walk: setup ## go through one check without a human and print each stage
	$(PY) -m kiosk demo --walk $(ARGS)

lint: $(DEVELOPING) ## formatting, lint, types, import contracts
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

check: $(TESTABLE) lint ## linters, types, contracts, and the tests that start no process: two minutes
	$(PYTEST) -m "not long" tests/unit tests/journal tests/forms $(ARGS)

test: $(TESTABLE) lint ## linters, types, contracts and every test but the long ones; ARGS="-n 0" for one process
	$(PYTEST) -m "not long" $(if $(CI),--durations=25) $(ARGS)

test-long: $(TESTABLE) ## what takes longer by nature, before a change of it is called done
	@$(PYTEST) -m long $(if $(CI),--durations=25) $(ARGS) || \
		{ status=$$?; test $$status -eq 5 && echo "No test is long yet: there is nothing to run."; }

test-trixie: ## install, walk and test the last commit in a Debian 13 root
	bash .ci/install-debian .ci/debian-packages-trixie.txt
	bash .ci/test-trixie $(ARGS)

bench: $(TESTABLE) ## measure, as ratios to a floor in the same run
	$(PY) -m tests.bench $(ARGS)

COMPILE = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(ARGS)

lock: setup ## resolve pyproject.toml into both locks again; ARGS=--upgrade takes newer versions
	$(PY) -m pip install --quiet uv
	$(COMPILE) --group install pyproject.toml -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock \
		$$(sed -nE 's/^([a-z0-9-]+)==.*/--no-emit-package \1/p' requirements.lock)

screenshots: $(TESTABLE) ## take the door's pictures in README and handbook again
	$(PY) -m tests.screenshots

licences: setup ## write docs/licences.md from what is installed
	$(PY) .ci/licences.py > $(VENV)/licences.md
	mv $(VENV)/licences.md docs/licences.md

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
