# `make` sets everything up and builds the course into site/. `make help` lists the rest.
# It needs Python 3.11 or newer; everything else goes into .venv/.

PYTHON ?= python3
TIME ?= 600
SEED ?= $(shell date +%s)
BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-annotate --no-header --python-version 3.11

# The theme prints a notice about its successor at every start; it says nothing about this course.
export NO_MKDOCS_2_WARNING := 1

# What Python has compiled it keeps, or each of hundreds of commands would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

# The types are checked beside the tests, which leave a core idle now and then.
try = $(BIN)/mypy & types=$$!; $(BIN)/pytest --numprocesses auto --dist worksteal $(1); \
	tests=$$?; wait $$types && exit $$tests

.DEFAULT_GOAL := build
.PHONY: .environments figures screenshots build serve check test test-all fuzz benchmark words lock clean help

build: .venv/.ready  ## build the course into site/, its zip and books into dist/
	@$(BIN)/viva build
	@$(BIN)/viva pack

serve: .venv/.ready  ## preview the course in a browser; edits show at once
	@$(BIN)/viva serve

check: .venv/.ready  ## check the question banks and say what to mend, by file and line
	@$(BIN)/viva check

test: .environments  ## run the tests, in real browsers too
	@$(BIN)/ruff check .
	@$(call try,)

test-all: .environments  ## the same with the long matrix
	@$(BIN)/ruff check .
	@export VIVA_FUZZ_SECONDS=200; $(call try,-m "")

fuzz: .venv/.test-ready .venv/.browser  ## try the fuzzers, each for TIME seconds, from SEED on
	@VIVA_FUZZ_SECONDS=$(TIME) VIVA_FUZZ_SEED=$(SEED) $(BIN)/pytest tests/fuzz -s -m fuzz

benchmark: .venv/.test-ready  ## measure builds, checks and analyses, and what flags are worth: ten minutes on two cores
	@$(PIP) install --no-build-isolation -e '.[bench]'
	@nice $(BIN)/python benchmarks/build.py --questions 100 1000 5000 10000 --repeat 1
	@nice $(BIN)/python benchmarks/lint.py
	@nice $(BIN)/python benchmarks/flags.py
	@nice $(BIN)/python benchmarks/analyse.py

words: .venv/.ready  ## collect the words of the interface for every language; NEW=sv begins one
	@PYTHONPATH=scripts $(BIN)/python scripts/words.py $(NEW)

lock: .venv/.ready  ## pin the newest allowed dependencies, with hashes
	@$(PIP) install uv
	@$(BIN)/$(COMPILE) --upgrade --group build pyproject.toml --extra exchange \
		--output-file requirements.txt
	@$(BIN)/$(COMPILE) --upgrade --group build pyproject.toml --extra exchange --extra test \
		--constraints requirements.txt --output-file requirements-test.txt
	@$(BIN)/$(COMPILE) --upgrade requirements-figures.in --output-file requirements-figures.txt
	@$(BIN)/$(COMPILE) --upgrade requirements-properdocs.in --constraints requirements.txt \
		--output-file requirements-properdocs.txt
	@$(BIN)/$(COMPILE) --upgrade requirements-judges.in --output-file requirements-judges.txt

figures: .venv-figures/.ready  ## make the figures and meshes again; BP3D=path to those of BodyParts3D
	@BP3D='$(BP3D)' PYTHONPATH=scripts .venv-figures/bin/python -m figures
	@BP3D='$(BP3D)' PYTHONPATH=scripts .venv-figures/bin/python -m figures.mri
	@PYTHONPATH=scripts .venv-figures/bin/python -m figures.zero

screenshots: .venv/.test-ready .venv/.browser  ## make the figures of the teachers' guide again
	@VIVA_SCREENSHOTS=yes $(BIN)/pytest -m "" tests/course/test_guide.py tests/course/test_*_guide.py tests/course/test_bring.py

clean:  ## remove everything that make made
	@rm -rf .venv .venv-figures .venv-properdocs .venv-judges .cache site dist

help:  ## list what make can do
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1	\2/' | expand -t 18

# What the tests run in, each beside the others: pip keeps one core busy, and waits for the network.
.environments:
	@$(MAKE) --silent --jobs 3 .venv/.browser .venv-properdocs/.ready .venv-judges/.ready

# Stamps: a step is done again only when what it was made from has changed.

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'This needs Python 3.11 or newer. Install it, or name it: make PYTHON=python3.12' >&2; exit 1; }
	@echo 'Making a Python environment in .venv/ (once)'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.ready: requirements.txt pyproject.toml | .venv/bin/python
	@echo 'Installing what the course is built with'
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv-figures/.ready: requirements-figures.txt
	@echo 'Installing what the figures are made with'
	@$(PYTHON) -m venv .venv-figures
	@.venv-figures/bin/python -m pip install --quiet --require-hashes -r requirements-figures.txt
	@touch $@

.venv-properdocs/.ready: requirements-properdocs.txt pyproject.toml | .venv/.ready
	@echo 'Installing ProperDocs, an engine that needs an environment of its own'
	@$(PYTHON) -m venv --without-pip .venv-properdocs
	@$(PIP) --python .venv-properdocs/bin/python install --require-hashes -r requirements-properdocs.txt
	@$(PIP) --python .venv-properdocs/bin/python install --no-deps --no-build-isolation -e .
	@touch $@

.venv-judges/.ready: requirements-judges.txt | .venv/bin/python
	@echo 'Installing what judges the exchange in the tests'
	@$(PYTHON) -m venv --without-pip .venv-judges
	@$(PIP) --python .venv-judges/bin/python install --require-hashes -r requirements-judges.txt
	@touch $@

.venv/.test-ready: requirements-test.txt .venv/.ready
	@echo 'Installing what the tests need'
	@$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

.venv/.browser: scripts/setup_browser.py .venv/.test-ready
	@$(BIN)/python scripts/setup_browser.py
	@touch $@
