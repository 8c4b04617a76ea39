# Everything a developer or CI does. `make help` lists it; each target installs what it needs by itself.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
LABEXTENSION := $(VENV)/share/jupyter/labextensions/pccompute-ext
export PATH := $(CURDIR)/.make/bin:$(BIN):$(PATH)
# Compiled bytecode makes every scheduler start in half the time.
unexport PYTHONDONTWRITEBYTECODE
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

# Stamps are named after the content they stand for, so that they are right after a checkout too.
hash = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-16)
PACKAGE := $(shell find pccompute_ext -name '*.py' -type f | LC_ALL=C sort)
FRONT_END := $(shell find src style schema -type f -not -path '*/__tests__/*' | LC_ALL=C sort)
VENV_STAMP := .make/venv-$(call hash,pyproject.toml requirements/constraints.txt)
NODE_STAMP := .make/node-$(call hash,package.json yarn.lock .yarnrc.yml)
BUILD_STAMP := .make/build-$(call hash,$(FRONT_END) package.json yarn.lock tsconfig.json install.json)
UI_STAMP := .make/ui-tests-$(call hash,ui-tests/package.json ui-tests/yarn.lock)
PANES_STAMP := .make/panes-$(call hash,requirements/constraints.txt)
TOGETHER_STAMP := .make/together-$(call hash,requirements/collaboration.txt)
BENCH_STAMP := .make/bench-$(call hash,pyproject.toml requirements/constraints.txt $(PACKAGE) $(FRONT_END))

# In the order of `make test`: what is quick to fail comes first.
PREPARE := venv node
CHECKS := lint types imports generated build unit-js unit-py docs integration package browser

.PHONY: help
help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

.PHONY: venv
venv: $(VENV_STAMP)  ## Make the virtual environment with all development tools

$(VENV_STAMP):
	@rm -f .make/venv-*
	@mkdir -p .make pccompute_ext/labextension
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@rm -rf $(LABEXTENSION)
	HATCH_JUPYTER_BUILDER_SKIP_NPM=1 $(BIN)/python -m pip install -q -c requirements/constraints.txt -e '.[dev]'
	@# pip copied the front end of this moment; a link shows each build as soon as it is made.
	@rm -rf $(LABEXTENSION)
	@mkdir -p $(dir $(LABEXTENSION))
	ln -s $(CURDIR)/pccompute_ext/labextension $(LABEXTENSION)
	@touch $@

.PHONY: node
node: $(NODE_STAMP)  ## Install the front end's packages (and Node.js, where there is none)

$(NODE_STAMP): | $(VENV_STAMP)
	@rm -f .make/node-*
	scripts/ensure-node.sh
	jlpm install --immutable
	@touch $@

.PHONY: build
build: $(BUILD_STAMP)  ## Build the front end

$(BUILD_STAMP): | $(NODE_STAMP)
	@rm -f .make/build-*
	jlpm build
	@touch $@

.PHONY: lab
lab: build  ## Open JupyterLab with the extension; LAB_ARGS are handed on
	jupyter lab --port="$$(scripts/free-port.py)" $$(test "$$(id -u)" != 0 || echo --allow-root) $(LAB_ARGS)

.PHONY: test
test:  ## Run every check, from a clean clone too
	@scripts/steps.py --prepare $(PREPARE) --check $(CHECKS)

.PHONY: format
format: node  ## Put Python, TypeScript and CSS into their standard form
	ruff check --fix-only .
	ruff format .
	jlpm lint

.PHONY: lint
lint: node  ## Check style and spelling
	ruff format --check .
	ruff check .
	codespell
	jlpm lint:check

.PHONY: types
types: node  ## Check types, Python and TypeScript
	mypy
	jlpm types

.PHONY: imports
imports: node  ## Check who imports whom
	lint-imports
	jlpm imports

.PHONY: generate
generate: node  ## Write the OpenAPI document and the TypeScript wire types anew
	python -m pccompute_ext.openapi
	jlpm generate

