# The verbs of Deltaflow. Each installs what it needs; the second time that costs nothing.
#
#   make run         serve at http://127.0.0.1:8000
#   make test        all tests but the slow ones, with the browser's and the page's; coverage
#   make test-slow   the slow ones
#   make check       linters, types, architecture, Dockerfile
#   make bench       the benchmarks (bench-torch: beside PyTorch, which it installs)
#   make screenshots take the documentation's pictures; make gallery records the golden frames anew
#   make format      put the code in shape
#   make lock        lock the newest dependencies that fit
#   make image       build the container image
#   make clean       remove everything that was made

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# The first Python that is new enough; PYTHON=… chooses another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NODE := $(BIN)/python -m tools.nodejs node
NPM := $(BIN)/python -m tools.nodejs npm

HOST ?= 127.0.0.1
PORT ?= 8000
COVERAGE_MIN ?= 95
# As many tests at once as there are cores; those in the browser wait a lot, so one more.
WORKERS ?= auto
BROWSERS ?= 3
PYTEST ?=
IMAGE ?= deltaflow

# What was done, so that it is not done again.
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
BROWSER := $(VENV)/.browser
VENDOR := static/vendor/manifest.json
PAGE := node_modules/.package-lock.json
TOOLS := tools/js/node_modules/.package-lock.json

.PHONY: screenshots gallery help run setup test test-python test-js test-slow bench bench-torch format lock image clean
.PHONY: check check-style check-types check-page check-architecture check-image

help:
	@sed -n 's/^#   //p' Makefile

# -- installing ---------------------------------------------------------------------------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Deltaflow needs Python 3.11 or newer; name yours with PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Node.js comes from a wheel where the machine has none.
$(VENV)/.node: requirements/node.txt | $(BIN)/python
	@$(BIN)/python -m tools.nodejs which >/dev/null 2>&1 || $(PIP) install --require-hashes -r requirements/node.txt
	@touch $@

$(VENDOR): package.json package-lock.json .npmrc tools/vendor.py | $(VENV)/.node
	$(BIN)/python -m tools.vendor
	@touch $@

# Vendored first: then the build behind `pip install` finds nothing left to do and needs no Node.js of its own.
$(RUNTIME): requirements/runtime.txt pyproject.toml hatch_build.py | $(BIN)/python $(VENDOR)
	$(PIP) install --require-hashes -r requirements/runtime.txt
	$(PIP) install --no-deps --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(BROWSER): | $(DEV)
	$(BIN)/python -m tools.browser
	@touch $@

$(PAGE): package.json package-lock.json .npmrc | $(VENV)/.node
	$(NPM) ci --ignore-scripts --loglevel=error
	@touch $@

$(TOOLS): tools/js/package.json tools/js/package-lock.json | $(VENV)/.node
	cd tools/js && PYTHONPATH=$(CURDIR) $(abspath $(BIN))/python -m tools.nodejs npm ci --ignore-scripts --loglevel=error
	@touch $@

setup: $(DEV) $(VENDOR) $(PAGE) $(TOOLS)

# -- running ------------------------------------------------------------------------------------------------------

run: $(RUNTIME) $(VENDOR)
	@exec $(BIN)/deltaflow serve --host $(HOST) --port $(PORT)

# -- testing ------------------------------------------------------------------------------------------------------

test: test-js test-python

test-python: $(DEV) $(VENDOR) $(TOOLS) $(BROWSER)
	@$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -m "not (slow or thorough or browser)" --numprocesses $(WORKERS) --dist worksteal $(PYTEST)
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=$(COVERAGE_MIN)
	$(BIN)/pytest -m "(thorough or browser) and not slow" --numprocesses $(BROWSERS) --dist worksteal $(PYTEST)

test-js: $(DEV) $(PAGE)
	$(NODE) --test tests/js/*.test.js

test-slow: $(DEV) $(VENDOR) $(TOOLS) $(BROWSER)
	$(BIN)/pytest -m slow $(PYTEST)

# `make -k check` goes on after a failure and shows all of them.
check: check-style check-types check-page check-architecture check-image

check-style: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

check-types: $(DEV)
	$(BIN)/mypy

check-page: $(DEV) $(PAGE) $(TOOLS)
	$(NODE) tools/js/node_modules/typescript/bin/tsc --project tsconfig.json
	$(NODE) tools/js/node_modules/@biomejs/biome/bin/biome check --error-on-warnings

check-architecture: $(DEV)
	$(BIN)/pytest -q tests/test_architecture.py
	$(NODE) --test --test-reporter=dot tests/js/test_architecture.test.js

check-image: $(DEV)
	$(BIN)/hadolint Dockerfile

# A current numpy is slower with the BLAS settings that some machines carry for older ones.
BENCH := env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1

bench: $(DEV) $(VENDOR) $(TOOLS) $(BROWSER)
	$(BENCH) $(BIN)/python -m benchmarks

bench-torch: $(DEV) $(VENDOR)
	$(PIP) install --editable '.[bench]'
	$(MAKE) bench

screenshots: $(DEV) $(VENDOR) $(BROWSER)
	$(BIN)/python -m tools.screenshots

# Look at /gallery before you accept what is drawn.
gallery: $(DEV) $(PAGE)
	$(BIN)/python -m tools.gallery
	$(NODE) tests/js/gallery.test.js --accept

format: $(DEV) $(TOOLS)
	$(BIN)/ruff check --fix --exit-zero --quiet
	$(BIN)/ruff format
	$(NODE) tools/js/node_modules/@biomejs/biome/bin/biome check --write

# -- shipping -----------------------------------------------------------------------------------------------------

UV := $(VENV)/lock/bin/uv
COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links

$(UV): | $(BIN)/python
	$(BIN)/python -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip --quiet install uv

# UPGRADE= keeps the versions that still fit. No uv.lock: it names the registry's host.
UPGRADE ?= --upgrade
lock: $(UV) $(VENV)/.node
	$(COMPILE) $(UPGRADE) --output-file requirements/runtime.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --extra dev --constraint requirements/runtime.txt --output-file requirements/dev.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --output-file requirements/node.txt requirements/node.in
	$(NPM) install --package-lock-only --ignore-scripts --loglevel=error
	cd tools/js && PYTHONPATH=$(CURDIR) $(abspath $(BIN))/python -m tools.nodejs npm install --package-lock-only --ignore-scripts --loglevel=error

image:
	docker build --tag $(IMAGE) .

clean:
	rm -rf $(VENV) node_modules tools/js/node_modules static/vendor build dist htmlcov test-results
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*
	find app engine tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
