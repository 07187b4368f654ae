# A fresh machine needs Python 3.11 (to 3.13) and make, nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV ?= $(if $(VIRTUAL_ENV),$(VIRTUAL_ENV),.venv)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes -r
WORKERS ?= auto
# Tests of one file share what they set up, so they run in one process, and files in their order: the longest are not last.
TOGETHER := --dist loadfile --no-loadscope-reorder
HERE := $(PIP) install --no-deps --no-build-isolation --editable .

.PHONY: help demo test test-quick check types lint layers bench lock clean

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1: \2/p' $(MAKEFILE_LIST)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: lock/run.txt pyproject.toml | $(BIN)/python
	$(INSTALL) lock/run.txt
	$(HERE)
	@touch $@

$(VENV)/.test: lock/test.txt pyproject.toml | $(BIN)/python
	$(INSTALL) lock/test.txt
	$(HERE)
	@touch $@

$(VENV)/.pyats: lock/pyats.txt | $(VENV)/.test
	$(PIP) install --no-compile --require-hashes -r lock/pyats.txt
	@touch $@

$(VENV)/.develop: lock/develop.txt pyproject.toml | $(BIN)/python
	$(INSTALL) lock/develop.txt
	$(HERE)
	@touch $@

demo: $(VENV)/.run ## Check 24 simulated switches and this machine, and show what is not met
	@PATH="$(abspath $(BIN)):$$PATH" sh demo/run.sh

test: $(VENV)/.test ## Install what the tests need, and run them all
	@sh tests/install-services.sh
	$(BIN)/python -m pytest -n $(WORKERS) $(TOGETHER) $(TESTS)

test-quick: $(VENV)/.test ## The tests that take no more than a few seconds each
	$(BIN)/python -m pytest -n $(WORKERS) $(TOGETHER) -m "not slow" $(TESTS)

check: lint types layers ## Everything that reads the code: style, types, layers

lint: $(VENV)/.develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/deptry baseline

types: $(VENV)/.develop
	$(BIN)/mypy

layers: $(VENV)/.develop
	$(BIN)/lint-imports

bench: $(VENV)/.bench ## Measure against peers; see bench/README.md
	$(BIN)/python -m bench

$(VENV)/.bench: lock/bench.txt pyproject.toml | $(BIN)/python
	$(INSTALL) lock/bench.txt
	$(HERE)
	@touch $@

LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	--custom-compile-command "make lock"
COMPILE = $(LOCK) pyproject.toml

EXTRAS = $(addprefix --extra ,ansible aws azure image postgresql report serve winrm)

lock: ## Renew the lock files (needs uv)
	$(COMPILE) --extra ansible --extra report --extra serve --group build -o lock/run.txt
	$(COMPILE) $(EXTRAS) --group build --group test -o lock/test.txt
	$(COMPILE) $(EXTRAS) --group build --group test --group quality -o lock/develop.txt
	$(COMPILE) $(EXTRAS) --group build --group bench -o lock/bench.txt
	$(COMPILE) --extra pyats --group build -o lock/pyats.txt
	$(LOCK) --no-deps --group ansible-network -o lock/ansible-network.txt

clean: ## Remove what was made here
	rm -rf .venv .baseline .pytest_cache .mypy_cache .ruff_cache .import_linter_cache dist build