.PHONY: generated
generated: node  ## Check that what is generated is up to date
	python -m pccompute_ext.openapi --check
	jlpm generate --check

.PHONY: unit
unit: unit-js unit-py  ## Run the unit tests

.PHONY: unit-js
unit-js: node
	jlpm test

.PHONY: unit-py
unit-py: venv
	pytest -m 'not integration'

.PHONY: integration
integration: node  ## Run the tests on a real Dask Gateway and a real JupyterHub
	scripts/ensure-keyring.sh
	scripts/ensure-fish.sh
	scripts/ensure-slurm.sh
	@# Mostly waits for processes to start: two files at a time take little more than half as long.
	pytest -m integration -n 2 --dist loadfile

.PHONY: browser
browser: build $(UI_STAMP) $(PANES_STAMP) $(TOGETHER_STAMP)  ## Run the browser tests; PW_ARGS are handed on
	chromium="$$(scripts/ensure-chromium.sh)"; cd ui-tests; PCCOMPUTE_CHROMIUM="$$chromium" jlpm test $(PW_ARGS)

.PHONY: screenshots
screenshots: build $(UI_STAMP)  ## Take the documentation's pictures anew
	chromium="$$(scripts/ensure-chromium.sh)"; cd ui-tests; PCCOMPUTE_CHROMIUM="$$chromium" jlpm screenshots $(PW_ARGS)

$(UI_STAMP): | $(NODE_STAMP)
	@rm -f .make/ui-tests-*
	cd ui-tests && jlpm install --immutable
	@touch $@

# In a directory that only one browser test tells its JupyterLab of. What else it needs is in the virtual environment.
$(PANES_STAMP): | $(VENV_STAMP)
	@rm -rf .make/panes-* .make/dask-labextension
	$(BIN)/python -m pip install -q --no-deps -c requirements/constraints.txt --target .make/dask-labextension \
	  dask-labextension jupyter-server-proxy simpervisor
	@touch $@

# The same for another one. Its list names all that it needs.
$(TOGETHER_STAMP): | $(VENV_STAMP)
	@rm -rf .make/together-* .make/jupyter-collaboration
	$(BIN)/python -m pip install -q --no-deps --target .make/jupyter-collaboration -r requirements/collaboration.txt
	@touch $@

.PHONY: package
package: node  ## Build the wheel and install it where there is no Node.js
	@rm -rf .make/build-* dist
	pip wheel -q --no-deps -w dist .
	scripts/check-wheel.sh dist/*.whl

.PHONY: docs
docs: venv  ## Build the documentation
	sphinx-build -q -W --keep-going -b html docs docs/_build/html

.PHONY: bench
bench: build $(BENCH_STAMP) $(UI_STAMP)  ## Measure beside peers (20 minutes); BENCH_ARGS are handed on
	chromium="$$(scripts/ensure-chromium.sh)"; PCCOMPUTE_CHROMIUM="$$chromium" .venv-bench/bin/python -m bench $(BENCH_ARGS)

# A virtual environment of its own: the peer that is measured adds itself to JupyterLab.
$(BENCH_STAMP): | $(BUILD_STAMP)
	@rm -f .make/bench-*
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	HATCH_JUPYTER_BUILDER_SKIP_NPM=1 .venv-bench/bin/python -m pip install -q -c requirements/constraints.txt '.[bench]'
	@touch $@

.PHONY: constraints
constraints:  ## Pin the newest versions that pyproject.toml allows
	scripts/update-constraints.sh

.PHONY: clean
clean:  ## Remove what was built, but keep what was installed
	rm -rf .make/build-* .make/log build dist lib coverage docs/_build pccompute_ext/labextension/* tsconfig.tsbuildinfo \
	  .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache ui-tests/test-results ui-tests/playwright-report

.PHONY: distclean
distclean: clean  ## Remove what was installed too
	rm -rf .make $(VENV) .venv-bench node_modules ui-tests/node_modules
